"""``.eh_frame`` of compiled functions: where each frame is, for debuggers and perf.

A function moves rsp at two kinds of places only: ``sub rsp, F`` of the prologue, and
``add rsp, F`` in front of each ``ret``. The stub for an exhausted stack is out of line
and belongs to the time before the prologue. So the canonical frame address is rsp + 8
up to the prologue's end, at ``ret`` and in that stub, and rsp + F + 8 elsewhere.
Sources: Linux Standard Base core 5.0, 10.6 "Exception Frames"; DWARF 5, 6.4 "Call Frame
Information"; Intel SDM volume 2 for ADD, SUB and RET.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.build import elf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.artifact import Artifact, CompiledFunction

__all__ = ["eh_frame", "heights"]

DW_CFA_ADVANCE_LOC4 = 0x04
DW_CFA_DEF_CFA, DW_CFA_DEF_CFA_OFFSET = 0x0C, 0x0E
DW_CFA_OFFSET = 0x80
DW_EH_PE_PCREL_SDATA4 = 0x1B
# Registers as DWARF numbers them on AMD64.
RSP, RETURN_ADDRESS = 7, 16
WORD = 8
SUB, ADD, RET = 5, 0, b"\xc3"
TRAP_CALL = 4  # bytes of `call [r15+VM_TRAP]`
SITE = struct.Struct("<2I")
# The prologue's comparison, its branch and its `sub` are shorter.
PROLOGUE = 40


def eh_frame(
    functions: Sequence[CompiledFunction], starts: Sequence[int]
) -> elf.Section:
    """The section, for functions at `starts` of ``.text``."""
    data = bytearray(_entry(b"\0\0\0\0" + _common()))
    relocations = []
    for function, start in zip(functions, starts, strict=True):
        # length and pointer to the common entry come first, then the address
        at = len(data) + 8
        relocations.append(elf.Relocation(at, elf.R_X86_64_PC32, ".text", start))
        size = len(function.artifact.code)
        back = struct.pack("<I", len(data) + 4)
        where = struct.pack("<iI", 0, size) + b"\0"  # no augmentation data
        data += _entry(back + where + _program(function.artifact))
    return elf.Section(
        ".eh_frame", bytes(data), elf.SHF_ALLOC, WORD, relocations=relocations
    )


def _entry(body: bytes) -> bytes:
    """Length, then `body` filled up with no-operations (0)."""
    body += bytes(-(len(body) + 4) % WORD)
    return struct.pack("<I", len(body)) + body


def _common() -> bytes:
    """Version, augmentation, alignments, and the state at the first instruction."""
    alignments = bytes((1, 0x78))  # 1 byte of code, -8 bytes (as signed LEB128) of data
    augmentation = bytes((1, DW_EH_PE_PCREL_SDATA4))
    rules = bytes((DW_CFA_DEF_CFA, RSP, WORD, DW_CFA_OFFSET | RETURN_ADDRESS, 1))
    head = b"\x01zR\0" + alignments + bytes((RETURN_ADDRESS,))
    return head + augmentation + rules


def _program(artifact: Artifact) -> bytes:
    made, last = bytearray(), 0
    for offset, height in heights(artifact)[1:]:
        made += struct.pack("<BI", DW_CFA_ADVANCE_LOC4, offset - last)
        made += bytes((DW_CFA_DEF_CFA_OFFSET,)) + _unsigned(height)
        last = offset
    return bytes(made)


def _unsigned(value: int) -> bytes:
    """An unsigned LEB128 number."""
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*made, value))


def heights(artifact: Artifact) -> list[tuple[int, int]]:
    """Code offsets from which the frame address is so many bytes above rsp."""
    code, frame = artifact.code, artifact.frame_size
    if not frame:
        return [(0, WORD)]
    full = frame + WORD
    enter = _move(SUB, frame)
    found = {0: WORD, code.index(enter, 0, PROLOGUE) + len(enter): full}
    leave = _move(ADD, frame) + RET
    at = code.find(leave)
    while at >= 0:
        end = at + len(leave)
        found |= {end - len(RET): WORD, end: full}
        at = code.find(leave, end)
    for offset, meaning in SITE.iter_unpack(artifact.sites):
        if meaning & 0xFF == abi.TRAP_STACK:
            found |= {offset - TRAP_CALL: WORD, offset: full}
    found.pop(len(code), None)
    return sorted(found.items())


def _move(operation: int, frame: int) -> bytes:
    """``add`` or ``sub`` of rsp: REX.W 83 /n ib, or REX.W 81 /n id."""
    register = bytes((0xC0 | operation << 3 | abi.RSP,))
    if frame < 0x80:
        return b"\x48\x83" + register + bytes((frame,))
    return b"\x48\x81" + register + struct.pack("<i", frame)
