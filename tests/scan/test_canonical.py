"""Canonical bytes: scanning them again changes nothing, and bad ones are refused."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from lbtool.abi import I32
from lbtool.compiler.canonical import canonical_bytes, describe, load, parse, summary
from lbtool.compiler.check import scan_body
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.wasm import Profile, decode, read
from tests.data import SPEC_TESTSUITE, require
from tests.scan.scanning import corpus_modules, scan_all, scan_one
from tests.wasm.suites import cases

if TYPE_CHECKING:
    from pathlib import Path

SPEC_FUNCTIONS = 5000


def reloaded(data: bytes) -> int:
    """Load every function of a module from its canonical bytes; how many there were."""
    n = 0
    for found in scan_all(decode(data)):
        again = load(found.key)
        assert canonical_bytes(again) == found.key
        assert summary(again) == found.summary
        assert [*again.slot_index[: again.n_slots]] == [*range(again.n_slots)]
        n += 1
    return n


def test_corpus_is_its_own_canonical_form(corpus: Path) -> None:
    for _, data in corpus_modules(corpus):
        assert reloaded(data)


def test_suite_is_its_own_canonical_form() -> None:
    found = cases(require(SPEC_TESTSUITE, SPEC_FUNCTIONS), "2.0")
    data = [case.binary() for case in found if case.kind == "module"]
    assert sum(reloaded(d) for d in data if d is not None) >= SPEC_FUNCTIONS


EXAMPLE = """(module (import "m" "f" (func $f (param i32) (result i64)))
  (global $g (mut i32) (i32.const 0)) (table 1 externref) (memory 1) (data "x")
  (func (param i32) (local i64 i64 f32)
    (i32.store (i32.const 0) (global.get $g))
    (local.set 1 (call $f (local.get 0)))
    (drop (table.get 0 (i32.const 0)))
    (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0))))"""


def test_parts_say_what_the_function_needs() -> None:
    key = parse(scan_one(EXAMPLE).key)
    assert [str(t) for t in key.types] == ["[i32] -> []", "[i32] -> [i64]"]
    assert [n for n, _ in key.locals] == [2, 1]
    assert key.types[0].params == (I32,)
    assert key.memory0 == 1
    assert len(key.slots) == 5


def test_describe_in_words() -> None:
    module = decode(read(EXAMPLE.encode()))
    scanner, function = Scanner(), Function()
    env = ModuleEnv(module, Profile())
    scan_body(scanner, env, module.func_types[1], module.bodies[0], function)
    assert describe(function) == (
        "signature [i32] -> [], 4 locals",
        "slot 0: global i32 mutable",
        "slot 1: memory",
        "slot 2: function [i32] -> [i64] imported",
        "slot 3: table externref",
        "slot 4: data segment",
    )


def test_many_slots_take_more_than_one_byte() -> None:
    """From slot 128 on a slot number is longer than an index could have been."""
    names = [f"$f{i}" for i in range(300)]
    imports = "".join(f'(import "m" "f" (func {n}))' for n in names)
    body = "".join(f"(call {n})" for n in reversed(names))
    found = scan_one(f"(module {imports} (func {body}))")
    assert len(parse(found.key).slots) == 300
    assert canonical_bytes(load(found.key)) == found.key


def test_many_types_in_block_types() -> None:
    """A type's slot in a block type is an s33: two bytes from 64 on."""
    types = "".join(
        f"(type $t{i} (func (result {'i32 ' * (i + 2)})))" for i in range(80)
    )
    blocks = "".join(
        f"(block (type $t{i}) unreachable) {'drop ' * (i + 2)}" for i in range(80)
    )
    found = scan_one(f"(module {types} (func {blocks}))")
    assert len(parse(found.key).slots) == 80
    assert canonical_bytes(load(found.key)) == found.key


def test_damaged_bytes_are_refused_or_canonical() -> None:
    key = scan_one(EXAMPLE).key
    refused = 0
    for number in range(4000):
        rng = random.Random(number)
        damaged = bytearray(key)
        for _ in range(rng.randrange(1, 4)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        if rng.random() < 0.1:
            del damaged[rng.randrange(len(damaged)) :]
        try:
            function = load(bytes(damaged))
        except ValueError:
            refused += 1
        else:
            assert canonical_bytes(function) == damaged
    assert refused >= 2000


@pytest.mark.parametrize("data", [b"", b"\0", b"\0" * 5, b"\xff" * 9])
def test_no_canonical_bytes(data: bytes) -> None:
    with pytest.raises(ValueError, match="not canonical"):
        load(data)
