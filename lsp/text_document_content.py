"""``workspace/textDocumentContent``: the text of virtual documents (LSP 3.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from lbtool.lsp.assembly import assembled
from lbtool.lsp.virtual import ASSEMBLY_SCHEME, SCHEMES, source_of

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["text_document_content"]


async def text_document_content(
    ls: Server, params: t.TextDocumentContentParams
) -> t.TextDocumentContentResult:
    """Its present text; the client is told when it has another."""
    source = source_of(params.uri)
    scheme = params.uri.partition(":")[0]
    if source is None or scheme not in SCHEMES:
        raise JsonRpcInvalidParams(f"{params.uri} is made of nothing")
    ls.virtual.show(params.uri, source)
    document = ls.find(source)
    if document is None:
        return t.TextDocumentContentResult(f";; {source} cannot be read\n")
    if scheme != ASSEMBLY_SCHEME:
        return t.TextDocumentContentResult(document.document.text)
    return t.TextDocumentContentResult(await assembled(ls, document))
