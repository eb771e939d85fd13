"""Numbers in other words: decimal, hexadecimal, the bytes they became; memargs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.service.markdown import code
from lbtool.wasm.literals import f32, f64
from lbtool.wat.immediates import opcode
from lbtool.wat.numbers import integer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.wat.instructions import Instruction

__all__ = ["integer_constant", "literal", "memory_access"]

_WIDTHS = {"i32": 32, "i64": 64, "f32": 32, "f64": 64, "v128": 128}
_ANY = 1 << 64


def literal(instruction: Instruction) -> str | None:
    """A line about the constant of a ``const``; None for all others."""
    kind = instruction.op.immediates[0] if instruction.op.immediates else ""
    if kind not in _WIDTHS or not isinstance(instruction.code, bytes):
        return None
    data = instruction.code[len(opcode(instruction.op.code)) :]
    if kind[0] == "i":
        return _integer(data, _WIDTHS[kind])
    bits = int.from_bytes(data, "little")
    digits = f"{bits:#0{_WIDTHS[kind] // 4 + 2}x}"
    if kind == "v128":
        return f"v128 bits {code(digits)} · bytes {code(data.hex(' '))}"
    shortest = (f32 if kind == "f32" else f64)(bits)
    return (
        f"{code(shortest)} · {kind} bits {code(digits)} · bytes {code(data.hex(' '))}"
    )


def integer_constant(instruction: Instruction) -> int | None:
    """The number of an ``i32.const`` or ``i64.const``, unsigned; else None."""
    kind = instruction.op.immediates[0] if instruction.op.immediates else ""
    if kind not in ("i32", "i64") or not isinstance(instruction.code, bytes):
        return None
    data = instruction.code[len(opcode(instruction.op.code)) :]
    return _value(data) % (1 << _WIDTHS[kind])


def _value(data: bytes) -> int:
    """Of signed LEB128."""
    value = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(data))
    return value - (1 << 7 * len(data)) if data[-1] & 0x40 else value


def _integer(data: bytes, width: int) -> str:
    value = _value(data)
    parts = [code(str(value)), code(f"{value % (1 << width):#x}")]
    if value < 0:
        parts.append(f"{code(str(value % (1 << width)))} unsigned")
    return " · ".join([*parts, f"LEB128 {code(data.hex(' '))}"])


def memory_access(instruction: Instruction, text: Sequence[str]) -> str | None:
    """A line about the size, place and alignment of a load or store; else None.

    `text` is the tokens of the field.
    """
    width = instruction.op.width
    if not width or "memarg" not in instruction.op.immediates:
        return None
    words = dict(_attributes(text[instruction.token + 1 : instruction.stop]))
    offset, align = words.get("offset", 0), words.get("align", width)
    natural = "natural" if align == width else f"natural is {width}"
    return (
        f"accesses {_bytes(width)} at address + {offset} · "
        f"aligned to {_bytes(align)} ({natural}; a hint only)"
    )


def _attributes(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    for word in words:
        name, equals, number = word.partition("=")
        try:
            value = integer(number, 0, _ANY) if equals else None
        except OverflowError:
            continue
        if value is not None:
            yield name, value


def _bytes(count: int) -> str:
    return f"{count} byte{'s' * (count != 1)}"
