"""``lbtool/assembly``: a document's machine code, and where each line comes from.

Beyond the protocol: ``{textDocument: {uri}}`` gives ``{text, lines: [{line, range,
stale}]}``, for the text that the editor has when it is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lbtool.lsp.given import uri_of
from lbtool.lsp.pacing import compiled, on_present_text
from lbtool.lsp.progress import Progress
from lbtool.service.assembly import Assembly, kept_lines
from lbtool.service.assembly import assembly as service_assembly

if TYPE_CHECKING:
    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server

    Json = dict[str, Any]

__all__ = ["REQUEST", "assembled", "assembly"]

REQUEST = "lbtool/assembly"


async def assembly(ls: Server, params: object, who: str = REQUEST) -> Json | None:
    """Of the functions around the last that was looked at; None for no document."""
    document = ls.find(uri_of(who, params))
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> Json:
        made = await _made(ls, document, view, pace)
        lines = []
        for each in made.lines:
            where = view.json_range(each.start, each.end)
            lines.append({"line": each.line, "range": where, "stale": each.stale})
            await pace.pause()
        return {"text": made.text, "lines": lines}

    return await on_present_text(document, work)


async def assembled(ls: Server, document: OpenDocument) -> str:
    """The machine code of a document's present text."""

    async def work(view: View, pace: Pace) -> str:
        return (await _made(ls, document, view, pace)).text

    return await on_present_text(document, work)


async def _made(ls: Server, document: OpenDocument, view: View, pace: Pace) -> Assembly:
    """Compiled function by function."""
    functions = document.attention.assembled(view.analysis)
    async with Progress(ls, "Compiling") as progress:
        for done, funcidx in enumerate(functions):
            function = view.analysis.function(funcidx)
            await compiled(document, function, kept_lines)
            progress.report(done, len(functions))
            await pace.pause()
    return service_assembly(view.analysis, functions)
