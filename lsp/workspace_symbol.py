"""``workspace/symbol``: definitions in open documents and in files of the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lbtool.build.tree import find
from lbtool.lsp.document_symbol import KINDS
from lbtool.lsp.documents import key
from lbtool.lsp.files import path_of
from lbtool.lsp.pacing import in_steps, on_present_text
from lbtool.service.outline import matches, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lsprotocol import types as t

    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.service.outline import Symbol

    Json = dict[str, Any]

__all__ = ["workspace_symbol"]

MOST = 500  # symbols of one answer
MOST_FILES = 200  # files that are read for it
LARGEST = 1 << 20  # bytes of each


async def workspace_symbol(ls: Server, params: t.WorkspaceSymbolParams) -> list[Json]:
    """Symbols whose names have the characters of the query in this order."""
    made: list[Json] = []
    for document in [*ls.documents, *_files(ls)]:

        async def work(
            view: View, pace: Pace, document: OpenDocument = document
        ) -> list[Json]:
            found = []
            for each in _all(await in_steps(steps(view.document), pace)):
                if matches(params.query, each.name):
                    found.append(_symbol(view, document.uri, each))
                await pace.pause()
            return found

        made += await on_present_text(document, work)
        if len(made) >= MOST:
            break
    return made[:MOST]


def _files(ls: Server) -> Iterator[OpenDocument]:
    """Text modules in the folders of the workspace that are not open."""
    folders = [path_of(uri) for uri in ls.workspace.folders]
    known = {key(each.uri) for each in ls.documents}
    texts = (
        path
        for path in map(Path, find([str(each) for each in folders if each]))
        if path.suffix == ".wat" and key(path.as_uri()) not in known
    )
    for _, path in zip(range(MOST_FILES), texts, strict=False):
        if path.stat().st_size <= LARGEST:
            document = ls.find(path.as_uri())
            if document is not None:
                yield document


def _all(found: Iterable[Symbol]) -> Iterator[Symbol]:
    for each in found:
        yield each
        yield from _all(each.children)


def _symbol(view: View, uri: str, symbol: Symbol) -> Json:
    where = {"uri": uri, "range": view.json_range(symbol.name_start, symbol.name_end)}
    return {"name": symbol.name, "kind": KINDS[symbol.kind], "location": where}
