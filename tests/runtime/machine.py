"""Hand-written machine code as artifacts, so that the runtime is tested on its own.

`assemble` takes functions in gas (Intel) syntax and gives what the compiler would give.
Inside a function's text these macros make relocations and sites:

    CALL slot, ordinal          direct call
    FOREIGN slot, ordinal       call of an imported function
    CELL op, slot, addend       instruction bytes `op` followed by the disp32 of a cell
    REF op, slot                the same for a funcref cell
    SITE code, ordinal          the address here is a site
    TRAP code, ordinal          explicit trap
    LIB number, ordinal         library call
"""

from __future__ import annotations

import functools
import re
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lbtool import abi
from lbtool.compiler.artifact import Artifact, CompiledFunction

FUNC, TYPE, TABLE, MEMORY, GLOBAL = (
    abi.SLOT_FUNC,
    abi.SLOT_TYPE,
    abi.SLOT_TABLE,
    abi.SLOT_MEMORY,
    abi.SLOT_GLOBAL,
)


@dataclass(frozen=True)
class Slot:
    kind: int
    index: int
    imported: bool = False


@dataclass(frozen=True)
class Source:
    text: str
    frame: int = 8
    slots: tuple[Slot, ...] = ()


class Assembly:
    """Text with numbered marks; the marks become relocations and sites."""

    def __init__(self, source: Source) -> None:
        self.slots = source.slots
        self.frame = source.frame
        self.n = 0
        self.text = re.sub(
            r"^\s*([A-Z]+)\b(.*)$", self._macro, source.text, flags=re.MULTILINE
        )

    def _mark(self, kind: str, *values: int) -> str:
        self.n += 1
        return "_".join([kind, *map(str, values), str(self.n)]) + ":"

    def _bytes(self, data: str, kind: int, slot: int, addend: int = 0) -> str:
        code = ",".join("0x" + data[k : k + 2] for k in range(0, len(data), 2))
        return f".byte {code}\n{self._mark('R', kind, slot, addend)}\n.long 0"

    def _macro(self, match: re.Match[str]) -> str:
        name, rest = match[1], [x.strip() for x in match[2].split(",") if x.strip()]
        if name == "CELL":
            addend = int(rest[2]) if len(rest) > 2 else 0
            return self._bytes(rest[0], abi.RELOC_CELL, int(rest[1]), addend)
        if name == "REF":
            return self._bytes(rest[0], abi.RELOC_FUNCREF, int(rest[1]))
        numbers = [int(x) for x in rest]
        if name == "CALL":
            call = self._bytes("E8", abi.RELOC_CALL, numbers[0])
            return f"{call}\n{self._mark('S', abi.SITE_CALL, numbers[1])}"
        if name == "SITE":
            return self._mark("S", *numbers)
        if name == "TRAP":
            return f"call [r15+{abi.VM_TRAP}]\n{self._mark('S', *numbers)}"
        if name == "LIB":
            at = abi.VM_LIBCALLS + 8 * numbers[0]
            return f"call [r15+{at}]\n{self._mark('S', abi.SITE_CALL, numbers[1])}"
        if name == "FOREIGN":
            return self._foreign(numbers[0], numbers[1])
        raise ValueError(match[0])

    def _foreign(self, slot: int, ordinal: int) -> str:
        """r15 is kept in the topmost word of the frame."""
        save = self.frame - 8
        return "\n".join(
            [
                f"mov [rsp+{save}], r15",
                self._bytes("4D8B9F", abi.RELOC_CELL, slot),  # mov r11, [r15+cell]
                self._bytes("4D8BBF", abi.RELOC_CELL, slot, 8),  # mov r15, [r15+cell+8]
                f"mov r14, [r15+{abi.VM_MEMORY0}]",
                "call r11",
                self._mark("S", abi.SITE_CALL, ordinal),
                f"mov r15, [rsp+{save}]",
                f"mov r14, [r15+{abi.VM_MEMORY0}]",
            ]
        )


@functools.cache
def _code(text: str) -> tuple[bytes, tuple[tuple[str, int], ...]]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "f.s"), Path(folder, "f.o")
        source.write_text(f".intel_syntax noprefix\n{text}\n")
        subprocess.run(["as", source, "-o", target], check=True)
        listing = subprocess.run(
            ["nm", target], check=True, capture_output=True, text=True
        ).stdout
        binary = Path(folder, "f.bin")
        subprocess.run(
            ["objcopy", "-O", "binary", "-j", ".text", target, binary], check=True
        )
        rows = [line.split() for line in listing.splitlines()]
        marks = tuple((row[2], int(row[0], 16)) for row in rows if len(row) == 3)
        return binary.read_bytes(), marks


def compiled(source: Source) -> CompiledFunction:
    assembly = Assembly(source)
    code, marks = _code(assembly.text)
    relocs, sites = [], []
    for name, offset in marks:
        kind, *numbers = name.split("_")
        if kind == "R":
            reloc, slot, addend, _ = map(int, numbers)
            relocs.append((offset, reloc, slot, addend))
        elif kind == "S":
            site, ordinal, _ = map(int, numbers)
            sites.append((offset, ordinal << 8 | site))
    slots = source.slots
    return CompiledFunction(
        Artifact(
            code,
            source.frame,
            b"".join(struct.pack("<4I", *r) for r in sorted(relocs)),
            b"".join(struct.pack("<2I", *s) for s in sorted(sites)),
        ),
        b"".join(struct.pack("<i", s.index) for s in slots),
        bytes(s.kind for s in slots),
        bytes(s.imported for s in slots),
    )


def assemble(*sources: Source) -> list[CompiledFunction]:
    return [compiled(source) for source in sources]


def check_stack(frame: int) -> str:
    """Prologue of a function that recurses; `stack:` is to be its trap stub."""
    if frame > 128 * 1024:
        head = f"lea r11, [rsp-{frame}]\ncmp r11, [r15+{abi.VM_STACK_LIMIT}]"
    else:
        head = f"cmp rsp, [r15+{abi.VM_STACK_LIMIT}]"
    return f"{head}\njb stack\nsub rsp, {frame}"
