"""lbtool: a one-pass WebAssembly to x86-64 compiler, its runtime and its tools.

The names of the runtime are found here, and loaded when first used:

>>> from lbtool import Engine, Instance, Module, Store
>>> engine = Engine()
>>> module = Module(engine, '(module (memory (export "memory") 1))')
>>> Instance(Store(engine), module).exports["memory"].size
1

With ``LBTOOL_PURE=1`` in the environment the compiler core runs from its ``.py`` files,
un-compiled: slow, and the oracle of the compiled build.
"""

from __future__ import annotations

import os as _os

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64, V128
    from lbtool.errors import (
        LbtoolError,
        LinkError,
        MalformedError,
        ModuleError,
        UnsupportedError,
        ValidationError,
    )
    from lbtool.runtime.engine import Config, Engine
    from lbtool.runtime.func import Func
    from lbtool.runtime.global_ import Global
    from lbtool.runtime.instance import Exports, Extern, Instance
    from lbtool.runtime.linker import Linker
    from lbtool.runtime.memory import Memory
    from lbtool.runtime.module import ExportType, ImportType, Module
    from lbtool.runtime.scope import Interruptible
    from lbtool.runtime.store import Store
    from lbtool.runtime.table import Table
    from lbtool.runtime.trap import (
        Frame,
        InternalError,
        StoreBusyError,
        Trap,
        TrapCode,
    )
    from lbtool.runtime.wasi import Exit
    from lbtool.runtime.wasi_config import WasiConfig
    from lbtool.wasm.types import FuncType, GlobalType, Limits, MemoryType, TableType

__version__ = "0.1.0.dev0"

__all__ = [
    "EXTERNREF",
    "F32",
    "F64",
    "FUNCREF",
    "I32",
    "I64",
    "V128",
    "Config",
    "Engine",
    "Exit",
    "ExportType",
    "Exports",
    "Extern",
    "Frame",
    "Func",
    "FuncType",
    "Global",
    "GlobalType",
    "ImportType",
    "Instance",
    "InternalError",
    "Interruptible",
    "LbtoolError",
    "Limits",
    "LinkError",
    "Linker",
    "MalformedError",
    "Memory",
    "MemoryType",
    "Module",
    "ModuleError",
    "Store",
    "StoreBusyError",
    "Table",
    "TableType",
    "Trap",
    "TrapCode",
    "UnsupportedError",
    "ValidationError",
    "WasiConfig",
]

_HOMES = {
    "abi": "EXTERNREF F32 F64 FUNCREF I32 I64 V128",
    "errors": "LbtoolError LinkError MalformedError ModuleError UnsupportedError "
    "ValidationError",
    "runtime.engine": "Config Engine",
    "runtime.func": "Func",
    "runtime.global_": "Global",
    "runtime.instance": "Exports Extern Instance",
    "runtime.linker": "Linker",
    "runtime.memory": "Memory",
    "runtime.module": "ExportType ImportType Module",
    "runtime.scope": "Interruptible",
    "runtime.store": "Store",
    "runtime.table": "Table",
    "runtime.trap": "Frame InternalError StoreBusyError Trap TrapCode",
    "runtime.wasi": "Exit",
    "runtime.wasi_config": "WasiConfig",
    "wasm.types": "FuncType GlobalType Limits MemoryType TableType",
}

if _os.environ.get("LBTOOL_PURE"):
    from lbtool import _pure

    _pure.install()


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names.split():
            from importlib import import_module  # noqa: PLC0415 - `import lbtool` is cheap

            value: object = getattr(import_module(f"lbtool.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'lbtool' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
