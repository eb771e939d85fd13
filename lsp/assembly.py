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
from lbtool.service.assembly import MOST, Assembly
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
    view, made = await assembled(ls, document)
    lines = [
        {"line": each.line, "range": view.json_range(*each[1:3]), "stale": each.stale}
        for each in made.lines
    ]
    return {"text": made.text, "lines": lines}


async def assembled(ls: Server, document: OpenDocument) -> tuple[View, Assembly]:
    """The machine code of a document's present text, compiled function by function."""

    async def work(view: View, pace: Pace) -> tuple[View, Assembly]:
        own = [each for each in view.analysis.functions() if not each.imported]
        for done, function in enumerate(islice(own, MOST)):
            function.listing()
            progress.report(done, min(len(own), MOST))
            await pace.pause()
        return view, service_assembly(view.analysis)

    async with Progress(ls, "Compiling") as progress:
        return await on_present_text(document, work)
