"""The custom section "name" of a module in text: every identifier that is written.

Source: specification appendix "Custom Sections"; labels, types and the other spaces are
those of the extended-name-section proposal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wasm.leb import unsigned
from lbtool.wat.fields import field_of
from lbtool.wat.items import Func
from lbtool.wat.lexer import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lbtool.wat.document import Document
    from lbtool.wat.encode import Encoder
    from lbtool.wat.items import Field
    from lbtool.wat.types import Param

__all__ = ["name_section"]

Names = dict[int, str]

# Numbers of the subsections that map one index space; functions come before locals.
_AFTER_LABELS = (
    (4, "type"), (5, "table"), (6, "memory"), (7, "global"), (8, "elem"), (9, "data"),
)  # fmt: skip


def _text(name: str) -> bytes:
    data = name[1:].encode()
    return unsigned(len(data)) + data


def _map(names: Mapping[int, str]) -> bytes:
    entries = [unsigned(index) + _text(name) for index, name in names.items()]
    return unsigned(len(entries)) + b"".join(entries) if entries else b""


def _indirect(maps: Iterable[tuple[int, Names]]) -> bytes:
    entries = [unsigned(index) + _map(names) for index, names in maps if names]
    return unsigned(len(entries)) + b"".join(entries) if entries else b""


def _subsection(number: int, payload: bytes) -> bytes:
    if not payload:
        return b""
    return bytes([number]) + unsigned(len(payload)) + payload


def _named(text: Sequence[str], params: Iterable[Param], shift: int = 0) -> Names:
    """Those of the parameters or fields that have a name, by index."""
    return {
        index: identifier(text[each.name])
        for index, each in enumerate(params, shift)
        if each.name >= 0
    }


def _locals(field: Field, encoder: Encoder) -> Names:
    """Locals by index, also behind parameters that only the type says."""
    func = field.item
    if not isinstance(func, Func):
        return {}
    both = (*func.params, *func.locals)
    return _named(field.text, both, encoder.shift(func))


def _labels(field: Field) -> Names:
    """Labels, numbered by their blocks in the order of the code."""
    blocks = sorted(field.blocks or ())
    text = field.text
    return {
        number: identifier(text[each.label])
        for number, each in enumerate(blocks)
        if each.label >= 0
    }


def name_section(document: Document) -> bytes:
    """The section, nothing if no name is written."""
    tables, encoder = document.tables, document.encoder
    names: dict[str, Names] = {
        space: {
            index: each.definition.name
            for index, each in enumerate(owners)
            if each.definition.name is not None
        }
        for space, owners in tables.owners.items()
    }
    functions, tags = (
        [(index, field_of(document.chunks[o.chunk])) for index, o in enumerate(owners)]
        for owners in (tables.owners["func"], tables.owners["tag"])
    )
    types = [
        (index, field_of(document.chunks[position]).text, item.composite)
        for index, (position, item, _) in enumerate(tables.types)
        if item is not None
    ]
    module = next((w for w in document.words if w.startswith("$")), None)
    out = [
        _subsection(0, _text(identifier(module)) if module else b""),
        _subsection(1, _map(names["func"])),
        _subsection(2, _indirect((i, _locals(f, encoder)) for i, f in functions)),
        _subsection(3, _indirect((i, _labels(f)) for i, f in functions)),
        *(_subsection(number, _map(names[space])) for number, space in _AFTER_LABELS),
        _subsection(
            10, _indirect((i, _named(t, (f for f, _ in c.fields))) for i, t, c in types)
        ),
        _subsection(11, _map(names["tag"])),
        _subsection(12, _indirect((i, _named(t, c.params)) for i, t, c in types)),
        _subsection(13, _indirect((i, _locals(f, encoder)) for i, f in tags)),
    ]
    payload = b"".join(out)
    if not payload:
        return b""
    payload = b"\x04name" + payload
    return b"\0" + unsigned(len(payload)) + payload
