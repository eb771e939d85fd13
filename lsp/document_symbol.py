"""``textDocument/documentSymbol``: a tree, or a list for clients without trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.pacing import in_steps, on_present_text
from lbtool.service.outline import steps

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
        for each in await in_steps(steps(view.document), pace):
            await pace.pause()
            await _add(made, each, "", view, pace)
        return made

    async def _add(
        made: list[Json], symbol: Symbol, container: str, view: View, pace: Pace
    ) -> None:
        """One symbol and those in it, of which a module has thousands."""
        row = _row(view, symbol) if ls.client.tree else _line(view, symbol, uri)
        if container and not ls.client.tree:
            row["containerName"] = container
        made.append(row)
        inner = made
        if symbol.children and ls.client.tree:
            inner = row["children"] = []
        for each in symbol.children:
            await _add(inner, each, symbol.name, view, pace)
            await pace.pause()

    return await on_present_text(document, work)


def _row(view: View, symbol: Symbol) -> Json:
    """Of a tree."""
    made: Json = {
        "name": symbol.name,
        "kind": KINDS[symbol.kind],
        "range": view.json_range(symbol.start, symbol.end),
        "selectionRange": view.json_range(symbol.name_start, symbol.name_end),
    }
    if symbol.detail:
        made["detail"] = symbol.detail
    return made


def _line(view: View, symbol: Symbol, uri: str) -> Json:
    """Of a list."""
    where = {"uri": uri, "range": view.json_range(symbol.start, symbol.end)}
    return {"name": symbol.name, "kind": KINDS[symbol.kind], "location": where}
