"""Single functions about which an explanation was wrong, or the code itself."""

from __future__ import annotations

import pytest

from lbtool import wasm
from tests.explain.runner import check_case
from tests.property.generate import Call, Case

CASES = {
    "a local dead on one of two paths": """
      (func $id (param i32) (result i32) (local.get 0))
      (func (export "f") (param i32) (result i32)
        (if (result i32) (local.get 0)
          (then (i32.const 3))
          (else (call $id (i32.sub (local.get 0) (i32.const 1))))))""",
    "a label that only dead code branches to": """
      (func (export "f") (param i32) (result i32) (local i32)
        (local.set 1 (i32.add (local.get 0) (i32.const 5)))
        (i32.add
          (block (result i32)
            (block
              (block (br 1))
              (drop (br_if 1 (i32.const 1) (i32.const 1))))
            (local.get 1))
          (i32.const 2)))""",
    "an index of br_table that wants the home of a local that is zero": """
      (func (export "f") (param i32) (result i32)
        (call $g (local.get 0) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)
          (i32.const 6)))
      (func $g (param i32 i32 i32 i32 i32 i32) (result i32) (local i32 i32)
        (block
          (i32.add (local.get 0) (i32.const 1))
          (i32.add (local.get 0) (i32.const 2))
          (i32.add (local.get 0) (i32.const 3))
          (i32.add (local.get 0) (i32.const 4))
          (i32.add (local.get 5) (i32.const 1))
          (br_table 0 0))
        (i32.add (i32.add (local.get 0) (local.get 1))
          (i32.add (i32.add (local.get 2) (local.get 3))
            (i32.add (i32.add (local.get 4) (local.get 5))
              (i32.add (local.get 6) (local.get 7))))))""",
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("strict", [False, True])
def test_case(name: str, strict: bool) -> None:
    data = wasm.read(f"(module {CASES[name]})".encode())
    calls = [Call("f", (1,)), Call("f", (0,))]
    tally = check_case(Case(name, data, calls), {"strict": strict})
    assert not tally.false
    assert tally.claims.total() > 10
