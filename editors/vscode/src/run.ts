// Running an export from its lens: ask for arguments, show what came out.
import * as vscode from 'vscode';
import type { RunArguments } from './protocol';

/** What the server answers to `lbtool.run`. */
interface Outcome {
  status: string;
  text: string;
  output: string;
}

const asked = new Map<string, string>();

/** Complete the request with values that the user types; undefined when cancelled. */
export async function askForArguments(request: RunArguments): Promise<RunArguments | undefined> {
  if (request.args !== null) return request;
  if (request.params.length === 0) return { ...request, args: [] };
  const key = `${request.uri} ${request.export}`;
  const text = await vscode.window.showInputBox({
    title: `Run ${request.export}`,
    prompt: `Arguments: ${request.params.join(' ')}`,
    value: asked.get(key) ?? '',
    ignoreFocusOut: true,
    validateInput: (value) => {
      const count = words(value).length;
      return count === request.params.length
        ? undefined
        : `${request.params.length} expected (${request.params.join(' ')}), ${count} given`;
    },
  });
  if (text === undefined) return undefined;
  asked.set(key, text);
  return { ...request, args: words(text) };
}

/** Show an outcome as a message, and what the guest printed in a panel of its own. */
export function showOutcome(outcome: unknown, panel: vscode.OutputChannel): unknown {
  if (!isOutcome(outcome)) return outcome;
  panel.appendLine(`${outcome.output}${outcome.text}`);
  if (outcome.output !== '') panel.show(true);
  const show =
    outcome.status === 'returned'
      ? vscode.window.showInformationMessage
      : vscode.window.showWarningMessage;
  void show(`lbtool: ${outcome.text}`);
  return outcome;
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function isOutcome(value: unknown): value is Outcome {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['status', 'text', 'output'].every((name) => name in value)
  );
}
