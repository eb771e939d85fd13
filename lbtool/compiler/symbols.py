"""Names for the numbers in machine code: callees, cells, VMContext fields, labels.

Relocatable fields of an artifact are zero. Before disassembly they get marks that no
code contains, and in the text the marks are replaced by what the field refers to. Jump
targets become the wasm ordinal whose code begins there: ``@14``, or ``@14+6`` inside
of it. Nothing here knows how a listing is laid out.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.wasm.identifiers import identifiers

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.compiler.explain import Pieces
    from lbtool.wasm.module import Module

__all__ = ["TRAP_LABELS", "Labels", "Relocations", "context_fields"]

# Slot kind -> (word in a symbol, index space as ``lbtool.wasm.identifiers`` calls it).
_SPACES = {
    abi.SLOT_FUNC: ("func", "funcidx"),
    abi.SLOT_TYPE: ("type", "typeidx"),
    abi.SLOT_TABLE: ("table", "tableidx"),
    abi.SLOT_MEMORY: ("memory", "memidx"),
    abi.SLOT_GLOBAL: ("global", "globalidx"),
    abi.SLOT_DATA: ("data", "dataidx"),
    abi.SLOT_ELEM: ("elem", "elemidx"),
    abi.SLOT_TAG: ("tag", "tagidx"),
}
_CELL_FIELDS = {
    (abi.RELOC_CELL, abi.SLOT_FUNC): {0: ".code", 8: ".vmctx"},
    (abi.RELOC_FUNCREF, abi.SLOT_FUNC): {
        abi.REF_CODE: ".ref",
        abi.REF_VMCTX: ".ref.vmctx",
        abi.REF_TYPE: ".ref.type",
    },
}
_LIBCALLS = {
    value: name.removeprefix("LIB_").lower()
    for name, value in vars(abi).items()
    if name.startswith("LIB_")
}
VM_FIELDS = {
    abi.VM_STORE: "store",
    abi.VM_MEMORY0: "memory0",
    abi.VM_STACK_LIMIT: "stack_limit",
    abi.VM_TRAP: "trap",
    abi.VM_INSTANCE: "instance",
    **{abi.VM_LIBCALLS + 8 * n: name for n, name in _LIBCALLS.items()},
}
TRAP_LABELS = {
    value: f"trap.{name.removeprefix('TRAP_').lower()}"
    for name, value in vars(abi).items()
    if name.startswith("TRAP_")
}

_MARK = 0x5A00_0000
_MARKED = re.compile(r"0x5a[0-9a-f]{6}\b")
_NUMBER = r"0x[0-9a-f]+|\d+"
# `[r15+0x10]` and `0x10(%r15)`
_CONTEXT = re.compile(rf"(?<=\[r15\+)({_NUMBER})(?=\])|({_NUMBER})(?=\(%r15\))")
# `[rip+0x10]` and `0x10(%rip)`
_RIP = re.compile(rf"(?<=\[rip)([+-])({_NUMBER})(?=\])|(-?)({_NUMBER})(?=\(%rip\))")
_TARGET = re.compile(rf"^(j\w+|call)(\s+)(?:short )?({_NUMBER})$")


class Relocations:
    """What the relocatable fields of one function refer to."""

    def __init__(self, module: Module, compiled: CompiledFunction) -> None:
        self._ids = identifiers(module)
        self._kinds = compiled.slot_kinds
        self._binding = struct.unpack(f"<{len(self._kinds)}i", compiled.binding)
        code = bytearray(compiled.artifact.code)
        self._rows = list(struct.iter_unpack("<4I", compiled.artifact.relocs))
        self._fields = [row[0] for row in self._rows]
        for number, (field, kind, _, _) in enumerate(self._rows):
            # the field of a call counts from the end of the instruction
            origin = field + 4 if kind == abi.RELOC_CALL else 0
            struct.pack_into("<i", code, field, _MARK + number - origin)
        self.marked = bytes(code)

    def refers(self, start: int, end: int) -> str | None:
        """What the first relocatable field in a range refers to, None without one."""
        at = bisect_left(self._fields, start)
        if at == len(self._fields) or self._fields[at] >= end:
            return None
        return self.name(self._fields[at])

    def name(self, field: int) -> str:
        """What the relocatable field at this offset refers to."""
        return self._name(*self._rows[bisect_left(self._fields, field)][1:])

    def _name(self, kind: int, slot: int, addend: int) -> str:
        of = self._kinds[slot]
        word, space = _SPACES[of]
        ref = self._ids.ref(space, self._binding[slot])
        if kind == abi.RELOC_CALL and ref.startswith("$"):
            return ref
        name = f"{word}:{ref}"
        if kind in (abi.RELOC_CELL, abi.RELOC_FUNCREF):
            fields = _CELL_FIELDS.get((kind, of), {0: ""})
            name += fields.get(addend, f"+{addend}")
        return name

    def resolve(self, text: str) -> str:
        """`text`, disassembled from `marked`, with the marks replaced."""

        def name(match: re.Match[str]) -> str:
            number = int(match[0], 16) - _MARK
            known = number < len(self._rows)
            return self._name(*self._rows[number][1:]) if known else match[0]

        return _MARKED.sub(name, text)


def context_fields(text: str) -> str:
    """Displacements from r15 as the names of the fields of a VMContext."""

    def name(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        return VM_FIELDS.get(int(number, 0), number)

    return _CONTEXT.sub(name, text) if "r15" in text else text


class Labels:
    """Names of code offsets: pieces of instructions, stubs and data.

    `label` names a piece by its number, `others` are what begins elsewhere; an offset
    inside of one is label plus distance, in hexadecimal like all columns.
    """

    def __init__(
        self, pieces: Pieces, label: Callable[[int], str], others: dict[int, str]
    ) -> None:
        self._pieces = pieces
        self._label = label
        self._others = others
        self._starts = sorted(others)

    def name(self, offset: int) -> str:
        """Label of a code offset."""
        piece = self._pieces.at(offset)
        start = self._pieces.starts[piece] if piece >= 0 else -1
        other = bisect_right(self._starts, offset) - 1
        if other >= 0 and self._starts[other] > start:
            start = self._starts[other]
            label = self._others[start]
        elif piece >= 0:
            label = self._label(piece)
        else:
            return f"{offset:#x}"
        return label + (f"+{offset - start:x}" if offset > start else "")

    def target(self, text: str) -> int | None:
        """Code offset that a direct jump goes to."""
        match = _TARGET.match(text)
        return int(match[3], 0) if match else None

    def resolve(self, text: str, end: int) -> str:
        """Jump targets and RIP-relative operands by name; `end` of the instruction."""

        def operand(match: re.Match[str]) -> str:
            sign, number = match[1] or match[3], match[2] or match[4]
            distance = int(number, 0)
            label = self.name(end + (-distance if sign == "-" else distance))
            return f"+{label}" if match[1] else label

        if "rip" in text:
            return _RIP.sub(operand, text)
        return _TARGET.sub(lambda m: f"{m[1]}{m[2]}{self.name(int(m[3], 0))}", text)
