// Where documents of the server live, and its requests beyond the protocol.
import * as vscode from 'vscode';

export const ASSEMBLY_SCHEME = 'lbtool-asm';
export const TEXT_SCHEME = 'lbtool-wat';
export const RUN_COMMAND = 'lbtool.run';
export const LINKED_REQUEST = 'lbtool/linked';

/** A place in a source, or a line of its assembly. */
export type Place = { position: vscode.Position } | { line: number };

/** An instruction, and the lines of assembly that come from it. */
export interface Linked {
  range: { start: Position; end: Position };
  lines: number[];
}

interface Position {
  line: number;
  character: number;
}

/** The argument of the server's `lbtool.run`: an export, and values for it. */
export interface RunArguments {
  uri: string;
  export: string;
  params: string[];
  args: string[] | null;
}

/** A virtual document that is made of `source`, which is kept in the query. */
export function derived(source: vscode.Uri, scheme: string, suffix: string): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    path: source.path.startsWith('/') ? source.path + suffix : `/${source.path}${suffix}`,
    query: source.toString(),
  });
}

/** What a virtual document was made of. */
export function sourceOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.parse(uri.query, true);
}
