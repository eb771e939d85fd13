"""``textDocument/codeLens`` and ``codeLens/resolve``.

Titles of sizes are made when the client shows the lens, since they cost compiling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.pacing import on_present_text
from lbtool.service.lenses import lenses, size_title

if TYPE_CHECKING:
    from lbtool.lsp.documents import View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.service.lenses import Lens

    Json = dict[str, Any]

__all__ = ["code_lens", "resolve"]

RUN = "lbtool.run"
# A command that does nothing: what only informs.
NOTHING = ""


async def code_lens(ls: Server, params: t.CodeLensParams) -> list[Json] | None:
    """Sizes above functions, and buttons above exports where these may be run."""
    uri = params.text_document.uri
    document = ls.documents.get(uri)
    if document is None or not ls.configuration.code_lens:
        return None

    async def work(view: View, pace: Pace) -> list[Json]:
        made = []
        for lens in lenses(view.analysis):
            if lens.kind == "size" or ls.trusted:
                made.append(_lens(view, uri, lens))
            await pace.pause()
        return made

    return await on_present_text(document, work)


def _lens(view: View, uri: str, lens: Lens) -> Json:
    made: Json = {"range": view.json_range(lens.start, lens.end)}
    if lens.kind == "size":
        made["data"] = {"uri": uri, "funcidx": lens.funcidx}
        return made
    params = list(lens.params)
    made["command"] = {
        "title": f"▶ run {lens.export}({', '.join(params)})",
        "command": RUN,
        "arguments": [
            {"uri": uri, "export": lens.export, "params": params, "args": None}
        ],
    }
    return made


async def resolve(ls: Server, params: t.CodeLens) -> t.CodeLens:
    """The title of a lens: compiles the function."""
    if params.command is not None:
        return params
    title = _title(ls, params.data)
    params.command = t.Command(title=title, command=NOTHING)
    return params


def _title(ls: Server, data: Any) -> str:  # noqa: ANN401 - what came back
    """Of a lens that may be of an older text, or of none."""
    given = data if isinstance(data, dict) else {}
    uri, funcidx = given.get("uri"), given.get("funcidx")
    document = ls.documents.get(uri) if isinstance(uri, str) else None
    if document is None or not isinstance(funcidx, int):
        return ""
    analysis = document.view.analysis
    if not 0 <= funcidx < len(analysis.document.tables.owners["func"]):
        return ""
    document.show(funcidx)
    function = analysis.function(funcidx)
    return "" if function.imported else size_title(function)
