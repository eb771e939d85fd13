"""Wasmtime's compilers, Cranelift and Winch, and its validator."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from tests.bench.crossings import actions, same
from tests.bench.elf import Elf
from tests.bench.host import Compiled, Plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class WasmtimeHost(Plain):
    """Cranelift or Winch, in one thread unless `parallel`."""

    def __init__(self, strategy: str, *, parallel: bool = False) -> None:
        self.strategy = strategy
        self.parallel = parallel

    @cached_property
    def engine(self) -> Any:
        """The wasmtime engine."""
        import wasmtime  # noqa: PLC0415

        from lbtool.engines.wasmtime_engine import make_config  # noqa: PLC0415

        config = make_config(self.strategy, "2.0", interruptible=False)
        config.parallel_compilation = self.parallel
        return wasmtime.Engine(config)

    def compile(self, data: bytes) -> Any:
        """Wasmtime validates and compiles everything at once."""
        import wasmtime  # noqa: PLC0415

        return wasmtime.Module(self.engine, data)

    def measure(self, module: Any) -> Compiled:
        """The text section of the serialised module: trampolines are in it, too."""
        elf = Elf(bytes(module.serialize()))
        functions = sum("::function[" in name for name in elf.symbols)
        return Compiled(module, len(elf.text), functions)

    def load(self, path: Path) -> Callable[[int], int]:
        """From a file."""
        return self.instantiate(path.read_bytes())

    def instantiate(self, data: bytes) -> Callable[[int], int]:
        """The export ``run``; with WASI, for programs that import it."""
        import wasmtime  # noqa: PLC0415

        module = self.compile(data)
        store = wasmtime.Store(self.engine)
        store.set_wasi(wasmtime.WasiConfig())
        linker = wasmtime.Linker(self.engine)
        linker.define_wasi()
        exports: Any = linker.instantiate(store, module).exports(store)
        names = {each.name for each in module.exports}
        if "_initialize" in names:
            exports["_initialize"](store)
        run = exports["run"]
        return lambda argument: int(run(store, argument))

    def crossings(self, path: Path) -> dict[str, Callable[[int], None]]:
        """Through the wasmtime package."""
        import wasmtime  # noqa: PLC0415

        i32, i64 = wasmtime.ValType.i32(), wasmtime.ValType.i64()
        store, linker = wasmtime.Store(self.engine), wasmtime.Linker(self.engine)
        store.set_wasi(wasmtime.WasiConfig())
        linker.define_wasi()
        linker.define_func("host", "f", wasmtime.FuncType([i32, i64], [i32]), same)
        module = self.compile(path.read_bytes())
        found: Any = linker.instantiate(store, module).exports(store)
        bound = {
            each.name: partial(found[each.name], store)
            for each in module.exports
            if isinstance(each.type, wasmtime.FuncType)
        }
        return actions(bound, wasmtime.Trap)


class ValidateHost(WasmtimeHost):
    """Wasmtime's validator: nothing is compiled."""

    def compile(self, data: bytes) -> Any:
        """Raises `WasmtimeError` when the module is not valid."""
        import wasmtime  # noqa: PLC0415

        wasmtime.Module.validate(self.engine, data)

    def measure(self, module: Any) -> Compiled:
        """There is nothing."""
        return Compiled(module, 0, 0)
