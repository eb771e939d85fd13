"""Just enough of ELF to find the text section and the functions in it (64 bit, x86-64).

Sources: System V ABI, "Object Files". Read from files that gcc or wasmtime made here.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import NamedTuple

STT_FUNC = 2
SHT_SYMTAB = 2


class Section(NamedTuple):
    """A section header's useful part; `start` is a file offset."""

    name: str
    kind: int
    address: int
    start: int
    size: int
    link: int


class Elf:
    """An ELF file in memory."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != b"\x7fELF":
            raise ValueError("not an ELF file")
        self.data = data

    @cached_property
    def sections(self) -> list[Section]:
        """In file order."""
        (table,) = struct.unpack_from("<Q", self.data, 0x28)
        size, count, names_index = struct.unpack_from("<HHH", self.data, 0x3A)
        headers = [
            struct.unpack_from("<IIQQQQI", self.data, table + size * index)
            for index in range(count)
        ]
        names = headers[names_index][4]
        return [
            Section(self._string(names + name), kind, address, start, length, link)
            for name, kind, _, address, start, length, link in headers
        ]

    def _string(self, offset: int) -> str:
        return self.data[offset : self.data.index(b"\0", offset)].decode()

    def _section(self, name: str) -> Section:
        return next(each for each in self.sections if each.name == name)

    @cached_property
    def text(self) -> bytes:
        """Contents of ``.text``."""
        found = self._section(".text")
        return self.data[found.start : found.start + found.size]

    @cached_property
    def symbols(self) -> dict[str, bytes]:
        """Name to machine code of each function of ``.text``."""
        text = self._section(".text")
        made = {}
        for table in (each for each in self.sections if each.kind == SHT_SYMTAB):
            names = self.sections[table.link].start
            for offset in range(table.start, table.start + table.size, 24):
                name, info, _, _, value, size = struct.unpack_from(
                    "<IBBHQQ", self.data, offset
                )
                begin = value - text.address
                if info & 15 == STT_FUNC and 0 <= begin < text.size:
                    label = self._string(names + name)
                    made[label] = self.text[begin : begin + size]
        return made
