"""Where the reports of ``lbtool build`` come from: a running daemon, or this process.

Outputs are always made here. When the daemon goes away, the files that it has not
reported are built here as well.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from lbtool.build import Builder, FileReport, Options
from lbtool.build.outputs import contents, write
from lbtool.cache.cache import open_cache
from lbtool.cli import render
from lbtool.cli.build_view import Written
from lbtool.cli.report import placed
from lbtool.cli.terminal import Style, printable
from lbtool.errors import Diagnostic, ModuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lbtool.build.outputs import Output
    from lbtool.config import Settings

    Result = tuple[FileReport, list[Written]]

__all__ = ["Request", "reports_of", "unreadable"]


@dataclass(frozen=True)
class Request:
    """What to build: outputs per file, none where only the cache is filled."""

    plan: dict[Path, list[Output]]
    settings: Settings
    keep_time: bool = False


def unreadable(report: FileReport) -> bool:
    """Whether the file is not there or cannot be read."""
    return report.state == "gone" or any(not each.code for each in report.diagnostics)


def reports_of(request: Request) -> Iterator[Result]:
    """Every file's report, with its outputs when it has no errors."""
    settings, left = request.settings, dict(request.plan)
    if settings.daemon and settings.cache and not any(left.values()):
        for path, report in _from_daemon(settings, list(left)):
            del left[path]
            yield report, []
    if left:
        yield from _from_here(replace(request, plan=left))


def _from_daemon(
    settings: Settings, files: Sequence[Path]
) -> Iterator[tuple[Path, FileReport]]:
    """Reports of a running daemon, as far as it gives them."""
    from lbtool.daemon import client  # noqa: PLC0415 - nothing else needs a daemon
    from lbtool.daemon.protocol import Fault  # noqa: PLC0415 - likewise

    connection = client.running()
    if connection is None:
        return
    known = {os.path.abspath(each): each for each in files}  # noqa: PTH100 - no links
    chosen = {
        "profile": settings.wasm,
        "bounds": settings.bounds,
        "cache": settings.cache_dir and os.path.abspath(settings.cache_dir),  # noqa: PTH100
        "cache_size": settings.cache_size,
    }
    try:
        with connection:
            for event in connection.stream("build", paths=list(known), options=chosen):
                if event.name != "report":
                    continue
                report = FileReport.from_json(event.data)
                path = known.pop(report.path)
                yield path, _named(report, str(path))
    except (client.DaemonGone, Fault):
        return


def _named(report: FileReport, path: str) -> FileReport:
    """The same about the same file as the command line calls it."""
    found = tuple(replace(each, path=path) for each in report.diagnostics)
    if report.state == "gone":
        return _unreadable(path, "No such file or directory")
    return replace(report, path=path, diagnostics=found)


def _from_here(request: Request) -> Iterator[Result]:
    settings = request.settings
    made = Options(
        profile=settings.wasm, bounds=settings.bounds, threads=settings.threads
    )
    with open_cache(
        settings.cache_dir,
        enabled=settings.cache,
        limit=settings.cache_size,
        warn=_warn,
    ) as cache:
        builder = Builder(cache, made, images=True)
        for source, outputs in request.plan.items():
            yield _file(builder, source, outputs, keep_time=request.keep_time)


def _file(
    builder: Builder, source: Path, outputs: Iterable[Output], *, keep_time: bool
) -> Result:
    """Build one file and write what is made of it. Raises OSError for outputs."""
    try:
        # What the outputs show is what was built, even if the file changes meanwhile.
        data = source.read_bytes() if outputs else None
        built = builder.build(source, data)
    except OSError as error:
        return _unreadable(str(source), error.strerror or str(error)), []
    if built.report.state == "gone":
        return _unreadable(str(source), "No such file or directory"), []
    if not built.report.ok or data is None:
        return built.report, []
    try:
        made = [
            (
                each.path,
                contents(each.kind, built, builder.options.target, data, printable),
            )
            for each in outputs
        ]
    except ModuleError as error:
        found = tuple(placed(str(source), error.diagnostics))
        return replace(built.report, state="failed", diagnostics=found), []
    return built.report, [
        Written(path, write(path, text, keep_time=keep_time)) for path, text in made
    ]


def _unreadable(path: str, why: str) -> FileReport:
    return FileReport(
        path, "gone", diagnostics=(Diagnostic("error", "", why, path=path),)
    )


def _warn(text: str) -> None:
    click.echo(render.headline("warning", text, Style.of(sys.stderr)), err=True)
