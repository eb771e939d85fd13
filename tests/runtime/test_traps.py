"""Traps: codes, addresses, frames, causes, nesting; and faults that are no traps."""

from __future__ import annotations

import pickle
import threading

import pytest

from lbtool import (
    FUNCREF,
    I32,
    Engine,
    Func,
    FuncType,
    Instance,
    InternalError,
    Limits,
    Memory,
    MemoryType,
    Module,
    Store,
    Table,
    TableType,
    Trap,
    TrapCode,
    abi,
)
from lbtool.compiler.artifact import CompiledFunction
from tests.runtime.machine import FUNC, Slot, Source, assemble
from tests.runtime.programs import (
    ACCESS,
    LOAD,
    STORE,
    call_import,
    explicit_trap,
    instance,
    recurse,
)

NO_ARGS = '(module (func (export "f") unreachable unreachable unreachable unreachable))'
LOADS = (
    '(module (memory 1) (func (export "load") (param i32) (result i32) nop unreachable)'
    '(func (export "store") (param i32 i32) nop nop unreachable))'
)


@pytest.mark.parametrize("code", [c for c in TrapCode if c < TrapCode.STACK])
def test_explicit_traps(code: TrapCode) -> None:
    made = instance(NO_ARGS, explicit_trap(code))
    for _ in range(3):
        with pytest.raises(Trap) as caught:
            made.exports["f"]()
        assert caught.value.code is code
        assert str(caught.value).splitlines()[0] == code.message
        (frame,) = caught.value.frames
        assert (frame.funcidx, frame.name, frame.ordinal) == (0, "f", 3)


def test_offset_is_that_of_the_instruction() -> None:
    made = instance(NO_ARGS, explicit_trap(abi.TRAP_DIVIDE))
    with pytest.raises(Trap) as caught:
        made.exports["f"]()
    wasm = made.module.wasm
    start, _ = wasm.bodies[0]
    assert caught.value.frames[0].offset == start + 1 + 3
    assert f"at {start + 4:#x}" in str(caught.value)


@pytest.mark.parametrize("address", [65536, 65533 + 3, 0x7FFFFFFF, 0xFFFFFFFC])
def test_out_of_bounds_access(address: int) -> None:
    made = instance(LOADS, LOAD, STORE)
    with pytest.raises(Trap) as caught:
        made.exports["load"](address)
    assert caught.value.code is TrapCode.MEMORY
    assert caught.value.address == address
    assert caught.value.frames[0].ordinal == 1
    with pytest.raises(Trap, match=f"at address {address:#x}"):
        made.exports["store"](address, 1)


def test_access_across_the_end() -> None:
    made = instance(LOADS, LOAD, STORE)
    assert made.exports["load"](65532) == 0
    with pytest.raises(Trap):
        made.exports["load"](65533)
    with pytest.raises(Trap):
        made.exports["store"](65534, -1)


def test_adjacent_memories_are_never_reached() -> None:
    store = Store()
    made = [instance(LOADS, LOAD, STORE, store=store) for _ in range(40)]
    for k, each in enumerate(made):
        each.exports["store"](0, k)
        each.exports["store"](65532, k)
    for each in made:
        for address in (65536, 1 << 31, 0xFFFFFFFF):
            with pytest.raises(Trap) as caught:
                each.exports["store"](address, -1)
            assert caught.value.address == address
    for k, each in enumerate(made):
        assert each.exports["load"](0) == k
        assert each.exports["load"](65532) == k


def test_no_address_of_32_bits_leaves_the_reservation() -> None:
    memory = Memory(Store(), MemoryType(Limits(1, None)))
    assert memory.reserved >= 2 * (1 << 32) + 8
    assert memory.guarded


def test_fault_at_an_unknown_site_is_an_internal_error() -> None:
    wild = Source("sub rsp, 8\nmov eax, [r14+rdi]\nadd rsp, 8\nret")
    made = instance(LOADS, wild, STORE)
    with pytest.raises(InternalError) as caught:
        made.exports["load"](65536)
    assert len(caught.value.registers) == 23


def test_fault_outside_the_memory_is_an_internal_error() -> None:
    wild = Source(
        f"sub rsp, 8\nxor r11d, r11d\nSITE {ACCESS}, 1\nmov eax, [r11+16]\n"
        "add rsp, 8\nret"
    )
    made = instance(LOADS, wild, STORE)
    with pytest.raises(InternalError, match="address 0x10"):
        made.exports["load"](65536)
    with pytest.raises(Trap):
        made.exports["store"](65536, 0)  # all is well afterwards


@pytest.mark.parametrize("frame", [8, 24, 4104, 128 * 1024 + 8, 400 * 1024 + 8])
def test_stack_overflow(frame: int) -> None:
    made = instance('(module (func (export "f") (call 0)))', recurse(frame))
    for _ in range(2):
        with pytest.raises(Trap) as caught:
            made.exports["f"]()
        assert caught.value.code is TrapCode.STACK
        frames = caught.value.frames
        assert caught.value.truncated == (len(frames) == 128)
        assert {f.funcidx for f in frames} == {0}
        assert len(frames) > 10


def test_stack_overflow_in_a_small_thread() -> None:
    made = instance('(module (func (export "f") (call 0)))', recurse(24))
    caught: list[BaseException] = []

    def body() -> None:
        try:
            made.exports["f"]()
        except Trap as trap:
            caught.append(trap)

    with pytest.raises(Trap):
        made.exports["f"]()
    old = threading.stack_size(1 << 20)
    try:
        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(old)
    (trap,) = caught
    assert isinstance(trap, Trap)
    assert trap.code is TrapCode.STACK
    with pytest.raises(Trap):
        made.exports["f"]()  # the limit is the main thread's again


def test_entry_checks_the_stack() -> None:
    """Recursion through Python ends in RecursionError or a trap, never in a crash."""
    store = Store()
    box: list[Instance] = []

    def call_again() -> None:
        box[0].exports["f"]()

    host = Func(store, FuncType((), ()), call_again)
    box.append(
        instance(
            '(module (import "m" "h" (func)) (func (export "f") (call 0)))',
            call_import(),
            store=store,
            imports=(host,),
        )
    )
    with pytest.raises(Trap) as caught:
        box[0].exports["f"]()
    error: BaseException | None = caught.value
    while error is not None and error.__cause__ is not None:
        error = error.__cause__
    assert isinstance(error, RecursionError) or (
        isinstance(error, Trap) and error.code is TrapCode.STACK
    )


def frames_of(trap: Trap) -> list[str]:
    return ["host" if f.host else f"{f.name}:{f.ordinal}" for f in trap.frames]


def test_frames_of_direct_calls() -> None:
    inner = explicit_trap(abi.TRAP_UNREACHABLE)
    middle = Source("sub rsp, 200\nCALL 0, 1\nadd rsp, 200\nret", 200, (Slot(FUNC, 0),))
    outer = Source("sub rsp, 8\nCALL 0, 2\nadd rsp, 8\nret", 8, (Slot(FUNC, 1),))
    made = instance(
        "(module $mod (func $a nop nop nop unreachable) (func $b nop (call 0))"
        '(func $c (export "f") nop nop (call 1)))',
        inner,
        middle,
        outer,
    )
    with pytest.raises(Trap) as caught:
        made.exports["f"]()
    assert frames_of(caught.value) == ["a:3", "b:1", "c:2"]
    assert str(caught.value).splitlines()[2].startswith("  1: mod!b at 0x")


def nested(inner_code: int, *, swallow: bool = False) -> tuple[Instance, list[Trap]]:
    """f -> host -> g, where g traps; both in one store."""
    store = Store()
    box: list[Instance] = []
    seen: list[Trap] = []

    def host() -> None:
        try:
            box[0].exports["g"]()
        except Trap as trap:
            seen.append(trap)
            if not swallow:
                raise

    box.append(
        instance(
            '(module (import "m" "h" (func $h))'
            '(func (export "f") (call $h))'
            '(func (export "g") nop nop nop unreachable))',
            call_import(),
            explicit_trap(inner_code),
            store=store,
            imports=(Func(store, FuncType((), ()), host),),
        )
    )
    return box[0], seen


def test_nested_traps_keep_the_chain() -> None:
    made, seen = nested(abi.TRAP_CONVERSION)
    with pytest.raises(Trap) as caught:
        made.exports["f"]()
    assert caught.value.code is TrapCode.HOST
    assert caught.value.__cause__ is seen[0]
    assert frames_of(caught.value) == ["f:0"]
    assert seen[0].code is TrapCode.CONVERSION
    # the inner one sees through the host to the outer code
    assert frames_of(seen[0]) == ["g:3", "host", "f:0"]


def test_a_swallowed_trap_does_no_harm() -> None:
    made, seen = nested(abi.TRAP_DIVIDE, swallow=True)
    for k in range(100):
        made.exports["f"]()
        assert len(seen) == k + 1


def test_frames_through_two_stores() -> None:
    other, _ = nested(abi.TRAP_OVERFLOW)
    store = Store()

    def host() -> None:
        other.exports["g"]()

    made = instance(
        '(module (import "m" "h" (func)) (func (export "outer") (call 0)))',
        call_import(),
        store=store,
        imports=(Func(store, FuncType((), ()), host),),
    )
    with pytest.raises(Trap) as caught:
        made.exports["outer"]()
    inner = caught.value.__cause__
    assert isinstance(inner, Trap)
    assert frames_of(inner) == ["g:3", "host", "outer:0"]


def test_frames_across_instances() -> None:
    store = Store()
    callee = instance(
        '(module (func (export "inner") nop nop nop unreachable))',
        explicit_trap(abi.TRAP_UNREACHABLE),
        store=store,
    )
    caller = instance(
        '(module (import "m" "h" (func)) (func (export "outer") (call 0)))',
        call_import(),
        store=store,
        imports=(callee.exports["inner"],),
    )
    with pytest.raises(Trap) as caught:
        caller.exports["outer"]()
    assert frames_of(caught.value) == ["inner:3", "outer:0"]


class BoomError(Exception):
    pass


@pytest.mark.parametrize("error", [BoomError("x"), ValueError(), MemoryError()])
def test_host_exceptions_are_causes(error: Exception) -> None:
    def host() -> None:
        raise error

    func = Func(Store(), FuncType((), ()), host)
    with pytest.raises(Trap) as caught:
        func()
    assert caught.value.__cause__ is error
    assert caught.value.code is TrapCode.HOST
    assert type(error).__name__ in str(caught.value)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_exceptions_that_are_no_errors_pass_through(error: BaseException) -> None:
    def host() -> None:
        raise error

    made = instance(
        '(module (import "m" "h" (func)) (func (export "f") (call 0)))',
        call_import(),
        store=(store := Store()),
        imports=(Func(store, FuncType((), ()), host),),
    )
    with pytest.raises(type(error)) as caught:
        made.exports["f"]()
    assert caught.value is error


def test_a_trap_shows_its_message() -> None:
    assert repr(Trap(TrapCode.DIVIDE)) == "<Trap: integer divide by zero>"
    shown = repr(Trap(TrapCode.MEMORY, 0x10000))
    assert shown == "<Trap: out of bounds memory access at address 0x10000>"


def test_a_trap_can_be_pickled() -> None:
    made = instance(LOADS, LOAD, STORE)
    with pytest.raises(Trap) as caught:
        made.exports["load"](70000)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.code, copy.address, copy.frames, str(copy)) == (
        caught.value.code,
        70000,
        caught.value.frames,
        str(caught.value),
    )


def test_traps_in_many_threads() -> None:
    failures: list[str] = []

    def body(k: int) -> None:
        made = instance(LOADS, LOAD, STORE)
        for n in range(300):
            try:
                made.exports["load"](65536 + 16 * k + n)
            except Trap as trap:
                if trap.address != 65536 + 16 * k + n:
                    failures.append(f"{trap}")
            else:
                failures.append("no trap")

    threads = [threading.Thread(target=body, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_traps_outlive_their_store() -> None:
    with pytest.raises(Trap) as caught:
        instance(LOADS, LOAD, STORE).exports["load"](65536)
    assert caught.value.frames[0].name == "load"


def test_functions_of_an_instance_whose_start_failed_stay_callable() -> None:
    store = Store()
    table = Table(store, TableType(FUNCREF, Limits(1, None)))
    text = (
        '(module (import "m" "t" (table 1 funcref))'
        "(func $seven (result i32) i32.const 7)"
        "(elem (i32.const 0) $seven)"
        "(func $start nop nop nop unreachable) (start $start))"
    )
    seven = Source("sub rsp, 8\nmov eax, 7\nadd rsp, 8\nret")
    functions = assemble(seven, explicit_trap(abi.TRAP_UNREACHABLE))
    with pytest.raises(Trap):
        Instance(store, Module(Engine(), text, functions=functions), (table,))
    assert table[0]() == 7


def test_wrong_relocations_and_tables_are_internal_errors() -> None:
    bad = Source("sub rsp, 8\nCALL 0, 0\nadd rsp, 8\nret", 8, (Slot(FUNC, 5),))
    with pytest.raises(InternalError, match="relocation 0 of compiled function 0"):
        instance(NO_ARGS, bad)
    with pytest.raises(InternalError, match="number of compiled functions"):
        instance(NO_ARGS)
    (good,) = assemble(explicit_trap(1))
    bad_kinds = CompiledFunction(good.artifact, good.binding, b"\0", good.imported)
    module = Module(Engine(), NO_ARGS, functions=[bad_kinds])
    with pytest.raises(InternalError, match="disagree"):
        Instance(Store(), module)


def test_int32_arguments_are_not_dirty() -> None:
    wide = Source("sub rsp, 8\nmov rax, rdi\nshr rax, 32\nadd rsp, 8\nret")
    made = instance(
        '(module (func (export "f") (param i32) (result i32) unreachable))', wide
    )
    assert made.exports["f"](-1) == 0
    assert made.exports["f"].type == FuncType((I32,), (I32,))
