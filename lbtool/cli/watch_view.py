"""What ``lbtool watch`` shows: lines for people, or an event a line as JSON.

Lines stay readable whatever happens: a few files get a line each with their functions
below; of many there is one line, the errors and the largest differences. How a file and
a summary look is in ``build_view``.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import click

from lbtool.cli import render
from lbtool.cli.build_view import (
    closing,
    duration,
    event,
    figures,
    painted,
    progress,
)
from lbtool.cli.report import reader
from lbtool.cli.terminal import Style, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lbtool.build.report import FileReport, FunctionChange, Summary
    from lbtool.cli.build_view import Bar
    from lbtool.cli.watch_run import Run

# More files than `FEW` are shown as one line; of each detail there are `SHOWN` at most.
FEW, SHOWN = 5, 10
CLEAR = "\x1b[H\x1b[2J"
INDENT = " " * 4


class View(Protocol):
    """Where the events of a session go."""

    def watching(self, paths: Sequence[str]) -> None:
        """It begins."""

    def begin(self, files: int, *, first: bool) -> None:
        """So many files are built now; `first`: all that there are."""

    def file(self, report: FileReport) -> None:
        """One was."""

    def finish(self, summary: Summary, failed: Sequence[str]) -> None:
        """All were; `failed` are all files whose last build failed."""

    def note(self, text: str) -> None:
        """Something to know."""

    def run_began(self, run: Run) -> None:
        """The module runs."""

    def run_ended(self, run: Run) -> None:
        """It does not any more."""

    def ended(self) -> None:
        """A signal came."""


class JsonView:
    """The events of ``lbtool build --format json``, and some more."""

    def watching(self, paths: Sequence[str]) -> None:
        """``paths`` as they were given."""
        event("watching", {"paths": list(paths)})

    def begin(self, files: int, *, first: bool) -> None:
        """``files``, and ``first``."""
        event("begin", {"files": files, "first": first})

    def file(self, report: FileReport) -> None:
        """The report."""
        event("file", report.as_json())

    def finish(self, summary: Summary, failed: Sequence[str]) -> None:
        """The summary, and ``errors_in``: the files whose last build failed."""
        event("summary", summary.as_json() | {"errors_in": list(failed)})

    def note(self, text: str) -> None:
        """``text``."""
        event("note", {"text": text})

    def run_began(self, run: Run) -> None:
        """``pid`` and ``command``."""
        event("run", {"pid": run.pid, "command": run.command})

    def run_ended(self, run: Run) -> None:
        """``code``, ``seconds``, and whether it was ``stopped``."""
        found = {"pid": run.pid, "code": run.code, "seconds": run.seconds}
        event("run-ended", found | {"stopped": run.stopped})

    def ended(self) -> None:
        """Nothing follows."""
        event("end", {})


class TextView:
    """Lines on stdout, notes on stderr; a bar while many files are built."""

    def __init__(
        self, *, clear: bool, clock: Callable[[], str] = lambda: time.strftime("%X")
    ) -> None:
        self.style, self._clock = Style.of(sys.stdout), clock
        self._clear = clear and sys.stdout.isatty()
        self._paths = ""
        self._first = False
        self._reports: list[FileReport] = []
        self._bar: Bar | None = None
        self._shown = ExitStack()

    def watching(self, paths: Sequence[str]) -> None:
        """Said with the first summary."""
        self._paths = ", ".join(map(printable, paths[:FEW]))
        if len(paths) > FEW:
            self._paths += f" and {len(paths) - FEW} more"

    def begin(self, files: int, *, first: bool) -> None:
        """Clear the terminal; a bar for many files."""
        self._first = first
        self._reports = []
        if self._clear:
            click.echo(CLEAR, nl=False)
        self._bar = self._shown.enter_context(progress(files, wanted=files > FEW))

    def file(self, report: FileReport) -> None:
        """Shown when all are there."""
        self._reports.append(report)
        if self._bar is not None:
            self._bar.advance()

    def finish(self, summary: Summary, failed: Sequence[str]) -> None:
        """All lines of a batch."""
        self._shown.close()
        now = self.style.dim(self._clock())
        for line in batch_lines(
            self._reports, summary, self.style, few=not self._first
        ):
            click.echo(f"{now} {line}" if not line.startswith(INDENT) else line)
        shown = {each.path for each in self._reports}
        for text in problem_lines(self._reports, self.style):
            click.echo(text)
        if self._first:
            click.echo(f"{now} watching {self._paths} (Ctrl-C ends it)")
        elsewhere = [path for path in failed if path not in shown]
        if elsewhere:
            names = _first_of(list(map(printable, elsewhere)), ", ")
            click.echo(f"{now} still with errors: {names}")

    def note(self, text: str) -> None:
        """On stderr."""
        style = Style.of(sys.stderr)
        click.echo(f"{style.severity('note', 'note')}: {printable(text)}", err=True)

    def run_began(self, run: Run) -> None:
        """The module's own output follows."""

    def run_ended(self, run: Run) -> None:
        """What it ended with, unless it was stopped."""
        if run.stopped:
            return
        how = self.style.severity("error" if run.code else "hint", "ended")
        line = f"{how} with code {run.code} after {duration(run.seconds)}"
        click.echo(f"{self.style.dim(self._clock())} {line}")

    def ended(self) -> None:
        """The cursor stands behind `^C`."""
        self._shown.close()
        if sys.stdout.isatty():
            click.echo()


def batch_lines(
    reports: Sequence[FileReport], summary: Summary, style: Style, *, few: bool
) -> list[str]:
    """Lines for what was built; details are indented.

    `few` files get a line each, and the functions that changed; of many files those
    functions are told that became larger or smaller.
    """
    if few and len(reports) <= FEW:
        lines = []
        for each in reports:
            label = painted(each.state, style)
            lines.append(f"{label}  {printable(each.path)}{figures(each)}")
            lines += _change_lines([("", change) for change in each.changes])
        return lines
    several = [
        (f"{each.path}: ", one)
        for each in reports
        for one in each.changes
        if one.delta_bytes
    ]
    return [style.bold(closing(summary)), *_change_lines(several)]


def _change_lines(changes: Sequence[tuple[str, FunctionChange]]) -> list[str]:
    """The largest differences first; what failed is among the errors."""
    told = [(where, each) for where, each in changes if each.what != "failed"]
    told.sort(key=lambda pair: -abs(pair[1].delta_bytes or 0))
    lines = [
        f"{INDENT}{each.what:11}{printable(where)}{_name(each)}{_sizes(each)}"
        for where, each in told[:SHOWN]
    ]
    rest = [each for _, each in told[SHOWN:]]
    if rest:
        total = sum(each.delta_bytes or 0 for each in rest)
        plural = "" if len(rest) == 1 else "s"
        lines.append(f"{INDENT}and {len(rest)} more function{plural}: {total:+} bytes")
    return lines


def _name(change: FunctionChange) -> str:
    if change.name is None:
        return f"function {change.funcidx}"
    return f"${printable(change.name)}"


def _sizes(change: FunctionChange) -> str:
    found = []
    for unit, size, delta in (
        ("bytes", change.bytes, change.delta_bytes),
        ("instructions", change.instructions, change.delta_instructions),
    ):
        if change.what == "removed":
            found.append(f"{delta or 0:+} {unit}")
        elif size:
            found.append(f"{size} {unit}" + (f" ({delta:+})" if delta else ""))
    return f": {', '.join(found)}" if found else ""


def problem_lines(reports: Iterable[FileReport], style: Style) -> list[str]:
    """Errors with excerpts, `SHOWN` at most, then how many more, and hints."""
    found = [one for each in reports for one in each.diagnostics]
    read = reader()
    lines = [
        render.diagnostic(each, style, source=read(each.path) if each.path else None)
        + "\n"
        for each in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        paths = list(dict.fromkeys(each.path or "" for each in found[SHOWN:]))
        lines.append(f"{len(found) - SHOWN} more errors in {_first_of(paths, ', ')}")
    lines += [render.hint(text, style) for text in render.hints(found)]
    return lines


def _first_of(names: Sequence[str], separator: str) -> str:
    text = separator.join(map(printable, names[:SHOWN]))
    rest = len(names) - SHOWN
    return text if rest <= 0 else f"{text} and {rest} more"
