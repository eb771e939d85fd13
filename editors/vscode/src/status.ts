// The status item of .wat documents: whether the server runs, and what can be done then.
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { Server } from './server';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('lbtool', { language: 'wat' });
  private readonly subscription: vscode.Disposable;

  constructor(server: Server) {
    this.item.name = 'lbtool';
    this.subscription = server.onDidChangeState((state) => this.update(state));
    this.update(State.Starting);
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private update(state: State): void {
    this.item.busy = state === State.Starting;
    const stopped = state === State.Stopped || state === State.StartFailed;
    this.item.severity = stopped
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
    this.item.text = stopped ? 'lbtool: not running' : 'lbtool';
    this.item.command = stopped
      ? { command: 'lbtool.restart', title: 'Restart' }
      : { command: 'lbtool.showLog', title: 'Show Log' };
    this.item.detail = vscode.workspace.isTrusted
      ? 'machine code of every instruction'
      : 'machine code only: nothing runs in an untrusted workspace';
  }
}
