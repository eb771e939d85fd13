"""A decoded module as frozen records: what the binary format says, in its own order.

Function bodies stay bytes (`Module.bodies` holds their ranges). Index spaces have
imports first. Nothing is checked here; reading is in ``decode``, checking in
``validate``. What a module may have a hundred thousand of is a named tuple, which is
made faster.
"""

from __future__ import annotations

from lbtool.abi import V128
from lbtool.records import NamedTuple, record
from lbtool.wasm.names import Names

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lbtool.wasm.types import FuncType, GlobalType, MemoryType, TableType

__all__ = [
    "SECTION_NAMES",
    "ConstExpr",
    "CustomSection",
    "DataSegment",
    "ElemSegment",
    "Export",
    "Import",
    "Module",
    "Section",
]

SECTION_NAMES: tuple[str, ...] = (
    "custom",
    "type",
    "import",
    "function",
    "table",
    "memory",
    "global",
    "export",
    "start",
    "elem",
    "code",
    "data",
    "datacount",
    "tag",
)


class ConstExpr(NamedTuple):
    """An initialiser: ``(opcode, immediate)`` pairs without the final ``end``.

    Opcodes are codes of ``lbtool.wasm.opcodes``. Immediates: i32 and i64 as signed
    integers, f32 and f64 as their bits, v128 as 16 bytes, indices as integers,
    ``ref.null`` the heap type as the (negative) s33 of the format, 0 where there is
    none; an instruction with several immediates has them as a tuple.
    `start` and `end` are the byte range in the module, the final ``end`` included; an
    item that is a bare function index has the range of that index.
    """

    ops: tuple[tuple[int, object], ...]
    start: int
    end: int


@record(frozen=True, slots=True)
class Import:
    """An import. `kind` is func, table, memory, global or tag.

    The `type` of a func or tag is a typeidx.
    """

    module: str
    name: str
    kind: str
    type: int | TableType | MemoryType | GlobalType


@record(frozen=True, slots=True)
class Export:
    """``kind`` as in `Import`, `index` in that kind's index space."""

    name: str
    kind: str
    index: int


@record(frozen=True, slots=True)
class ElemSegment:
    """``mode`` is active, passive or declarative; `type` the value type of the items.

    `offset` is None unless active. `flags` is the number in front of the segment: it
    alone tells function indices from expressions and a spelled-out table 0.
    """

    mode: str
    type: int
    tableidx: int
    offset: ConstExpr | None
    items: Sequence[ConstExpr]
    flags: int


class DataSegment(NamedTuple):
    """``mode`` is active or passive; the contents are ``data[start:end]``."""

    mode: str
    memidx: int
    offset: ConstExpr | None
    start: int
    end: int
    flags: int


@record(frozen=True, slots=True)
class Section:
    """A known section: its id and the byte range of its contents."""

    id: int
    start: int
    end: int


@record(frozen=True, slots=True)
class CustomSection:
    """Range of the contents after the name, and the id of the section before it."""

    name: str
    start: int
    end: int
    after: int


@record(frozen=True, slots=True, eq=False, weakref_slot=True)
class Module:
    """Everything a binary module says.

    func_types   typeidx of every function, imported ones first; `tags` likewise
    bodies       per defined function the byte range of its body: local declarations
                 and code, the final ``end`` included, without the size in front
    data_count   value of the data count section, None without one
    offsets      section id -> byte offset of each of its items
    """

    data: bytes
    path: str | None = None
    types: tuple[FuncType, ...] = ()
    imports: tuple[Import, ...] = ()
    func_types: tuple[int, ...] = ()
    n_imported_funcs: int = 0
    tables: tuple[TableType, ...] = ()
    n_imported_tables: int = 0
    memories: tuple[MemoryType, ...] = ()
    n_imported_memories: int = 0
    globals: tuple[GlobalType, ...] = ()
    n_imported_globals: int = 0
    global_inits: tuple[ConstExpr, ...] = ()
    tags: tuple[int, ...] = ()
    n_imported_tags: int = 0
    exports: tuple[Export, ...] = ()
    start: int | None = None
    elems: tuple[ElemSegment, ...] = ()
    datas: Sequence[DataSegment] = ()
    data_count: int | None = None
    bodies: Sequence[tuple[int, int]] = ()
    names: Names = Names()
    customs: tuple[CustomSection, ...] = ()
    sections: tuple[Section, ...] = ()
    offsets: Mapping[int, Sequence[int]] = {}

    @property
    def vectors_outside(self) -> bool:
        """Whether there are vectors where no body shows them: globals, imports."""
        imported = (self.func_type(k) for k in range(self.n_imported_funcs))
        return any(each.valtype == V128 for each in self.globals) or any(
            V128 in each.params + each.results for each in imported
        )

    def func_type(self, funcidx: int) -> FuncType:
        """Signature of a function; the module must be valid."""
        return self.types[self.func_types[funcidx]]

    def body(self, funcidx: int) -> tuple[int, int] | None:
        """Byte range of a function's body, None for an imported function."""
        k = funcidx - self.n_imported_funcs
        return self.bodies[k] if k >= 0 else None

    def func_name(self, funcidx: int) -> str | None:
        """Name of a function: name section, else an export, else an import."""
        name = self.names.funcs.get(funcidx)
        if name is not None:
            return name
        for export in self.exports:
            if export.kind == "func" and export.index == funcidx:
                return export.name
        if 0 <= funcidx < self.n_imported_funcs:
            funcs = [i for i in self.imports if i.kind == "func"]
            return f"{funcs[funcidx].module}.{funcs[funcidx].name}"
        return None
