// The machine code beside its source: opening it, and highlighting what belongs together.
import * as vscode from 'vscode';
import { ASSEMBLY_SCHEME, type AssemblyLine, derived, sourceOf } from './protocol';
import type { Server } from './server';

export class AssemblyView implements vscode.Disposable {
  private readonly linked = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    isWholeLine: false,
  });
  private readonly stale = vscode.window.createTextEditorDecorationType({ opacity: '0.5' });
  private readonly maps = new Map<string, AssemblyLine[]>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      this.linked,
      this.stale,
      vscode.commands.registerCommand('lbtool.showAssembly', () => this.show()),
      vscode.window.onDidChangeTextEditorSelection((event) => this.link(event.textEditor)),
      vscode.workspace.onDidChangeTextDocument((event) => this.refresh(event.document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.maps.delete(document.uri.toString());
      }),
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
    await this.refresh(document);
    this.link(source);
  }

  /** Fetch the map of an assembly document again, after its text changed. */
  private async refresh(document: vscode.TextDocument): Promise<void> {
    if (document.uri.scheme !== ASSEMBLY_SCHEME) return;
    const map = await this.server.assembly(sourceOf(document.uri));
    this.maps.set(document.uri.toString(), map?.lines ?? []);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.dim(editor);
    }
  }

  private dim(editor: vscode.TextEditor): void {
    const lines = this.maps.get(editor.document.uri.toString()) ?? [];
    const old = lines.filter((each) => each.stale).map((each) => lineRange(editor, each.line));
    editor.setDecorations(this.stale, old);
  }

  /** Highlight in one document what the selection in the other is or became. */
  private link(editor: vscode.TextEditor): void {
    const isAssembly = editor.document.uri.scheme === ASSEMBLY_SCHEME;
    const other = isAssembly
      ? editorOf(sourceOf(editor.document.uri))
      : editorOf(derived(editor.document.uri, ASSEMBLY_SCHEME, '.s'));
    if (other === undefined) return;
    const assembly = isAssembly ? editor : other;
    const lines = this.maps.get(assembly.document.uri.toString()) ?? [];
    const at = editor.selection.active;
    if (isAssembly) {
      const found = lines.filter((each) => each.line === at.line).map(sourceRange);
      other.setDecorations(this.linked, found);
      reveal(other, found[0]);
    } else {
      const found = innermost(lines, at).map((each) => lineRange(other, each.line));
      other.setDecorations(this.linked, found);
      reveal(other, found[0]);
    }
  }
}

/** The lines of the smallest piece of source around a position. */
function innermost(lines: AssemblyLine[], at: vscode.Position): AssemblyLine[] {
  let best: vscode.Range | undefined;
  for (const range of lines.map(sourceRange)) {
    if (range.contains(at) && (best === undefined || best.contains(range))) best = range;
  }
  return lines.filter((each) => best !== undefined && sourceRange(each).isEqual(best));
}

function sourceRange(each: AssemblyLine): vscode.Range {
  const { start, end } = each.range;
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function lineRange(editor: vscode.TextEditor, line: number): vscode.Range {
  return line < editor.document.lineCount
    ? editor.document.lineAt(line).range
    : new vscode.Range(line, 0, line, 0);
}

function reveal(editor: vscode.TextEditor, range: vscode.Range | undefined): void {
  if (range) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function editorOf(uri: vscode.Uri): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString(),
  );
}
