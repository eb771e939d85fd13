"""Kernels of our own: C in ``kernels/``, the text of their modules beside it.

Each exports ``run(turns) -> checksum``, imports nothing, and gives the same for the
same turns whenever it is called. ``make_kernels`` compiles the C; nobody else needs
clang.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from lbtool.wasm import read

FOLDER = Path(__file__).resolve().parent / "kernels"
# Turns for which gcc's code takes about 30 ms on a machine of 2.6 GHz.
KERNELS = {
    "avl": 74,
    "base64": 370,
    "bignum": 2_600,
    "bits": 1_300_000,
    "callbacks": 38,
    "chacha": 230_000,
    "convolve": 250,
    "crc32": 190,
    "dijkstra": 33,
    "edit_distance": 20,
    "fannkuch": 16,
    "fft": 250,
    "gap_buffer": 540_000,
    "hashmap": 110,
    "interpreter": 36,
    "json": 230,
    "lu": 140,
    "lz": 80,
    "modpow": 120_000,
    "polynomial": 220_000,
    "queens": 10_000,
    "radix_sort": 220,
    "rays": 160,
    "regex": 190,
    "siphash": 98_000,
    "spectral": 510,
    "strings": 130,
    "utf8": 400,
}


@cache
def binary(name: str) -> bytes:
    """The module of a kernel."""
    return read((FOLDER / f"{name}.wat").read_bytes())


def few(name: str) -> int:
    """Turns that are enough to compare results: a hundredth of what is timed."""
    return max(2, KERNELS[name] // 100)


def file(name: str, folder: Path) -> Path:
    """The module as a file below `folder`; its name follows its contents."""
    data = binary(name)
    digest = hashlib.blake2b(data, digest_size=8).hexdigest()
    path = folder / f"{name}-{digest}.wasm"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".new")
        scratch.write_bytes(data)
        scratch.replace(path)
    return path
