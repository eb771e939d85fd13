"""What ``lbtool run`` does once its options are known: choose, call, print, end.

A WASI command runs ``_start``; a reactor runs ``_initialize`` first, then what
``--invoke`` names. Results go to stdout, one per line; a trap is a report on stderr and
the code 134. No options are parsed here and no engine is known here.
"""

from __future__ import annotations

import difflib
import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lbtool.cli import render, values
from lbtool.cli.guest import Guest, GuestExit, Setting, load
from lbtool.cli.report import UsageFault
from lbtool.cli.terminal import Style, printable
from lbtool.engines import EngineTrap, ExportInfo, Ref, TrapKind, Value
from lbtool.wasm.types import valtype_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.engines import AnyValue

TRAPPED = 134
COMMAND, REACTOR = "_start", "_initialize"
START_SECTION = 8
# After an interrupt a guest may be in a blocking WASI call that nothing can abandon;
# this many seconds later the process ends itself.
GRACE = 1.0


@dataclass(frozen=True, slots=True)
class Request:
    """One ``lbtool run``; `args` are the guest's, `timeout` is in seconds."""

    path: str
    args: tuple[str, ...] = ()
    invoke: str | None = None
    backend: str = "auto"
    timeout: float | None = None
    env: tuple[tuple[str, str], ...] = ()
    dirs: tuple[tuple[str, str], ...] = ()
    profile: str | None = None
    bounds: str = "guard"

    def setting(self) -> Setting:
        """What the guest is given; with --invoke the arguments are not its argv."""
        return Setting(
            argv=(Path(self.path).name, *(() if self.invoke else self.args)),
            env=self.env,
            dirs=self.dirs,
            profile=self.profile,
            bounds=self.bounds,
            timed=self.timeout is not None,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is printed on stdout: the engine's name, and typed results."""

    engine: str
    results: tuple[AnyValue, ...] = ()

    def text(self) -> str:
        """Line per result."""
        return "".join(f"{_shown(each)}\n" for each in self.results)

    def as_json(self) -> dict[str, object]:
        """Results with their types; numbers as text, which loses nothing."""
        return {
            "schema": render.SCHEMA,
            "engine": self.engine,
            "results": [
                {"type": valtype_name(each.valtype), "value": _shown(each)}
                for each in self.results
            ],
        }


def _shown(value: AnyValue) -> str:
    bits = value.bits if isinstance(value, Value) else value.token
    return values.format_bits(bits, value.valtype)


def run(data: bytes, request: Request) -> Outcome | int:
    """Run the binary module `data`; gives results, or the code to end with.

    Raises what ``guest.load`` raises, except traps and exits, and UsageFault.
    """
    try:
        return attempt(data, request)
    except GuestExit as end:
        return end.status
    except EngineTrap as trap:
        style = Style.of(sys.stderr)
        click.echo(trap_text(trap, style, request.timeout), err=True)
        return TRAPPED


def attempt(data: bytes, request: Request) -> Outcome | int:
    """Do as `run`, but traps and exits are raised: EngineTrap, GuestExit."""
    style = Style.of(sys.stderr)

    def note(text: str) -> None:
        click.echo(f"{style.severity('note', 'note')}: {printable(text)}", err=True)

    guest = load(request.backend, data, request.setting(), note)
    return _call(guest, data, request)


def _call(guest: Guest, data: bytes, request: Request) -> Outcome | int:
    functions = {each.name: each for each in guest.exports if each.kind == "func"}
    wanted = request.invoke
    args: tuple[AnyValue, ...] = ()
    if wanted is not None:
        args = typed_arguments(find_export(functions, wanted), request.args)
    elif COMMAND in functions:
        wanted = COMMAND
    with Clock(request.timeout).running(guest):
        if wanted != COMMAND and REACTOR in functions and wanted != REACTOR:
            guest.call(REACTOR, ())
        elif wanted is None and not has_start(data):
            raise UsageFault("the module has no `_start`", _invoke_hint(functions))
        if wanted is None:
            return 0
        results = guest.call(wanted, args)
    if request.invoke is None:
        return 0
    return Outcome(guest.engine, results)


def _invoke_hint(functions: dict[str, ExportInfo]) -> str:
    if not functions:
        return "it exports no functions"
    return f"name a function with --invoke: {', '.join(list(functions)[:12])}"


def find_export(functions: dict[str, ExportInfo], name: str) -> ExportInfo:
    """The exported function `name`, or a UsageFault that knows similar names."""
    found = functions.get(name)
    if found is not None:
        return found
    close = difflib.get_close_matches(name, functions, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else _invoke_hint(functions)
    raise UsageFault(f"the module exports no function {printable(name)!r}", hint)


def typed_arguments(export: ExportInfo, args: Sequence[str]) -> tuple[Value | Ref, ...]:
    """Command-line text as values of the function's parameter types."""
    signature = " ".join(valtype_name(each) for each in export.params) or "nothing"
    if len(args) != len(export.params):
        raise UsageFault(
            f"`{export.name}` takes {len(export.params)} arguments, not {len(args)}",
            f"its parameters: {signature}",
        )
    made: list[Value | Ref] = []
    pairs = zip(args, export.params, strict=True)
    for position, (text, valtype) in enumerate(pairs, 1):
        try:
            bits = values.parse_bits(text, valtype)
        except ValueError as error:
            raise UsageFault(
                f"argument {position} of `{export.name}`, {text!r}: "
                f"{valtype_name(valtype)}: {error}",
                f"its parameters: {signature}",
            ) from None
        made.append(Ref(valtype, None) if bits is None else Value(valtype, bits))
    return tuple(made)


def has_start(data: bytes) -> bool:
    """Whether a (valid) binary module has a start section."""
    position = 8
    while position < len(data):
        section = data[position]
        size = shift = 0
        while True:
            position += 1
            size |= (data[position] & 0x7F) << shift
            shift += 7
            if data[position] < 0x80:
                break
        if section == START_SECTION:
            return True
        position += 1 + size
    return False


def trap_text(trap: EngineTrap, style: Style, timeout: float | None) -> str:
    """Headline, then the engine's report with its frames."""
    what = str(trap.kind) if trap.kind != TrapKind.OTHER else "of an unknown kind"
    if trap.kind == TrapKind.INTERRUPT and timeout is not None:
        what = f"interrupted after {timeout:g} s (--timeout)"
    lines = [render.headline("error", f"trap: {what}", style)]
    report = [printable(line.replace("\t", "    ")) for line in trap.report.split("\n")]
    lines += [f"  {line}" for line in report if line.strip() and line != what]
    return "\n".join(lines)


class Clock:
    """Ends a guest's call after some seconds; None is never."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._done = threading.Event()

    @contextmanager
    def running(self, guest: Guest) -> Iterator[None]:
        """The time in which `guest` may be interrupted."""
        if self.seconds is None:
            yield
            return
        watcher = threading.Thread(target=self._watch, args=(guest,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._done.set()
            watcher.join()

    def _watch(self, guest: Guest) -> None:
        if self._done.wait(self.seconds):
            return
        guest.interrupt()
        if self._done.wait(GRACE):
            return
        text = "trap: interrupted (--timeout) in a call that cannot be abandoned"
        click.echo(f"error: {text}", err=True)
        os._exit(TRAPPED)
