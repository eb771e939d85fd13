"""The engines that live in a Python process: ours, wasmtime's, native code, wasm3.

Each compiles bytes in memory, or loads a program and calls its ``run``. Used by
``worker.py`` only: one process has one engine.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.crossings import actions, same
from tests.bench.host import Compiled, Host, Plain
from tests.bench.wasm3_host import Wasm3Host
from tests.bench.wasmtime_host import ValidateHost, WasmtimeHost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lbtool.runtime.module import Module

Range = tuple[int, int]
OFF = "off:"
C_FLAGS = ("-O2", "-shared", "-fPIC", "-w")


class LbtoolHost(Plain):
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

    def data(self, content: bytes, which: Sequence[int]) -> list[list[Range]]:
        """Where in the code of these defined functions there is data, by offsets.

        Jump tables and constants; only an explanation knows.
        """
        from lbtool.compiler.compile import FunctionCompiler  # noqa: PLC0415
        from lbtool.compiler.env import ModuleEnv  # noqa: PLC0415
        from lbtool.compiler.explain import explain_function  # noqa: PLC0415
        from lbtool.wasm import decode  # noqa: PLC0415

        module, target = decode(content), self.target
        compiler = FunctionCompiler(ModuleEnv(module, target.profile), target)
        functions = (module.n_imported_funcs + k for k in which)
        return [
            list(explain_function(module, funcidx, target, compiler).data)
            for funcidx in functions
        ]

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

    def crossings(self, path: Path) -> dict[str, Callable[[int], None]]:
        """Through our runtime."""
        from lbtool import (  # noqa: PLC0415  # noqa: PLC0415
            I32,
            I64,
            Config,
            Engine,
            FuncType,
            Linker,
            Store,
            Trap,
            WasiConfig,
        )

        engine = Engine(Config(bounds=self.target.bounds))
        store, linker = Store(engine), Linker(engine)
        store.set_wasi(WasiConfig())
        linker.define_wasi()
        linker.define_func("host", "f", FuncType((I32, I64), (I32,)), same)
        module = _module(engine, *self.compile(path.read_bytes()))
        return actions(linker.instantiate(store, module).exports, Trap)


def _module(engine: Any, wasm: Any, functions: Any) -> Module:
    from lbtool import Module  # noqa: PLC0415

    return Module(engine, wasm, functions=functions)


class NativeHost(Plain):
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
    """The host of an engine of ``engines.py``; KeyError for one that is not here.

    ``off:NAME`` is ours without the optimisation NAME of ``lbtool.compiler.knobs``.
    """
    if name.startswith(OFF):
        return LbtoolHost(off=frozenset({name.removeprefix(OFF)}))
    makers: dict[str, Callable[[], Host]] = {
        "lbtool": LbtoolHost,
        "strict": lambda: LbtoolHost(strict=True),
        "explicit": lambda: LbtoolHost(bounds="explicit"),
        "lbtool4": lambda: LbtoolHost(threads=4),
        "winch": lambda: WasmtimeHost("winch"),
        "winch4": lambda: WasmtimeHost("winch", parallel=True),
        "cranelift": lambda: WasmtimeHost("cranelift"),
        "validate": lambda: ValidateHost("cranelift"),
        "wasm3": Wasm3Host,
        "native": NativeHost,
    }
    return makers[name]()
