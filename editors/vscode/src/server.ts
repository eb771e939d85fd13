// The language server's process and the client that talks to it.
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient/node';
import { ASSEMBLY_REQUEST, type AssemblyMap, RUN_COMMAND, TEXT_SCHEME } from './protocol';
import { askForArguments, showOutcome } from './run';

const SECTION = 'lbtool';

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel('lbtool', { log: true });
  private readonly changed = new vscode.EventEmitter<State>();
  /** Fires when the server starts or stops. */
  readonly onDidChangeState = this.changed.event;
  private client: LanguageClient | undefined;
  private readonly subscriptions: vscode.Disposable[] = [this.output, this.changed];

  constructor() {
    this.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SECTION}.command`)) void this.restart();
      }),
    );
  }

  get running(): boolean {
    return this.client?.state === State.Running;
  }

  /** Start the server; a failure is shown with what to do about it. */
  async start(): Promise<void> {
    const [command, ...args] = vscode.workspace
      .getConfiguration(SECTION)
      .get<string[]>('command', ['lbtool', 'lsp']);
    if (command === undefined) return;
    const client = new LanguageClient(SECTION, 'lbtool', { command, args }, this.options());
    client.onDidChangeState((event) => this.changed.fire(event.newState));
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      await this.explain(command, error);
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) await client.stop();
    await client?.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Which line of the assembly comes from where; undefined while there is no server. */
  async assembly(source: vscode.Uri): Promise<AssemblyMap | undefined> {
    if (!this.running) return undefined;
    return this.client?.sendRequest<AssemblyMap>(ASSEMBLY_REQUEST, {
      textDocument: { uri: source.toString() },
    });
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [
        { language: 'wat', scheme: 'file' },
        { language: 'wat', scheme: 'untitled' },
        { language: 'wat', scheme: TEXT_SCHEME },
      ],
      outputChannel: this.output,
      initializationOptions: { trusted: vscode.workspace.isTrusted },
      synchronize: {
        configurationSection: SECTION,
        fileEvents: vscode.workspace.createFileSystemWatcher('**/*.{wat,wasm}'),
      },
      middleware: {
        async executeCommand(command, args, next) {
          if (command !== RUN_COMMAND) return next(command, args) as unknown;
          const request = await askForArguments(args[0]);
          return request && showOutcome(await next(command, [request]));
        },
      },
    };
  }

  private async explain(command: string, error: unknown): Promise<void> {
    this.output.error(String(error));
    const open = 'Open Settings';
    const choice = await vscode.window.showErrorMessage(
      `lbtool: cannot start "${command}". Install it (pip install lbtool), or say where it is.`,
      open,
    );
    if (choice === open) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'lbtool.command');
    }
  }
}
