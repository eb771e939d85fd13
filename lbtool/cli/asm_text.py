"""A listing as lines of text: each wasm instruction, its machine code, its notes.

Locations are shown behind an instruction where they change::

    $fib: 48 bytes of wasm, 78 bytes in 22 instructions (1.62 x), 0 spills
      12   20:11      i32.add
                    21  8d47ff      lea eax, [rdi-1]
                 ; stack rax, locals $p0=rdi $l1=rbx
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.cli.listing import GPRS, constant_text, register_name
from lbtool.cli.terminal import printable
from lbtool.wasm.identifiers import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.cli.listing import Code, Line, Listing
    from lbtool.cli.terminal import Style
    from lbtool.compiler.explain import Location, State

WASM_WIDTH = 36
BYTES_WIDTH = 24
DATA_ROW = 16
OUT_OF_LINE = "out of line"
# Names of the lower halves, for i32.
NARROW = {name: f"e{name[1:]}" for name in GPRS[:8]}
NARROW |= {name: f"{name}d" for name in GPRS[8:]}


def listing_text(made: Listing, style: Style, *, microwasm: bool) -> Iterator[str]:
    """Lines of one function, without newlines."""
    yield style.bold(f"{printable(made.name)}: {_totals(made)}")
    yield from _code_lines(made.prologue, style)
    yield from _code_lines(made.overflow, style, "stack exhausted, out of line")
    names = _local_names(made)
    shown: State | None = None
    for line in made.lines:
        yield from _wasm_lines(line, style)
        if microwasm:
            yield from (f"{'':11}{style.dim(f'~ {each}')}" for each in line.microwasm)
        for part, (start, _) in zip(line.code, line.ranges, strict=True):
            behind = start >= made.explanation.body_end
            yield from _code_lines(part, style, OUT_OF_LINE if behind else "")
        after = line.explanation.after
        if after is not None and after != shown:
            yield f"{'':11}{style.dim(f'; {_state(after, names)}')}"
        shown = after
    for start, end in made.data:
        for at in range(start, end, DATA_ROW):
            row = made.code[at : min(at + DATA_ROW, end)].hex(" ")
            yield f"{'':11}{at:>5x}  {row}  {style.dim('; data')}"


def _totals(made: Listing) -> str:
    return (
        f"{made.wasm_bytes} bytes of wasm, {len(made.code)} bytes in "
        f"{made.n_instructions} instructions ({made.expansion:.2f} x), "
        f"{made.explanation.spills} spills"
    )


def _wasm_lines(line: Line, style: Style) -> Iterator[str]:
    each = line.explanation
    text = printable("  " * min(line.depth, 12) + line.text)
    remarks = [str(each.reason)] if each.reason else []
    remarks += each.notes
    tail = style.dim(f"; {', '.join(remarks)}") if remarks else ""
    padded = f"{text:<{WASM_WIDTH}}"
    where = f"{line.offset:#x}"
    if line.place is not None:
        where = f"{line.place[0]}:{line.place[1]}"
    head = f"{each.ordinal:>4} {where:>7}  "
    yield f"{style.dim(head)}{style.bold(padded)}{tail}".rstrip()


def _code_lines(part: Sequence[Code], style: Style, remark: str = "") -> Iterator[str]:
    for code in part:
        one = code.instruction
        remarks = [printable(each) for each in (code.refers, remark) if each]
        tail = style.dim(f"  ; {', '.join(remarks)}") if remarks else ""
        data = f"{one.bytes.hex():<{BYTES_WIDTH}}"
        yield f"{'':11}{one.offset:>5x}  {style.dim(data)}{one.text}{tail}"


def _local_names(made: Listing) -> dict[int, str]:
    return identifiers(made.module).locals(made.funcidx)


def _state(state: State, names: dict[int, str]) -> str:
    parts = []
    if state.stack:
        stack = " ".join(_location(each, names) for each in state.stack)
        parts.append(f"stack {stack}")
    places = [
        f"{printable(names.get(index, str(index)))}={_location(each, names)}"
        for index, each in enumerate(state.locals)
        if each.kind != "nowhere"
    ]
    if places:
        parts.append(f"locals {' '.join(places)}")
    return ", ".join(parts) or "stack empty"


def _location(each: Location, names: dict[int, str]) -> str:
    """A place in a few characters; ``rdi~`` has the same value in the frame as well."""
    if each.kind == "constant":
        return constant_text(each)
    if each.kind == "register":
        name = register_name(each.value)
        name = NARROW.get(name, name) if each.type == "i32" else name
        return name + ("" if each.also is None else "~")
    if each.kind == "memory":
        return f"[rsp+{each.value:#x}]"
    if each.kind == "local":
        return f"local:{printable(names.get(each.value, str(each.value)))}"
    if each.kind == "load":
        base = register_name(each.value) if each.value >= 0 else ""
        return f"load[{base}+{each.also or 0:#x}]"
    return each.kind
