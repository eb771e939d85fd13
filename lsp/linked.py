"""``lbtool/linked``: what in a text and in its assembly belongs together.

Beyond the protocol: ``{textDocument: {uri}, position}`` in the text, or
``{textDocument: {uri}, line}`` in its assembly, gives ``{range, lines}``: an
instruction, and the lines of the assembly that come from it; null for neither. The
assembly is around the function that was asked about last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from lbtool.lsp import positions
from lbtool.lsp.given import line_of, position_of, uri_of
from lbtool.lsp.pacing import compiled, present
from lbtool.service.assembly import kept_lines
from lbtool.service.linked import function_near, linked_from, linked_to

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

    Json = dict[str, Any]

__all__ = ["REQUEST", "linked"]

REQUEST = "lbtool/linked"


async def linked(ls: Server, params: Any) -> Json | None:  # noqa: ANN401 - as it came
    """Of the present text; functions before it are compiled if they are not yet."""
    document = ls.find(uri_of(REQUEST, params))
    at, line = position_of(REQUEST, params), line_of(REQUEST, params)
    if document is None:
        return None
    view = await present(document)
    analysis, attention = view.analysis, document.attention
    for each in attention.assembled(analysis):
        await compiled(document, analysis.function(each), kept_lines)
    if at is not None:
        offset = positions.offset_of(view.document, *at, view.encoding)
        function = function_near(analysis, offset)
        if function is not None:
            ls.look(document, function.funcidx)
            if attention.assemble(analysis, function.funcidx):
                ls.virtual.refresh(ls, document.uri)
        found = linked_to(analysis, attention.assembled(analysis), offset)
    elif line is not None:
        found = linked_from(analysis, attention.assembled(analysis), line)
    else:
        message = f"{REQUEST} needs a position, or a line of the machine code"
        raise JsonRpcInvalidParams(message)
    if found is None:
        return None
    return {"range": view.json_range(found.start, found.end), "lines": found.lines}
