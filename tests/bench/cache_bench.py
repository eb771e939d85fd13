"""``python -m tests.bench.cache_bench``: 10,000 artifacts from a cold process.

A process that has just started reads, checks and links the artifacts of a module whose
functions are all in the cache. It says how long each step took; the middle one of
several processes is shown. Compiling the same module is measured beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from lbtool.build import Builder, Options
from lbtool.cache.cache import open_cache
from tests.data import ROOT
from tests.reference.binary import Body, RawModule, encode
from tests.reference.opcodes import I32, I64

FUNCTIONS = 10_000
# The steps, each up to the moment that `mark` is called with its name.
CHILD = """
import sys, time
marks = [("interpreter", time.monotonic())]
def mark(name): marks.append((name, time.monotonic()))
from lbtool.build.functions import Recipe, Unit
from lbtool.cache.cache import open_cache
from lbtool.cache.keys import Env
from lbtool.compiler import Target
from lbtool.compiler.artifact import CompiledFunction
from lbtool.compiler.env import ModuleEnv
from lbtool import Engine, Module
from lbtool.wasm import decode
import lbtool.runtime.module, lbtool.runtime.flatten, lbtool.cache.disk
from lbtool.cache.artifact import decode as decode_artifact
from lbtool.cache.kinds import ARTIFACT
mark("imports")
target = Target()
env = Env(target)
mark("identity of the compiler")
cache = open_cache(warn=sys.exit)
cache.rows().contains_many([bytes(32)])
mark("opening the store")
with open(sys.argv[1], "rb") as file:
    data = file.read()
module = decode(data)
mark("decoding the module")
unit = Unit(Recipe(cache, env, target, 1), module, ModuleEnv(module, target.profile))
rows = unit.rows(range(len(module.bodies)))
keys = [row.key for row in rows]
mark("scanning, keys")
blobs = cache.rows().get_many(keys)
mark("reading rows")
opened = {key: cache._sealer.open(ARTIFACT, key, blob) for key, blob in blobs.items()}
mark("checking seals")
found = {key: decode_artifact(payload) for key, payload in opened.items()}
mark("checking artifacts")
functions = [CompiledFunction(found[row.key], *row[3:]) for row in rows]
code = Module(Engine(), module, functions=functions).code
mark("linking")
import json
relocs = sum(len(each.relocs) // 16 for each in found.values())
print(json.dumps([marks, len(found), code.size, relocs]))
"""


def module(count: int) -> bytes:
    """Functions of 100 to 900 bytes of code, each with calls, loads and stores."""
    made = RawModule(
        types=[((), ()), ((I64, I32), (I64,))],
        imports=[("m", "f", "func", 0)],
        funcs=[1] * count,
        memories=[(1, 1)],
        globals=[(I64, True, [(0x42, 0)])],
    )
    for k in range(count):
        code: list[tuple[int, ...]] = []
        for turn in range(1 + k % 9):
            code += [(0x20, 0), (0x42, k * 9 + turn), (0x7C,), (0x21, 2)]
            code += [(0x20, 1), (0x20, 2), (0x37, 0, 8 * turn)]
            code += [(0x20, 2), (0x20, 1), (0x10, 1 + (k * 31 + turn) % count)]
            code += [(0x24, 0)]
        code += [(0x10, 0), (0x23, 0), (0x0B,)]
        made.bodies.append(Body([I64], code))
    return encode(made)


def cold(path: Path) -> tuple[dict[str, float], tuple[int, int, int]]:
    """Seconds of each step in a new process, and what it read."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    marks, *counts = json.loads(done.stdout)
    steps = {}
    for name, at in marks:
        steps[name] = at - begin
        begin = at
    return steps, tuple(counts)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--functions", type=int, default=FUNCTIONS)
    parser.add_argument("--repeat", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LBTOOL_CACHE_DIR"] = f"{folder}/cache"
        os.environ["LBTOOL_STATE_DIR"] = f"{folder}/state"
        path = Path(folder) / "many.wasm"
        path.write_bytes(module(given.functions))
        begin = time.perf_counter()
        with open_cache(enabled=False) as cache:
            Builder(cache, Options(threads=1)).build(path)
        compiling = time.perf_counter() - begin
        begin = time.perf_counter()
        with open_cache(warn=sys.exit) as cache:
            Builder(cache, Options(threads=1)).build(path)
            written = cache.stats.written
        storing = time.perf_counter() - begin - compiling
        found = [cold(path) for _ in range(given.repeat)]
    found.sort(key=lambda each: sum(each[0].values()))
    steps, (count, size, relocs) = found[len(found) // 2]
    for name, seconds in steps.items():
        print(f"{name:26}{1e3 * seconds:8.1f} ms")
    print(f"{'together':26}{1e3 * sum(steps.values()):8.1f} ms")
    print(f"{count:,} artifacts, {size:,} bytes linked, {relocs:,} relocations")
    text = f"compiling on one thread {1e3 * compiling:.0f} ms, storing {written:,} "
    print(f"{text}{1e3 * storing:.0f} ms more")
    spread = median(sum(each[0].values()) for each in found)
    print(f"middle of {len(found)} processes, median {1e3 * spread:.0f} ms")


if __name__ == "__main__":
    main()
