"""wasm3, an interpreter, through the C functions that the package ``pywasm3`` exports.

The package's own Python interface translates a function when it is first called;
``m3_CompileModule`` translates all. It validates only what translation needs. There is
no WASI here: imported functions are stubs that trap. Source: ``wasm3.h``, 0.5.0.
"""

from __future__ import annotations

import ctypes
import importlib.util
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lbtool.wasm import decode
from tests.bench.host import Compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STACK = 1 << 20  # bytes of the interpreter's own stack
FALLIBLE = (
    "m3_ParseModule",
    "m3_LoadModule",
    "m3_LinkRawFunction",
    "m3_CompileModule",
    "m3_FindFunction",
    "m3_Call",
    "m3_GetResults",
)
RAW_CALL = ctypes.CFUNCTYPE(ctypes.c_void_p, *[ctypes.c_void_p] * 4)
_MESSAGE = ctypes.create_string_buffer(b"imported functions are not there")


def _trap(*_arguments: object) -> int:
    return ctypes.addressof(_MESSAGE)


_STUB = RAW_CALL(_trap)


@dataclass(frozen=True)
class Prepared:
    """A module where C finds it, and the names of the functions it imports."""

    data: Any
    size: int
    imports: list[tuple[bytes, bytes]]


class Runtime:
    """An interpreter's state with one module; freed with this object."""

    def __init__(self, library: ctypes.CDLL, environment: ctypes.c_void_p) -> None:
        self.library = library
        made = library.m3_NewRuntime(environment, STACK, None)
        self.pointer = ctypes.c_void_p(made)

    def __del__(self) -> None:
        self.library.m3_FreeRuntime(self.pointer)


def available() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("wasm3") is not None


class Wasm3Host:
    """One environment; every module has a runtime of its own."""

    def crossings(self, path: Path) -> dict[str, Callable[[int], None]]:
        """None."""
        raise NotImplementedError

    @cached_property
    def library(self) -> ctypes.CDLL:
        """The extension module as a C library."""
        found = importlib.util.find_spec("wasm3")
        if found is None or found.origin is None:
            raise OSError("pywasm3 is not installed")
        library = ctypes.CDLL(found.origin)
        for name in ("m3_NewEnvironment", "m3_NewRuntime"):
            getattr(library, name).restype = ctypes.c_void_p
        for name in FALLIBLE:
            getattr(library, name).restype = ctypes.c_char_p
        return library

    @cached_property
    def environment(self) -> ctypes.c_void_p:
        """What modules are parsed in."""
        return ctypes.c_void_p(self.library.m3_NewEnvironment())

    def _must(self, name: str, *arguments: object) -> None:
        error = getattr(self.library, name)(*arguments)
        if error is not None:
            raise ValueError(f"{name}: {error.decode()}")

    def prepare(self, data: bytes) -> Prepared:
        """What has nothing to do with translating."""
        imports = [
            (each.module.encode(), each.name.encode())
            for each in decode(data).imports
            if each.kind == "func"
        ]
        return Prepared(
            ctypes.create_string_buffer(data, len(data)), len(data), imports
        )

    def compile(self, data: Prepared) -> Any:
        """Parse and translate every function."""
        module, size = ctypes.c_void_p(), ctypes.c_uint32(data.size)
        runtime = Runtime(self.library, self.environment)
        to = ctypes.byref(module)
        self._must("m3_ParseModule", self.environment, to, data.data, size)
        self._must("m3_LoadModule", runtime.pointer, module)
        for names in data.imports:
            self._must("m3_LinkRawFunction", module, *names, None, _STUB)
        self._must("m3_CompileModule", module)
        return runtime, data

    def measure(self, module: Any) -> Compiled:
        """There is no machine code."""
        return Compiled(module, 0, 0)

    def load(self, path: Path) -> Callable[[int], int]:
        """The export ``run``, which must not call what is imported."""
        made = self.compile(self.prepare(path.read_bytes()))
        function = ctypes.c_void_p()
        to = ctypes.byref(function)
        self._must("m3_FindFunction", to, made[0].pointer, b"run")

        def run(argument: int, _kept: object = made) -> int:
            given, result = ctypes.c_int32(argument), ctypes.c_int32()
            of_given = (ctypes.c_void_p * 1)(ctypes.addressof(given))
            of_result = (ctypes.c_void_p * 1)(ctypes.addressof(result))
            self._must("m3_Call", function, 1, of_given)
            self._must("m3_GetResults", function, 1, of_result)
            return result.value

        return run
