"""Types of the WebAssembly binary format as frozen records.

Value types are the integers of `lbtool.abi`, which are the bytes of the binary format.
What can be represented is 2.0 plus the limits of memory64, shared memories and custom
page sizes; reference types with a heap type and recursive types are not here (the
decoder answers them with a typed error).
"""

from __future__ import annotations

from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64, V128
from lbtool.records import record

__all__ = [
    "NUMTYPES",
    "REFTYPES",
    "VALTYPES",
    "FuncType",
    "GlobalType",
    "Limits",
    "MemoryType",
    "TableType",
    "valtype_name",
]

VALTYPES: dict[int, str] = {
    I32: "i32",
    I64: "i64",
    F32: "f32",
    F64: "f64",
    V128: "v128",
    FUNCREF: "funcref",
    EXTERNREF: "externref",
}
NUMTYPES = frozenset({I32, I64, F32, F64})
REFTYPES = frozenset({FUNCREF, EXTERNREF})

PAGE_SIZE_LOG2 = 16


@record(frozen=True, slots=True)
class FuncType:
    """Parameter and result value types, in order."""

    params: tuple[int, ...]
    results: tuple[int, ...]

    def __post_init__(self) -> None:
        # lists are what people write; a type must be hashable
        object.__setattr__(self, "params", tuple(self.params))
        object.__setattr__(self, "results", tuple(self.results))

    def __str__(self) -> str:
        params = " ".join(map(valtype_name, self.params))
        results = " ".join(map(valtype_name, self.results))
        return f"[{params}] -> [{results}]"


@record(frozen=True, slots=True)
class Limits:
    """Size bounds: pages of a memory, elements of a table; no maximum is None.

    index64 is the index type of the memory64 proposal, shared that of threads.
    """

    minimum: int
    maximum: int | None
    index64: bool = False
    shared: bool = False


@record(frozen=True, slots=True)
class MemoryType:
    """Limits are in pages of ``1 << page_size_log2`` bytes."""

    limits: Limits
    page_size_log2: int = PAGE_SIZE_LOG2


@record(frozen=True, slots=True)
class TableType:
    """A table of references of value type `element`."""

    element: int
    limits: Limits


@record(frozen=True, slots=True)
class GlobalType:
    """A global's value type and whether it may be written."""

    valtype: int
    mutable: bool


def valtype_name(valtype: int) -> str:
    """Name in the text format; an unknown number is shown as ``<0x..>``."""
    return VALTYPES.get(valtype) or f"<{valtype:#04x}>"
