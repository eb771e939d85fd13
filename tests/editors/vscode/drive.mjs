// Drives VS Code in a browser as a user does, and prints what it saw as one JSON object.
//   node drive.mjs SETUP
// SETUP is JSON: {playwright, chromium, url, workspace, settings, pictures, keystrokes}. The
// workspace holds demo.wat, demo.wasm and large.wat; it is not trusted at first.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const setup = JSON.parse(process.argv[2]);
const { chromium } = createRequire(setup.playwright)('playwright-core');

const browser = await chromium.launch({
  executablePath: setup.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const context = await browser.newContext({ viewport: { width: 1500, height: 640 } });
const page = await context.newPage();
page.setDefaultTimeout(15000);

const ASSEMBLY = '.monaco-editor[data-uri^="lbtool-asm:"]';
const TEXT = '.monaco-editor[data-uri^="lbtool-wat:"]';
const source = page.locator('.monaco-editor[data-uri^="vscode-remote:"]');
const assembly = page.locator(ASSEMBLY);
const lenses = page.locator('.codelens-decoration');
const hover = page.locator('.monaco-resizable-hover .hover-contents, .monaco-hover .hover-contents');

/** The screen, for docs/, when everything has faded in. */
async function picture(name) {
  if (!setup.pictures) return;
  await page.waitForTimeout(800);
  await page.screenshot({ path: `${setup.pictures}/vscode-${name}.png` });
}

async function open(file) {
  const uri = `vscode-remote://${new URL(setup.url).host}${setup.workspace}/${file}`;
  const payload = encodeURIComponent(JSON.stringify([['openFile', uri]]));
  await page.goto(`${setup.url}/?folder=${setup.workspace}&payload=${payload}`);
}

async function command(title) {
  const box = page.locator('.quick-input-widget input').first();
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  // Its list is filtered once more when extensions have been heard, and closes when focus moves.
  for (let left = 5; left > 0; left -= 1) {
    await page.keyboard.press('F1');
    await box.fill(`>${title}`);
    if (await row.click({ timeout: 3000 }).then(() => true, () => false)) return;
    await page.keyboard.press('Escape');
  }
  throw new Error(`no command ${title}`);
}

/** Wait until the text of an editor, as it is on the screen, matches. */
function shows(selector, text) {
  return page.waitForFunction(
    ([selector, text]) => {
      const lines = document.querySelectorAll(`${selector} .view-line`);
      return [...lines].some((each) => each.textContent.replaceAll('\u00a0', ' ').includes(text));
    },
    [selector, text],
  );
}

const lineOf = (editor, text) => editor.locator('.view-line', { hasText: text }).first();

/** The middle of a piece of text in an editor. */
async function place(editor, line, text) {
  const box = await lineOf(editor, line).evaluate((element, text) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2, right: x + width - 1 };
    }
    return null;
  }, text);
  assert.ok(box, `${text} in ${line}`);
  return box;
}

/** Point at a piece of text until what is told about it matches. */
async function hoverOver(editor, text, wanted) {
  let told;
  // Lenses and code that are drawn just then move lines or take the hover away.
  for (let left = 20; left > 0; left -= 1) {
    const { x, y } = await place(editor, text, text);
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y, { steps: 3 });
    told = await hover.first().innerText({ timeout: 1500 }).catch(() => undefined);
    if (wanted.test(told)) return told;
    await leave();
  }
  throw new Error(`${text}: ${told}`);
}

async function leave() {
  await page.keyboard.press('Escape');
  await page.mouse.move(300, 14);
}

async function untrusted() {
  await open('demo.wat');
  await lenses.filter({ hasText: 'bytes' }).first().waitFor();
  assert.equal(await lenses.locator('a', { hasText: '▶' }).count(), 0);
  await command('Workspaces: Manage Workspace Trust');
  await page.locator('.workspace-trust-buttons-row .monaco-button', { hasText: /^Trust$/ }).click();
  await page.getByText('You trust this folder').waitFor();
  await page.locator('.monaco-modal-editor-block .codicon-close').last().click();
  await page.locator('.monaco-modal-editor-block').waitFor({ state: 'detached' });
  await lenses.locator('a', { hasText: '▶' }).first().waitFor();
}

async function hovers() {
  const text = await hoverOver(source, 'i32.div_s', /idiv/);
  await picture('hover');
  await leave();
  return text;
}

/** Wait for that many highlighted lines of assembly, or more. */
function linked(least) {
  return page.waitForFunction(
    ([selector, least]) =>
      document.querySelectorAll(`${selector} .view-overlays .cdr[class*="ced-"]`).length >= least,
    [ASSEMBLY, least],
  );
}

async function beside() {
  await source.click();
  await command('View: Toggle Primary Side Bar Visibility');
  await command('lbtool: Show the Machine Code Beside');
  await shows(ASSEMBLY, 'idiv');
  const { x, y } = await place(source, 'i32.div_s', 'i32.div_s');
  await page.mouse.click(x, y);
  await linked(4);
  await leave();
  await picture('assembly');
}

async function broken() {
  const { right, y } = await place(source, 'local.get $b', '$b');
  await page.mouse.click(right + 4, y);
  await page.keyboard.type('7');
  await source.locator('.squiggly-error').first().waitFor();
  await shows(ASSEMBLY, 'stale');
  await leave();
  await picture('broken');
  await page.mouse.click(right + 12, y);
  await page.keyboard.press('Backspace');
  await source.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await page.waitForFunction(
    (selector) => !document.querySelector(selector).textContent.includes('stale'),
    ASSEMBLY,
  );
  await linked(1);
  await settled();
}

/** Wait until every lens on the screen has the code of the present text. */
function settled() {
  return page.waitForFunction(() => {
    const shown = [...document.querySelectorAll('.codelens-decoration')].map((each) => each.textContent);
    return shown.some((each) => each.includes('bytes')) && !shown.some((each) => /stale|no code/.test(each));
  });
}

async function run(name, values, outcome) {
  // Lenses that are drawn anew just then do not notice the click.
  const title = page.locator('.quick-input-title', { hasText: `Run ${name}` });
  for (let left = 10; left > 0 && !(await title.isVisible()); left -= 1) {
    await lenses.locator('a', { hasText: `run ${name}` }).first().click();
    await title.waitFor({ timeout: 1500 }).catch(() => undefined);
  }
  await page.locator('.quick-input-widget input').first().fill(values);
  await page.keyboard.press('Enter');
  const toast = page.locator('.notification-toast', { hasText: outcome });
  await toast.first().waitFor();
  return toast.first().innerText();
}

async function runs() {
  const result = await run('fib', '20', '6765');
  await command('Notifications: Clear All Notifications');
  await run('div', '1 0', 'divide by zero');
  await source.locator('.squiggly-warning').first().waitFor();
  await picture('trap');
  await command('Notifications: Clear All Notifications');
  return result;
}

/** From a keystroke in the source to the frame that shows the code of the new text. */
async function keystrokes() {
  await open('large.wat');
  await shows('.monaco-editor', '(i32.const 5)');
  await lenses.filter({ hasText: 'bytes' }).first().waitFor();
  await source.click();
  await command('lbtool: Show the Machine Code Beside');
  await shows(ASSEMBLY, 'func 0 $f0');
  const { right, y } = await place(source, '(i32.const 5)', '5');
  await page.mouse.click(right, y);
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.mouse.click(right, y);
  await page.evaluate((selector) => {
    window.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
    window.fresh = (wanted) => new Promise((done) => {
      const look = () => {
        const lines = document.querySelectorAll(`${selector} .view-line`);
        const found = [...lines].some((each) => wanted.test(each.textContent));
        if (found) requestAnimationFrame(() => done(performance.now() - window.pressed));
        else requestAnimationFrame(look);
      };
      look();
    });
  }, ASSEMBLY);
  const times = [];
  for (let i = 0; i < setup.keystrokes; i += 1) {
    const [key, value] = i % 2 ? ['Backspace', '5'] : ['1', '51'];
    const drawn = page.evaluate((value) => window.fresh(RegExp(`i32\\.const\\s${value}\\s`)), value);
    await page.keyboard.press(key);
    times.push(await drawn);
    // As fast as people type: what follows an edit is done before the next one.
    await page.waitForTimeout(120);
  }
  await settled();
  return times;
}

async function binary() {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill('demo.wasm');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'demo.wasm' }).first().click();
  await shows(TEXT, '(module');
  await command('lbtool: Show the Machine Code Beside');
  await shows(ASSEMBLY, 'idiv');
  await hoverOver(page.locator(TEXT), 'i32.div_s', /idiv/);
  await picture('wasm');
  await leave();
}

/** Without the program: what is said, the walkthrough, and that all is well again later. */
async function absent() {
  const settings = await readFile(setup.settings, 'utf8');
  await writeFile(setup.settings, settings.replace(/"[^"]*lbtool"/, '"lbtool-is-not-there"'));
  const toast = page.locator('.notification-toast', { hasText: 'no program "lbtool-is-not-there"' });
  await toast.first().waitFor();
  assert.equal(await page.locator('.notification-toast').count(), 1);
  await picture('absent');
  await toast.getByText('How to Install').click();
  await page.locator('.getting-started-step', { hasText: 'Install lbtool' }).first().waitFor();
  await picture('walkthrough');
  await command('View: Close Editor');
  await writeFile(setup.settings, settings);
  await hoverOver(page.locator(TEXT), 'i32.div_s', /idiv/);
}

const seen = {};
try {
  for (const [name, step] of Object.entries({ untrusted, hovers, beside, broken, runs, keystrokes, binary, absent })) {
    const begun = performance.now();
    seen[name] = (await step()) ?? true;
    console.error(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
} catch (error) {
  await picture('failure');
  throw error;
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
