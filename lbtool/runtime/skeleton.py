"""What instances need of a module besides its code: flat tables, ready for use.

A skeleton is made of a decoded module (``flatten.py``) or comes out of an image
(``image.py``); instantiation knows no other form. Long tables are arrays of integers
that C walks: modules with a hundred thousand segments are not rare. The module's bytes
are kept, since data segments point into them, or its file is, from which they are read;
they are decoded again only when somebody asks for `wasm` (names and offsets of a trap's
frames, tools).
"""

from __future__ import annotations

from lbtool.records import record

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from array import array
    from typing import Protocol

    from lbtool.wasm import Module as WasmModule
    from lbtool.wasm.types import FuncType, GlobalType, MemoryType, TableType

    ExternType = FuncType | TableType | MemoryType | GlobalType

    class Contents(Protocol):
        """A module in an open file that nobody has read: it has its digest already."""

        def __len__(self) -> int: ...

        def __bytes__(self) -> bytes:
            """All of it. Raises OSError, also when it is not what it was."""

        def fileno(self) -> int:
            """Descriptor, for reading at any offset."""

        def check(self) -> None:
            """Raise OSError when the file was written since it was opened."""

    Words = array[int] | memoryview
    Data = bytes | memoryview | Contents

__all__ = [
    "ACTIVE",
    "CONST",
    "DECLARATIVE",
    "FUNC",
    "GLOBAL",
    "KINDS",
    "PASSIVE",
    "Elem",
    "ExportType",
    "ImportType",
    "Skeleton",
]

KINDS = ("func", "table", "memory", "global")
# An initialiser is a pair of words: its kind and the bits, or the index of the item.
CONST, GLOBAL, FUNC = 0, 1, 2
# Modes of segments.
ACTIVE, PASSIVE, DECLARATIVE = 0, 1, 2


@record(frozen=True, slots=True)
class ImportType:
    """An import: its two names and its external type."""

    module: str
    name: str
    type: ExternType


@record(frozen=True, slots=True)
class ExportType:
    """An export: its name and its external type."""

    name: str
    type: ExternType


@record(frozen=True, slots=True)
class Elem:
    """An element segment: `offset` and `items` are initialisers, pairs of words."""

    mode: int
    table: int
    type: int
    offset: tuple[int, int]
    items: Words


class Skeleton:
    """Tables of one module; index spaces have imports first.

    data          bytes of the binary module
    bulk          segments are checked one after the other (2.0), not all before (1.0)
    func_types    u32 per function: its typeidx
    declared      u32, ascending: functions that references may name
    imports       names with their types
    exports       (name, number in `KINDS`, index)
    imported      number of imported items per kind of `KINDS`
    global_inits  u64 pairs per defined global
    datas         four u32 per data segment: constant or index that is its offset, start
                  and end in `data`, and mode | kind of offset << 2 | memory << 8
    """

    __slots__ = (
        "_wasm", "bulk", "data", "datas", "declared", "elems", "exports", "func_types",
        "global_inits", "globals", "imported", "imports", "memories", "start", "tables",
        "types",
    )  # fmt: skip

    data: Data
    bulk: bool
    types: tuple[FuncType, ...]
    func_types: Words
    declared: Words
    tables: tuple[TableType, ...]
    memories: tuple[MemoryType, ...]
    globals: tuple[GlobalType, ...]
    imported: tuple[int, int, int, int]
    imports: tuple[ImportType, ...]
    exports: tuple[tuple[str, int, int], ...]
    global_inits: Words
    start: int | None
    elems: tuple[Elem, ...]
    datas: Words

    def __init__(self, wasm: WasmModule | None = None) -> None:
        self._wasm = wasm

    @property
    def wasm(self) -> WasmModule:
        """The decoded module."""
        if self._wasm is None:
            from lbtool.wasm import decode  # noqa: PLC0415 - see the docstring above

            self._wasm = decode(bytes(self.data))
        return self._wasm

    @property
    def n_defined(self) -> int:
        """Number of functions with bodies."""
        return len(self.func_types) - self.imported[0]

    def func_type(self, index: int) -> FuncType:
        """Signature of a function."""
        return self.types[self.func_types[index]]

    def type_of(self, kind: int, index: int) -> ExternType:
        """Type of an item; `kind` is a number in `KINDS`."""
        if kind == 0:
            return self.func_type(index)
        spaces = (self.tables, self.memories, self.globals)
        return spaces[kind - 1][index]
