"""The methods `build` and `watch`, and what they share: caches, builders, threads.

One cache per directory, whose write lock the daemon takes at once and keeps. Requests
to build share a builder per set of options, which remembers the files that were built
last; every watch has a builder of its own, so that its reports compare with what it
reported before and with nothing else. Files are built in threads, at most so many at a
time; each file of a request is one turn, so that requests take turns.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from lbtool.build import Builder, FileReport
    from lbtool.cache.cache import Cache
    from lbtool.daemon import requests
    from lbtool.daemon.protocol import Json
    from lbtool.daemon.services import Services
    from lbtool.daemon.session import Call
    from lbtool.watch.changes import Changes

T = TypeVar("T")
log = logging.getLogger("lbtool.daemon")

TURNS = min(4, os.cpu_count() or 1)  # files that are built at a time
REMEMBERED = 128 << 20  # bytes of modules and code that a builder remembers
PATIENCE = 2.0  # seconds to wait for commands that write a cache


class Builds:
    """Caches by directory, builders by options, and the threads of both."""

    def __init__(self) -> None:
        self._caches: dict[str | None, Cache] = {}
        self._shared: dict[requests.BuildOptions, Builder] = {}
        self._threads = ThreadPoolExecutor(TURNS, "build")
        self.watches = 0

    def cache(self, options: requests.BuildOptions) -> Cache:
        """The cache that `options` name, open for writing."""
        from lbtool.cache.cache import LIMIT, open_cache  # noqa: PLC0415

        cache = self._caches.get(options.cache)
        if cache is None:
            cache = open_cache(
                options.cache,
                patience=PATIENCE,
                limit=options.cache_size or LIMIT,
                warn=log.warning,
            )
            self._caches[options.cache] = cache
            cache.lock()
        return cache

    def builder(
        self, options: requests.BuildOptions, *, images: bool = False
    ) -> Builder:
        """A new builder; `images` as in `lbtool.build.Builder`."""
        from lbtool.build import Builder, Options  # noqa: PLC0415  # not for guests

        bounds: Literal["guard", "explicit"] = "guard"
        if options.bounds == "explicit":
            bounds = "explicit"
        made = Options(options.profile, bounds, options.threads)
        return Builder(self.cache(options), made, limit=REMEMBERED, images=images)

    def shared(self, options: requests.BuildOptions) -> Builder:
        """The builder that all `build` requests with these options share."""
        if options not in self._shared:
            self._shared[options] = self.builder(options, images=True)
        return self._shared[options]

    async def turn(self, work: Callable[[], T]) -> T:
        """What `work` gives; in one of the threads, when it is its turn."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, work)

    async def built(self, builder: Builder, path: str) -> FileReport:
        """Build one file; what cannot be read is a failed report."""
        from lbtool.build.report import unreadable  # noqa: PLC0415  # not for guests

        try:
            return (await self.turn(lambda: builder.build(path))).report
        except OSError as error:
            return unreadable(path, error)

    def status(self) -> Json:
        """For `lbtool daemon status`."""
        return {
            "watches": self.watches,
            "remembered": [
                {"files": len(each), "bytes": each.weight}
                for each in (builder.remembered for builder in self._shared.values())
            ],
            "caches": [
                {
                    "directory": str(each.directory) if each.directory else None,
                    "writable": each.writable,
                    **each.stats.as_json(),
                }
                for each in self._caches.values()
            ],
        }

    def close(self) -> None:
        """Begin nothing new, wait for the files that are being built, let go."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for builder in self._shared.values():
            builder.flush()
        for cache in self._caches.values():
            cache.close()


async def build(call: Call[Services], given: requests.Build) -> Json:
    """Events `progress` {done, total} and `report`; the result is the summary."""
    from lbtool.build.tree import find  # noqa: PLC0415

    builds = call.services.builds
    started = time.perf_counter()
    shared = builds.shared(given.options)
    paths = await asyncio.to_thread(find, given.paths)
    reports = []
    for done, path in enumerate(paths):
        await call.event("progress", {"done": done, "total": len(paths)})
        report = await builds.built(shared, str(path))
        await call.event("report", report.as_json())
        reports.append(report)
    seconds = time.perf_counter() - started
    await builds.turn(shared.flush)
    return _summary(reports, seconds)


def _summary(reports: Iterable[FileReport], seconds: float) -> Json:
    from lbtool.build import Summary  # noqa: PLC0415  # not for guests

    return Summary.of(reports, seconds).as_json()


async def watch(call: Call[Services], given: requests.Watch) -> Json:
    """Events until it is cancelled: `began`, `report`s and `finished` per batch.

    `began` is {files, first}; the first batch is all files, and every save after it
    will be noticed. `finished` is the summary of the batch. `note` {text} is for
    people. A client that does not read is told less often, of the latest state.
    """
    from lbtool.watch.changes import Settings  # noqa: PLC0415  # not for builds
    from lbtool.watch.watcher import Watcher  # noqa: PLC0415

    builds = call.services.builds
    builder = builds.builder(given.options)
    watching = Watching(call, builds, builder)
    settings = Settings(
        quiet=given.quiet,
        cap=max(Settings().cap, given.quiet),
        poll=given.poll,
        poll_every=given.poll_every,
    )
    watcher = Watcher(given.paths, watching.deliver, settings, watching.note)
    builds.watches += 1
    watcher.start()
    try:
        return await watching.ended
    finally:
        builds.watches -= 1
        watching.end()

        def put_away() -> None:
            watcher.stop()
            builder.flush()

        await asyncio.shield(asyncio.to_thread(put_away))


class Watching:
    """Batches of one watch, from the watcher's thread to its client.

    The watcher's thread waits until a batch is built and told, and collects what
    changes meanwhile: nothing queues up.
    """

    def __init__(self, call: Call[Services], builds: Builds, builder: Builder) -> None:
        self._call = call
        self._builds = builds
        self._builder = builder
        self._loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[Json] = self._loop.create_future()
        self._task: asyncio.Task[None] | None = None
        self._note: Future[None] | None = None
        self._over = False

    def deliver(self, changes: Changes) -> None:
        """Build and tell a batch; in the watcher's thread."""
        try:
            told = asyncio.run_coroutine_threadsafe(self._tell(changes), self._loop)
            told.result()
        except BaseException as error:  # noqa: BLE001  # it ends the request
            self._loop.call_soon_threadsafe(self._fail, error)

    def note(self, text: str) -> None:
        """Tell people something, if the note before it was told; in any thread."""
        if self._note is None or self._note.done():
            event = self._call.event("note", {"text": text})
            self._note = asyncio.run_coroutine_threadsafe(event, self._loop)

    async def _tell(self, changes: Changes) -> None:
        if self._over:
            return
        self._task = asyncio.current_task()
        started = time.perf_counter()
        paths = [*changes.changed, *changes.gone]
        began = {"files": len(paths), "first": changes.first}
        await self._call.event("began", began)
        reports = []
        for path in paths:
            report = await self._builds.built(self._builder, path)
            await self._call.event("report", report.as_json())
            reports.append(report)
        summary = _summary(reports, time.perf_counter() - started)
        await self._call.event("finished", summary)
        if changes.first:
            await self._builds.turn(self._builder.prepare)

    def _fail(self, error: BaseException) -> None:
        if not self.ended.done():
            self.ended.set_exception(error)

    def end(self) -> None:
        """Tell nothing more."""
        self._over = True
        if self._task is not None:
            self._task.cancel()
