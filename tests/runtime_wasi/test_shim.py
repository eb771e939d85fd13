"""The shim module is valid, wraps what it should, and owns the memory."""

from __future__ import annotations

import pytest
import wasmtime
from hypothesis import given
from hypothesis import strategies as st

from lbtool.runtime.wasi_shim import (
    ShimFunction,
    ShimMemory,
    encode_shim,
    uleb,
    wrapper_name,
)

I32, I64 = 0x7F, 0x7E
NAMES = {I32: "i32", I64: "i64"}
SIGNATURES = st.tuples(
    st.lists(st.sampled_from((I32, I64)), max_size=9).map(tuple),
    st.lists(st.sampled_from((I32, I64)), max_size=1).map(tuple),
)


def compiled(shim: bytes) -> wasmtime.Module:
    return wasmtime.Module(wasmtime.Engine(), shim)


def test_uleb_examples() -> None:
    assert uleb(0) == b"\0"
    assert uleb(127) == b"\x7f"
    assert uleb(128) == b"\x80\x01"
    assert uleb(624485) == b"\xe5\x8e\x26"


@given(st.lists(SIGNATURES, max_size=200))
def test_every_function_is_imported_and_wrapped(
    signatures: list[tuple[tuple[int, ...], tuple[int, ...]]],
) -> None:
    functions = [
        ShimFunction("host", f"function {k}", params, results)
        for k, (params, results) in enumerate(signatures)
    ]
    module = compiled(encode_shim(functions, ShimMemory(1, None)))
    imports = list(module.imports)
    exports = {e.name: e.type for e in module.exports}
    assert [(i.module, i.name) for i in imports] == [
        (f.module, f.name) for f in functions
    ]
    assert len(exports) == len(functions) + 1
    for k, function in enumerate(functions):
        for found in (imports[k].type, exports[wrapper_name(k)]):
            assert isinstance(found, wasmtime.FuncType)
            assert [str(t) for t in found.params] == [NAMES[t] for t in function.params]
            assert [str(t) for t in found.results] == [
                NAMES[t] for t in function.results
            ]


@pytest.mark.parametrize(
    "memory",
    [ShimMemory(0, None), ShimMemory(1, 1), ShimMemory(300, 65536), ShimMemory(0, 0)],
)
def test_memory_has_the_limits_of_the_guest(memory: ShimMemory) -> None:
    module = compiled(encode_shim([], memory))
    (export,) = module.exports
    assert export.name == "memory"
    assert isinstance(export.type, wasmtime.MemoryType)
    assert export.type.limits == wasmtime.Limits(memory.minimum, memory.maximum)


def test_without_memory_nothing_is_exported() -> None:
    assert not list(compiled(encode_shim([], None)).exports)


def test_wrappers_pass_arguments_in_order() -> None:
    function = ShimFunction("host", "f", (I32, I64, I32), (I64,))
    engine = wasmtime.Engine()
    module = wasmtime.Module(engine, encode_shim([function], None))
    store = wasmtime.Store(engine)
    seen = []

    def host(*arguments: int) -> int:
        seen.append(arguments)
        return 2**40

    i32, i64 = wasmtime.ValType.i32, wasmtime.ValType.i64
    kind = wasmtime.FuncType([i32(), i64(), i32()], [i64()])
    instance = wasmtime.Instance(store, module, [wasmtime.Func(store, kind, host)])
    wrapper = instance.exports(store)[wrapper_name(0)]
    assert isinstance(wrapper, wasmtime.Func)
    assert wrapper(store, 7, -(2**50), 9) == 2**40
    assert seen == [(7, -(2**50), 9)]
