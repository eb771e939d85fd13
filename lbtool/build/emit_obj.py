"""``--emit obj``: the linked code of a module as a relocatable ELF file.

``.text`` holds the bytes that would run, every field filled, and a symbol per function.
Calls have a relocation against their callee, which writes the same bytes. Code reaches
everything outside of it through the VMContext in r15 (docs/abi.md), so no symbol is
undefined. Cells of the VMContext are symbols of a section without bytes that stands for
it, named as ``lbtool asm`` shows them (``global:$g``); relocations that change nothing
(R_X86_64_NONE) say which field holds the displacement of which cell. Linkers refuse
real ones in position-independent programs. Unwinding is ``emit_unwind``, the layout of
the file ``elf``.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.build import elf
from lbtool.build.emit_unwind import eh_frame
from lbtool.compiler.symbols import Relocations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.wasm.module import Module

__all__ = ["object_file"]

RECORD = struct.Struct("<4I")
FIELD = struct.Struct("<i")
WORD = 8
CONTEXT = ".lbtool.vmctx"
CELLS = (abi.RELOC_CELL, abi.RELOC_FUNCREF)


def object_file(
    module: Module,
    functions: Sequence[CompiledFunction],
    code: bytes,
    starts: Sequence[int],
    spell: Callable[[str], str] = str,
) -> bytes:
    """The file as bytes.

    functions  every defined function, in order
    code       of all of them, linked; function k begins at ``starts[k]``
    spell      makes a name of the module printable
    """
    names = _function_names(module, spell)
    end = max(
        (s + len(f.artifact.code) for s, f in zip(starts, functions, strict=True)),
        default=0,
    )
    relocations: list[elf.Relocation] = []
    numbers: dict[str, int] = {}
    for function, start in zip(functions, starts, strict=True):
        for each, value in _relocations(module, function, start, code, names, spell):
            relocations.append(each)
            if value is not None:
                numbers[each.symbol] = value
    exported = {each.index for each in module.exports if each.kind == "func"}
    symbols = [
        elf.Symbol(name, value, CONTEXT, WORD)
        for name, value in sorted(numbers.items())
    ]
    first = module.n_imported_funcs
    symbols += [
        elf.Symbol(
            names[k],
            start,
            ".text",
            len(function.artifact.code),
            elf.STT_FUNC,
            elf.STB_GLOBAL if k in exported else elf.STB_LOCAL,
        )
        for k, (function, start) in enumerate(
            zip(functions, starts, strict=True), first
        )
    ]
    flags = elf.SHF_ALLOC | elf.SHF_EXECINSTR
    sections = [
        elf.Section(".text", code[:end], flags, 16, relocations=relocations),
        eh_frame(functions, starts),
        elf.Section(".note.GNU-stack"),
    ]
    if numbers:
        sections.append(elf.Section(CONTEXT, size=max(numbers.values()) + WORD))
    return elf.relocatable(sections, symbols, spell(module.path or ""))


def _function_names(module: Module, spell: Callable[[str], str]) -> dict[int, str]:
    """A name of its own for every defined function; a second `f` is ``f[7]``."""
    made: dict[int, str] = {}
    taken: set[str] = set()
    for k in range(module.n_imported_funcs, len(module.func_types)):
        name = spell(module.func_name(k) or "")
        while not name or name in taken:
            name = f"{name or 'func'}[{k}]"
        taken.add(name)
        made[k] = name
    return made


def _relocations(
    module: Module,
    function: CompiledFunction,
    start: int,
    code: bytes,
    names: dict[int, str],
    spell: Callable[[str], str],
) -> Iterator[tuple[elf.Relocation, int | None]]:
    """Each with the value of its symbol where that is a number."""
    if not function.artifact.relocs:
        return
    shown = Relocations(module, function)
    index = struct.unpack(f"<{len(function.slot_kinds)}i", function.binding)
    taken = set(names.values())
    for field, kind, slot, _ in RECORD.iter_unpack(function.artifact.relocs):
        at = start + field
        if kind == abi.RELOC_CALL:
            callee = names[index[slot]]
            # The field counts from its own end.
            yield elf.Relocation(at, elf.R_X86_64_PLT32, callee, -FIELD.size), None
        elif kind in CELLS:
            name = spell(shown.name(field))
            while name in taken:
                name += "'"
            (value,) = FIELD.unpack_from(code, at)
            yield elf.Relocation(at, elf.R_X86_64_NONE, name), value
