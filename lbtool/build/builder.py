"""Builds modules: every function's code is in the cache, and what changed is told.

    file -> contents, read once -> module -> rows (scan) -> artifacts (cache, compiler)

A `Builder` remembers the last build of each path. What it remembers only saves work: a
build gives what a fresh builder would give. Scanning and compiling are ``functions``
and ``loading``, comparing is ``changes``; linking and running are the runtime's.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from lbtool.build import memo
from lbtool.build.functions import Recipe
from lbtool.build.loading import load, reload
from lbtool.build.options import Options
from lbtool.build.outcome import malformed, outcome
from lbtool.build.report import FileReport
from lbtool.build.source import binary_module, identity, is_text, read_file
from lbtool.cache.keys import Env
from lbtool.errors import ModuleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.build.loading import Loaded
    from lbtool.build.source import Identity
    from lbtool.cache.cache import Cache
    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.wasm.module import Module

__all__ = ["Builder", "Built"]

REMEMBERED = 256 << 20  # bytes of modules and code that are kept for the next build


class _Lazy:
    """A module that is loaded when somebody asks for it."""

    def __init__(self, load: Callable[[], Loaded | None]) -> None:
        self._load = load

    @cached_property
    def value(self) -> Loaded | None:
        return self._load()


NOTHING = _Lazy(lambda: None)


@dataclass(frozen=True)
class Built:
    """A module after a build; of one that nobody touched, the parts are read on demand.

    report  what the build told
    """

    report: FileReport
    _module: _Lazy = NOTHING

    @property
    def loaded(self) -> Loaded | None:
        """All there is; None when the file is gone or malformed."""
        return self._module.value

    @property
    def module(self) -> Module | None:
        """The decoded module; None when the file is gone or malformed."""
        return self.loaded.unit.module if self.loaded else None

    @property
    def functions(self) -> list[CompiledFunction | None]:
        """Every defined function in order, None for what has no code."""
        return self.loaded.functions if self.loaded else []

    @property
    def keys(self) -> list[bytes]:
        """Of the artifacts, likewise; empty for what has no code."""
        return [row.key for row in self.loaded.rows] if self.loaded else []

    @property
    def linkable(self) -> list[CompiledFunction] | None:
        """The functions if lbtool can run the module, that is, all have code."""
        if self.report.runs_on != "lbtool":
            return None
        return [each for each in self.functions if each is not None]


@dataclass(frozen=True)
class _Known:
    """The last build of a path; `noted`: nothing is left to be written about it."""

    contents: bytes
    identity: Identity | None
    built: Built
    noted: bool

    @property
    def weight(self) -> int:
        """Bytes that remembering it takes, about."""
        return 2 * (len(self.contents) + self.built.report.code_bytes)


class _Entry:
    """A path: one build of it at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known: _Known | None = None


class Builder:
    """Builds modules with the same options, any number of times, from any thread.

    As a context manager it writes at the end what helps later builds, see `flush`.
    """

    def __init__(self, cache: Cache, options: Options | None = None) -> None:
        self.cache = cache
        self.options = options or Options()
        target = self.options.target
        self.recipe = Recipe(cache, Env(target), target, self.options.workers)
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.flush()

    def build(self, path: str | Path, data: bytes | None = None) -> Built:
        """Build a file, or what an editor says is in it (`data`, binary or text).

        Problems of the module are in the report. Raises OSError for a file that is
        there and cannot be read.
        """
        started = time.perf_counter()
        name = str(Path(path))
        with self._lock:
            entry = self._entries.pop(name, None) or _Entry()
            self._entries[name] = entry  # the last of all
        with entry.lock:
            known = self._build(Path(path), data, entry.known)
            entry.known = known
        if known is None:
            self.forget(path)
            return Built(FileReport(name, "gone"))
        self._forget_old()
        seconds = time.perf_counter() - started
        report = replace(known.built.report, seconds=seconds)
        return replace(known.built, report=report)

    def forget(self, path: str | Path) -> None:
        """Do as if the path was never built."""
        with self._lock:
            self._entries.pop(str(Path(path)), None)

    def flush(self) -> None:
        """Write what is known of the builds since the last flush.

        That is a memo, with which the next process knows that it has nothing to do, and
        what explains a miss. Nothing that was compiled waits for this.
        """
        with self._lock:
            entries = list(self._entries.items())
        for name, entry in entries:
            with entry.lock:
                if entry.known and not entry.known.noted:
                    self._note(name, entry.known)
                    entry.known = replace(entry.known, noted=True)

    def _note(self, path: str, known: _Known) -> None:
        loaded = known.built.loaded
        if loaded is not None and not loaded.problems:
            text = is_text(Path(path), known.contents)
            memo.note(path, known.contents, text, known.built.report, loaded)

    def _forget_old(self) -> None:
        """The builds longest ago, when all together have become too much."""
        with self._lock:
            entries = list(self._entries.items())
        known = [(name, e, e.known) for name, e in entries]
        weight = sum(each.weight for _, _, each in known if each)
        for name, _, each in known[:-1]:
            if weight <= REMEMBERED:
                break
            if each is not None:
                if not each.noted:
                    self._note(name, each)
                self.forget(name)
                weight -= each.weight

    # ---- one build

    def _build(
        self, path: Path, data: bytes | None, last: _Known | None
    ) -> _Known | None:
        at = None
        if data is None:
            try:
                if last and last.identity and identity(path) == last.identity:
                    return _again(last, last.identity)
                data, at = read_file(path)
            except (FileNotFoundError, NotADirectoryError):
                return None
        if last and data == last.contents:
            return _again(last, at)
        return self._new(path, data, at, last)

    def _new(
        self, path: Path, contents: bytes, at: Identity | None, last: _Known | None
    ) -> _Known:
        """Contents that are not those of the last build."""
        name, text = str(path), contents if is_text(path, contents) else None
        if last is None:
            found = memo.recall(self.recipe, text is not None, contents)
            if found is not None:
                report = FileReport(
                    name,
                    "unchanged",
                    functions=found.functions,
                    reused=found.functions,
                    code_bytes=found.code_bytes,
                )
                lazy = _Lazy(lambda: self._load(name, contents, text, None))
                return _Known(contents, at, Built(report, lazy), noted=True)
        before = last.built.loaded if last else None
        try:
            now = self._load(name, contents, text, before)
        except ModuleError as error:
            report = malformed(name, text, error.diagnostics)
            return _Known(contents, at, Built(report), noted=True)
        built = Built(outcome(name, text, now, before), _Lazy(lambda: now))
        return _Known(contents, at, built, noted=False)

    def _load(
        self, name: str, contents: bytes, text: bytes | None, before: Loaded | None
    ) -> Loaded:
        data = contents
        if text is not None:
            data = binary_module(self.recipe.cache, text, name)
        found = reload(before, data) if before else None
        known = before.artifacts if before else {}
        return found or load(self.recipe, data, name, known)


def _again(last: _Known, at: Identity | None) -> _Known:
    """The same contents once more; what failed fails again."""
    report = last.built.report
    if report.ok:
        same = report.compiled + report.reused
        report = replace(report, state="unchanged", compiled=0, reused=same, changes=())
    return replace(last, identity=at, built=replace(last.built, report=report))
