"""``textDocument/codeLens`` and ``codeLens/resolve``.

A lens is a place until the client shows it: its title costs compiling the function, and
commands of ten thousand functions are megabytes. Of a very large text, the functions
around the one that was looked at last have lenses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.pacing import compiled, on_present_text, present
from lbtool.service.lenses import lenses, parameters, size_title

if TYPE_CHECKING:
    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.service.analysis import FunctionView
    from lbtool.service.lenses import Lens

    Json = dict[str, Any]

__all__ = ["code_lens", "resolve"]

RUN = "lbtool.run"
# A command that does nothing: what only informs.
NOTHING = ""
# Instead of all buttons of a document, once.
UNTRUSTED = "▶ run: only in a trusted workspace"


async def code_lens(ls: Server, params: t.CodeLensParams) -> list[Json] | None:
    """Sizes above functions, and buttons above exports."""
    uri = params.text_document.uri
    document = ls.documents.get(uri)
    if document is None or not ls.configuration.code_lens:
        return None

    async def work(view: View, pace: Pace) -> list[Json]:
        made: list[Json] = []
        why_not = False
        for lens in lenses(view.analysis, document.attention.lensed):
            if lens.kind == "run" and not ls.trusted:
                if why_not:
                    continue
                why_not = True
            made.append(_lens(view, uri, lens))
            await pace.pause()
        return made

    return await on_present_text(document, work)


def _lens(view: View, uri: str, lens: Lens) -> Json:
    data: Json = {"uri": uri, "funcidx": lens.funcidx}
    if lens.kind == "run":
        data["export"] = lens.export
    return {"range": view.json_range(lens.start, lens.end), "data": data}


async def resolve(ls: Server, params: t.CodeLens) -> t.CodeLens:
    """What a lens says: compiles the function."""
    if params.command is None:
        params.command = await _command(ls, params.data)
    return params


async def _command(ls: Server, data: Any) -> t.Command:  # noqa: ANN401 - what came back
    """Of a lens that may be of an older text, or of none."""
    nothing = t.Command(title="", command=NOTHING)
    given = data if isinstance(data, dict) else {}
    uri, funcidx, export = (given.get(name) for name in ("uri", "funcidx", "export"))
    document = ls.documents.get(uri) if isinstance(uri, str) else None
    if document is None or not isinstance(funcidx, int):
        return nothing
    analysis = (await present(document)).analysis
    if not 0 <= funcidx < analysis.n_functions:
        return nothing
    function = analysis.function(funcidx)
    if isinstance(export, str):
        return _run(ls, document, function, export)
    if function.imported:
        return nothing
    document.attention.note(funcidx)
    await compiled(document, function)
    document.attention.said(function)
    return t.Command(title=size_title(function), command=NOTHING)


def _run(
    ls: Server, document: OpenDocument, function: FunctionView, export: str
) -> t.Command:
    """A button, or why it is none."""
    if not ls.trusted:
        return t.Command(title=UNTRUSTED, command=NOTHING)
    params = list(parameters(function))
    return t.Command(
        title=f"▶ run {export}({', '.join(params)})",
        command=RUN,
        arguments=[
            {"uri": document.uri, "export": export, "params": params, "args": None}
        ],
    )
