"""A module of which only bodies were edited, decoded again without what stayed.

Everything that bodies refer to stands before the code section, so when that part has
the same bytes only the code and what follows is read. What is not plainly so is left to
``lbtool.wasm.decode``, which also says what is wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lbtool.wasm.leb import FormatError, u32
from lbtool.wasm.module import CustomSection, Section
from lbtool.wasm.names import Names
from lbtool.wasm.reader import name
from lbtool.wasm.sections import READERS, Parts

if TYPE_CHECKING:
    from lbtool.wasm.module import Module

__all__ = ["Redecoded", "redecode"]

HEADER = 8
CUSTOM, CODE, DATA = 0, 10, 11


class Redecoded(NamedTuple):
    """The new module, and how it differs from the old one.

    touched  defined functions, by number without imports, whose body has other bytes
    tail     is anything behind the code another?
    """

    module: Module
    touched: list[int]
    tail: bool


def redecode(old: Module, data: bytes) -> Redecoded | None:
    """The module of `data`; None unless it begins as the old one, up to the code."""
    code = _section(old, CODE)
    if code is None:
        return None
    ends = [each.end for each in old.sections] + [each.end for each in old.customs]
    head = max((end for end in ends if end <= code.start), default=HEADER)
    if data[:head] != old.data[:head] or head >= len(data) or data[head] != CODE:
        return None
    try:
        module = _read(old, data, head)
    except FormatError:
        return None
    if module is None:
        return None
    new = _section(module, CODE)
    assert new is not None
    tail = data[new.end :] != old.data[code.end :]
    return Redecoded(module, _touched(old, code, module, new), tail)


def _section(module: Module, number: int) -> Section | None:
    return next((each for each in module.sections if each.id == number), None)


def _read(old: Module, data: bytes, head: int) -> Module | None:
    """Sections from `head` on: the code, perhaps data, custom ones."""
    parts = Parts()
    sections = [each for each in old.sections if each.end <= head]
    customs = [each for each in old.customs if each.end <= head]
    pos, last = head, 0
    while pos < len(data):
        kind = data[pos]
        size, start = u32(data, pos + 1, len(data))
        end = start + size
        if end > len(data):
            return None
        if kind == CUSTOM:
            text, at = name(data, start, end)
            customs.append(CustomSection(text, at, end, last))
        elif kind > last and kind in (CODE, DATA):
            if READERS[kind](data, start, end, parts) != end:
                return None
            sections.append(Section(kind, start, end))
            last = kind
        else:
            return None
        pos = end
    if len(parts.bodies) != len(old.bodies):
        return None
    if old.data_count is not None and old.data_count != len(parts.datas):
        return None
    kept = {k: v for k, v in old.offsets.items() if k not in (CODE, DATA)}
    return replace(
        old,
        data=data,
        datas=parts.datas,
        bodies=tuple(parts.bodies),
        names=_names(old, data, customs),
        customs=tuple(customs),
        sections=tuple(sections),
        offsets=kept | parts.offsets,
    )


def _names(old: Module, data: bytes, customs: list[CustomSection]) -> Names:
    """Those of the old module, which may have been read, when they are the same."""
    new = next((each for each in customs if each.name == "name"), None)
    was = next((each for each in old.customs if each.name == "name"), None)
    if new is None:
        return Names()
    if was is not None and data[new.start : new.end] == old.data[was.start : was.end]:
        return old.names
    return Names(data, new.start, new.end)


def _touched(old: Module, old_code: Section, new: Module, code: Section) -> list[int]:
    """Numbers of bodies that differ.

    Equal bytes from the start of the section, or up to its end from where a body's size
    stands, are read as equal bodies: the bodies in between are all there is to compare.
    """
    a, b, before, after = old.data, new.data, old.bodies, new.bodies
    n = len(after)

    def other_until(k: int) -> bool:
        return a[old_code.start : before[k][1]] != b[code.start : after[k][1]]

    def same_from(k: int) -> bool:
        return a[before[k][1] : old_code.end] == b[after[k][1] : code.end]

    first = bisect_left(range(n), True, key=other_until)
    last = bisect_left(range(first, n), True, key=same_from) + first
    return [
        k
        for k in range(first, min(last + 1, n))
        if a[slice(*before[k])] != b[slice(*after[k])]
    ]
