"""The engines that live in a Python process: ours, wasmtime's two, and native code.

Each compiles bytes in memory, or loads a program and calls its ``run``. Used by
``worker.py`` only: one process has one engine.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tests.bench.elf import Elf

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.runtime.module import Module

C_FLAGS = ("-O2", "-shared", "-fPIC", "-w")


@dataclass(frozen=True)
class Compiled:
    """What compiling gave: `module` belongs to the host; sizes in bytes."""

    module: Any
    code_size: int
    functions: int


class Host(Protocol):
    """One engine."""

    def compile(self, data: bytes) -> Any:
        """All of a module's functions, from bytes, validation included."""

    def measure(self, module: Any) -> Compiled:
        """Sizes of what `compile` gave; not timed."""
        ...

    def load(self, path: Path) -> Callable[[int], int]:
        """Compile and instantiate; the export ``run``."""
        ...


class LbtoolHost:
    """Our own compiler and runtime; `options` are those of its target."""

    def __init__(self, threads: int = 1, **options: Any) -> None:
        from lbtool.compiler import Target  # noqa: PLC0415 - engines load one each

        self.threads = threads
        self.target = Target(**options)

    def compile(self, data: bytes) -> Any:
        """Decode, validate the module, scan and generate every function."""
        from lbtool.compiler import compile_module  # noqa: PLC0415
        from lbtool.wasm import decode, require_valid  # noqa: PLC0415

        module = decode(data)
        require_valid(module, self.target.profile)
        return module, compile_module(module, self.target, self.threads)

    def measure(self, module: Any) -> Compiled:
        """Bytes of all artifacts."""
        functions = module[1]
        size = sum(len(each.artifact.code) for each in functions)
        return Compiled(module, size, len(functions))

    def load(self, path: Path) -> Callable[[int], int]:
        """From a file."""
        return self.instantiate(path.read_bytes())

    def instantiate(self, data: bytes) -> Callable[[int], int]:
        """The export ``run``; with WASI, for programs that import it."""
        from lbtool import Config, Engine, Linker, Store, WasiConfig  # noqa: PLC0415

        wasm, functions = self.compile(data)
        engine = Engine(Config(bounds=self.target.bounds))
        module = _module(engine, wasm, functions)
        store, linker = Store(engine), Linker(engine)
        if wasm.imports:
            store.set_wasi(WasiConfig())
            linker.define_wasi()
        exports: Any = linker.instantiate(store, module).exports
        if "_initialize" in exports:
            exports["_initialize"]()
        run: Callable[[int], int] = exports["run"]
        return run


def _module(engine: Any, wasm: Any, functions: Any) -> Module:
    from lbtool import Module  # noqa: PLC0415

    return Module(engine, wasm, functions=functions)


class WasmtimeHost:
    """Cranelift or Winch, in one thread."""

    def __init__(self, strategy: str) -> None:
        self.strategy = strategy

    @cached_property
    def engine(self) -> Any:
        """The wasmtime engine."""
        import wasmtime  # noqa: PLC0415

        from lbtool.engines.wasmtime_engine import make_config  # noqa: PLC0415

        config = make_config(self.strategy, "2.0", interruptible=False)
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


class NativeHost:
    """Gcc -O2; a program is its C source."""

    def compile(self, data: bytes) -> Any:
        """Not a WebAssembly compiler."""
        raise NotImplementedError

    def measure(self, module: Any) -> Compiled:
        """Not a WebAssembly compiler."""
        raise NotImplementedError

    def load(self, path: Path) -> Callable[[int], int]:
        """As a shared library in a temporary directory, gone after loading."""
        library = native_library(path)
        run = library.run
        run.argtypes, run.restype = [ctypes.c_int], ctypes.c_int
        return lambda argument: int(run(argument))


def native_library(path: Path) -> ctypes.CDLL:
    """C source compiled and loaded; its file name ends in ``-native.so``."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{path.stem}-native.so"
        command = ["gcc", *C_FLAGS, str(path), "-o", str(made), "-lm"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return ctypes.CDLL(str(made))


def make(name: str) -> Host:
    """The host of an engine of ``engines.py``; KeyError for one that is not here."""
    makers: dict[str, Callable[[], Host]] = {
        "lbtool": LbtoolHost,
        "strict": lambda: LbtoolHost(strict=True),
        "explicit": lambda: LbtoolHost(bounds="explicit"),
        "threads4": lambda: LbtoolHost(threads=4),
        "winch": lambda: WasmtimeHost("winch"),
        "cranelift": lambda: WasmtimeHost("cranelift"),
        "native": NativeHost,
    }
    return makers[name]()
