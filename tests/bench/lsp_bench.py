"""Latency of the language server: ``python -m tests.bench lsp``.

A client types into a module of 10,000 functions over ``lbtool lsp`` and measures, from
the first byte sent to the last received: a hover somewhere, while edits are followed;
and from an edit to the hover that shows the new code of the edited function. Through
the daemon and in one process, with diagnostics pulled after each edit and pushed. The
result is printed and written to ``docs/language-server.md``.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.bench.stats import Table, number
from tests.data import ROOT
from tests.lsp.client import Process, edit
from tests.lsp.texts import many

if TYPE_CHECKING:
    from tests.lsp.client import Client

DOCUMENT = ROOT / "docs/language-server.md"
MARKS = "<!-- figures: begin -->", "<!-- figures: end -->"
FUNCTIONS = 10_000
LINES = 7  # of one function
URI = "file:///bench.wat"
PULLS: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}
DOORS = {"daemon": (), "in one process": ("--in-process",)}
SHARES = (0.5, 0.95, 0.99)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that so many are not above."""
    found = sorted(values)
    return found[min(int(share * len(found)), len(found) - 1)]


class Typing:
    """A client that edits one function after another; times in milliseconds."""

    def __init__(self, client: Client, *, pulls: bool, seed: int) -> None:
        self.client = client
        self.pulls = pulls
        self.chance = random.Random(seed)
        self.version = 1
        self.waiting: list[int] = []
        self.hovers: list[float] = []
        self.fresh: list[float] = []

    def begin(self) -> float:
        """Open the module; time until its first answer."""
        self.client.initialize(PULLS if self.pulls else {})
        before = perf_counter()
        self.client.open(URI, many(FUNCTIONS))
        self.client.at("hover", URI, 5, 6)
        if self.pulls:
            self.client.of("diagnostic", URI)
        else:
            self.client.next("textDocument/publishDiagnostics")
        return 1e3 * (perf_counter() - before)

    def step(self) -> None:
        """Change a constant, see its code; then look at another function."""
        function = self.chance.randrange(FUNCTIONS)
        line = 2 + LINES * function + 4
        value = self.chance.randrange(1000, 9999)
        self.version += 1
        before = perf_counter()
        self.client.change(URI, self.version, edit(line, 14, 99, str(value)))
        if self.pulls:
            params = {"textDocument": {"uri": URI}}
            self.waiting.append(self.client.begin("textDocument/diagnostic", params))
        found = self.client.at("hover", URI, line + 1, 6)  # the `i32.xor`
        self.fresh.append(1e3 * (perf_counter() - before))
        assert f"{value:#x}" in str(found) or str(value) in str(found), found
        other = 2 + LINES * self.chance.randrange(FUNCTIONS) + 3
        before = perf_counter()
        assert "i32.add" in str(self.client.at("hover", URI, other, 6))
        self.hovers.append(1e3 * (perf_counter() - before))

    def end(self) -> None:
        """Take what is still to come."""
        for id_ in self.waiting:
            self.client.reply(id_)


def measured(
    words: tuple[str, ...], steps: int, *, pulls: bool
) -> tuple[float, Typing]:
    """One session; time until the module was open, and the rest."""
    process = Process(*words)
    typing = Typing(process.client, pulls=pulls, seed=7)
    opened = typing.begin()
    for _ in range(steps):
        typing.step()
    typing.end()
    process.client.finish()
    process.end()
    return opened, typing


def table(steps: int) -> Table:
    """All sessions, one after another."""
    head = ["ms", "open", "hover p50", "p95", "p99", "edit → fresh p50", "p95", "p99"]
    found = Table(f"{steps} edits of {FUNCTIONS:,} functions", tuple(head))
    for door, words in DOORS.items():
        for pulls in (True, False):
            opened, typing = measured(words, steps, pulls=pulls)
            cells = [number(opened, 0)]
            for values in (typing.hovers, typing.fresh):
                cells += [number(percentile(values, share), 1) for share in SHARES]
            name = f"{door}, diagnostics {'pulled' if pulls else 'pushed'}"
            found.add(name, *cells)
    return found


def main(arguments: list[str], machine: str) -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench lsp")
    parser.add_argument("--steps", type=int, default=500, help="edits of each session")
    parser.add_argument("--dry", action="store_true", help="write no document")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("runtime", "cache", "state"):
            os.environ[f"LBTOOL_{name.upper()}_DIR"] = str(Path(folder, name))
        try:
            found = table(given.steps)
        finally:
            from lbtool.daemon.client import dismiss  # noqa: PLC0415 - with these places
            from lbtool.daemon.place import here  # noqa: PLC0415

            dismiss(here())
    print(f"{machine}\n\n{found.text()}")
    if not given.dry:
        write(f"Machine: {machine}\n\n#{found.markdown()}")
    return 0


def write(figures: str) -> None:
    """Replace what stands between the marks."""
    text = DOCUMENT.read_text()
    before, _, rest = text.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    DOCUMENT.write_text(f"{before}{MARKS[0]}\n\n{figures}\n\n{MARKS[1]}{after}")
