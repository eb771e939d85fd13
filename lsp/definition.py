"""``textDocument/definition``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp.pacing import present
from lbtool.service.navigate import definition as service_definition

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["definition"]


async def definition(ls: Server, params: t.DefinitionParams) -> list[t.Location] | None:
    """Where that is defined to which the cursor points."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None
    view = await present(document)
    found = service_definition(view.document, view.offset(params.position))
    uri = params.text_document.uri
    return [t.Location(uri, view.range(each.start, each.end)) for each in found]
