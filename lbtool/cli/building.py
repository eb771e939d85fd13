"""Where the reports of ``lbtool build`` come from: a running daemon, or this process.

A daemon that runs builds, because the cache is written by it; outputs are made here, of
what is in the cache then. When the daemon goes away, the files that it has not reported
are built here as well.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import click

from lbtool.build.report import FileReport, unreadable
from lbtool.cli import render
from lbtool.cli.build_view import Written
from lbtool.cli.terminal import Style, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lbtool.build import Builder
    from lbtool.build.outputs import Output
    from lbtool.config import Settings

    Result = tuple[FileReport, list[Written]]

__all__ = ["Request", "builder_of", "reports_of"]

PATIENCE = 2.0  # seconds to wait for other builds that write the cache
HUNG = 4.0  # seconds in which a daemon that builds says something, or computes


@dataclass(frozen=True)
class Request:
    """What to build: outputs per file, none where only the cache is filled."""

    plan: dict[Path, list[Output]]
    settings: Settings
    keep_time: bool = False


def reports_of(request: Request) -> Iterator[Result]:
    """Every file's report, with its outputs when it has no errors."""
    left = dict(request.plan)
    with _Here(request) as here:
        for source, report in _from_daemon(request.settings, list(left)):
            outputs = left.pop(source)
            if outputs and report.ok:
                yield here.file(source, outputs, report)
            else:
                yield report, []
        for source, outputs in left.items():
            yield here.file(source, outputs)


# ---- the daemon


def _from_daemon(
    settings: Settings, files: Sequence[Path]
) -> Iterator[tuple[Path, FileReport]]:
    """Reports of a running daemon, as far as it gives them."""
    from lbtool.cli.daemon_builds import connected  # noqa: PLC0415 - not without cache

    found = connected(settings)
    if found is None:
        return
    from lbtool.daemon.client import DaemonGone  # noqa: PLC0415 - it is loaded
    from lbtool.daemon.protocol import Fault  # noqa: PLC0415 - likewise

    client, options = found
    known = {os.path.abspath(each): each for each in files}  # noqa: PTH100 - no links
    try:
        with client:
            client.patience(HUNG, while_busy=True)
            for event in client.stream("build", paths=list(known), options=options):
                if event.name != "report":
                    continue
                report = FileReport.from_json(event.data)
                path = known.pop(report.path)
                yield path, _named(report, str(path))
    except (DaemonGone, Fault):
        return


def _named(report: FileReport, path: str) -> FileReport:
    """The same about the same file as the command line calls it."""
    if report.state == "gone":
        return _gone(path)
    found = tuple(replace(each, path=path) for each in report.diagnostics)
    return replace(report, path=path, diagnostics=found)


def _gone(path: str) -> FileReport:
    why = os.strerror(errno.ENOENT)
    return unreadable(path, FileNotFoundError(errno.ENOENT, why))


# ---- this process


def builder_of(
    settings: Settings, warn: Callable[[str], None], *, images: bool = False
) -> Builder:
    """A builder with a cache of its own, which is the caller's to close."""
    from lbtool.build import Builder, Options  # noqa: PLC0415 - not with a daemon
    from lbtool.cache.cache import open_cache  # noqa: PLC0415 - likewise

    cache = open_cache(
        settings.cache_dir,
        enabled=settings.cache,
        patience=PATIENCE,
        limit=settings.cache_size,
        warn=warn,
    )
    options = Options(settings.wasm, settings.bounds, settings.threads)
    return Builder(cache, options, images=images)


class _Here:
    """Builds in this process; nothing is imported or opened before the first file."""

    def __init__(self, request: Request) -> None:
        self._settings = request.settings
        self._keep_time = request.keep_time
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._opened.close()

    @cached_property
    def _builder(self) -> Builder:
        builder = builder_of(self._settings, _warn, images=True)
        self._opened.enter_context(builder.cache)
        return builder

    def file(
        self, source: Path, outputs: Iterable[Output], told: FileReport | None = None
    ) -> Result:
        """Build a file and write what is made of it.

        told  what the daemon said about it, which stands if nothing is new since
        """
        try:
            # What the outputs show is what was built, even if the file changes.
            data = source.read_bytes() if outputs else None
            built = self._builder.build(source, data)
        except OSError as error:
            return unreadable(str(source), error), []
        report = built.report
        if report.state == "gone":
            return _gone(str(source)), []
        if told is not None and report.ok and not report.compiled:
            report = told
        if not report.ok or data is None:
            return report, []
        from lbtool.build.outputs import contents, write  # noqa: PLC0415
        from lbtool.cli.report import placed  # noqa: PLC0415
        from lbtool.errors import ModuleError  # noqa: PLC0415

        target = self._builder.target
        written: list[Written] = []
        for each in outputs:
            path = each.path
            try:
                content = contents(each.kind, built, target, data, printable)
                changed = write(path, content, keep_time=self._keep_time)
            except ModuleError as error:
                found = tuple(placed(str(source), error.diagnostics))
                report = replace(report, state="failed", diagnostics=found)
                continue  # there may be a listing where there is no object file
            except OSError as error:
                problem = unreadable(str(path), error).diagnostics
                return replace(report, state="failed", diagnostics=problem), written
            written.append(Written(path, changed))
        return report, written


def _warn(text: str) -> None:
    click.echo(render.headline("warning", text, Style.of(sys.stderr)), err=True)
