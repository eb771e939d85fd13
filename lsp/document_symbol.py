"""``textDocument/documentSymbol``: a tree, or a list for clients without trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.pacing import on_present_text
from lbtool.service.outline import symbols

if TYPE_CHECKING:
    from lbtool.lsp.documents import View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.service.outline import Symbol

    Json = dict[str, Any]

__all__ = ["KINDS", "document_symbol"]

# Kind of ``outline`` -> kind of the protocol.
KINDS = {
    "module": t.SymbolKind.Module,
    "type": t.SymbolKind.Struct,
    "func": t.SymbolKind.Function,
    "table": t.SymbolKind.Array,
    "memory": t.SymbolKind.Array,
    "global": t.SymbolKind.Variable,
    "tag": t.SymbolKind.Event,
    "elem": t.SymbolKind.Array,
    "data": t.SymbolKind.Constant,
    "export": t.SymbolKind.Interface,
    "import": t.SymbolKind.Interface,
    "start": t.SymbolKind.Event,
}


async def document_symbol(
    ls: Server, params: t.DocumentSymbolParams
) -> list[Json] | None:
    """Everything that a document defines."""
    uri = params.text_document.uri
    document = ls.documents.get(uri)
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> list[Json]:
        made: list[Json] = []
        for each in symbols(view.document):
            made += [_tree(view, each)] if ls.client.tree else _flat(view, each, uri)
            await pace.pause()
        return made

    return await on_present_text(document, work)


def _tree(view: View, symbol: Symbol) -> Json:
    made: Json = {
        "name": symbol.name,
        "kind": KINDS[symbol.kind],
        "range": view.json_range(symbol.start, symbol.end),
        "selectionRange": view.json_range(symbol.name_start, symbol.name_end),
    }
    if symbol.detail:
        made["detail"] = symbol.detail
    if symbol.children:
        made["children"] = [_tree(view, each) for each in symbol.children]
    return made


def _flat(view: View, symbol: Symbol, uri: str, container: str = "") -> list[Json]:
    made: list[Json] = [
        {
            "name": symbol.name,
            "kind": KINDS[symbol.kind],
            "location": {
                "uri": uri,
                "range": view.json_range(symbol.start, symbol.end),
            },
            **({"containerName": container} if container else {}),
        }
    ]
    for each in symbol.children:
        made += _flat(view, each, uri, symbol.name)
    return made
