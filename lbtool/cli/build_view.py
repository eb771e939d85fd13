"""What ``lbtool build`` shows while it builds: lines, JSON events, a progress bar.

Lines and JSON are the command's data and go to stdout; errors, the summary and the bar
go to stderr. What happened is in the records of ``lbtool.build.report``.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from lbtool.cli import render
from lbtool.cli.report import reader
from lbtool.cli.terminal import Style, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lbtool.build import FileReport, Summary
    from lbtool.errors import Diagnostic

SCHEMA = 1
# A bar for fewer files would be gone before it is seen.
MANY = 3
COLOURS = {
    "built": "hint",
    "failed": "error",
    "gone": "error",
    "missing": "error",
    "wrote": "hint",
}
LABEL = max(map(len, ("built", "unchanged", "failed", "missing", "wrote", "same")))


@dataclass(frozen=True, slots=True)
class Written:
    """An output of a file, and whether its content changed."""

    path: Path
    changed: bool


def say(text: str, stream: TextIO) -> None:
    """A line, at once. `click.echo` would write past the bar, which redirects."""
    stream.write(f"{text}\n")
    stream.flush()


def event(name: str, data: dict[str, Any]) -> None:
    """An event as a line of JSON."""
    head = {"schema": SCHEMA, "event": name}
    say(json.dumps(head | data, separators=(",", ":")), sys.stdout)


class View(Protocol):
    """Where the events of a build go, in this order."""

    def begin(self, files: int) -> None:
        """So many files will come."""

    def file(self, report: FileReport, written: list[Written]) -> None:
        """A file was built, or failed."""

    def end(self, summary: Summary) -> None:
        """Everything was."""


class JsonView:
    """An object a line, each with the number of the schema."""

    def begin(self, files: int) -> None:
        """``{"event": "begin", "files": N}``."""
        event("begin", {"files": files})

    def file(self, report: FileReport, written: list[Written]) -> None:
        """The report, and ``outputs``."""
        outputs = [
            {"path": str(each.path), "changed": each.changed} for each in written
        ]
        event("file", report.as_json() | {"outputs": outputs})

    def end(self, summary: Summary) -> None:
        """The summary."""
        event("summary", summary.as_json())


class TextView:
    """A line per file and per output.

    `quiet`: only of what was compiled, written or failed; nothing at all when that is
    nothing.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.silent = quiet
        self.out, self.err = Style.of(sys.stdout), Style.of(sys.stderr)
        self.diagnostics: list[Diagnostic] = []

    def begin(self, files: int) -> None:
        """Nothing is said before there is something to say."""

    def file(self, report: FileReport, written: list[Written]) -> None:
        """Lines, and the file's errors."""
        changed = report.compiled or any(each.changed for each in written)
        if self.quiet and report.ok and not changed:
            return
        self.silent = False
        # Nothing is known here of a file that was there before.
        state = "missing" if report.state == "gone" else report.state
        self._line(state, f"{printable(report.path)}{figures(report)}")
        for each in written:
            if each.changed or not self.quiet:
                label = "wrote" if each.changed else "same"
                self._line(label, printable(str(each.path)))
        if report.diagnostics:
            self.diagnostics += report.diagnostics
            text = render.all_text(report.diagnostics, self.err, reader())
            say(f"{text}\n", sys.stderr)

    def end(self, summary: Summary) -> None:
        """Hints, and one line of figures."""
        for text in render.hints(self.diagnostics):
            say(render.hint(text, self.err), sys.stderr)
        if not self.silent:
            say(self.err.bold(closing(summary)), sys.stderr)

    def _line(self, label: str, text: str) -> None:
        say(f"{painted(label, self.out)}  {text}", sys.stdout)


def painted(label: str, style: Style) -> str:
    """A state or what happened to an output, all equally wide."""
    shown = style.severity(COLOURS[label], label) if label in COLOURS else label
    return f"{shown}{' ' * (LABEL - len(label))}"


def figures(report: FileReport) -> str:
    """What became of the functions; empty for a file that has none to speak of."""
    if not report.functions:
        return ""
    parts = [f"{report.compiled} compiled", f"{report.reused} reused"]
    if report.failed:
        parts.append(f"{report.failed} failed")
    if report.unsupported:
        parts.append(f"{report.unsupported} unsupported")
    size = f"{report.code_bytes} bytes"
    return f": {', '.join(parts)}; {size}, {duration(report.seconds)}"


def duration(seconds: float) -> str:
    """``2.1 ms`` or ``1.50 s``."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"


def closing(summary: Summary) -> str:
    """One line over all files."""
    bad = summary.failed + summary.gone
    files = f"{summary.files} file{'' if summary.files == 1 else 's'}"
    of = f"{bad} of {files}" if 0 < bad < summary.files else files
    if bad:
        of += " failed"
    if bad and not summary.functions:
        return f"{of}; {duration(summary.seconds)}"
    what = [f"{summary.compiled} compiled", f"{summary.reused} reused"]
    if summary.failed_functions:
        what.append(f"{summary.failed_functions} failed")
    if summary.unsupported:
        what.append(f"{summary.unsupported} unsupported")
    plural = "" if summary.functions == 1 else "s"
    total = f"{summary.functions} function{plural}"
    return f"{of}, {total}: {', '.join(what)}; {duration(summary.seconds)}"


class Bar(Protocol):
    """What `progress` gives."""

    def advance(self) -> None:
        """One file is done."""


class _NoBar:
    def advance(self) -> None:
        """Nobody looks."""


@contextmanager
def progress(files: int, *, wanted: bool) -> Iterator[Bar]:
    """A bar on stderr, when that is a terminal and there are many files."""
    if not wanted or files < MANY or not sys.stderr.isatty():
        yield _NoBar()
        return
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn  # noqa: PLC0415

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        # Lines that share the terminal with the bar go above it.
        redirect_stdout=sys.stdout.isatty(),
    ) as shown:
        task = shown.add_task("building", total=files)

        class Shown:
            def advance(self) -> None:
                shown.advance(task)

        yield Shown()
