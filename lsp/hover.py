"""``textDocument/hover``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp.pacing import compiled, present
from lbtool.service.hover import hover as service_hover

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["hover"]

_FENCE = re.compile(r"^```.*\n?", re.MULTILINE)


async def hover(ls: Server, params: t.HoverParams) -> t.Hover | None:
    """What stands under the cursor, and what it became."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None
    view = await present(document)
    offset = view.offset(params.position)
    function = view.analysis.function_at(offset)
    if function is not None:
        ls.look(document, function.funcidx)
        await compiled(document, function)
    found = service_hover(view.analysis, offset)
    if found is None:
        return None
    contents = t.MarkupContent(t.MarkupKind.Markdown, found.markdown)
    if not ls.client.markdown:
        contents = t.MarkupContent(t.MarkupKind.PlainText, plain(found.markdown))
    return t.Hover(contents, view.range(found.start, found.end))


def plain(markdown: str) -> str:
    """The same to read as it is."""
    return _FENCE.sub("", markdown).replace("`", "").strip()
