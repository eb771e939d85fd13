"""``textDocument/references``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp.pacing import present
from lbtool.service.navigate import references as service_references

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["references"]


async def references(ls: Server, params: t.ReferenceParams) -> list[t.Location] | None:
    """Every place that refers to what the cursor is on."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None
    view = await present(document)
    declaration = params.context.include_declaration
    found = service_references(view.document, view.offset(params.position), declaration)
    uri = params.text_document.uri
    return [t.Location(uri, view.range(each.start, each.end)) for each in found]
