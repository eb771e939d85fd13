// Where documents of the server live, and its one request beyond the protocol.
import * as vscode from 'vscode';

export const ASSEMBLY_SCHEME = 'lbtool-asm';
export const TEXT_SCHEME = 'lbtool-wat';
export const RUN_COMMAND = 'lbtool.run';
export const ASSEMBLY_REQUEST = 'lbtool/assembly';

/** A line of the assembly document and the source text it comes from. */
export interface AssemblyLine {
  line: number;
  range: { start: Position; end: Position };
  stale: boolean;
}

interface Position {
  line: number;
  character: number;
}

/** The answer to `lbtool/assembly` for a source document. */
export interface AssemblyMap {
  lines: AssemblyLine[];
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
