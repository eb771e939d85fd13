// Tokens of lines of text by a grammar of the extension, as VS Code finds them.
//   node tokens.cjs NODE_MODULES GRAMMAR < LINES
// Prints for each line a list of [text, innermost scope] as JSON.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const [modules, path] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
const textmate = load('vscode-textmate');
const oniguruma = load('vscode-oniguruma');

async function main() {
  await oniguruma.loadWASM(readFileSync(load.resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(path, 'utf8'), path),
  });
  const grammar = await registry.loadGrammar(JSON.parse(readFileSync(path, 'utf8')).scopeName);
  let stack = textmate.INITIAL;
  for (const line of readFileSync(0, 'utf8').split('\n')) {
    const made = grammar.tokenizeLine(line, stack);
    stack = made.ruleStack;
    const tokens = made.tokens.map((each) => [
      line.slice(each.startIndex, each.endIndex),
      each.scopes.at(-1),
    ]);
    console.log(JSON.stringify(tokens));
  }
}

void main();
