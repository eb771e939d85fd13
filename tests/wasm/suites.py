"""The modules of the spec suites, for the tests of reading, checking and printing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lbtool.errors import MalformedError
from lbtool.wasm import read
from lbtool.wast.legacy import modernise
from lbtool.wast.script import AssertFailure, ModuleCommand, ModuleSource, _Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lbtool.wast.script import Command

VERSIONS = ("1.0-2018", "1.0", "2.0", "3.0")


def report(text: str) -> None:
    """Figures of a test, shown with ``pytest -rP`` and when it fails."""
    print(text)  # noqa: T201


@dataclass(frozen=True)
class Case:
    """One module of a script. kind: module or the assertion about it."""

    version: str
    file: str
    line: int
    kind: str
    message: str
    source: ModuleSource

    @property
    def label(self) -> str:
        return f"{self.version}/{self.file}:{self.line} {self.kind} {self.message!r}"

    @property
    def profile(self) -> str:
        return self.version.split("-")[0]

    def binary(self) -> bytes | None:
        """The module's bytes; None for text that does not assemble."""
        if self.source.format == "binary":
            return self.source.source
        try:
            return _assembled(self.source.source)
        except MalformedError:
            return None


@cache
def _assembled(text: bytes) -> bytes:
    return read(text) if not text.startswith(b"\0") else text


def _commands(data: bytes) -> Iterator[Command]:
    """Commands that hold modules; results of 3.0 are beyond the script reader."""
    reader = _Reader(data)
    for form in reader._lexer.forms():
        if form.head() in (b"assert_return", b"invoke", b"get", b"register"):
            continue
        command = reader._command(form)
        if command is None:
            yield reader._inline(form)
            return
        yield command


@cache
def cases(root: Path, version: str) -> tuple[Case, ...]:
    """Every module of one suite, in the order of its manifest and scripts."""
    manifest = json.loads((root / "manifest.json").read_text())[version]
    found = []
    for file, entry in manifest.items():
        data = (root / entry["file"]).read_bytes()
        if version.startswith("1.0"):
            data = modernise(data)
        for command in _commands(data):
            if isinstance(command, ModuleCommand):
                kind, message, source = "module", "", command.module
            elif not isinstance(command, AssertFailure):
                continue
            elif isinstance(command.subject, ModuleSource):
                kind, message, source = command.kind, command.message, command.subject
            else:
                continue
            found.append(Case(version, file, source.line, kind, message, source))
    return tuple(found)
