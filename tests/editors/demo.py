"""The module that the tests of all editors open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmtime import wat2wasm

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DEMO", "write_demo"]

DEMO = """\
(module
  (memory (export "memory") 1)
  (func (export "div") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.div_s)
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fib (i32.sub (local.get $n) (i32.const 1)))
          (call $fib (i32.sub (local.get $n) (i32.const 2))))))))
"""


def write_demo(folder: Path) -> Path:
    """The module as demo.wat, which is given, and demo.wasm."""
    text = folder / "demo.wat"
    text.write_text(DEMO)
    (folder / "demo.wasm").write_bytes(wat2wasm(DEMO))
    return text
