"""Where in a module's text each instruction of each function stands.

The n-th instruction of the text is the n-th of the binary module, ``else`` and ``end``
included; for folded instructions the operands come first. So a position in the binary
(function, ordinal) gives a position in the text. The assembler has judged the text
already: what is not understood here only makes the answer None.
Source: specification 6.5 "Instructions".
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lbtool.wasm.opcodes import BY_MNEMONIC
from lbtool.wat.forms import Atom, Form, read_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

# Forms inside a function or an instruction which are no instructions.
_DECLARATIONS = ("type", "param", "result", "local", "export", "import")
_CLAUSES = ("catch", "catch_ref", "catch_all", "catch_all_ref", "on")
_ATTRIBUTES = frozenset({*_DECLARATIONS, *_CLAUSES})
_BLOCKS = frozenset({"block", "loop", "try_table"})


@dataclass(frozen=True, slots=True)
class Position:
    """One instruction: its mnemonic and the character at which it begins, from 0."""

    mnemonic: str
    start: int


class TextMap:
    """Positions of all functions of one text.

    functions   per funcidx the positions of its instructions; none for an import
    starts      per funcidx the character at which its form begins
    """

    def __init__(self, text: str) -> None:
        self.functions: list[tuple[Position, ...]] = []
        self.starts: list[int] = []
        self._lines = [0]
        self._lines += [i + 1 for i, each in enumerate(text) if each == "\n"]
        for form in _fields(read_forms(text)):
            if _is_function(form):
                imported = form.head == "import" or _has(form, "import")
                body = () if imported else tuple(_instructions(form))
                self.functions.append(body)
                self.starts.append(form.start)

    def find(self, funcidx: int, ordinal: int | None = None) -> int | None:
        """Character at which the instruction begins, or the function without one."""
        if not 0 <= funcidx < len(self.functions):
            return None
        if ordinal is None:
            return self.starts[funcidx]
        body = self.functions[funcidx]
        return body[ordinal].start if 0 <= ordinal < len(body) else None

    def place(self, funcidx: int, ordinal: int | None = None) -> tuple[int, int] | None:
        """Line and column of what `find` finds."""
        start = self.find(funcidx, ordinal)
        return None if start is None else self.line_column(start)

    def line_column(self, start: int) -> tuple[int, int]:
        """Line and column of a character, both from 1, the column in characters."""
        line = bisect_right(self._lines, start)
        return line, start - self._lines[line - 1] + 1


def _fields(forms: list[Form]) -> list[Form]:
    """Fields of the module, whose own form may be left out."""
    for form in forms:
        if form.head == "module":
            kinds = [each.text for each in form.items[1:3] if isinstance(each, Atom)]
            if "binary" in kinds or "quote" in kinds:
                return []
            return [each for each in form.items if isinstance(each, Form)]
    return forms


def _is_function(form: Form) -> bool:
    if form.head == "func":
        return True
    return form.head == "import" and _has(form, "func")


def _has(form: Form, head: str) -> bool:
    return any(isinstance(each, Form) and each.head == head for each in form.items)


def _instructions(function: Form) -> Iterator[Position]:
    """All instructions in binary order, the final ``end`` at the closing parenthesis.

    The work is kept in a list, not in recursion: folded text nests without limit.
    """
    work: list[Position | Form | Atom] = [Position("end", function.end)]
    work += reversed(function.items[1:])
    while work:
        each = work.pop()
        if isinstance(each, Position):
            yield each
        elif isinstance(each, Atom):
            # What is no mnemonic is an immediate.
            if each.text in BY_MNEMONIC:
                yield Position(each.text, each.start)
        elif each.head in _ATTRIBUTES:
            continue
        elif each.head in BY_MNEMONIC:
            work += reversed(_folded(each))
        else:
            return


def _folded(form: Form) -> list[Position | Form | Atom]:
    """The parts of a folded instruction in binary order."""
    head, rest = form.items[0], form.items[1:]
    assert isinstance(head, Atom)
    itself = Position(head.text, head.start)
    end = Position("end", form.end)
    if head.text in _BLOCKS:
        return [itself, *rest, end]
    if head.text == "if":
        return _folded_if(itself, rest, end)
    return [*(each for each in rest if isinstance(each, Form)), itself]


def _folded_if(
    itself: Position, rest: list[Atom | Form], end: Position
) -> list[Position | Form | Atom]:
    parts: list[Position | Form | Atom] = []
    for each in rest:
        if not isinstance(each, Form):
            continue
        if each.head == "then":
            parts += [itself, *each.items[1:]]
        elif each.head == "else":
            keyword = each.items[0]
            assert isinstance(keyword, Atom)
            parts += [Position("else", keyword.start), *each.items[1:]]
        else:
            parts.append(each)
    return [*parts, end]
