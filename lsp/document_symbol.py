"""``textDocument/documentSymbol``: a tree, or a list for clients without trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.pacing import in_steps, on_present_text
from lbtool.lsp.writing import Rows, record
from lbtool.service.outline import steps

if TYPE_CHECKING:
    from lbtool.lsp.documents import View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.lsp.writing import Written
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


async def document_symbol(ls: Server, params: t.DocumentSymbolParams) -> Written | None:
    """Everything that a document defines."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> Written:
        rows = Rows()
        add = _add_to_tree if ls.client.tree else _add_to_list
        for each in await in_steps(steps(view.document), pace):
            await add(rows, each, view, pace)
        return rows.written()

    return await on_present_text(document, work)


async def _add_to_tree(rows: Rows, symbol: Symbol, view: View, pace: Pace) -> None:
    """One symbol and those in it, of which a module has thousands."""
    await pace.pause()
    made: Json = {
        "name": symbol.name,
        "kind": KINDS[symbol.kind],
        "range": view.json_range(symbol.start, symbol.end),
        "selectionRange": view.json_range(symbol.name_start, symbol.name_end),
    }
    if symbol.detail:
        made["detail"] = symbol.detail
    if not symbol.children:
        rows.add(made)
        return
    inner = Rows()
    for each in symbol.children:
        await _add_to_tree(inner, each, view, pace)
    rows.put(record(made, "children", inner.written()))


async def _add_to_list(
    rows: Rows, symbol: Symbol, view: View, pace: Pace, container: str = ""
) -> None:
    """The same, for clients without trees."""
    await pace.pause()
    where = {"uri": view.uri, "range": view.json_range(symbol.start, symbol.end)}
    made = {"name": symbol.name, "kind": KINDS[symbol.kind], "location": where}
    if container:
        made["containerName"] = container
    rows.add(made)
    for each in symbol.children:
        await _add_to_list(rows, each, view, pace, symbol.name)
