"""The hover of an instruction: what it is, what it became, where its operands live.

Made of one `Line` of a listing; Markdown with fenced text, which every client shows in
columns. Hovers of names and literals are in ``hover``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lbtool.compiler.locations import short
from lbtool.compiler.states import moved
from lbtool.service.markdown import code, fence
from lbtool.wasm.identifiers import identifiers
from lbtool.wasm.instructions import instructions
from lbtool.wasm.opcodes import BY_CODE
from lbtool.wasm.types import valtype_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lbtool.compiler.explain import Location, State
    from lbtool.compiler.listing import Code, Line, Listing
    from lbtool.wasm.opcodes import Op

__all__ = ["instruction_hover"]

ASSEMBLY = "x86asm"
# More stack entries or locals than this are counted, not listed.
MOST = 6
LOCAL_OPS = frozenset({"local.get", "local.set", "local.tee"})
# Where code goes: another instruction, by its number.
_JUMP = re.compile(r" @(\d+)\b(?!\+)")
_TRAP = re.compile(r"^trap\.(\w+)@")
# Label of a stub -> why the code goes there.
TRAPS = {
    "memory": "out of bounds memory access",
    "table": "out of bounds table access",
    "undefined": "undefined element",
    "null": "uninitialized element",
    "signature": "indirect call type mismatch",
    "overflow": "integer overflow",
    "divide": "integer divide by zero",
    "conversion": "invalid conversion to integer",
}
# Notes of ``codes.NOTE_NAMES`` that need a word more than `lbtool asm` has room for.
LONGER = {
    "spilled": "a value went to the frame: no register was free",
    "bounds check elided by guard pages": "guard pages make a bounds check needless",
}


def instruction_hover(
    made: Listing, ordinal: int, line_of: Callable[[int], int] | None = None
) -> str:
    """Markdown for the instruction `ordinal` of a listing.

    `line_of` gives the number of the line of text in which an instruction is.
    """
    line = made.lines[ordinal]
    op, immediates = _decoded(made, ordinal)
    operand = immediates[0] if op.mnemonic in LOCAL_OPS else None
    names = identifiers(made.module).locals(made.funcidx)
    # One span: brackets outside of it are links to some clients, which hide them.
    title = code(f"{line.text}{_signature(made, line, op, immediates)}")
    parts = [title, fence(ASSEMBLY, _assembly(line))]
    targets = _targets(made, ordinal, line_of)
    if targets:
        parts.append(targets)
    places = "\n".join(_places(line, names, operand))
    if places:
        parts.append(fence("text", places))
    notes = [_note(note, line, op) for note in line.explanation.notes]
    if notes:
        parts.append(" · ".join(notes))
    return "\n\n".join(parts)


def _decoded(made: Listing, ordinal: int) -> tuple[Op, tuple[Any, ...]]:
    """The row of the opcode table, and the immediates."""
    offset = made.lines[ordinal].offset
    _, end = made.module.bodies[made.funcidx - made.module.n_imported_funcs]
    _, _, op, immediates = next(instructions(made.module.data, offset, end))
    return BY_CODE[op.code], immediates


def _signature(made: Listing, line: Line, op: Op, immediates: tuple[Any, ...]) -> str:
    """What it takes and leaves, where that depends on nothing or on an index."""
    module = made.module
    params, results = op.params, op.results
    if op.mnemonic in LOCAL_OPS:
        state = line.explanation.before
        kind = "" if state is None else state.locals[immediates[0]].type
        params, results = _moved(op.mnemonic, kind)
    elif op.mnemonic in ("global.get", "global.set"):
        kind = valtype_name(module.globals[immediates[0]].valtype)
        params, results = _moved(op.mnemonic, kind)
    elif op.mnemonic in ("call", "call_indirect"):
        direct = op.mnemonic == "call"
        index = immediates[0]
        kinds = module.func_type(index) if direct else module.types[index]
        params = " ".join([*map(valtype_name, kinds.params), *["i32"] * (not direct)])
        results = " ".join(map(valtype_name, kinds.results))
    if params is None or results is None:
        return ""
    return f" : [{params}] → [{results}]"


def _moved(mnemonic: str, kind: str) -> tuple[str | None, str | None]:
    """Signature of what reads or writes a variable; unknown in code never reached."""
    if not kind:
        return None, None
    verb = mnemonic.partition(".")[2]
    return "" if verb == "get" else kind, "" if verb == "set" else kind


def _targets(made: Listing, ordinal: int, line_of: Callable[[int], int] | None) -> str:
    """What the numbers in jumps mean."""
    texts = [each.text for part in made.lines[ordinal].parts for each in part.code]
    numbers = {int(found[1]) for text in texts for found in _JUMP.finditer(text)}
    said = []
    for number in sorted(numbers - {ordinal}):
        if number < len(made.lines):
            where = "" if line_of is None else f" of line {line_of(number)}"
            said.append(f"`@{number}`: {code(made.lines[number].text)}{where}")
    return " · ".join(said)


def _note(note: str, line: Line, op: Op) -> str:
    """A note of the compiler; what can trap says why."""
    if note != "can trap":
        return LONGER.get(note, note)
    if op.mnemonic == "unreachable":
        return "always traps"
    found = (_TRAP.match(part.label) for part in line.parts)
    why = {TRAPS[each[1]]: None for each in found if each and each[1] in TRAPS}
    if op.width:
        why[TRAPS["memory"]] = None
    return ": ".join(filter(None, [note, ", ".join(why)]))


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
        found.update(moved(before.locals, after.locals))
    return sorted(found)


def _name(local: int, names: Mapping[int, str]) -> str:
    return names.get(local, f"l{local}")


def _local(state: State | None, local: int, names: Mapping[int, str]) -> str:
    if state is None:
        return "unreachable"
    where = state.locals[local]
    return "nowhere" if where.kind == "nowhere" else short(where, names)
