"""A listing as aligned lines: wasm on the left, its machine code beside it.

::

      #    at  wasm                 code  bytes     x86-64              ; after, notes
      3  0x2c    local.get $p0            - local, read where it lives  ; [$p0]
      5  0x30    i32.lt_u             13  83ff02    cmp edi, 2          ; [flags b]

Behind the semicolon: the operand stack and the locals whose places this instruction
changed, then notes. Each piece of a line has a role, so that a terminal can colour it.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from lbtool.compiler.locations import changes
from lbtool.wasm.identifiers import identifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lbtool.compiler.explain import State
    from lbtool.compiler.listing import Line, Listing, Part

    Paint = Callable[[str, str], str]

__all__ = ["Row", "header", "listing_lines", "numbered_lines", "rows", "totals"]

INDENT = 2
DEEPEST = 12
# No column grows beyond this; what is longer moves the rest of its own line.
WIDEST = {"wasm": 40, "micro": 28, "bytes": 20, "text": 44}
ROLES = ("ordinal", "where", "wasm", "micro", "at", "bytes", "text", "comment")
TITLES = ("#", "at", "wasm", "microwasm", "code", "bytes", "x86-64", "; after, notes")
RIGHT = frozenset({"ordinal", "where", "at"})
CODE = ("at", "bytes", "text")


class Row(NamedTuple):
    """One line, a string per column; `reason` stands in place of code.

    `of` is the instruction whose line it is, -1 for entry, constants and tables.
    """

    ordinal: str = ""
    where: str = ""
    wasm: str = ""
    micro: str = ""
    at: str = ""
    bytes: str = ""
    text: str = ""
    comment: str = ""
    reason: str = ""
    of: int = -1


NOTHING = Row()


def plain(_role: str, text: str) -> str:
    """No colours."""
    return text


def totals(made: Listing) -> str:
    """One line of figures."""
    return (
        f"{len(made.code)} bytes, {made.n_instructions} instructions, "
        f"{made.expansion:.2f} x the {made.wasm_bytes} bytes of wasm; "
        f"frame {made.frame_size} bytes, {made.explanation.spills} spills"
    )


def header(made: Listing) -> str:
    """Name, index, signature, names under which it is exported."""
    name = identifiers(made.module).space("funcidx").get(made.funcidx)
    exports = [
        f'(export "{each.name}")'
        for each in made.module.exports
        if each.kind == "func" and each.index == made.funcidx
    ]
    parts = [f"func {made.funcidx}", name, made.type, *exports]
    return " ".join(filter(None, parts))


def rows(made: Listing, *, microwasm: bool = False) -> Iterator[Row]:
    """Every line of the table."""
    names = identifiers(made.module).locals(made.funcidx)
    shown: State | None = made.lines[0].explanation.before if made.lines else None
    start = changes(None, shown, names) if shown else ""
    if start and not made.prologue[0].code:
        yield Row(wasm="(entry)", comment=start)
    for part in made.prologue:
        yield from _code_rows(part, Row(wasm="(entry)"), start)
    for line in made.lines:
        after = line.explanation.after
        comment = _comment(line, changes(shown, after, names))
        yield from _line_rows(line, comment, microwasm)
        shown = after or shown
    for datum in made.data:
        label = f"{datum.label}:" if datum.label else ""
        yield Row("", "", label, "", f"{datum.offset:x}", datum.bytes.hex(), datum.text)


def _comment(line: Line, changed: str) -> str:
    remarks = [changed, *line.explanation.notes]
    return ", ".join(filter(None, remarks))


def _line_rows(line: Line, comment: str, microwasm: bool) -> Iterator[Row]:
    each = line.explanation
    where = f"{line.place[0]}:{line.place[1]}" if line.place else f"{line.offset:#x}"
    text = " " * (INDENT * min(line.depth, DEEPEST)) + line.text
    left = (str(each.ordinal), where, text)
    inline = [part for part in line.parts if not part.label]
    code = [row for part in inline for row in _code_rows(part, NOTHING)]
    if not code:
        reason = f"- {each.reason}" if each.reason else "- out of line only"
        code = [Row(reason=reason)]
    micro = line.micro if microwasm else ()
    for row, op in zip_longest(code, micro, fillvalue=None):
        *_, at, data, assembly, _, reason, _ = row or NOTHING
        yield Row(*left, op or "", at, data, assembly, comment, reason, each.ordinal)
        left, comment = ("", "", ""), ""
    for part in line.parts:
        if part.label:
            yield from _code_rows(part, Row(of=each.ordinal))


def _code_rows(part: Part, head: Row, comment: str = "") -> Iterator[Row]:
    wasm = f"{part.label}:" if part.label else head.wasm
    remark = "out of line" if part.label else comment
    for number, code in enumerate(part.code):
        yield Row(
            "",
            "",
            "" if number else wasm,
            "",
            f"{code.offset:x}",
            code.bytes.hex(),
            code.text,
            "" if number else remark,
            "",
            head.of,
        )


def _widths(table: Sequence[Row], columns: Sequence[str]) -> dict[str, int]:
    found = {}
    *texts, reasons, _ = zip(*table, strict=True)
    for name, column in zip(ROLES, texts, strict=True):
        if name in columns:
            longest = max(map(len, column))
            found[name] = min(longest, WIDEST.get(name, longest))
    # A reason has the room of the three columns of code.
    reason = max(map(len, reasons))
    found["text"] = max(found["text"], reason - found["at"] - found["bytes"] - 4)
    return found


def listing_lines(
    made: Listing, paint: Paint = plain, *, microwasm: bool = False
) -> Iterator[str]:
    """Lines of one function without newlines; `paint` colours a piece by its role.

    Roles are the columns of `Row`, and heading, totals, titles, reason, label.
    """
    for _, line in numbered_lines(made, paint, microwasm=microwasm):
        yield line


def numbered_lines(
    made: Listing, paint: Paint = plain, *, microwasm: bool = False
) -> Iterator[tuple[int, str]]:
    """Each of `listing_lines` with the instruction that it belongs to, else -1."""
    yield -1, paint("heading", header(made))
    yield -1, paint("totals", totals(made))
    columns = [each for each in ROLES if microwasm or each != "micro"]
    pairs = zip(ROLES, TITLES, strict=True)
    texts: dict[str, Any] = {name: title for name, title in pairs if name in columns}
    titles = NOTHING._replace(**texts)
    table = list(rows(made, microwasm=microwasm))
    widths = _widths([titles, *table], columns)
    yield -1, paint("titles", _line(titles, widths, plain))
    for row in table:
        yield row.of, _line(row, widths, paint)


def _line(row: Row, widths: dict[str, int], paint: Paint) -> str:
    """Columns two spaces apart; a reason takes the place of those of the code."""
    made, owed = "", 0
    for name, width in widths.items():
        text, role = getattr(row, name), name
        if row.reason and name in CODE:
            if name != "at":
                continue
            text, role = row.reason, "reason"
            width = sum(widths[each] for each in CODE) + 4  # noqa: PLW2901
        if not text:
            owed += width + 2
            continue
        if name == "comment":
            text = text if text.startswith(";") else f"; {text}"
        elif name == "wasm" and text.endswith(":"):
            role, text = "label", text.rjust(width)
        fill = " " * max(0, width - len(text))
        lead = fill if name in RIGHT and role == name else ""
        made += " " * owed + lead + paint(role, text)
        owed = 2 + (0 if lead else len(fill))
    return made
