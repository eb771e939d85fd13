// A binary module opens as its text: a read-only document that the server prints.
import * as vscode from 'vscode';
import { derived, TEXT_SCHEME } from './protocol';

export class WasmEditor implements vscode.CustomReadonlyEditorProvider {
  static register(): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider('lbtool.wasm', new WasmEditor());
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  /** Open the text where VS Code made a panel for the binary, and close that. */
  async resolveCustomEditor(
    binary: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    const document = await vscode.workspace.openTextDocument(
      derived(binary.uri, TEXT_SCHEME, '.wat'),
    );
    await vscode.languages.setTextDocumentLanguage(document, 'wat');
    // Only when this function has returned is the panel one that can be closed.
    setTimeout(async () => {
      const viewColumn = panel.viewColumn ?? vscode.ViewColumn.Active;
      await vscode.window.showTextDocument(document, { viewColumn, preview: false });
      panel.dispose();
    });
  }
}
