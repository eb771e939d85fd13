"""Any bytes whatsoever: an answer, never a crash, and nothing read beyond the body.

The scan runs over bounds-checked memoryviews, so reading outside of a buffer would be
an IndexError here. That nothing *behind* the body is read shows by changing what is
there.
"""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from lbtool.compiler.canonical import canonical_bytes
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import INVALID, OK, RESTART
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.wasm import Profile, decode, read
from tests.scan.scanning import error_rows

if TYPE_CHECKING:
    from pathlib import Path

PREFIXED = ("sha256", "simd_blur", "brtable", "nbody")
NOISE = 3000


def env_of(data: bytes) -> tuple[ModuleEnv, int, tuple[int, int]]:
    """Environment of a module, with type and range of its first body."""
    module = decode(data)
    typeidx = module.func_types[module.n_imported_funcs]
    return ModuleEnv(module, Profile()), typeidx, module.bodies[0]


def test_every_prefix_of_real_bodies(corpus: Path) -> None:
    for path in sorted(corpus.glob("*/*.wasm")):
        if path.stem not in PREFIXED:
            continue
        env, typeidx, (start, end) = env_of(path.read_bytes())
        scanner, function = Scanner(), Function()
        whole = env.data
        for stop in range(start, end):
            found = []
            # Whatever comes after the cut must not matter.
            for rest in (whole[stop:], b"", b"\x0b" * 20, b"\xff" * 20):
                cut = env.with_data(whole[:stop] + rest)
                status = scan_body(scanner, cut, typeidx, (start, stop), function)
                assert status == INVALID
                found.append(error_rows(scanner))
            assert found.count(found[0]) == len(found), stop
        assert scan_body(scanner, env, typeidx, (start, end), function) != INVALID


RICH = """(module
  (type $t (func (param i32 i64) (result f32 f64))) (import "m" "f" (func (type $t)))
  (global (mut i32) (i32.const 0)) (table 3 funcref) (table 3 externref) (memory 1)
  (elem func 0) (data "x") (func (param i32 i64 f32 f64)))"""


@pytest.mark.parametrize("weighted", [False, True], ids=["any bytes", "opcodes"])
def test_noise(*, weighted: bool) -> None:
    env, typeidx, _ = env_of(read(RICH.encode()))
    likely = bytes([*range(0x12), *range(0x1A, 0x29), 0x41, 0x41, 0xFC, 0xFD, 0x0B])
    scanner, function = Scanner(), Function()
    for number in range(NOISE):
        rng = random.Random(number)
        n = rng.randrange(200)
        if weighted:
            body = b"\0" + bytes(
                rng.choice((rng.choice(likely), rng.randrange(4))) for _ in range(n)
            )
        else:
            body = rng.randbytes(n)
        noise = env.with_data(body)
        status = scan_body(scanner, noise, typeidx, (0, len(body)), function)
        assert (status == INVALID) == (scanner.n_errors > 0)


def test_huge_counts_are_refused_in_little_work() -> None:
    env, typeidx, _ = env_of(read(RICH.encode()))
    for body in (
        b"\1\xff\xff\xff\xff\x0f\x7f\x0b",  # 2**32 - 1 locals
        b"\xff\xff\xff\xff\x0f\x0b",  # 2**32 - 1 declarations
        b"\0\x41\0\x0e\xff\xff\xff\xff\x0f\0\x0b",  # as many br_table arms
        b"\0\x1c\xff\xff\xff\xff\x0f\x7f\x0b",  # types of select
        b"\0\x20\xff\xff\xff\xff\x0f\x1a\x0b",  # a local
        b"\0\xfc\xff\xff\xff\xff\x0f\x0b",  # a sub-opcode
        b"\0\xfd\xff\xff\xff\xff\x0f\x0b",
    ):
        huge, scanner = env.with_data(body), Scanner()
        assert scan_body(scanner, huge, typeidx, (0, len(body)), Function()) == INVALID
        assert scanner.work < 1000


def test_ranges_outside_the_module_are_refused() -> None:
    env, typeidx, (start, end) = env_of(read(RICH.encode()))
    for bad in ((-1, end), (start, len(env.data) + 1), (end, start)):
        with pytest.raises(ValueError, match="range"):
            Scanner().scan(env, typeidx, *bad, Function())
    for bad_type in (-1, 99):
        with pytest.raises(ValueError, match="type"):
            Scanner().scan(env, bad_type, start, end, Function())


def test_restart_is_answered_by_growing() -> None:
    body = "(drop (i32.const 1))" * 5000
    env, typeidx, (start, end) = env_of(read(f"(module (func {body}))".encode()))
    scanner, function = Scanner(), Function()
    assert scanner.scan(env, typeidx, start, end, function) == RESTART
    restarts = 0
    while (status := scanner.scan(env, typeidx, start, end, function)) == RESTART:
        scanner.grow()
        restarts += 1
    assert status == OK
    assert 1 <= restarts <= 5
    assert function.body_len == end - start - 1


def test_a_scanner_is_reusable_across_modules() -> None:
    """Nothing of one module's slots is left when the next one is scanned."""
    one = env_of(read(b"(module (func (call 1) (call 0)) (func))"))
    other = env_of(read(RICH.encode()))
    scanner, function = Scanner(), Function()
    for env, typeidx, body in (one, other, one):
        assert scan_body(scanner, env, typeidx, body, function) == OK
    assert list(function.slot_index[: function.n_slots]) == [1, 0]


def test_threads_share_an_environment(corpus: Path) -> None:
    """The scan runs without the GIL; the environment is only read."""
    module = decode((corpus / "programs" / "zlib.wasm").read_bytes())
    env = ModuleEnv(module, Profile())
    types = module.func_types[module.n_imported_funcs :]

    def keys(_: int) -> list[bytes]:
        scanner, function = Scanner(), Function()
        found = []
        for typeidx, body in zip(types, module.bodies, strict=True):
            assert scan_body(scanner, env, typeidx, body, function) == OK
            found.append(canonical_bytes(function))
        return found

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(keys, range(12)))
    assert all(result == results[0] for result in results)
