"""Documents that are made of others: machine code of a text, the text of a binary.

Their URIs say what they are made of: ``lbtool-asm:PATH.s?SOURCE`` and
``lbtool-wat:PATH.wat?SOURCE``, where SOURCE is a percent-encoded URI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from lsprotocol import types as t

from lbtool.lsp.documents import key

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["ASSEMBLY_SCHEME", "SCHEMES", "Virtual", "binary_of", "source_of"]

ASSEMBLY_SCHEME = "lbtool-asm"
TEXT_SCHEME = "lbtool-wat"
SCHEMES = (ASSEMBLY_SCHEME, TEXT_SCHEME)


def source_of(uri: str) -> str | None:
    """The URI of what a virtual document is made of."""
    source = uri.partition("?")[2]
    return unquote(source) if source else None


def binary_of(uri: str) -> str | None:
    """The URI of the binary that a virtual document is the text of."""
    return source_of(uri) if uri.startswith(f"{TEXT_SCHEME}:") else None


class Virtual:
    """Virtual documents that the client shows, by what they are made of."""

    def __init__(self) -> None:
        self._shown: dict[str, set[str]] = {}

    def show(self, uri: str, source: str) -> None:
        """The client has asked for the text of `uri`."""
        self._shown.setdefault(key(source), set()).add(uri)

    def refresh(self, ls: Server, source: str) -> None:
        """What is made of `source` has changed; clients that can ask again are told."""
        if not ls.client.contents:
            return
        for uri in self._shown.get(key(source), ()):
            params = t.TextDocumentContentRefreshParams(uri)
            ls.refresh(t.WORKSPACE_TEXT_DOCUMENT_CONTENT_REFRESH, params, uri)
