"""Builds modules: every function's code is in the cache, and what changed is told.

    file -> contents, read once -> module -> rows (scan) -> artifacts (cache, compiler)

A `Builder` remembers the last build of each path. What it remembers only saves work: a
build gives what a fresh builder would give. Scanning and compiling are ``functions``
and ``loading``, comparing is ``changes``; linking and running are the runtime's.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from lbtool.build import image, memo
from lbtool.build.built import NOTHING, Built, Lazy
from lbtool.build.functions import Recipe
from lbtool.build.loading import load, reload
from lbtool.build.options import Options
from lbtool.build.outcome import malformed, outcome
from lbtool.build.remembered import Known, Remembered
from lbtool.build.report import FileReport
from lbtool.build.source import binary_module, identity, is_text, read_file
from lbtool.cache.keys import Env
from lbtool.errors import ModuleError
from lbtool.x64.disassemble import count_instructions

if TYPE_CHECKING:
    from lbtool.build.loading import Loaded
    from lbtool.build.remembered import Entry
    from lbtool.build.source import Identity
    from lbtool.cache.cache import Cache

__all__ = ["REMEMBERED", "Builder", "Built"]

REMEMBERED = 256 << 20


class Builder:
    """Builds modules with the same options, any number of times, from any thread.

    limit   bytes of modules and code that are remembered, about; the builds longest ago
            are forgotten first
    images  linked images are kept, too: the first run of a module starts from one

    As a context manager it ends with `flush`.
    """

    def __init__(
        self,
        cache: Cache,
        options: Options | None = None,
        *,
        limit: int = REMEMBERED,
        images: bool = False,
    ) -> None:
        self.cache = cache
        self.options = options or Options()
        self.target = self.options.target
        env, workers = Env(self.target), self.options.workers
        self.recipe = Recipe(cache, env, self.target, workers)
        self.remembered = Remembered(limit)
        self.images = images

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
        path = Path(path)
        entry = self.remembered.entry(str(path))
        with entry.lock:
            known = entry.known = self._build(path, data, entry.known)
        if known is None:
            self.forget(path)
            return Built(FileReport(str(path), "gone"))
        for name, old in self.remembered.weigh(str(path), entry):
            self._flush(name, old)
        seconds = time.perf_counter() - started
        report = replace(known.built.report, seconds=seconds)
        return replace(known.built, report=report)

    def forget(self, path: str | Path) -> None:
        """Do as if the path was never built."""
        self.remembered.forget(str(Path(path)))

    def prepare(self, seconds: float = 0.5) -> None:
        """Do now what the first edits would wait for; for about so many seconds.

        What counts instructions is imported; modules that nobody touched since another
        process built them are loaded, those built last first.
        """
        until = time.perf_counter() + seconds
        count_instructions(b"")
        for _, entry in reversed(self.remembered.all()):
            if time.perf_counter() > until:
                break
            with entry.lock:
                if entry.known is not None:
                    _ = entry.known.base.value

    def flush(self) -> None:
        """Write what is known of edits of bodies since the last flush.

        Later processes know by it that they have nothing to do, and why a function was
        compiled; an image is made. Nothing else waits for this: code is in the cache,
        and other builds write their records themselves.
        """
        for name, entry in self.remembered.all():
            self._flush(name, entry)

    def _flush(self, name: str, entry: Entry) -> None:
        with entry.lock:
            if entry.known and not entry.known.noted:
                self._note(name, entry.known)
                entry.known = replace(entry.known, noted=True)

    def _note(self, name: str, known: Known) -> None:
        """Write everything that only saves later work."""
        loaded, built = known.base.value, known.built
        assert loaded is not None
        memo.note(name, known.contents, built.report, loaded)
        if self.images and built.linkable is not None:
            image.keep(self.cache, loaded, built.linkable)

    # ---- one build

    def _build(
        self, path: Path, data: bytes | None, last: Known | None
    ) -> Known | None:
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
        self, path: Path, contents: bytes, at: Identity | None, last: Known | None
    ) -> Known:
        """Contents that are not those of the last build."""
        name = str(path)
        if last is None:
            report = memo.recall(self.recipe, name, contents)
            if report is not None:
                lazy = Lazy(lambda: self._load(path, contents, None))
                return Known(contents, at, Built(report, lazy), lazy, noted=True)
        base = last.base if last else NOTHING
        text = contents if is_text(path, contents) else None
        try:
            now = self._load(path, contents, base.value)
        except ModuleError as error:
            report = malformed(name, text, error.diagnostics)
            return Known(contents, at, Built(report), base, noted=True)
        report = outcome(name, text, now, base.value)
        lazy = Lazy(lambda: now)
        built = Built(report, lazy)
        if now.problems:
            return Known(contents, at, built, base, noted=True)
        found = Known(contents, at, built, lazy, noted=False)
        if now.touched is not None:
            return found  # an edit of bodies, which this would make twice as slow
        self._note(name, found)
        return replace(found, noted=True)

    def _load(self, path: Path, contents: bytes, before: Loaded | None) -> Loaded:
        data, name = contents, str(path)
        if is_text(path, contents):
            data = binary_module(self.recipe.cache, contents, name)
        found = reload(before, data) if before else None
        known = before.artifacts if before else {}
        return found or load(self.recipe, data, name, known)


def _again(last: Known, at: Identity | None) -> Known:
    """The same contents once more; what failed fails again."""
    report = last.built.report
    if report.ok:
        same = report.compiled + report.reused
        report = replace(report, state="unchanged", compiled=0, reused=same, changes=())
    return replace(last, identity=at, built=replace(last.built, report=report))
