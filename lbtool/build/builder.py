"""Builds a module: every function's code is in the cache, and what changed is told.

    file -> contents, read once -> module -> rows (scan) -> artifacts (cache, compiler)

A `Builder` remembers the last build of each path. What it remembers only saves work: a
build gives what a fresh builder would give. Scanning and compiling are ``functions``,
comparing is ``changes``; linking and running are the runtime's.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.build.changes import Side, changes, failures
from lbtool.build.functions import Unit, bound
from lbtool.build.options import Options
from lbtool.build.report import FileReport
from lbtool.build.source import binary_module, identity, is_text, read_file
from lbtool.cache.keys import Env
from lbtool.compiler.codes import INVALID, OK, UNSUPPORTED
from lbtool.compiler.env import ModuleEnv
from lbtool.errors import ModuleError
from lbtool.wasm import decode, validate_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lbtool.build.functions import Row
    from lbtool.build.source import Identity
    from lbtool.cache.cache import Cache
    from lbtool.compiler.artifact import Artifact, CompiledFunction
    from lbtool.errors import Diagnostic
    from lbtool.wasm.module import Module

__all__ = ["Builder", "Built"]


@dataclass(frozen=True)
class Built:
    """A module after a build.

    module     None when the file is gone or malformed
    functions  every defined function in order, None for what has no code; empty when
               the module is not valid at module level
    keys       of the artifacts, likewise; empty for what has no code
    """

    report: FileReport
    module: Module | None = None
    functions: list[CompiledFunction | None] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)

    @property
    def linkable(self) -> list[CompiledFunction] | None:
        """The functions if every one has code and lbtool can run the module."""
        if self.report.runs_on != "lbtool":
            return None
        return [each for each in self.functions if each is not None]


@dataclass(frozen=True)
class _Known:
    """What the last build of a path was made of, and what it gave."""

    contents: bytes
    identity: Identity | None
    built: Built
    rows: Sequence[Row] = ()
    artifacts: dict[bytes, Artifact] = field(default_factory=dict)

    def side(self) -> Side | None:
        """For comparing; None if nothing could be compiled."""
        module = self.built.module
        return Side(module, self.rows, self.artifacts) if module and self.rows else None


class _Entry:
    """A path: one build of it at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known: _Known | None = None


class Builder:
    """Builds modules with the same options, any number of times, from any thread."""

    def __init__(self, cache: Cache, options: Options | None = None) -> None:
        self.cache = cache
        self.options = options or Options()
        self.target = self.options.target
        self.key = Env(self.target).key
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def build(self, path: str | Path, data: bytes | None = None) -> Built:
        """Build a file, or what an editor says is in it (`data`, binary or text).

        Problems of the module are in the report. Raises OSError for a file that is
        there and cannot be read.
        """
        path = Path(path)
        with self._lock:
            entry = self._entries.setdefault(str(path), _Entry())
        with entry.lock:
            started = time.perf_counter()
            known = self._build(path, data, entry.known)
            if known is None:
                self.forget(path)
                return Built(FileReport(str(path), "gone"))
            entry.known = known
            seconds = time.perf_counter() - started
            report = replace(known.built.report, seconds=seconds)
            return replace(known.built, report=report)

    def forget(self, path: str | Path) -> None:
        """Do as if the path was never built."""
        with self._lock:
            self._entries.pop(str(Path(path)), None)

    def _build(
        self, path: Path, data: bytes | None, last: _Known | None
    ) -> _Known | None:
        at = None
        if data is None:
            try:
                if last and last.identity and identity(path) == last.identity:
                    return _unchanged(last, last.identity)
                data, at = read_file(path)
            except (FileNotFoundError, NotADirectoryError):
                return None
        if last and data == last.contents:
            return _unchanged(last, at)
        found = _Build(self, path, data, last)
        return replace(found.run(), identity=at)


def _unchanged(last: _Known, at: Identity | None) -> _Known:
    """The same contents once more; what failed fails again."""
    report = last.built.report
    if report.ok:
        same = report.compiled + report.reused
        report = replace(report, state="unchanged", compiled=0, reused=same, changes=())
    return replace(last, identity=at, built=replace(last.built, report=report))


class _Build:
    """One build of contents that are new."""

    def __init__(
        self, builder: Builder, path: Path, contents: bytes, last: _Known | None
    ) -> None:
        self.builder, self.path, self.contents = builder, path, contents
        self.last = last
        self.text = is_text(path, contents)

    def run(self) -> _Known:
        module = None
        try:
            data = self.contents
            if self.text:
                data = binary_module(self.builder.cache, data, str(self.path))
            module = decode(data, path=str(self.path))
            return self.functions(module)
        except ModuleError as error:
            return self.failed(module, error.diagnostics)

    def failed(
        self, module: Module | None, diagnostics: Iterable[Diagnostic]
    ) -> _Known:
        """The module is not valid at module level, or no module at all."""
        report = FileReport(
            str(self.path),
            "failed",
            functions=len(module.bodies) if module else 0,
            failed=len(module.bodies) if module else 0,
            diagnostics=self.placed(diagnostics),
        )
        return _Known(self.contents, None, Built(report, module))

    def functions(self, module: Module) -> _Known:
        builder = self.builder
        env = ModuleEnv(module, builder.target.profile)
        unit = Unit(module, env, builder.target, builder.key, builder.options.workers)
        rows = unit.rows(range(len(module.bodies)))
        problems = validate_module(module, builder.target.profile)
        if problems:
            return self.failed(module, [*problems, *unit.problems(rows)])
        known = self.last.artifacts if self.last else {}
        artifacts, compiled = unit.artifacts(rows, known, builder.cache)
        report = self.report(unit, rows, artifacts, compiled)
        built = Built(report, module, bound(rows, artifacts), [r.key for r in rows])
        return _Known(self.contents, None, built, rows, artifacts)

    def report(
        self,
        unit: Unit,
        rows: Sequence[Row],
        artifacts: dict[bytes, Artifact],
        compiled: frozenset[bytes],
    ) -> FileReport:
        statuses = [row.status for row in rows]
        failed, unsupported = statuses.count(INVALID), statuses.count(UNSUPPORTED)
        diagnostics = [*unit.problems(rows), *unit.warnings(rows)]
        now = Side(unit.module, rows, artifacts)
        before = self.last and self.last.side()
        return FileReport(
            str(self.path),
            "failed" if failed else "built",
            functions=len(rows),
            compiled=len(compiled),
            reused=statuses.count(OK) - len(compiled),
            failed=failed,
            unsupported=unsupported,
            changes=changes(before, now, compiled) if before else failures(now),
            diagnostics=self.placed(diagnostics),
            code_bytes=sum(len(artifacts[r.key].code) for r in rows if r.key),
        )

    def placed(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """With this file's name, and lines and columns when it is text."""
        found = [replace(each, path=str(self.path)) for each in diagnostics]
        if self.text and found:
            from lbtool.wat.locate import locate  # noqa: PLC0415 - only for errors

            found = locate(self.contents, found)
        return tuple(found)
