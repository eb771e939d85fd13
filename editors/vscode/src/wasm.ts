// A binary module opens as its text: a read-only document that the server prints.
import * as vscode from 'vscode';
import { derived, TEXT_SCHEME } from './protocol';

interface Binary extends vscode.CustomDocument {
  readonly uri: vscode.Uri;
}

export class WasmEditor implements vscode.CustomReadonlyEditorProvider<Binary> {
  static register(): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider('lbtool.wasm', new WasmEditor());
  }

  openCustomDocument(uri: vscode.Uri): Binary {
    return { uri, dispose: () => undefined };
  }

  /** Open the text in place of the panel that VS Code made for the binary. */
  async resolveCustomEditor(binary: Binary, panel: vscode.WebviewPanel): Promise<void> {
    const column = panel.viewColumn ?? vscode.ViewColumn.Active;
    const document = await vscode.workspace.openTextDocument(
      derived(binary.uri, TEXT_SCHEME, '.wat'),
    );
    panel.dispose();
    await vscode.languages.setTextDocumentLanguage(document, 'wat');
    await vscode.window.showTextDocument(document, { viewColumn: column, preview: false });
  }
}
