"""``lbtool/assembly``: a document's machine code, and where each line comes from.

Beyond the protocol: ``{textDocument: {uri}}`` gives ``{text, lines: [{line, range,
stale}]}``, for the text that the editor has when it is answered.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from lbtool.lsp.pacing import on_present_text
from lbtool.lsp.progress import Progress
from lbtool.service.assembly import MOST, Assembly, kept_lines
from lbtool.service.assembly import assembly as service_assembly

if TYPE_CHECKING:
    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server

    Json = dict[str, Any]

__all__ = ["REQUEST", "assembled", "assembly"]

REQUEST = "lbtool/assembly"


async def assembly(ls: Server, params: Any) -> Json | None:  # noqa: ANN401 - as it came
    """All of it; None for what is no document."""
    try:
        uri = params["textDocument"]["uri"]
        document = ls.find(uri)
    except (TypeError, KeyError, AttributeError) as problem:
        raise JsonRpcInvalidParams(f"{REQUEST}: {problem!r}") from None
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> Json:
        made = await _made(ls, view, pace)
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
        return (await _made(ls, view, pace)).text

    return await on_present_text(document, work)


async def _made(ls: Server, view: View, pace: Pace) -> Assembly:
    """Compiled function by function."""
    own = [each for each in view.analysis.functions() if not each.imported]
    async with Progress(ls, "Compiling") as progress:
        for done, function in enumerate(islice(own, MOST)):
            kept_lines(function)
            progress.report(done, min(len(own), MOST))
            await pace.pause()
    return service_assembly(view.analysis)
