"""What builds cost: ``python -m tests.build.costs [FILE...]``, times in milliseconds.

A generated module of 10,000 functions, and the files. Everything is measured in this
process over a cache on disk, with the median and the 95th percentile where something is
repeated: a busy machine shows. With ``--write`` the tables in ``docs/incremental.md`` are
replaced.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from lbtool.build import Builder, Options
from lbtool.build.functions import Recipe, Unit
from lbtool.cache.cache import open_cache
from lbtool.cache.keys import memo_keys
from lbtool.cache.kinds import MEMO
from lbtool.compiler.env import ModuleEnv
from lbtool.wasm import decode, validate_module
from lbtool.wasm.leb import unsigned
from tests.build.survival import replaced
from tests.compiler.sources import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.cache.cache import Cache

FUNCTIONS, EDITS, REPEATS = 10_000, 50, 7


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    started = time.perf_counter()
    result = action()
    return 1000 * (time.perf_counter() - started), result


def median(action: Callable[[], Any]) -> float:
    return statistics.median(timed(action)[0] for _ in range(REPEATS))


def edited(data: bytes, k: int, nops: int) -> bytes:
    """The module with more instructions at the end of one body."""
    module = decode(data)
    (code,) = [each for each in module.sections if each.id == 10]
    ends = [each.end for each in module.sections]
    ends += [each.end for each in module.customs]
    before = max(each for each in ends if each <= code.start)
    bodies = [data[start:end] for start, end in module.bodies]
    bodies[k] = bodies[k][:-1] + b"\x01" * nops + b"\x0b"
    content = unsigned(len(bodies)) + b"".join(
        unsigned(len(body)) + body for body in bodies
    )
    head = data[:before] + b"\x0a" + unsigned(len(content))
    return head + content + data[code.end :]


def edits(builder: Builder, cache: Cache, data: bytes) -> list[float]:
    """Bytes known until the artifact is in the store, edit by edit."""
    rng, found = Random(1), []
    n = len(decode(data).bodies)
    builder.build("a.wasm", data)
    for _ in range(EDITS):
        data = edited(data, rng.randrange(n), rng.randrange(1, 200))
        took, built = timed(partial(builder.build, "a.wasm", data))
        report = built.report
        assert report.compiled + report.reused == report.functions == n
        assert report.compiled <= 1 == len(report.changes)
        assert cache.contains(built.keys) == set(built.keys)
        found.append(took)
    return sorted(found)


def builds(name: str, data: bytes) -> Iterator[str]:
    """A row of the first table."""
    with tempfile.TemporaryDirectory() as folder, open_cache(Path(folder)) as cache:
        builder = Builder(cache)
        cold, built = timed(lambda: builder.build("a.wasm", data))
        again, _ = timed(lambda: builder.build("a.wasm", data))
        memo = median(lambda: Builder(cache).build("a.wasm", data))
        full = median(lambda: Builder(cache).build("a.wasm", data).functions)
        took = edits(builder, cache, data)
    yield name
    yield f"{len(data):,}"
    yield f"{built.report.functions:,}"
    yield from (f"{each:.1f}" for each in (cold, full, memo))
    yield f"{again:.2f}"
    yield f"{took[EDITS // 2]:.1f}"
    yield f"{took[EDITS * 95 // 100]:.1f}"


def memos(name: str, data: bytes) -> Iterator[str]:
    """A row of the second table: is a memo per function worth it?"""
    with tempfile.TemporaryDirectory() as folder, open_cache(Path(folder)) as cache:
        builder = Builder(cache, Options(threads=1))
        builder.build("a.wasm", data)
        recipe, profile = builder.recipe, builder.target.profile
        module = decode(data)
        env = ModuleEnv(module, profile)
        every = range(len(module.bodies))
        rows = Unit(recipe, module, env).rows(every)
        bodies = [data[slice(*each)] for each in module.bodies]
        key = memo_keys(recipe.env, profile.name, b"environment")
        kept = {
            key(body): row.key + row.binding + row.slot_kinds + row.imported
            for body, row in zip(bodies, rows, strict=True)
        }
        cache.put_records(MEMO, kept)
        yield name
        yield f"{median(lambda: decode(data)):.1f}"
        yield f"{median(lambda: validate_module(module, profile)):.1f}"
        for threads in (1, os.cpu_count() or 1):
            unit = Unit(Recipe(cache, recipe.env, recipe.target, threads), module, env)
            yield f"{median(partial(unit.rows, every)):.1f}"
        yield f"{median(lambda: cache.records(MEMO, [key(b) for b in bodies])):.1f}"
        yield f"{median(lambda: cache.artifacts([*{row.key for row in rows}])):.1f}"


BUILDS = (
    "module", "bytes", "functions", "nothing in the cache", "all code in the cache",
    "built before", "unchanged", "one body edited", "its 95th percentile",
)  # fmt: skip
MEMOS = (
    "module", "decode", "validate", "scan and keys, 1 thread",
    f"{os.cpu_count()} threads", "a memo per function", "read the artifacts",
)  # fmt: skip


def table(titles: tuple[str, ...], rows: list[Iterator[str]]) -> str:
    line = "|---|" + "---:|" * (len(titles) - 1)
    lines = [f"| {' | '.join(each)} |" for each in (titles, *rows)]
    return "\n".join((lines[0], line, *lines[1:]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.build.costs")
    parser.add_argument("--write", action="store_true", help="into docs/incremental.md")
    parser.add_argument("--name", action="append", default=[], help="of each file")
    parser.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args()
    names = chosen.name or [str(path) for path in chosen.files]
    modules = {"generated": many(FUNCTIONS)}
    modules |= {n: p.read_bytes() for n, p in zip(names, chosen.files, strict=True)}
    for mark, titles, row in (("builds", BUILDS, builds), ("memos", MEMOS, memos)):
        text = table(titles, [row(*each) for each in modules.items()])
        print(f"{text}\n")  # noqa: T201 - a command that prints tables
        if chosen.write:
            replaced(mark, text)


if __name__ == "__main__":
    main()
