"""The hover of an instruction: what it is, what it became, where its operands live.

Made of one `Line` of a listing; Markdown with fenced text, which every client shows in
columns. Hovers of names and literals are in ``hover``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.compiler.locations import short
from lbtool.service.markdown import code, fence
from lbtool.wasm.identifiers import identifiers
from lbtool.wasm.instructions import instructions
from lbtool.wasm.opcodes import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lbtool.compiler.explain import Location, State
    from lbtool.compiler.listing import Code, Line, Listing
    from lbtool.wasm.opcodes import Op

__all__ = ["instruction_hover"]

ASSEMBLY = "x86asm"
# More stack entries or locals than this are counted, not listed.
MOST = 6
LOCAL_OPS = frozenset({"local.get", "local.set", "local.tee"})
# Notes of ``codes.NOTE_NAMES`` that need a word more than `lbtool asm` has room for.
LONGER = {
    "spilled": "a value went to the frame: no register was free",
    "bounds check elided by guard pages": "guard pages make a bounds check needless",
}


def instruction_hover(made: Listing, ordinal: int) -> str:
    """Markdown for the instruction `ordinal` of a listing."""
    line = made.lines[ordinal]
    op, operand = _decoded(made, ordinal)
    names = identifiers(made.module).locals(made.funcidx)
    # One span: brackets outside of it are links to some clients, which hide them.
    title = code(f"{line.text}{_signature(op)}")
    parts = [title, fence(ASSEMBLY, _assembly(line))]
    places = "\n".join(_places(line, names, operand))
    if places:
        parts.append(fence("text", places))
    notes = [LONGER.get(note, note) for note in line.explanation.notes]
    if notes:
        parts.append(" · ".join(notes))
    return "\n\n".join(parts)


def _decoded(made: Listing, ordinal: int) -> tuple[Op, int | None]:
    """The row of the opcode table, and the local that the instruction names."""
    offset = made.lines[ordinal].offset
    _, end = made.module.bodies[made.funcidx - made.module.n_imported_funcs]
    _, _, op, immediates = next(instructions(made.module.data, offset, end))
    return BY_CODE[op.code], immediates[0] if op.mnemonic in LOCAL_OPS else None


def _signature(op: Op) -> str:
    if op.params is None or op.results is None:
        return ""
    return f" : [{op.params}] → [{op.results}]"


def _assembly(line: Line) -> str:
    """Its machine code, those parts last that are out of line, or why there is none."""
    rows = [row for part in line.parts for row in _code(part.label, part.code)]
    if rows:
        return "\n".join(rows)
    return f"; no code: {line.explanation.reason}"


def _code(label: str, code: Sequence[Code]) -> Iterator[str]:
    if label:
        yield f"{label}:"
    width = max((len(each.bytes.hex(" ")) for each in code), default=0)
    for each in code:
        yield f"{each.offset:+5x}  {each.bytes.hex(' '):{width}}  {each.text}"


def _places(line: Line, names: Mapping[int, str], operand: int | None) -> Iterator[str]:
    """Where the stack and the locals are before and after, a line each."""
    before, after = line.explanation.before, line.explanation.after
    if before is None and after is None:
        yield "nothing gets here"
        return
    yield f"stack  {_stack(before, names)} → {_stack(after, names)}"
    shown = _locals_to_show(before, after, operand)
    width = max([5, *(len(_name(each, names)) for each in shown)])
    for local in shown[:MOST]:
        old, new = _local(before, local, names), _local(after, local, names)
        change = old if old == new else f"{old} → {new}"
        yield f"{_name(local, names):{width}}  {change}"
    if len(shown) > MOST:
        yield f"and {len(shown) - MOST} more locals"


def _stack(state: State | None, names: Mapping[int, str]) -> str:
    if state is None:
        return "unreachable"
    shown = [short(each, names) for each in state.stack[-MOST:]]
    hidden = len(state.stack) - len(shown)
    return f"[{', '.join([f'{hidden} more'] * (hidden > 0) + shown)}]"


def _locals_to_show(
    before: State | None, after: State | None, operand: int | None
) -> list[int]:
    """Locals that it names, that entries of the stack refer to, or that it moves."""
    found = set() if operand is None else {operand}
    for state in (before, after):
        stack: Sequence[Location] = state.stack if state else ()
        found |= {each.value for each in stack if each.kind == "local"}
    if before and after:
        pairs = zip(before.locals, after.locals, strict=True)
        found |= {i for i, (old, new) in enumerate(pairs) if old != new}
    return sorted(found)


def _name(local: int, names: Mapping[int, str]) -> str:
    return names.get(local, f"l{local}")


def _local(state: State | None, local: int, names: Mapping[int, str]) -> str:
    return "unreachable" if state is None else short(state.locals[local], names)
