"""Compiled modules: decoded, validated, compiled, and linked into the arena once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.abi import V128
from lbtool.errors import Diagnostic, UnsupportedError, code_for
from lbtool.runtime import linked
from lbtool.runtime.perf_map import write_perf_map
from lbtool.runtime.signatures import signature
from lbtool.wasm import declared_funcs, decode, read, require_valid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.runtime.engine import Engine
    from lbtool.wasm import Module as WasmModule
    from lbtool.wasm.types import FuncType, GlobalType, MemoryType, TableType

__all__ = ["ExportType", "ImportType", "Module"]


@dataclass(frozen=True, slots=True)
class ImportType:
    """An import: its two names and its external type."""

    module: str
    name: str
    type: FuncType | TableType | MemoryType | GlobalType


@dataclass(frozen=True, slots=True)
class ExportType:
    """An export: its name and its external type."""

    name: str
    type: FuncType | TableType | MemoryType | GlobalType


def _require_scalars(wasm: WasmModule) -> None:
    """Refuse vectors where no body shows them: globals and imported functions."""
    imported = (wasm.func_type(k) for k in range(wasm.n_imported_funcs))
    if any(each.valtype == V128 for each in wasm.globals) or any(
        V128 in each.params + each.results for each in imported
    ):
        message = "unsupported: simd is not compiled yet"
        raise UnsupportedError(
            Diagnostic("error", code_for(message), message, path=wasm.path), "simd"
        )


class Module:
    """A module ready for instantiation, any number of times and in any store.

    `source` is a binary module or its text, as bytes or (text only) as str. Raises
    `lbtool.errors.ModuleError` when it is malformed, invalid or unsupported. With
    `functions`, one compiled function per defined function, nothing is compiled.

    >>> from lbtool import Engine
    >>> Module(Engine(), '(module (memory (export "m") 1))').exports
    (ExportType(name='m', type=MemoryType(...)),)
    """

    def __init__(
        self,
        engine: Engine,
        source: bytes | str | WasmModule,
        *,
        functions: Sequence[CompiledFunction] | None = None,
        path: str | None = None,
    ) -> None:
        self.engine = engine
        if isinstance(source, str):
            source = read(source.encode())
        if isinstance(source, bytes | bytearray | memoryview):
            source = decode(read(bytes(source)), path=path)
        require_valid(source, engine.profile)
        _require_scalars(source)
        self.wasm: WasmModule = source
        self._functions = engine.compile(source) if functions is None else functions

    @classmethod
    def from_file(cls, engine: Engine, path: str | Path) -> Module:
        """The module in a file, binary or text by its name. Raises OSError, too."""
        return cls(engine, decode(read(Path(path)), path=str(path)))

    @property
    def functions(self) -> Sequence[CompiledFunction]:
        """What was compiled, in order of the defined functions."""
        return self._functions

    @property
    def name(self) -> str | None:
        """Name from the name section."""
        return self.wasm.names.module

    @cached_property
    def imports(self) -> tuple[ImportType, ...]:
        """What instantiation needs, in order."""
        types = self.wasm.types
        return tuple(
            ImportType(
                i.module, i.name, types[i.type] if isinstance(i.type, int) else i.type
            )
            for i in self.wasm.imports
        )

    @cached_property
    def exports(self) -> tuple[ExportType, ...]:
        """What instances offer, in order."""
        return tuple(
            ExportType(e.name, self._type(e.kind, e.index)) for e in self.wasm.exports
        )

    def _type(
        self, kind: str, index: int
    ) -> FuncType | TableType | MemoryType | GlobalType:
        wasm = self.wasm
        if kind == "func":
            return wasm.func_type(index)
        if kind == "table":
            return wasm.tables[index]
        return wasm.memories[index] if kind == "memory" else wasm.globals[index]

    @cached_property
    def code(self) -> linked.CodeBlock:
        """The linked code; it depends on the module only, so instances share it."""
        wasm = self.wasm
        declared = set(declared_funcs(wasm))
        if wasm.start is not None:
            declared.add(wasm.start)
        counts = (
            wasm.n_imported_funcs,
            len(wasm.globals),
            len(wasm.memories),
            len(wasm.tables),
            len(wasm.datas),
            len(wasm.elems),
        )
        type_ids = [signature(t).type_id for t in wasm.types]
        layout = linked.Layout(counts, wasm.func_types, sorted(declared), type_ids)
        block = linked.CodeBlock(layout, list(self._functions), wasm)
        if os.environ.get("LBTOOL_PERF_MAP"):
            write_perf_map(block)
        return block

    def __repr__(self) -> str:
        return (
            f"<Module {self.name or 'without name'}, {len(self.wasm.bodies)} functions>"
        )
