// Documents that the server writes, as read-only files.
//
// A file system instead of a content provider: when a file changes, VS Code puts only the
// lines that differ into its document; of a provider's text it would replace them all,
// which takes a second in a document of a megabyte.
import * as vscode from 'vscode';
import { ASSEMBLY_SCHEME, TEXT_SCHEME } from './protocol';
import type { Server } from './server';

const SCHEMES = [ASSEMBLY_SCHEME, TEXT_SCHEME];

export class ContentFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private time = Date.now();

  private constructor(private readonly server: Server) {}

  static register(server: Server): vscode.Disposable {
    const files = new ContentFiles(server);
    return vscode.Disposable.from(
      files.changed,
      server.onDidChangeContent((uri) => files.change([uri])),
      server.onDidStart(() => files.change(shown())),
      ...SCHEMES.map((scheme) =>
        vscode.workspace.registerFileSystemProvider(scheme, files, { isReadonly: true }),
      ),
    );
  }

  stat(): vscode.FileStat {
    // Its size is not known before it is written; what VS Code looks at is the time.
    return { type: vscode.FileType.File, ctime: 0, mtime: this.time, size: 0 };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.server.content(uri));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private change(uris: vscode.Uri[]): void {
    this.time += 1;
    this.changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}

function shown(): vscode.Uri[] {
  return vscode.workspace.textDocuments
    .map((document) => document.uri)
    .filter((uri) => SCHEMES.includes(uri.scheme));
}
