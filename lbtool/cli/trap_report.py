"""How a run ended that did not end well: traps and unusable modules, text and JSON.

Imported only then. A trap of a module in text format names line and column of the
instruction, with an excerpt; one of a binary module its byte offset.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from lbtool.cli import render
from lbtool.cli.modules import is_text, read_file
from lbtool.cli.report import placed
from lbtool.cli.terminal import Style, printable
from lbtool.engines import EngineTrap, TrapKind
from lbtool.errors import Diagnostic, LinkError, ModuleError
from lbtool.runtime.trap import MAX_SHOWN, Frame, Trap
from lbtool.wasm import decode, instructions, local_decls, read
from lbtool.wat.locate import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.cli.running import Request
    from lbtool.wasm import Module

    Json = dict[str, object]

__all__ = ["report", "trap_text"]

AT_FAULT, TRAPPED = 1, 134
# What a module that waits for another host imports from, and which host that is.
HOSTS = {
    "env": "the JavaScript that its toolchain made beside it (Emscripten's, mostly)",
    "a": "the JavaScript that Emscripten made beside it",
    "wbg": "the JavaScript that wasm-bindgen made beside it",
    "gojs": "Go's wasm_exec.js",
    "go": "Go's wasm_exec.js",
    "wasi_unstable": "a host of WASI before preview 1",
}


def report(error: Exception, request: Request, output: str) -> int | None:
    """Print how a run ended; the exit code, or None when others have to print it."""
    if isinstance(error, LinkError):
        error.hints = _host_hints(str(error))
    if isinstance(error, EngineTrap):
        if output == "json":
            sys.stdout.write(f"{json.dumps(trap_json(error, request))}\n")
        else:
            style = Style.of(sys.stderr)
            sys.stderr.write(f"{trap_text(error, request, style)}\n")
        return TRAPPED
    if output != "json" or not isinstance(error, ModuleError | LinkError):
        return None
    made: Json = {"schema": render.SCHEMA, "message": str(error)}
    if isinstance(error, ModuleError):
        found = placed(request.path, error.diagnostics)
        made |= {
            "message": error.message,
            "diagnostics": [render.as_json(each) for each in found],
        }
    sys.stdout.write(f"{json.dumps({**made, 'error': True})}\n")
    return AT_FAULT


def _host_hints(message: str) -> tuple[str, ...]:
    name = message.removeprefix("unknown import: ").partition("::")[0].partition(".")[0]
    host = HOSTS.get(name)
    if host is None or not message.startswith("unknown import"):
        return ()
    return (f"the module is made for {host}; lbtool run offers WASI preview 1",)


def _headline(trap: EngineTrap, timeout: float | None) -> str:
    if trap.kind == TrapKind.INTERRUPT and timeout is not None:
        return f"interrupted after {timeout:g} s (--timeout)"
    return "of an unknown kind" if trap.kind == TrapKind.OTHER else str(trap.kind)


def trap_text(trap: EngineTrap, request: Request, style: Style) -> str:
    """Headline, the place with an excerpt where the text is known, then the frames."""
    what = _headline(trap, request.timeout)
    lines = [render.headline("error", f"trap: {what}", style)]
    ours = trap.__cause__
    frames, more = _frames(trap, request)
    if isinstance(ours, Trap):
        detail = ours.message.removeprefix(ours.kind).lstrip(": ")
        if detail:
            lines.append(f"  {printable(detail)}")
    elif not frames:
        return "\n".join([*lines, *_foreign(trap, what)])
    places = _places(frames, request)
    if places and places[0].line is not None:
        shown = render.diagnostic(places[0], style, source=read_file(request.path))
        lines += shown.split("\n")[1:]
    for k, frame in enumerate(frames):
        lines.append(f"  {k}: {printable(_frame(frame, places[k]))}")
    if more:
        lines.append("  ...")
    return "\n".join(lines)


def _frames(trap: EngineTrap, request: Request) -> tuple[Sequence[Frame], bool]:
    """The frames that are shown, of whatever engine; whether there are more."""
    ours = trap.__cause__
    if isinstance(ours, Trap):
        more = ours.truncated or len(ours.frames) > MAX_SHOWN
        return ours.frames[:MAX_SHOWN], more
    if not trap.frames:
        return (), False
    try:
        module = decode(read(request.path))
    except (OSError, ModuleError):  # it ran, and is gone, or another one
        return (), False
    shown = trap.frames[:MAX_SHOWN]
    return [_frame_at(module, *each) for each in shown], len(trap.frames) > len(shown)


def _frame_at(module: Module, funcidx: int, offset: int) -> Frame:
    """A frame by the place of its instruction."""
    names = module.names.module, funcidx, module.func_name(funcidx)
    body = module.body(funcidx)
    if body is None or not body[0] <= offset < body[1]:
        return Frame(*names)
    _, start = local_decls(module.data, *body)
    for ordinal, at, *_ in instructions(module.data, start, body[1]):
        if at == offset:
            return Frame(*names, ordinal, offset)
    return Frame(*names)


def _frame(frame: Frame, place: Diagnostic) -> str:
    if place.line is None:
        return str(frame)
    without = str(Frame(frame.module, frame.funcidx, frame.name))
    return f"{without} at {place.line}:{place.column}"


def _foreign(trap: EngineTrap, what: str) -> list[str]:
    """The report of another engine, without what the headline says."""
    said = {what, "", "Caused by:"} | {
        f"{before}{kind}"
        for before in ("", "wasm trap: ")
        for kind in (str(trap.kind), "interrupt", what)
    }
    report = [printable(each.replace("\t", "    ")) for each in trap.report.split("\n")]
    return [f"  {each}" for each in report if each.strip() not in said]


def _places(frames: Sequence[Frame], request: Request) -> list[Diagnostic]:
    """Where the frames are, with lines when the module is text."""
    found = [
        Diagnostic(
            "error",
            "",
            "",
            path=request.path,
            offset=each.offset,
            funcidx=each.funcidx,
            ordinal=each.ordinal,
        )
        for each in frames
    ]
    try:
        contents = read_file(request.path)
    except OSError:  # it ran, and is gone
        return found
    return locate(contents, found) if is_text(request.path, contents) else found


def trap_json(trap: EngineTrap, request: Request) -> dict[str, object]:
    """A trap as data."""
    ours = trap.__cause__
    made: Json = {"kind": str(trap.kind), "message": _headline(trap, request.timeout)}
    if isinstance(ours, Trap):
        if ours.address is not None:
            made["address"] = ours.address
        if ours.reason:
            made["reason"] = ours.reason
    else:
        made["report"] = trap.report
    frames, more = _frames(trap, request)
    if frames or isinstance(ours, Trap):
        pairs = zip(frames, _places(frames, request), strict=True)
        made["backtrace"] = [_frame_json(*pair) for pair in pairs]
        made["truncated"] = more
    return {"schema": render.SCHEMA, "trap": made}


def _frame_json(frame: Frame, place: Diagnostic) -> Json:
    if frame.host:
        return {"host": True}
    fields: Json = {
        "module": frame.module,
        "func": frame.funcidx,
        "name": frame.name,
        "ordinal": frame.ordinal,
        "offset": None if place.line else frame.offset,
        "line": place.line,
        "column": place.column,
    }
    return {name: value for name, value in fields.items() if value is not None}
