"""Names for the numbers in machine code: callees, cells, VMContext fields, labels.

Relocatable fields of an artifact are zero. Before disassembly they get marks that no
code contains, and in the text the marks are replaced by what the field refers to. Jump
targets become the wasm ordinal whose code begins there: ``@14``, or ``@14+6`` inside
of it. Nothing here knows how a listing is laid out.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.wasm.identifiers import identifiers

if TYPE_CHECKING:
    from lbtool.compiler.artifact import CompiledFunction
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
        self._names: dict[str, str] = {}
        self.fields: dict[int, str] = {}
        rows = struct.iter_unpack("<4I", compiled.artifact.relocs)
        for number, (field, kind, slot, addend) in enumerate(rows):
            shown = _MARK + number
            # the field of a call counts from the end of the instruction
            origin = field + 4 if kind == abi.RELOC_CALL else 0
            code[field : field + 4] = struct.pack("<i", shown - origin)
            name = self._name(kind, slot, addend)
            self._names[f"{shown:#x}"] = self.fields[field] = name
        self.marked = bytes(code)

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
        return _MARKED.sub(lambda m: self._names.get(m[0], m[0]), text)


def context_fields(text: str) -> str:
    """Displacements from r15 as the names of the fields of a VMContext."""

    def name(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        return VM_FIELDS.get(int(number, 0), number)

    return _CONTEXT.sub(name, text)


class Labels:
    """Names of code offsets: parts of instructions, stubs and data.

    `parts` are ``(start, label)``; an offset inside of one is label plus distance.
    """

    def __init__(self, parts: list[tuple[int, str]]) -> None:
        parts = sorted(parts)
        self._starts = [start for start, _ in parts]
        self._labels = [label for _, label in parts]

    def name(self, offset: int) -> str:
        """Label of a code offset."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return f"{offset:#x}"
        distance = offset - self._starts[at]
        return self._labels[at] + (f"+{distance}" if distance else "")

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

        text = _RIP.sub(operand, text)
        return _TARGET.sub(lambda m: f"{m[1]}{m[2]}{self.name(int(m[3], 0))}", text)
