"""Canonical bytes of many functions at once are those of one function at a time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lbtool.compiler import keying
from lbtool.compiler.canonical import canonical_bytes
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import INVALID, OK, UNSUPPORTED
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.keying import Keyed, Keyer
from lbtool.compiler.scan import Scanner
from lbtool.errors import ModuleError
from lbtool.wasm import Profile, decode
from tests.compiler.sources import generated, many, real, suite
from tests.data import ROOT
from tests.property.mutate import mutated
from tests.reference.binary import Body, RawModule, encode
from tests.reference.opcodes import F32, F64, I32, I64

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wasm import Module


def one_by_one(module: Module, profile: Profile) -> list[Keyed]:
    env = ModuleEnv(module, profile)
    scanner, function = Scanner(), Function()
    found = []
    for k, body in enumerate(module.bodies):
        typeidx = module.func_types[module.n_imported_funcs + k]
        status = INVALID
        if typeidx < len(module.types):
            status = scan_body(scanner, env, typeidx, body, function)
        if status == OK:
            key = canonical_bytes(function)
            found.append(Keyed(status, key, *function.binding()))
        else:
            found.append(Keyed(status, b"", b"", b"", b""))
    return found


def at_once(module: Module, profile: Profile) -> list[Keyed]:
    types = module.func_types[module.n_imported_funcs :]
    return Keyer(ModuleEnv(module, profile)).scan(module.bodies, types)


def check(data: bytes) -> list[int]:
    """Compare both ways; statuses of the functions."""
    try:
        module = decode(data)
    except ModuleError:
        return []
    statuses = []
    for name in ("1.0", "2.0"):
        found = at_once(module, Profile(name))
        assert found == one_by_one(module, Profile(name))
        statuses += [each.status for each in found]
    return statuses


def test_generated_modules() -> None:
    statuses = [s for data in generated(30).values() for s in check(data)]
    assert statuses.count(OK) >= 60


def test_real_modules() -> None:
    statuses = [s for data in real(3_000_000).values() for s in check(data)]
    assert statuses.count(OK) >= 1000


def test_suite_modules() -> None:
    kinds = ("module", "assert_invalid")
    statuses = [s for data in suite(kinds, 5).values() for s in check(data)]
    assert statuses.count(OK) >= 300
    assert statuses.count(INVALID) >= 50
    assert statuses.count(UNSUPPORTED) >= 50


def test_mutated_modules() -> None:
    statuses = [s for seed in range(400) for s in check(mutated(seed))]
    assert statuses.count(OK) >= 100
    assert statuses.count(INVALID) >= 100


def large() -> Iterator[RawModule]:
    """Each makes another buffer grow."""
    types = [((I32,) * (k % 300), (I64,) * (k % 7)) for k in range(400)]
    calls = [i for k in range(400) for i in ((0x00,), (0x10, k))]
    unreachable = [*calls, (0x00,), (0x0B,)]
    yield RawModule(
        types=types,
        funcs=list(range(400)),
        bodies=[Body([], unreachable) for _ in range(400)],
    )
    local = [(I32, F32, I64, F64)[k % 4] for k in range(40_000)]
    yield RawModule(types=[((), ())], funcs=[0], bodies=[Body(local, [(0x0B,)])])
    long = [(0x41, 7), (0x1A,)] * 100_000
    yield RawModule(types=[((), ())], funcs=[0], bodies=[Body([], [*long, (0x0B,)])])
    gets = [i for k in range(3000) for i in ((0x23, k), (0x1A,))]
    yield RawModule(
        types=[((), ())],
        globals=[(I32, False, [(0x41, k)]) for k in range(3000)],
        funcs=[0] * 3,
        bodies=[Body([], [*gets, (0x0B,)]) for _ in range(3)],
    )


@pytest.mark.parametrize("number", range(4))
def test_buffers_grow(number: int) -> None:
    raw = list(large())[number]
    statuses = check(encode(raw))
    assert statuses == [OK] * 2 * len(raw.bodies)


def test_a_type_that_is_none_makes_its_body_invalid() -> None:
    module = decode(many(3))
    env = ModuleEnv(module, Profile())
    found = Keyer(env).scan(module.bodies, [99, 1, -1])
    assert [each.status for each in found] == [INVALID, OK, INVALID]


def test_a_range_outside_of_the_module_is_an_error() -> None:
    module = decode(many(1))
    env = ModuleEnv(module, Profile())
    with pytest.raises(IndexError):
        Keyer(env).scan([(len(module.data) - 1, len(module.data) + 50)], [1])


def test_a_keyer_is_used_again() -> None:
    module = decode(many(60))
    keyer = Keyer(ModuleEnv(module, Profile()))
    types = module.func_types[module.n_imported_funcs :]
    whole = keyer.scan(module.bodies, types)
    for k in range(0, 60, 7):
        assert (
            keyer.scan(module.bodies[k : k + 3], types[k : k + 3]) == whole[k : k + 3]
        )
    assert keyer.scan([], []) == []


def digest() -> str:
    hasher = hashlib.sha256()
    for data in generated(6).values():
        for profile in ("1.0", "2.0"):
            hasher.update(repr(at_once(decode(data), Profile(profile))).encode())
    return hasher.hexdigest()


def test_uncompiled_gives_the_same() -> None:
    if not keying.__file__.endswith(".so"):
        pytest.skip("the compiled core is not built here")
    code = (
        "from lbtool.compiler import keying; assert keying.__file__.endswith('.py')\n"
        "from tests.compiler.test_keying import digest; print(digest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "LBTOOL_PURE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert run.stdout.strip() == digest()
