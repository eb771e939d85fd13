"""Text as nested forms with positions; nothing is known here of what they mean.

Comments and annotations are left out. Text that does not nest correctly gives what
could be read; nobody is told, since the assembler reports it with its position.
Source: specification 6.3 "Lexical Format".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<blank>[\s]+|;;[^\n\r]*)
    | (?P<comment>\(;)
    | (?P<open>\((?:@(?:"(?:[^"\\]|\\.)*"|[^\s()";,\[\]{}]*))?)
    | (?P<close>\))
    | (?P<atom>"(?:[^"\\]|\\.)*"|[^\s()";]+|[";])""",
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"\(;|;\)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A keyword, number, identifier or string; `start` counts characters from 0."""

    text: str
    start: int


@dataclass(slots=True)
class Form:
    """``( items... )``; `end` is the place of the closing parenthesis."""

    start: int
    end: int = -1
    items: list[Atom | Form] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The first atom's text, or nothing."""
        if self.items and isinstance(self.items[0], Atom):
            return self.items[0].text
        return ""


def _after_comment(text: str, position: int) -> int:
    depth = 0
    for found in _COMMENT.finditer(text, position):
        depth += 1 if found[0] == "(;" else -1
        if depth == 0:
            return found.end()
    return len(text)


def read_forms(text: str) -> list[Form]:
    """The outermost forms of `text`."""
    root = Form(0)
    stack = [root]
    # Depth of the stack at which the annotation that is being skipped began.
    skipped = 0
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            break
        position = found.end()
        kind = found.lastgroup
        if kind == "comment":
            position = _after_comment(text, found.start())
        elif kind == "open":
            stack.append(Form(found.start()))
            if found[0] != "(" and not skipped:
                skipped = len(stack)
        elif kind == "close" and len(stack) > 1:
            made = stack.pop()
            made.end = found.start()
            if len(stack) + 1 == skipped:
                skipped = 0
            elif not skipped:
                stack[-1].items.append(made)
        elif kind == "atom" and not skipped:
            stack[-1].items.append(Atom(found[0], found.start()))
    for unfinished in reversed(stack[1:]):
        unfinished.end = len(text)
        stack[stack.index(unfinished) - 1].items.append(unfinished)
    return [each for each in root.items if isinstance(each, Form)]
