// The machine code beside its source: opening it, and highlighting what belongs together.
import * as vscode from 'vscode';
import { ASSEMBLY_SCHEME, derived, type Linked, sourceOf } from './protocol';
import type { Server } from './server';

// How the server marks the code of a function that is not valid now.
const STALE = /^; stale:/;

export class AssemblyView implements vscode.Disposable {
  private readonly linked = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    isWholeLine: true,
  });
  private readonly origin = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
  });
  private readonly stale = vscode.window.createTextEditorDecorationType({ opacity: '0.5' });
  private readonly subscriptions: vscode.Disposable[];
  private asked = 0;

  constructor(private readonly server: Server) {
    this.subscriptions = [
      this.linked,
      this.origin,
      this.stale,
      vscode.commands.registerCommand('lbtool.showAssembly', () => this.show()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        // Selections of the others are moved by edits, not by the user.
        if (textEditor === vscode.window.activeTextEditor) void this.link(textEditor);
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.dim(editor);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event.document)),
    ];
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }

  private async show(): Promise<void> {
    const source = vscode.window.activeTextEditor;
    if (source?.document.languageId !== 'wat') return;
    const uri = derived(source.document.uri, ASSEMBLY_SCHEME, '.s');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'lbtool-asm');
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    await this.link(source);
  }

  /** Follow a new text of an assembly document. */
  private changed(document: vscode.TextDocument): void {
    if (document.uri.scheme !== ASSEMBLY_SCHEME) return;
    const editor = editorOf(document.uri);
    if (editor) this.dim(editor);
    const source = vscode.window.activeTextEditor;
    if (source && sourceOf(document.uri).toString() === source.document.uri.toString()) {
      void this.link(source);
    }
  }

  private dim(editor: vscode.TextEditor): void {
    if (editor.document.uri.scheme !== ASSEMBLY_SCHEME) return;
    editor.setDecorations(this.stale, [...staleRanges(editor.document.getText())]);
  }

  /** Highlight what the selection in a source became, or what a line of assembly was. */
  private async link(editor: vscode.TextEditor): Promise<void> {
    const isAssembly = editor.document.uri.scheme === ASSEMBLY_SCHEME;
    const uri = isAssembly ? sourceOf(editor.document.uri) : editor.document.uri;
    const assembly = isAssembly ? editor : editorOf(derived(uri, ASSEMBLY_SCHEME, '.s'));
    if (assembly === undefined) return;
    const at = editor.selection.active;
    this.asked += 1;
    const asked = this.asked;
    const found = await this.server.linked(uri, isAssembly ? { line: at.line } : { position: at });
    if (asked !== this.asked) return; // the cursor is somewhere else by now
    const lines = found?.lines.map((line) => new vscode.Range(line, 0, line, 0)) ?? [];
    assembly.setDecorations(this.linked, lines);
    const source = editorOf(uri);
    if (isAssembly) {
      const ranges = found ? [rangeOf(found)] : [];
      source?.setDecorations(this.origin, ranges);
      reveal(source, ranges[0]);
    } else {
      source?.setDecorations(this.origin, []);
      reveal(assembly, lines[0]);
    }
  }
}

/** From each mark to the empty line behind its function. */
function* staleRanges(text: string): Iterable<vscode.Range> {
  let begun: number | undefined;
  for (const [number, line] of text.split('\n').entries()) {
    if (STALE.test(line)) begun = number;
    if (begun !== undefined && line === '') {
      yield new vscode.Range(begun, 0, number, 0);
      begun = undefined;
    }
  }
}

function rangeOf({ range: { start, end } }: Linked): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function reveal(editor: vscode.TextEditor | undefined, range: vscode.Range | undefined): void {
  if (range) editor?.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function editorOf(uri: vscode.Uri): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString(),
  );
}
