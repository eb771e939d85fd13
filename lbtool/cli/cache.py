"""``lbtool cache``: where the cache is, what is in it, whether it is right.

Options and output; what needs a module is in ``cache_modules``. Unlike other commands,
which go on without a cache, these fail when it cannot be used.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from lbtool.cli import options, render
from lbtool.cli.report import UsageFault, placing
from lbtool.cli.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.cache.cache import Cache
    from lbtool.cache.contents import Contents
    from lbtool.cli.cache_modules import Reason, Verified
    from lbtool.config import Settings

WRONG = 1
REMEDY = "`lbtool cache clear` removes everything; what is needed is compiled again"


@click.group()
def command() -> None:
    """Compiled code that is kept: directories, contents, checks."""


def opened(settings: Settings, *, write: bool = False) -> Cache:
    """The cache on disk; UsageFault when it cannot be used."""
    from lbtool.cache.cache import open_cache  # noqa: PLC0415

    problems: list[str] = []
    cache = open_cache(
        settings.cache_dir, limit=settings.cache_size, write=write, warn=problems.append
    )
    if cache.directory is None:
        raise UsageFault(
            problems[0], "`lbtool config show` tells what names the directory"
        )
    return cache


def opened_to_remove(settings: Settings) -> Cache:
    """The cache with its lock; UsageFault when somebody else writes."""
    from lbtool.cache.contents import row_store  # noqa: PLC0415

    cache = opened(settings, write=True)
    if not row_store(cache).lock():
        writer = row_store(cache).holder() or "another process"
        cache.close()
        raise UsageFault(
            f"the cache is being written by {writer}",
            "try again later; `lbtool daemon stop` when it is the daemon",
        )
    return cache


def show(output: str, document: dict[str, Any], lines: Iterable[str]) -> None:
    """Print one or the other."""
    if output == "json":
        click.echo(json.dumps({"schema": render.SCHEMA, **document}, indent=2))
    else:
        for line in lines:
            click.echo(line)


def size_text(size: int) -> str:
    """Bytes for people: ``1.5 MiB``."""
    for unit, shift in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << shift:
            return f"{size / (1 << shift):.1f} {unit}"
    return f"{size} bytes"


def plural(n: int, word: str) -> str:
    """``1 record``, ``2 records``."""
    return f"{n:,} {word}{'' if n == 1 else 's'}"


# ---- places and contents


@command.command("dir")
@options.settings("cache")
@options.format_option
def directories(output: str, settings: Settings) -> None:
    """Print the directories of the cache, of its secret key, and of sockets."""
    from lbtool.cache import private  # noqa: PLC0415

    try:
        found = {
            "cache": settings.cache_dir or private.cache_directory(),
            "state": private.state_directory(),
            "runtime": private.runtime_directory(),
        }
    except private.Unusable as error:
        raise UsageFault(str(error)) from error
    show(output, found, (f"{k:8} {printable(v)}" for k, v in found.items()))


@command.command()
@options.settings("cache")
@options.format_option
def stats(output: str, settings: Settings) -> None:
    """Count records and bytes, and say who writes."""
    from lbtool.cache.contents import Contents  # noqa: PLC0415

    with opened(settings) as cache:
        found = Contents.of(cache)
    show(output, found.as_json(), _stats_text(found))


def _stats_text(found: Contents) -> Iterable[str]:
    yield printable(found.directory)
    for each in filter(lambda each: each.records, found.kinds):
        yield f"  {each.name:9}{each.records:10,}  {size_text(each.bytes):>12}"
    limit = size_text(found.limit)
    yield f"database {size_text(found.database)}, files {size_text(found.files)}"
    yield f"each may have {limit}"
    if found.problem is not None:
        yield f"the database cannot be read: {printable(found.problem)}"
    if found.quarantined:
        yield f"{plural(found.quarantined, 'folder')} put aside as damaged"
    if found.writer is not None:
        yield f"process {found.writer or '?'} writes"


# ---- removing


@command.command()
@click.option("--size", metavar="SIZE", help="Bytes to keep.  [default: cache-size]")
@options.settings("cache")
@options.format_option
def prune(size: str | None, output: str, settings: Settings) -> None:
    """Remove what was stored longest ago until SIZE is kept."""
    from lbtool.cache.contents import Contents, row_store  # noqa: PLC0415
    from lbtool.config.table import BY_NAME  # noqa: PLC0415

    kept = settings.cache_size
    if size is not None:
        try:
            kept = int(str(BY_NAME["cache-size"].parse_text(size)))
        except ValueError as error:
            raise UsageFault(f"--size {error}") from error
    with opened_to_remove(settings) as cache:
        before = Contents.of(cache)
        row_store(cache).evict(kept // 2)
        cache.files.prune(kept // 2)
        after = Contents.of(cache)
    _show_removed(output, before, after)


@command.command()
@options.settings("cache")
@options.format_option
def clear(output: str, settings: Settings) -> None:
    """Remove every record, and what was put aside as damaged."""
    from lbtool.cache.contents import Contents, row_store  # noqa: PLC0415

    with opened_to_remove(settings) as cache:
        before = Contents.of(cache)
        row_store(cache).quarantine()
        row_store(cache).remove_quarantined()
        cache.files.prune(0)
        after = Contents.of(cache)
    _show_removed(output, before, after)


def _show_removed(output: str, before: Contents, after: Contents) -> None:
    records = [sum(k.records for k in each.kinds) for each in (before, after)]
    sizes = [each.database + each.files for each in (before, after)]
    removed, freed = records[0] - records[1], sizes[0] - sizes[1]
    found = {"removed": removed, "freed": freed, "records": records[1]}
    text = f"removed {plural(removed, 'record')}, {size_text(max(0, freed))}; "
    show(output, found, [f"{text}{plural(records[1], 'record')} left"])


# ---- checking


@command.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--sample", type=click.IntRange(min=1), help="Functions per file.")
@options.settings("cache", "asm")
@options.format_option
def verify(
    files: tuple[str, ...], sample: int | None, output: str, settings: Settings
) -> int:
    """Compile FILES again and compare with what is kept.

    Without FILES every record is opened, and all that was built is compiled again, as
    far as its files are still there. The exit code is 1 when a record is not what it
    should be.
    """
    from lbtool.cache.contents import check_records  # noqa: PLC0415
    from lbtool.cli.cache_modules import verify_builds, verify_file  # noqa: PLC0415

    with opened(settings) as cache:
        verified, missing, total = [], list[str](), 0
        for path in files:
            with placing(path):
                verified.append(verify_file(cache, settings, path, sample))
        if not files:
            total = check_records(cache)
        rejected, failures = dict(cache.stats.rejected), dict(cache.stats.failures)
        if not files:
            verified, missing = verify_builds(cache, settings, sample)
    found = {
        "records": total,
        "rejected": rejected,
        "failures": failures,
        "files": [each.as_json() for each in verified],
        "missing": missing,
    }
    lines = [*(_files_text(verified) if files else _all_text(total, verified, missing))]
    wrong = any(each.different for each in verified) or bool(rejected or failures)
    if wrong:
        lines += [*_wrong_text(rejected, failures), REMEDY]
    show(output, found, lines)
    return WRONG if wrong else 0


def _files_text(verified: Iterable[Verified]) -> Iterable[str]:
    for each in verified:
        yield (
            f"{printable(each.path)}: {plural(each.compared, 'artifact')} compared, "
            f"{len(each.different)} differ; {each.absent} not in the cache"
        )
        for name in each.different:
            yield f"  {printable(name)}"


def _all_text(
    total: int, verified: list[Verified], missing: list[str]
) -> Iterable[str]:
    yield f"{plural(total, 'record')} opened"
    compared = sum(each.compared for each in verified)
    different = sum(len(each.different) for each in verified)
    yield (
        f"{plural(compared, 'artifact')} of {plural(len(verified), 'file')} compared, "
        f"{different} differ"
    )
    if missing:
        yield f"{plural(len(missing), 'file')} not there any more, or with errors"
    yield from _files_text(each for each in verified if each.different)


def _wrong_text(rejected: dict[str, int], failures: Iterable[str]) -> Iterable[str]:
    for reason, n in sorted(rejected.items()):
        yield f"{plural(n, 'record')} not believed: {reason}"
    for reason in sorted(failures):
        yield f"the database cannot be read: {reason}"


@command.command()
@options.file_argument
@click.option("--func", "function", required=True, help="Name, export or index.")
@options.settings("cache", "asm")
@options.format_option
def why(file: str, function: str, output: str, settings: Settings) -> None:
    """Say why a function is in the cache or not: which part of its key is new."""
    from lbtool.cli.cache_modules import explain_miss  # noqa: PLC0415

    with opened(settings) as cache, placing(file):
        found = explain_miss(cache, settings, file, function)
    show(output, found.as_json(), _why_text(found))


def _why_text(found: Reason) -> Iterable[str]:
    yield f"{printable(found.name)}: {found.text}"
    for each in found.changes:
        yield f"  {each.component}"
        yield f"    was {printable(each.before)}"
        yield f"    is  {printable(each.after)}"
    yield f"key {found.key}"
