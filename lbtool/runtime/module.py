"""Compiled modules: decoded, validated, compiled, and linked into the arena once.

Or none of this: a module that comes out of an image (``image.py``) has been all of it
before.
"""

from __future__ import annotations

import os

from lbtool.runtime import linked
from lbtool.runtime.signatures import signature
from lbtool.runtime.skeleton import ExportType, ImportType, Skeleton

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.runtime.engine import Engine
    from lbtool.wasm import Module as WasmModule

    # what ``linked.CodeBlock`` gave of itself
    Linked = Sequence[bytes | memoryview]

__all__ = ["ExportType", "ImportType", "Module"]


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
        source: bytes | str | WasmModule | Skeleton,
        *,
        functions: Sequence[CompiledFunction] | None = None,
        path: str | None = None,
    ) -> None:
        self.engine = engine
        if not isinstance(source, Skeleton):
            from lbtool.runtime.flatten import flatten  # noqa: PLC0415 - cold path

            wasm = _decoded(source, path)
            source = flatten(wasm, engine.profile)
            if functions is None:
                functions = engine.compile(wasm)
        self.skeleton = source
        self._functions = functions or ()
        self._code: linked.CodeBlock | None = None
        self._types: tuple[ExportType, ...] | None = None

    @classmethod
    def from_file(cls, engine: Engine, path: str | Path) -> Module:
        """The module in a file, binary or text by its name. Raises OSError, too."""
        from pathlib import Path  # noqa: PLC0415

        from lbtool.wasm import decode, read  # noqa: PLC0415

        return cls(engine, decode(read(Path(path)), path=str(path)))

    def load(self, code: Linked) -> None:
        """Take code that was linked before, as ``CodeBlock.linked`` gave it.

        Raises ValueError when `code` cannot be that of this module.
        """
        block = self._block()
        block.load(*code)
        self._code = _shown(block)

    @property
    def wasm(self) -> WasmModule:
        """The decoded module."""
        return self.skeleton.wasm

    @property
    def functions(self) -> Sequence[CompiledFunction]:
        """What was compiled, in order of the defined functions; nothing of an image."""
        return self._functions

    @property
    def name(self) -> str | None:
        """Name from the name section."""
        return self.wasm.names.module

    @property
    def imports(self) -> tuple[ImportType, ...]:
        """What instantiation needs, in order."""
        return self.skeleton.imports

    @property
    def exports(self) -> tuple[ExportType, ...]:
        """What instances offer, in order."""
        if self._types is None:
            of = self.skeleton
            self._types = tuple(
                [ExportType(name, of.type_of(*item)) for name, *item in of.exports]
            )
        return self._types

    @property
    def code(self) -> linked.CodeBlock:
        """The linked code; it depends on the module only, so instances share it."""
        if self._code is None:
            block = self._block()
            block.link(list(self._functions))
            self._code = _shown(block)
        return self._code

    def _block(self) -> linked.CodeBlock:
        of = self.skeleton
        counts = (
            of.imported[0],
            len(of.globals),
            len(of.memories),
            len(of.tables),
            len(of.datas) // 4,
            len(of.elems),
        )
        type_ids = [signature(each).type_id for each in of.types]
        layout = linked.Layout(counts, of.func_types, of.declared, type_ids)
        return linked.CodeBlock(layout, of)

    def __repr__(self) -> str:
        name = self.name or "without name"
        return f"<Module {name}, {self.skeleton.n_defined} functions>"


def _decoded(source: bytes | str | WasmModule, path: str | None) -> WasmModule:
    if isinstance(source, str):
        source = source.encode()
    if not isinstance(source, bytes | bytearray | memoryview):
        return source
    from lbtool.wasm import decode, read  # noqa: PLC0415 - not for what is decoded

    return decode(read(bytes(source)), path=path)


def _shown(block: linked.CodeBlock) -> linked.CodeBlock:
    if os.environ.get("LBTOOL_PERF_MAP"):
        from lbtool.runtime.perf_map import write_perf_map  # noqa: PLC0415

        write_perf_map(block)
    return block
