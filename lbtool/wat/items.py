"""What one module field says, as records: definitions, exports, types, segments, code.

References in them stay as written. Who reads them from text is ``fields``, who encodes
them is ``assemble``.

Source: specification 6.6 "Modules".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lbtool.wat.cursor import Ref, Use
    from lbtool.wat.instructions import Block, Instruction
    from lbtool.wat.lexer import Problem, Tokens
    from lbtool.wat.types import FuncShape, Limits, Param, SubType, TypeUse, ValType

__all__ = [
    "SPACES",
    "Data",
    "Definition",
    "Elem",
    "Export",
    "Expr",
    "Field",
    "Func",
    "Global",
    "Item",
    "Memory",
    "Table",
]

Expr = tuple["Instruction", ...]

SPACES = ("func", "table", "memory", "global", "tag", "type", "elem", "data")


class Definition(NamedTuple):
    """Something that gets an index: in which space, under which name, at which token.

    name    ``$name``, None without one
    token   of the name, or of the keyword
    """

    space: str
    name: str | None
    token: int


class Export(NamedTuple):
    """An export; `ref` is None for what the field itself defines."""

    name: bytes
    space: str
    ref: Ref | None
    token: int


@dataclass(frozen=True, slots=True)
class Func:
    """A function or tag: its type, parameters and locals as written.

    body    token with which the instructions begin
    """

    use: TypeUse
    params: tuple[Param, ...] = ()
    locals: tuple[Param, ...] = ()
    body: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table's type; `init` is the initial value of its elements."""

    limits: Limits
    element: ValType
    init: Expr | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """A memory's type."""

    limits: Limits


@dataclass(frozen=True, slots=True)
class Global:
    """A global; imported ones have an empty `init`."""

    valtype: ValType
    mutable: bool
    init: Expr = ()


@dataclass(frozen=True, slots=True)
class Elem:
    """An element segment.

    mode     ``active``, ``passive`` or ``declare``
    table    of an active one, None if left out; `own`: the table of the same field
    items    references to functions, or expressions if `kind` is not None
    """

    mode: str
    table: Ref | None
    own: bool
    offset: Expr
    kind: ValType | None
    items: tuple[Ref | Expr, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """A data segment; `own` as for `Elem`."""

    mode: str
    memory: Ref | None
    own: bool
    offset: Expr
    bytes: bytes


Item = Func | Table | Memory | Global | Elem | Data | tuple["SubType", ...]


@dataclass(slots=True)
class Field:
    """What one field says.

    kind          its keyword: of what is imported for an ``import``
    tokens        offsets are those of the chunk
    defines       what gets an index, in order
    exports       of the field or in it
    imported      module and name
    item          per kind; types are a tuple (one type, or the recursive group's)
    segment       the segment inside of a table or memory
    code, blocks  of a function (the last ``end`` included), or of all expressions
    uses          references
    signatures    function types without index that need one, in order
    checks        type uses with index and in full
    annotations   their heads
    problems      offsets are those of the chunk
    """

    kind: str
    tokens: Tokens
    defines: tuple[Definition, ...] = ()
    exports: tuple[Export, ...] = ()
    imported: tuple[bytes, bytes] | None = None
    item: Item | None = None
    segment: Elem | Data | None = None
    code: list[Instruction] | None = None
    blocks: list[Block] | None = None
    uses: tuple[Use, ...] = ()
    signatures: tuple[FuncShape, ...] = ()
    checks: tuple[TypeUse, ...] = ()
    annotations: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    group: bool = False
    start_ref: Ref | None = None
    names: dict[str, tuple[int, ...]] | None = None

    def span(self, token: int) -> tuple[int, int]:
        """First offset of a token in the chunk, and the one behind it."""
        return self.tokens.span(token)

    @property
    def text(self) -> list[str]:
        """The tokens as written."""
        return self.tokens.text
