"""WASI through `Linker`, with guests that only import, export and have a memory."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from lbtool import (
    I32,
    Engine,
    Exit,
    Func,
    FuncType,
    Instance,
    Linker,
    LinkError,
    Memory,
    Module,
    Store,
    Trap,
    TrapCode,
    WasiConfig,
)
from lbtool.runtime.wasi import WasiError

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = {
    "fd_write": "(param i32 i32 i32 i32) (result i32)",
    "fd_read": "(param i32 i32 i32 i32) (result i32)",
    "fd_close": "(param i32) (result i32)",
    "path_open": "(param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)",
    "sched_yield": "(result i32)",
    "proc_exit": "(param i32)",
}
MEMORY = '(memory (export "memory") 1 5)'


def text(names: str, rest: str = MEMORY) -> str:
    """A module that exports the functions it imports."""
    imports = "".join(
        f'(import "wasi_snapshot_preview1" "{name}" (func ${name} {IMPORTS[name]}))'
        for name in names.split()
    )
    exports = "".join(f'(export "{name}" (func ${name}))' for name in names.split())
    return f"(module {imports} {rest} {exports})"


class World:
    """A store with WASI, and instances in it."""

    def __init__(self, config: WasiConfig | None = None) -> None:
        self.engine = Engine()
        self.store = Store(self.engine)
        self.linker = Linker(self.engine)
        self.linker.define_wasi()
        self.config = config or WasiConfig()
        self.store.set_wasi(self.config)

    def load(self, wat: str) -> Instance:
        module = Module(self.engine, wat, functions=())
        return self.linker.instantiate(self.store, module)


def func(instance: Instance, name: str) -> Func:
    found = instance.exports[name]
    assert isinstance(found, Func)
    return found


def memory_of(instance: Instance) -> Memory:
    found = instance.exports["memory"]
    assert isinstance(found, Memory)
    return found


def put(instance: Instance, data: bytes, vector: int = 0, at: int = 64) -> None:
    """Write `data`, and a vector of one buffer for it."""
    pair = at.to_bytes(4, "little") + len(data).to_bytes(4, "little")
    memory_of(instance).write(data, at)
    memory_of(instance).write(pair, vector)


def u32(instance: Instance, at: int) -> int:
    return int.from_bytes(memory_of(instance).read(at, at + 4), "little")


def test_output_is_captured_in_order() -> None:
    world = World()
    stdout, stderr = world.config.capture_stdout(), world.config.capture_stderr()
    guest = world.load(text("fd_write"))
    for word in (b"one ", b"two ", b"three"):
        put(guest, word)
        assert func(guest, "fd_write")(1, 0, 1, 32) == 0
        assert u32(guest, 32) == len(word)
    put(guest, b"oops")
    assert func(guest, "fd_write")(2, 0, 1, 32) == 0
    assert stdout.getvalue() == b"one two three"
    assert stderr.getvalue() == b"oops"


def test_output_to_a_descriptor_that_the_caller_closes(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"already here, ")
    world = World()
    with path.open("ab") as file:
        world.config.stdout_fd(file.fileno())
        guest = world.load(text("fd_write"))
    put(guest, b"appended")
    assert func(guest, "fd_write")(1, 0, 1, 32) == 0
    assert path.read_bytes() == b"already here, appended"


def test_nine_arguments_of_which_three_are_on_the_stack(tmp_path: Path) -> None:
    world = World()
    world.config.preopen_dir(tmp_path, "/")
    guest = world.load(text("path_open fd_write"))
    memory_of(guest).write(b"made.txt", 64)
    rights = 1 << 6  # fd_write
    opened = func(guest, "path_open")(3, 0, 64, 8, 1 | 8, rights, 0, 1, 200)
    assert (opened, u32(guest, 200)) == (0, 4)
    for word in (b"abc", b"def"):  # descriptor flag 1: append
        put(guest, word)
        assert func(guest, "fd_write")(4, 0, 1, 32) == 0
    assert (tmp_path / "made.txt").read_bytes() == b"abcdef"


@pytest.mark.parametrize("code", [0, 1, 42, 125, 126, 127, 255, 256, 2**32 - 1])
def test_exit_is_an_outcome_with_its_code(code: int) -> None:
    guest = World().load(text("proc_exit sched_yield"))
    with pytest.raises(Exit) as caught:
        func(guest, "proc_exit")(code)
    assert (caught.value.code, caught.value.status) == (code, code & 0xFF)
    assert func(guest, "sched_yield")() == 0


def test_exit_needs_no_environment() -> None:
    world = World()
    world.store.wasi = None
    guest = world.load(text("proc_exit"))
    with pytest.raises(Exit):
        func(guest, "proc_exit")(3)
    assert memory_of(guest).grow(1) == 1


def test_a_function_that_fails_as_a_whole_is_a_trap_with_its_cause() -> None:
    guest = World().load(text("fd_write sched_yield"))
    for _ in range(3):
        with pytest.raises(Trap) as caught:
            func(guest, "fd_write")(1, 0xFFFFFFF0, 1, 8)
        assert caught.value.code == TrapCode.HOST
        assert isinstance(caught.value.__cause__, WasiError)
        assert "out of bounds" in str(caught.value.__cause__)
        assert "\n" not in str(caught.value.__cause__)
        assert func(guest, "sched_yield")() == 0


def test_failures_of_other_host_functions_keep_their_cause() -> None:
    world = World()

    def broken() -> None:
        raise ValueError("mine")

    guest = world.load(text("fd_write"))
    mine = Func(world.store, FuncType((), ()), broken)
    with pytest.raises(Trap):
        func(guest, "fd_write")(1, 0xFFFFFFF0, 1, 8)
    with pytest.raises(Trap) as caught:
        mine()
    assert isinstance(caught.value.__cause__, ValueError)


@pytest.mark.parametrize("rest", ["", '(memory (export "other") 1)', "(memory 1)"])
def test_without_a_memory_of_that_name_functions_fail(rest: str) -> None:
    guest = World().load(text("sched_yield", rest))
    with pytest.raises(Trap) as caught:
        func(guest, "sched_yield")()
    assert "memory" in str(caught.value.__cause__)


def test_memory_grows_for_both_sides() -> None:
    world = World()
    stdout = world.config.capture_stdout()
    guest = world.load(text("fd_write"))
    memory = memory_of(guest)
    address = memory.data_ptr
    assert [memory.grow(2), memory.grow(3), memory.size] == [1, -1, 3]
    put(guest, b"far away", at=3 * 65536 - 8)
    assert func(guest, "fd_write")(1, 0, 1, 32) == 0
    assert stdout.getvalue() == b"far away"
    assert memory.data_ptr == address
    assert [memory.grow(2), memory.grow(1), memory.grow(0)] == [3, -1, 5]


def test_active_segments_are_written_to_it() -> None:
    data = (
        MEMORY + r'(data (i32.const 64) "text") (data (i32.const 0) "\40\00\00\00\04")'
    )
    world = World()
    stdout = world.config.capture_stdout()
    guest = world.load(text("fd_write", data))
    assert func(guest, "fd_write")(1, 0, 1, 32) == 0
    assert stdout.getvalue() == b"text"


def test_guests_of_a_store_share_open_files(tmp_path: Path) -> None:
    world = World()
    stdout = world.config.capture_stdout()
    world.config.preopen_dir(tmp_path, "/")
    first = world.load(text("path_open"))
    memory_of(first).write(b"shared", 64)
    assert func(first, "path_open")(3, 0, 64, 6, 1, 1 << 6, 0, 0, 200) == 0
    second = world.load(text("fd_write fd_close"))
    for fd in (1, u32(first, 200)):
        put(second, b"from the second")
        assert func(second, "fd_write")(fd, 0, 1, 32) == 0
    assert func(second, "fd_close")(u32(first, 200)) == 0
    assert (tmp_path / "shared").read_bytes() == b"from the second"
    assert stdout.getvalue() == b"from the second"
    assert memory_of(first).data_ptr != memory_of(second).data_ptr


def test_new_settings_are_for_later_guests() -> None:
    world = World()
    before = world.config.capture_stdout()
    first = world.load(text("fd_write"))
    config = WasiConfig()
    after = config.capture_stdout()
    world.store.set_wasi(config)
    second = world.load(text("fd_write"))
    for guest, word in ((first, b"first"), (second, b"second"), (first, b"!")):
        put(guest, word)
        assert func(guest, "fd_write")(1, 0, 1, 32) == 0
    assert (before.getvalue(), after.getvalue()) == (b"first!", b"second")
    for guest in (first, second):
        with pytest.raises(Trap) as caught:
            func(guest, "fd_write")(1, 0xFFFFFFF0, 1, 8)
        assert isinstance(caught.value.__cause__, WasiError)


def test_own_definitions_come_first() -> None:
    world = World()
    seen: list[tuple[int, ...]] = []

    def write(*args: int) -> int:
        seen.append(args)
        return 77

    functype = FuncType((I32,) * 4, (I32,))
    world.linker.define_func("wasi_snapshot_preview1", "fd_write", functype, write)
    guest = world.load(text("fd_write sched_yield"))
    assert func(guest, "fd_write")(1, 2, 3, 4) == 77
    assert seen == [(1, 2, 3, 4)]
    assert func(guest, "sched_yield")() == 0


@pytest.mark.parametrize(
    ("wat", "message"),
    [
        ('(module (import "wasi_snapshot_preview1" "nope" (func)))', "unknown import"),
        ('(module (import "wasi_unstable" "fd_close" (func)))', "unknown import"),
        ('(module (import "env" "memory" (memory 1)))', "unknown import"),
        (
            '(module (import "wasi_snapshot_preview1" "fd_close" (memory 1)))',
            "unknown import",
        ),
        (
            '(module (import "wasi_snapshot_preview1" "fd_close" (func (param i64))))',
            "incompatible import type",
        ),
        (
            '(module (import "wasi_snapshot_preview1" "proc_exit" (func)))',
            "incompatible import type",
        ),
        (
            '(module (import "wasi_snapshot_preview1" "fd_close" (func (param f32))))',
            "incompatible import type",
        ),
    ],
)
def test_imports_that_do_not_fit_are_link_errors(wat: str, message: str) -> None:
    with pytest.raises(LinkError, match=message):
        World().load(wat)


def test_an_imported_memory_is_a_link_error() -> None:
    world = World()
    owner = world.load(text("sched_yield"))
    world.linker.define("env", "memory", memory_of(owner))
    wat = text("", '(import "env" "memory" (memory 1)) (export "memory" (memory 0))')
    assert memory_of(world.load(wat)) == memory_of(owner)
    imports = '(import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))'
    with pytest.raises(LinkError, match="define the memory"):
        world.load(wat.replace("(module", f"(module {imports}"))


def test_a_store_without_settings_is_a_link_error() -> None:
    world = World()
    world.store.wasi = None
    with pytest.raises(LinkError, match="set_wasi"):
        world.load(text("fd_write"))


def test_settings_that_cannot_be_had_are_an_error(tmp_path: Path) -> None:
    world = World()
    world.config.preopen_dir(tmp_path / "missing", "/")
    with pytest.raises(WasiError, match="missing"):
        world.load(text("fd_write"))


def test_functions_work_in_any_thread_that_has_the_store() -> None:
    world = World()
    stdout = world.config.capture_stdout()
    guest = world.load(text("fd_write"))

    def use() -> None:
        put(guest, b"x")
        func(guest, "fd_write")(1, 0, 1, 32)

    for _ in range(4):
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert stdout.getvalue() == b"xxxx"


def test_stores_are_independent_in_parallel_threads() -> None:
    captures = []

    def use(word: bytes) -> None:
        world = World()
        captures.append((word, world.config.capture_stdout()))
        guest = world.load(text("fd_write"))
        put(guest, word)
        for _ in range(200):
            assert func(guest, "fd_write")(1, 0, 1, 32) == 0

    threads = [threading.Thread(target=use, args=(b"%d" % k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(captures) == 4
    assert all(capture.getvalue() == 200 * word for word, capture in captures)
