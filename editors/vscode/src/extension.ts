// What the extension is made of; each part registers what it must undo itself.
import * as vscode from 'vscode';
import { AssemblyView } from './assembly';
import { ContentFiles } from './content';
import { Server } from './server';
import { StatusItem } from './status';
import { WasmEditor } from './wasm';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  server = new Server();
  context.subscriptions.push(
    server,
    ContentFiles.register(server),
    new AssemblyView(server),
    new StatusItem(server),
    WasmEditor.register(),
    vscode.commands.registerCommand('lbtool.restart', () => server?.restart()),
    vscode.commands.registerCommand('lbtool.showLog', () => server?.output.show()),
  );
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
