"""The un-compiled scan is the oracle of the compiled one: same answers, same work."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lbtool.compiler import scan
from lbtool.errors import ModuleError
from lbtool.wasm import Profile, decode, validate_module
from tests.data import CORPUS, ROOT, SPEC_TESTSUITE, require
from tests.scan.mutation import Seed, mutants, seed
from tests.scan.scanning import corpus_modules, scan_all
from tests.wasm.suites import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

# Large enough to meet every kind of instruction, small enough for the slow run.
FILES = {
    "block.wast", "br_table.wast", "bulk.wast", "call_indirect.wast", "if.wast",
    "loop.wast", "memory_init.wast", "select.wast", "simd_lane.wast", "table_copy.wast",
    "table_grow.wast", "unreached-valid.wast", "unreached-invalid.wast",
    "simd_load_lane.wast", "simd_store.wast", "ref_func.wast", "labels.wast",
}  # fmt: skip
MUTANTS = 300


def sample() -> Iterator[bytes]:
    """Kernels, some spec modules (valid and not), mutants of both."""
    seeds: list[Seed] = []
    modules = [d for _, d in corpus_modules(require(CORPUS, 1)) if len(d) < 2000]
    for case in cases(require(SPEC_TESTSUITE, 1), "2.0"):
        if case.file.rpartition("/")[2] in FILES and case.kind != "assert_malformed":
            data = case.binary()
            if data is not None and len(data) < 5000:
                modules.append(data)
    for number, data in enumerate(modules):
        yield data
        found = seed(str(number), data)
        seeds += [found] if found else []
    yield from (data for _, data in mutants(seeds, MUTANTS))


def digests() -> list[str]:
    """One line per module: a digest of all that the scan says about it."""
    lines = []
    for data in sample():
        try:
            module = decode(data)
        except ModuleError:
            continue
        if validate_module(module, Profile()):
            continue
        facts = repr(list(scan_all(module))).encode()
        lines.append(hashlib.sha256(facts).hexdigest())
    return lines


def test_uncompiled_scan_says_the_same() -> None:
    if not scan.__file__.endswith(".so"):
        pytest.skip("the compiled core is not built here")
    compiled = digests()
    env = {**os.environ, "LBTOOL_PURE": "1", "PYTHONPATH": str(ROOT)}
    code = (
        "from lbtool.compiler import scan; assert scan.__file__.endswith('.py')\n"
        "from tests.scan.test_pure import digests; print('\\n'.join(digests()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert run.stdout.split() == compiled
    assert len(compiled) >= 500
