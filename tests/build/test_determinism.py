"""The same artifacts whatever the hash seed, the threads, the order.

``LBTOOL_SEEDS`` is how many hash seeds are tried; `make soak` tries 8.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import blake2b

import pytest

from lbtool.build import Builder, Options
from lbtool.cache.cache import open_cache
from tests.compiler.sources import generated, many
from tests.data import ROOT

SEEDS = int(os.environ.get("LBTOOL_SEEDS", "2"))
COUNT = 12


def sources() -> list[tuple[str, bytes]]:
    found = {f"{name}.wasm": data for name, data in generated(COUNT).items()}
    return list((found | {"many.wasm": many(300)}).items())


def digests(order: int = 1, threads: int = 1) -> dict[str, str]:
    """Per file a digest of its functions and keys, built in an order on threads."""
    cache = open_cache(enabled=False)
    builder = Builder(cache, Options(threads=threads))
    found = {}
    for name, data in sources()[::order]:
        built = builder.build(name, data)
        what = repr((built.keys, built.functions))
        found[name] = blake2b(what.encode()).hexdigest()
    return found


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_threads(threads: int) -> None:
    assert digests(threads=threads) == digests()


def test_order() -> None:
    assert digests(order=-1) == digests()


def test_hash_seeds() -> None:
    code = (
        "import json; from tests.build.test_determinism import digests;"
        "print(hash('seed'), json.dumps(digests(threads=3)))"
    )
    hashes, expected = set(), digests()
    for seed in range(SEEDS):
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        value, _, found = run.stdout.partition(" ")
        hashes.add(value)
        assert json.loads(found) == expected
    assert len(hashes) == SEEDS
