"""Places of values in a few characters: ``eax``, ``[rsp+8]``, ``$n``, ``flags b``.

An i32 in a register is shown by the register's 32-bit name. A register whose value is
also in the frame is followed by that word: ``edi=[rsp+8]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.compiler.states import moved
from lbtool.wasm.literals import f32, f64

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lbtool.compiler.states import Location, State

__all__ = ["changes", "condition_name", "register_name", "short"]

_LEGACY = ("ax", "cx", "dx", "bx", "sp", "bp", "si", "di")
GPRS = {
    "i32": (*(f"e{name}" for name in _LEGACY), *(f"r{n}d" for n in range(8, 16))),
    "": (*(f"r{name}" for name in _LEGACY), *(f"r{n}" for n in range(8, 16))),
}
# By condition code; the last two are equality of floats, which looks at parity too.
CONDITIONS = (
    *("o", "no", "b", "ae", "e", "ne", "be", "a"),
    *("s", "ns", "p", "np", "l", "ge", "le", "g"),
    *("e and np", "ne or p"),
)
# More stack entries than this are shown as a number and the topmost ones.
TOPMOST = 4


def register_name(number: int, of: str = "") -> str:
    """Name of a register (16 and up: xmm) that holds a value of type `of`."""
    if number >= 16:
        return f"xmm{number - 16}"
    return GPRS.get(of, GPRS[""])[number]


def condition_name(cc: int) -> str:
    """Condition code as in the mnemonics of conditional jumps."""
    return CONDITIONS[cc]


def _word(disp: int) -> str:
    return f"[rsp{_signed(disp)}]"


def _signed(number: int) -> str:
    """A displacement as the disassembler writes it; nothing for zero."""
    if not number:
        return ""
    size = abs(number)
    return ("-" if number < 0 else "+") + (f"{size:#x}" if size > 9 else str(size))


def _constant(bits: int, of: str) -> str:
    if of == "f32":
        return f32(bits & 0xFFFF_FFFF)
    if of == "f64":
        return f64(bits & (1 << 64) - 1)
    if of == "ref":
        return "null" if bits == 0 else f"{bits:#x}"
    width = 32 if of == "i32" else 64
    bits &= (1 << width) - 1
    signed = bits - (1 << width) if bits >> width - 1 else bits
    return str(signed) if -0x1_0000 < signed < 0x1_0000 else f"{bits:#x}"


def short(each: Location, names: Mapping[int, str]) -> str:
    """One location; `names` are those of locals."""
    if each.kind == "constant":
        return _constant(each.value, each.type)
    if each.kind == "register":
        also = "" if each.also is None else f"={_word(each.also)}"
        return register_name(each.value, each.type) + also
    if each.kind == "memory":
        return _word(each.value)
    if each.kind == "local":
        return names.get(each.value, f"l{each.value}")
    if each.kind in ("load", "byte"):
        offset = each.also or 0
        word = "mem" if each.kind == "load" else "byte mem"
        if each.value < 0:
            return f"{word}[{offset:#x}]"
        return f"{word}[{register_name(each.value)}{_signed(offset)}]"
    if each.kind == "scaled":
        return f"{register_name(each.value, each.type)}<<{each.also}"
    if each.kind == "flags":
        return f"flags {condition_name(each.value)}"
    return "0" if each.kind == "zero" else "-"


def changes(before: State | None, after: State | None, names: Mapping[int, str]) -> str:
    """What is in another place than before: the whole stack, and single locals."""
    if after is None:
        return ""
    parts = []
    if after.stack != (before.stack if before else ()):
        shown = [short(each, names) for each in after.stack[-TOPMOST:]]
        below = len(after.stack) - len(shown)
        parts.append(f"[{f'{below} more, ' * (below > 0)}{', '.join(shown)}]")
    if before is None:
        places = enumerate(after.locals)
        found = [index for index, place in places if place.kind != "nowhere"]
    else:
        found = moved(before.locals, after.locals)
    for index in found:
        place = short(after.locals[index], names)
        parts.append(f"{names.get(index, f'l{index}')}: {place}")
    return " ".join(parts)
