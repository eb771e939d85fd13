"""``workspace/executeCommand``: `lbtool.run` and `lbtool.assembly`.

`lbtool.run` takes ``{uri, export, params, args}``, where `args` is a list of values,
one text with blanks between them, or null; it gives ``{status, text, output}``, where
the status is ``returned``, ``trapped``, ``exited``, ``error`` or ``cancelled``.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from lbtool.lsp import assembly as assembly_request
from lbtool.lsp import running
from lbtool.lsp.given import argument, uri_of
from lbtool.lsp.progress import Progress
from lbtool.lsp.traps import Trap
from lbtool.service.lenses import exported, parameters

if TYPE_CHECKING:
    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.server import Server

    Json = dict[str, Any]

__all__ = ["assembly", "run"]

# How a run ended that said nothing -> what to say.
REASONS = {
    "memory": "it needs more memory than it may have",
    "time": "it took longer than lbtool.runTimeout allows",
    "output": "it printed more than it may",
    "crashed": "its process crashed",
    "vanished": "its process ended without a word",
}


async def assembly(ls: Server, params: t.ExecuteCommandParams) -> Json | None:
    """``lbtool/assembly`` as a command: its argument is the URI, or what it takes."""
    given = argument(params)
    if isinstance(given, str):
        given = {"uri": given}
    return await assembly_request.assembly(ls, given, params.command)


async def run(ls: Server, params: t.ExecuteCommandParams) -> Json:
    """Run an export of the present text; a trap becomes a diagnostic."""
    document, export, args = _read(ls, params)
    if not ls.trusted:
        return _outcome("error", "nothing is run: the workspace is not trusted")
    view = document.view
    wanted = _parameters(view, export)
    if wanted is not None and len(args) != len(wanted):
        return _outcome("error", f"{export} takes {_count(wanted)}, not {len(args)}")
    work = asyncio.ensure_future(running.run(document, export, args, ls.configuration))
    title = f"Running {export}"
    try:
        async with Progress(ls, title, params.work_done_token, work.cancel):
            await asyncio.wait([work])
    finally:
        if not work.done():
            work.cancel()
            await asyncio.wait([work])
    if work.cancelled():
        return _outcome("cancelled", f"{export} was cancelled")
    ended = work.result()
    if not document.closed:
        _note_trap(ls, document, view, ended.how)
    outcome = _of(ended, export, args)
    log = f"{outcome['text']}\n{outcome['output']}".strip()
    ls.window_log_message(t.LogMessageParams(t.MessageType.Info, log))
    return outcome


def _read(
    ls: Server, params: t.ExecuteCommandParams
) -> tuple[OpenDocument, str, list[str]]:
    """What is to be run; raises for what is not as it should be."""
    given, who = argument(params), params.command
    uri = uri_of(who, given)
    if not isinstance(given, dict) or not isinstance(given.get("export"), str):
        raise JsonRpcInvalidParams(
            f"{who} needs the name of an export: {{uri, export}}"
        )
    document = ls.find(uri)
    if document is None:
        raise JsonRpcInvalidParams(f"{who}: {uri} is not open and cannot be read")
    export, args = given["export"], given.get("args")
    if isinstance(args, str):
        args = args.split()
    if args is None:
        args = []
    if not isinstance(args, list):
        raise JsonRpcInvalidParams(f"{who}: args is a list, a text or null")
    return document, export, [str(each) for each in args]


def _parameters(view: View, export: str) -> tuple[str, ...] | None:
    """Types of the export's parameters; None for no export of a valid text."""
    function = exported(view.analysis, export)
    if function is None or view.analysis.around is None:
        return None
    return parameters(function)


def _note_trap(ls: Server, document: OpenDocument, view: View, how: Json) -> None:
    """Show the trap of this run, and none of an earlier one."""
    before = document.traps
    traps = []
    if how["ended"] == "trap":
        message = str(how.get("message") or how.get("kind"))
        traps.append(Trap.of(view, message, how.get("backtrace") or ()))
    document.trap(traps)
    if not traps and not before:
        return
    if not ls.client.pulls:
        ls.following.follow(document)
    else:
        ls.refresh(t.WORKSPACE_DIAGNOSTIC_REFRESH)


def _of(ended: running.Ended, export: str, args: list[str]) -> Json:
    """What the user is told."""
    how, output = ended.how, ended.output.decode(errors="replace")
    call = f"{export}({', '.join(args)})"
    match how["ended"]:
        case "returned":
            values = ", ".join(
                f"{each['value']}: {each['type']}" for each in how.get("results", ())
            )
            text = f"{call} = {values}" if values else f"{call} returned"
            return _outcome("returned", text, output)
        case "exit":
            return _outcome("exited", f"{call} exited with {how.get('code')}", output)
        case "trap":
            message = how.get("message") or how.get("kind")
            return _outcome("trapped", f"{call} trapped: {message}", output)
        case other:
            reason = REASONS.get(other) or _reason(how.get("report") or other)
            return _outcome("error", f"{call}: {reason}", output)


def _count(wanted: tuple[str, ...]) -> str:
    if not wanted:
        return "no arguments"
    plural = "s" if len(wanted) > 1 else ""
    return f"{len(wanted)} argument{plural} ({' '.join(wanted)})"


def _reason(report: str) -> str:
    """A report of the command line, without what only helps there."""
    lines = report.removeprefix("error: ").splitlines()
    kept = (each for each in lines if not ("--" in each and each.startswith("hint: ")))
    return "\n".join(kept)


def _outcome(status: str, text: str, output: str = "") -> Json:
    return {"status": status, "text": text, "output": output}
