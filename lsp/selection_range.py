"""``textDocument/selectionRange``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp.pacing import present
from lbtool.service.selection import selections

if TYPE_CHECKING:
    from lbtool.lsp.documents import View
    from lbtool.lsp.server import Server

__all__ = ["selection_range"]


async def selection_range(
    ls: Server, params: t.SelectionRangeParams
) -> list[t.SelectionRange] | None:
    """For each position what a growing selection takes in."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None
    view = await present(document)
    return [_around(view, each) for each in params.positions]


def _around(view: View, position: t.Position) -> t.SelectionRange:
    """Innermost first, each with what is around it; the position itself if nothing."""
    offset = view.offset(position)
    made: t.SelectionRange | None = None
    for each in reversed(selections(view.document, offset)):
        made = t.SelectionRange(view.range(each.start, each.end), made)
    return made or t.SelectionRange(view.range(offset, offset))
