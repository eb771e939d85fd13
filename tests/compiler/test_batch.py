"""Many functions in a row: buffers that fill up, and what they give when asked."""

from __future__ import annotations

import pickle

import pytest

from lbtool.compiler import Target, compile_function, compile_module
from lbtool.compiler.artifact import Artifact, CompiledFunction
from lbtool.compiler.parallel import in_parts
from lbtool.wasm import decode, read

# 4 bytes of body become more than 50 of code: no estimate by size holds.
WIDE = "local.get 0 i64.trunc_f64_u f64.convert_i64_u local.set 0 " * 20
FUNCTIONS = 150


def swelling() -> bytes:
    text = f"(func (param f64) (result f64) {WIDE} local.get 0)" * FUNCTIONS
    return read(f"(module {text} (func (result i32) i32.const 7))".encode())


@pytest.mark.parametrize("threads", [1, 3])
def test_functions_of_full_buffers_are_kept(threads: int) -> None:
    module = decode(swelling())
    size = sum(end - start for start, end in module.bodies)
    found = compile_module(module, Target(), threads)
    assert len(found) == FUNCTIONS + 1
    assert sum(len(f.artifact.code) for f in found) > 5 * size
    assert found[0] == compile_function(module, 0, Target())
    assert found[-1] == compile_function(module, FUNCTIONS, Target())
    assert len(set(found)) == 2


def test_parts_that_are_cut_out_equal_parts_that_were_given() -> None:
    text = b"""(module (import "m" "g" (func)) (memory 1)
      (global (mut i32) (i32.const 0))
      (func (param i32) local.get 0 i32.load global.set 0 call 0))"""
    (lazy,) = compile_module(decode(read(text)), Target())
    artifact = lazy.artifact
    assert artifact.code
    assert artifact.relocs
    assert artifact.sites
    assert (len(lazy.binding), len(lazy.slot_kinds), len(lazy.imported)) == (12, 3, 3)
    given = CompiledFunction(artifact, lazy.binding, lazy.slot_kinds, lazy.imported)
    assert given == lazy
    assert hash(given) == hash(lazy)
    assert pickle.loads(pickle.dumps(lazy)) == lazy
    assert given != CompiledFunction(artifact, b"", b"", b"")
    assert isinstance(artifact, Artifact)
    assert repr(artifact) in repr(lazy)


def test_the_earliest_failure_of_all_threads_is_raised() -> None:
    bodies = [(100 * k, 100 * k + 100) for k in range(4000)]

    def work(first: int, last: int) -> list[int]:
        if last > 1500:
            raise ValueError(first)
        return [*range(first, last)]

    with pytest.raises(ValueError, match=r"^\d+$") as caught:
        in_parts(bodies, 4, work)
    first = int(str(caught.value))
    assert 0 < first <= 1500
    assert in_parts(bodies[:1000], 4, work) == [*range(1000)]
