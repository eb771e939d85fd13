"""Forward jumps of two bytes are a bet; constants are not set twice."""

from __future__ import annotations

import pytest

from lbtool.compiler import Target
from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.wasm import decode, read
from tests.pitfalls.agreement import agree, module

ARM = "(i32.mul (local.get 0) (i32.const 3))"
# As few instructions as a bet allows, and as much code as they can have.
STORE = "(i64.store offset=0x7ffffff0 (local.get 1) (i64.const 0x123456789abcdef))"


def _compile(text: str, off: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Size of the code, and whether short jumps held."""
    binary = decode(read(text.encode()))
    compiler = FunctionCompiler(ModuleEnv(binary, Target().profile), Target(off=off))
    size = len(compiler.compile(binary, 0).artifact.code)
    return size, compiler.generator.driver.reach > 0


def test_a_near_label_is_reached_by_two_bytes() -> None:
    text = "(module (func (param i32) (result i32) (if (local.get 0) (then"
    text += f" (local.set 0 {ARM}))) (local.get 0)))"
    short, held = _compile(text)
    long, _ = _compile(text, frozenset({"short"}))
    assert held
    assert long - short == 4


@pytest.mark.parametrize("stores", [1, 7, 8, 9])
def test_a_lost_bet_compiles_again(stores: int) -> None:
    """Eight such stores are more than 127 bytes; nine are more than is betted on."""
    text = '(module (memory 1) (func (export "f") (param i32 i32) (result i32)'
    text += f" (if (local.get 0) (then {STORE * stores})) (i32.const 5)))"
    assert _compile(text)[1] == (stores != 8)
    agree(text, ("f", 0, 0), ("f", 1, 0))


def test_constants_are_set_again_where_they_may_have_changed() -> None:
    again = "(local.set 1 (i32.const 7))"
    other = "(local.set 1 (i32.const 8))"
    bodies = {
        "join": f"{again} (if (local.get 0) (then {other})) {again}",
        "loop": f"(loop {again} (local.set 2 (i32.add (local.get 2) (local.get 1)))"
        f" {other} (br_if 0 (i32.lt_u (local.get 2) (local.get 0)))) {again}",
        "step": f"{again} (local.set 1 (i32.add (local.get 1) (i32.const 1))) {again}",
        "tee": f"{again} (local.set 2 (local.tee 1 (i32.const 7)))"
        " (local.set 1 (local.get 2))",
        "copy": f"{again} (local.set 2 (local.get 1)) (local.set 1 (local.get 0))"
        f" {again}",
        "call": f"{again} (drop (call $other (local.get 0))) {again}",
        "waits": f"{again} (local.get 1) {again} {other} (local.set 2)",
    }
    functions = [
        f'(func (export "{name}") (param i32) (result i32) (local i32 i32) {body}'
        " (i32.add (i32.mul (local.get 1) (i32.const 1000)) (local.get 2)))"
        for name, body in bodies.items()
    ]
    callee = "(func $other (param i32) (result i32) (local i32) (local.set 1"
    callee += " (i32.const 4)) (i32.add (local.get 0) (local.get 1)))"
    agree(module(callee, *functions), *[(n, v) for n in bodies for v in (0, 1, 40)])
