"""A writer of relocatable ELF files for x86-64: sections, symbols, relocations.

Source: System V ABI, chapter 4 "Object Files", and its AMD64 supplement. What is put
into such a file is ``emit_obj``; there is no reader and no linker here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "R_X86_64_NONE",
    "R_X86_64_PC32",
    "R_X86_64_PLT32",
    "Relocation",
    "Section",
    "Symbol",
    "relocatable",
]

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
SECTION = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")
RELA = struct.Struct("<QQq")

ET_REL, EM_X86_64 = 1, 62
IDENT = b"\x7fELF" + bytes((2, 1, 1))  # 64 bits, little-endian, version 1
SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA = 1, 2, 3, 4
SHT_NOBITS = 8
SHF_ALLOC, SHF_EXECINSTR, SHF_INFO_LINK = 2, 4, 0x40
SHN_ABS = 0xFFF1
STB_LOCAL, STB_GLOBAL = 0, 1
STT_NOTYPE, STT_FUNC, STT_SECTION, STT_FILE = 0, 2, 3, 4
R_X86_64_NONE, R_X86_64_PC32, R_X86_64_PLT32 = 0, 2, 4
WORD = 8


@dataclass(frozen=True, slots=True)
class Relocation:
    """``symbol + addend`` goes to the field at `offset` of the section."""

    offset: int
    type: int
    symbol: str
    addend: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A section of bytes; its own name is a symbol that relocations may use.

    `size` is that of a section without bytes, and 0 for any other.
    """

    name: str
    data: bytes = b""
    flags: int = 0
    align: int = 1
    size: int = 0
    relocations: Sequence[Relocation] = ()


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name for a place in a section; unique among the symbols. `size` is in bytes."""

    name: str
    value: int
    section: str
    size: int = 0
    type: int = STT_NOTYPE
    binding: int = STB_LOCAL


@dataclass(frozen=True, slots=True)
class _Row:
    """A section as its header tells it; link and info are section numbers."""

    name: str
    type: int
    flags: int
    data: bytes
    link: int = 0
    info: int = 0
    align: int = 1
    entry: int = 0
    size: int = 0


class _Strings:
    """A string table; the empty string is at 0."""

    def __init__(self) -> None:
        self.data = bytearray(1)
        self.places = {"": 0}

    def place(self, text: str) -> int:
        """Offset of `text`, a NUL ends it."""
        if text not in self.places:
            self.places[text] = len(self.data)
            self.data += text.encode("utf-8", "replace") + b"\0"
        return self.places[text]


def relocatable(
    sections: Sequence[Section], symbols: Iterable[Symbol], file: str = ""
) -> bytes:
    """The file as bytes; `file` is the name of the source for its FILE symbol."""
    number = {each.name: k for k, each in enumerate(sections, 1)}
    own = [Symbol(each.name, 0, each.name, type=STT_SECTION) for each in sections]
    first = [Symbol(file, 0, "", type=STT_FILE)] if file else []
    # Local symbols come first: sorted() is stable.
    ordered = sorted([*first, *own, *symbols], key=lambda each: each.binding)
    n_local = 1 + sum(each.binding == STB_LOCAL for each in ordered)
    index = {each.name: k for k, each in enumerate(ordered, 1) if each.type != STT_FILE}

    rows = [
        _Row(
            each.name,
            SHT_NOBITS if each.size else SHT_PROGBITS,
            each.flags,
            each.data,
            align=each.align,
            size=each.size,
        )
        for each in sections
    ]
    moved = [each for each in sections if each.relocations]
    symtab = len(rows) + len(moved) + 1
    for each in moved:
        data = b"".join(
            RELA.pack(r.offset, index[r.symbol] << 32 | r.type, r.addend)
            for r in each.relocations
        )
        name, info = f".rela{each.name}", number[each.name]
        entry = RELA.size
        rows.append(
            _Row(name, SHT_RELA, SHF_INFO_LINK, data, symtab, info, WORD, entry)
        )
    strings = _Strings()
    table = bytearray(SYMBOL.size)
    for one in ordered:
        name = "" if one.type == STT_SECTION else one.name
        where = number[one.section] if one.section else SHN_ABS
        info = one.binding << 4 | one.type
        table += SYMBOL.pack(strings.place(name), info, 0, where, one.value, one.size)
    data, entry = bytes(table), SYMBOL.size
    rows.append(_Row(".symtab", SHT_SYMTAB, 0, data, symtab + 1, n_local, WORD, entry))
    rows.append(_Row(".strtab", SHT_STRTAB, 0, bytes(strings.data)))
    return _file(rows)


def _file(rows: list[_Row]) -> bytes:
    names = _Strings()
    own_name = names.place(".shstrtab")
    places = [names.place(each.name) for each in rows]
    rows = [*rows, _Row(".shstrtab", SHT_STRTAB, 0, bytes(names.data))]
    places.append(own_name)
    body = bytearray(HEADER.size)
    headers = [bytes(SECTION.size)]
    for row, place in zip(rows, places, strict=True):
        body += bytes(-len(body) % row.align)
        fields = (place, row.type, row.flags, 0, len(body), row.size or len(row.data))
        headers.append(SECTION.pack(*fields, row.link, row.info, row.align, row.entry))
        body += row.data
    body += bytes(-len(body) % WORD)
    sizes = (HEADER.size, 0, 0, SECTION.size, len(headers), len(rows))
    HEADER.pack_into(body, 0, IDENT, ET_REL, EM_X86_64, 1, 0, 0, len(body), 0, *sizes)
    return bytes(body) + b"".join(headers)
