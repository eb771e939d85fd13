"""What names and type uses mean in one module: the index spaces of all its fields.

`Tables` is made from the fields in order and never changed; a document keeps it through
every edit that defines nothing anew. Locals and labels are resolved where they are read
(``instructions``).

Source: specification 6.3.5 "Identifiers", 6.6.1 "Indices", 6.6.3 "Type Uses".
"""

from __future__ import annotations

from bisect import bisect_left
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from lbtool.wat.fields import field_of
from lbtool.wat.items import SPACES, Field
from lbtool.wat.lexer import Problem, identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lbtool.wat.chunks import Chunk
    from lbtool.wat.cursor import Ref
    from lbtool.wat.items import Definition
    from lbtool.wat.types import FuncShape, SubType, TypeUse, ValType

__all__ = ["Owner", "Tables", "Types", "unknown"]

_WORDS = {"elem": "elem segment", "data": "data segment", "func": "function"}
# What imports come before.
_DEFINING = {
    "func": "function", "table": "table", "memory": "memory", "global": "global",
    "tag": "tag",
}  # fmt: skip


class Owner(NamedTuple):
    """Where something is defined: position of the chunk in the document, and how."""

    chunk: int
    definition: Definition
    imported: bool


class Tables:
    """The index spaces.

    owners    space -> what is defined, by index
    indices   space -> ``$name`` -> index; the first definition of a name counts
    types     defined types by index: chunk, the type (None if it could not be read),
              whether it is one of a group
    """

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.owners: dict[str, list[Owner]] = {space: [] for space in SPACES}
        self.indices: dict[str, dict[str, int]] = {space: {} for space in SPACES}
        self.types: list[tuple[int, SubType | None, bool]] = []
        # By chunk: token, code, message. Offsets would not survive an edit.
        self._problems: dict[int, list[tuple[int, str, str]]] = {}
        self._fields: dict[int, dict[str, int]] | None = None
        self._chunks = chunks
        defined = ""
        starts = 0
        for position, chunk in enumerate(chunks):
            if chunk.kind != "field":
                continue
            field = field_of(chunk)
            self._add(position, field)
            if field.kind == "start":
                starts += 1
                if starts > 1:
                    self._problem(position, 1, "E0130", "multiple start sections")
            elif field.kind in _DEFINING and field.defines:
                if field.imported is None:
                    defined = defined or _DEFINING[field.kind]
                elif defined:
                    message = f"import after {defined}"
                    self._problem(position, field.defines[0].token, "E0148", message)

    def _add(self, position: int, field: Field) -> None:
        imported = field.imported is not None
        for made in field.defines:
            owners = self.owners[made.space]
            if made.name is not None:
                names = self.indices[made.space]
                if made.name in names:
                    message = f"duplicate {made.space} {made.name}"
                    self._problem(position, made.token, "E0147", message)
                else:
                    names[made.name] = len(owners)
            owners.append(Owner(position, made, imported))
        if field.kind in ("type", "rec"):
            items = field.item if isinstance(field.item, tuple) else ()
            count = len(field.defines)
            # One of the group that could not be read leaves all of them unknown.
            found = items if len(items) == count else (None,) * count
            self.types += [(position, item, field.group) for item in found]

    def replaced(self, position: int, old: Field, new: Field) -> Tables | None:
        """The index spaces when a field has become another one.

        The same ones if it defines the same, cheap ones if only names differ, else
        None: all fields have to be looked at.
        """
        if old.kind != new.kind or old.kind in ("type", "rec", "start"):
            return None
        if (old.imported is None) != (new.imported is None):
            return None
        if old.defines == new.defines:
            return self
        spaces = [[each.space for each in field.defines] for field in (old, new)]
        if self._problems or spaces[0] != spaces[1]:
            return None
        made = copy(self)
        made.owners, made.indices = dict(self.owners), dict(self.indices)
        for before, after in zip(old.defines, new.defines, strict=True):
            owners = made.owners[after.space] = list(made.owners[after.space])
            names = made.indices[after.space] = dict(made.indices[after.space])
            index = bisect_left(owners, position, key=lambda each: each.chunk)
            owners[index] = owners[index]._replace(definition=after)
            if before.name is not None:
                del names[before.name]
            if after.name is not None:
                if after.name in names:
                    return None
                names[after.name] = index
        return made

    def _problem(self, position: int, token: int, code: str, message: str) -> None:
        self._problems.setdefault(position, []).append((token, code, message))

    def problems(self, position: int, field: Field) -> Iterator[Problem]:
        """What is wrong with the definitions of a chunk."""
        for token, code, message in self._problems.get(position, ()):
            yield Problem(*field.span(token), code, message)

    def index(self, space: str, ref: Ref) -> int | None:
        """The index that `ref` stands for; None for an unknown name."""
        if isinstance(ref, int):
            return ref
        return self.indices[space].get(ref)

    def field_index(self, kind: int, name: str) -> int | None:
        """The index of a field of the structure type `kind`."""
        if self._fields is None:
            self._fields = dict(self._field_names())
        return self._fields.get(kind, {}).get(name)

    def _field_names(self) -> Iterator[tuple[int, dict[str, int]]]:
        for index, (position, item, _) in enumerate(self.types):
            if item is None:
                continue
            text = field_of(self._chunks[position]).text
            yield (
                index,
                {
                    identifier(text[param.name]): number
                    for number, (param, _) in enumerate(item.composite.fields)
                    if param.name >= 0
                },
            )


class Types:
    """Indices of function types, those included that no field defines.

    extra   shapes that are appended behind the defined types, in order
    """

    def __init__(self, tables: Tables, signatures: Iterable[FuncShape]) -> None:
        self.tables = tables
        self.shapes: list[FuncShape | None] = []
        self.known: dict[FuncShape, int] = {}
        for index, (_, item, grouped) in enumerate(tables.types):
            shape = None
            if item is not None and item.composite.kind == "func":
                shape = item.composite.shape
                if not grouped:
                    self.known.setdefault(shape, index)
            self.shapes.append(shape)
        self.extra: list[FuncShape] = []
        for shape in signatures:
            if shape not in self.known:
                self.known[shape] = len(self.shapes)
                self.shapes.append(shape)
                self.extra.append(shape)

    def index(self, use: TypeUse) -> int | None:
        """The index that a type use stands for; None for an unknown name."""
        if use.ref is not None:
            return self.tables.index("type", use.ref)
        return self.known.get(use.shape)

    def shape(self, use: TypeUse) -> FuncShape | None:
        """Parameters and results of a type use, if they are known."""
        if use.ref is None:
            return use.shape
        index = self.tables.index("type", use.ref)
        if index is None or index >= len(self.shapes):
            return None
        return self.shapes[index]

    def mismatches(self, field: Field) -> Iterator[Problem]:
        """Where a type written in full is not the one that is referred to."""
        for use in field.checks:
            shape = self.shape(use)
            span = field.span(use.token)
            if isinstance(use.ref, int) and use.ref >= len(self.shapes):
                yield Problem(*span, "E0201", f"unknown type {use.ref}")
            elif shape is not None and self._plain(shape) != self._plain(use.shape):
                message = "inline function type differs from its reference"
                yield Problem(*span, "E0149", message)

    def _plain(self, shape: FuncShape) -> tuple[list[object], list[object]]:
        return [self._type(t) for t in shape[0]], [self._type(t) for t in shape[1]]

    def _type(self, kind: ValType) -> object:
        if isinstance(kind, int):
            return kind
        return kind[0], self.tables.index("type", kind[1])


def unknown(field: Field, tables: Tables) -> Iterator[Problem]:
    """References of `field` to names that nothing defines."""
    indices = tables.indices
    for number, (space, token, ref) in enumerate(field.uses):
        if type(ref) is not str or space == "local":
            continue
        if space == "field":
            before = field.uses[number - 1].ref
            kind = tables.index("type", before)
            if kind is None or tables.field_index(kind, ref) is not None:
                continue
        elif ref in indices[space]:
            continue
        code = _UNKNOWN.get(space, "E0201")
        message = f"unknown {_WORDS.get(space, space)} {ref}"
        yield Problem(*field.span(token), code, message)


_UNKNOWN = {
    "type": "E0201", "func": "E0202", "table": "E0203", "memory": "E0204",
    "global": "E0205", "elem": "E0208", "data": "E0209", "tag": "E0224",
}  # fmt: skip
