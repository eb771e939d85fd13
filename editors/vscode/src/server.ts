// The language server's process and the client that talks to it.
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  State,
  TextDocumentContentRequest,
} from 'vscode-languageclient/node';
import { type Linked, LINKED_REQUEST, type Place, RUN_COMMAND, TEXT_SCHEME } from './protocol';
import { NotFound, resolved } from './program';
import { askForArguments, showOutcome } from './run';

const SECTION = 'lbtool';

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel('lbtool', { log: true });
  private readonly runs = vscode.window.createOutputChannel('lbtool runs');
  private readonly state = new vscode.EventEmitter<State>();
  private readonly started = new vscode.EventEmitter<void>();
  private readonly content_ = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChangeState = this.state.event;
  readonly onDidStart = this.started.event;
  /** Fires with a document of the server's that has another text now. */
  readonly onDidChangeContent = this.content_.event;
  private client: LanguageClient | undefined;
  private work: Promise<void> = Promise.resolve();
  private waiting: Promise<void> | undefined;
  private readonly subscriptions: vscode.Disposable[] = [
    this.output,
    this.runs,
    this.state,
    this.started,
    this.content_,
  ];

  constructor() {
    this.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SECTION}.command`)) void this.restart();
      }),
    );
  }

  /** Start afresh, once for all who ask before it begins: one server at a time. */
  restart(): Promise<void> {
    this.waiting ??= this.work.then(async () => {
      this.waiting = undefined;
      await this.close();
      await this.open();
    });
    this.work = this.waiting;
    return this.waiting;
  }

  async stop(): Promise<void> {
    this.work = this.work.then(() => this.close());
    return this.work;
  }

  /** The text of a document that the server writes. */
  async content(uri: vscode.Uri): Promise<string> {
    await this.work;
    if (!this.client?.isRunning()) throw vscode.FileSystemError.Unavailable('lbtool does not run');
    const { text } = await this.client.sendRequest(TextDocumentContentRequest.type, {
      uri: uri.toString(),
    });
    return text;
  }

  /** What belongs to a place in a source or its assembly; nothing without a server. */
  async linked(source: vscode.Uri, place: Place): Promise<Linked | null> {
    if (!this.client?.isRunning()) return null;
    return this.client.sendRequest<Linked | null>(LINKED_REQUEST, {
      textDocument: { uri: source.toString() },
      ...place,
    });
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }

  /** Start a client; what is wrong with the command is told once, with what can be done. */
  private async open(): Promise<void> {
    const [command, ...args] = configuredCommand();
    let path: string;
    try {
      path = await resolved(command);
    } catch (error) {
      this.state.fire(State.StartFailed);
      void this.explain(error);
      return;
    }
    const client = new LanguageClient(
      SECTION,
      'lbtool',
      { command: path, args },
      this.options([command, ...args].join()),
    );
    client.onDidChangeState((event) => {
      this.state.fire(event.newState);
      if (event.newState !== State.Running) return;
      const feature = client.getFeature(TextDocumentContentRequest.method);
      for (const { provider } of feature?.getProviders() ?? []) {
        provider.onDidChange?.((uri) => this.content_.fire(uri));
      }
      this.started.fire();
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      void this.explain(error);
    }
  }

  private async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) await client.stop();
    await client?.dispose();
  }

  private options(started: string): LanguageClientOptions {
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
        workspace: {
          // One that is about to be replaced must not be told why.
          didChangeConfiguration: async (sections, next) => {
            if (configuredCommand().join() === started) await next(sections);
          },
        },
        executeCommand: async (command, args, next) => {
          if (command !== RUN_COMMAND) return next(command, args) as unknown;
          const request = await askForArguments(args[0]);
          return request && showOutcome(await next(command, [request]), this.runs);
        },
      },
    };
  }

  private async explain(error: unknown): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    this.output.error(text);
    const actions: Record<string, () => unknown> = {
      'How to Install': () => openWalkthrough(),
      'Open Settings': () => openSettings(),
      ...(error instanceof NotFound ? {} : { 'Show Log': () => this.output.show() }),
      'Try Again': () => this.restart(),
    };
    const choice = await vscode.window.showErrorMessage(`lbtool: ${text}`, ...Object.keys(actions));
    if (choice !== undefined) await actions[choice]?.();
  }
}

function configuredCommand(): string[] {
  return vscode.workspace.getConfiguration(SECTION).get<string[]>('command', ['lbtool', 'lsp']);
}

function openSettings(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', 'lbtool.command');
}

function openWalkthrough(): Thenable<unknown> {
  const id = 'lbtool.lbtool#lbtool.start';
  return vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
}
