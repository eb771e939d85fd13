"""``textDocument/documentHighlight``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp.pacing import present
from lbtool.service.navigate import highlights

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["document_highlight"]

KINDS = {
    "read": t.DocumentHighlightKind.Read,
    "write": t.DocumentHighlightKind.Write,
    "text": t.DocumentHighlightKind.Text,
}


async def document_highlight(
    ls: Server, params: t.DocumentHighlightParams
) -> list[t.DocumentHighlight] | None:
    """Uses of what the cursor is on, and whether they read or write."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None
    view = await present(document)
    found = highlights(view.document, view.offset(params.position))
    return [
        t.DocumentHighlight(view.range(each.start, each.end), KINDS[each.kind])
        for each in found
    ]
