"""``workspace/didChangeWatchedFiles``: modules that change on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["changed", "watch"]

PATTERN = "**/*.{wat,wasm}"


async def watch(ls: Server) -> None:
    """Ask the client to tell about them, if it can be asked."""
    if not ls.client.watches:
        return
    options = t.DidChangeWatchedFilesRegistrationOptions(
        [t.FileSystemWatcher(glob_pattern=PATTERN)]
    )
    method = t.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = t.Registration("lbtool-files", method, options)
    await ls.ask(t.CLIENT_REGISTER_CAPABILITY, t.RegistrationParams([registration]))


def changed(ls: Server, params: t.DidChangeWatchedFilesParams) -> None:
    """What is made of these files is made again; open texts win over files."""
    for each in params.changes:
        if ls.documents.get(each.uri) is None:
            ls.files.forget(each.uri)
            ls.virtual.refresh(ls, each.uri)
