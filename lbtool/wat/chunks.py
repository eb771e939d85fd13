"""A text cut into its module fields, however broken it is.

A `Chunk` is one field with the blanks and comments before it, or a piece between
fields: the head of the module, its closing parenthesis, a token that is out of place.
Chunks know nothing of their position, so an edit leaves all but one or two of them as
they are; joined they are the text. What is inside a field is not read here.

A missing parenthesis does not swallow the rest of the file: where a field begins at the
start of a line, not to the right of the unfinished one, and cannot stand inside of it,
the missing parentheses are taken as written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lbtool.wat.lexer import BLANK, COMMENT, STRING, TOKEN, Comments, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FIELDS", "Chunk", "split"]

FIELDS = frozenset(
    {
        "data", "elem", "export", "func", "global", "import", "memory", "rec",
        "start", "table", "tag", "type",
    }
)  # fmt: skip

_ANYWHERE = 1 << 30
_INLINE = {"export": 1, "import": 1}
_DESCRIPTIONS = {"func": 1, "global": 1, "memory": 1, "table": 1, "tag": 1}
# Head of a field -> keywords of fields that may stand in it, and how deep at most.
_LEGAL: dict[str, dict[str, int]] = {
    "data": {"memory": 1},
    "elem": {"table": 1},
    "export": _DESCRIPTIONS,
    "func": {**_INLINE, "type": _ANYWHERE},
    "global": _INLINE,
    "import": {**_DESCRIPTIONS, "type": 2},
    "memory": {**_INLINE, "data": 1},
    "rec": {"type": 1, "func": _ANYWHERE},
    "table": {**_INLINE, "elem": 1},
    "tag": {**_INLINE, "type": 1},
    "type": {"func": _ANYWHERE},
}

_WORDS = "|".join(sorted(FIELDS | {"module"}))
_EDGE = r'(?=[ \t\r\n()";]|\Z)'
_TRIVIA = re.compile(rf"(?:{BLANK}|{COMMENT})*+")
_STRUCTURE = re.compile(
    rf"{STRING}|{COMMENT}|\(;|\([ \t\r\n]*+(?P<word>{_WORDS}){_EDGE}|\(@?|\)"
)
_HEAD = re.compile(r'\(([^ \t\r\n()";,\[\]{}]++)')
_NAME = re.compile(r'[^ \t\r\n()";,\[\]{}]++|\$"[^"\n\r]*"')
_ID = r'(?:\$[^ \t\r\n()";]++)'
# A field that no inline form of the same keyword can be mistaken for.
_DEFINITION = re.compile(
    rf"\(\s*(?:type\s+(?:{_ID}\s*)?\(|(?:import\s*{STRING}\s*{STRING}|export\s*{STRING})"
    r"\s*\()"
)
_MODULE_WORDS = frozenset({"binary", "definition", "quote"})


class Chunk:
    """A piece of text, never changed.

    kind      ``field``, ``module`` (its head), ``close`` (a closing parenthesis between
              fields), ``stray`` (another token there), ``end`` (what follows after the
              last token)
    lead      number of characters of blanks and comments before the first token
    head      keyword of a field; ``@name`` for an annotation; words of a module's head
    unclosed  the field lacks closing parentheses
    endless   what it is depends on all that follows: it holds a comment without end
    lines     offsets behind its line ends, computed when asked for
    """

    __slots__ = (
        "_lines", "endless", "head", "kind", "lead", "memo", "text", "unclosed",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        kind: str,
        lead: int,
        head: str,
        unclosed: bool = False,
        endless: bool = False,
    ) -> None:
        self.text = text
        self.kind = kind
        self.lead = lead
        self.head = head
        self.unclosed = unclosed
        self.endless = endless
        self._lines: tuple[int, ...] | None = None
        # What was read from it: see ``fields.field_of``.
        self.memo: object = None

    @property
    def is_field(self) -> bool:
        """Whether it is a field, and no annotation."""
        return self.kind == "field" and not self.head.startswith("@")

    def key(self) -> tuple[object, ...]:
        """What makes two chunks the same."""
        flags = (self.kind, self.lead, self.head, self.unclosed, self.endless)
        return (*flags, self.text)

    @property
    def lines(self) -> tuple[int, ...]:
        """Offset behind each line end: LF, CR LF or CR."""
        if self._lines is None:
            self._lines = tuple(m.end() for m in _LINE_END.finditer(self.text))
        return self._lines

    def problems(self) -> Iterator[Problem]:
        """What is wrong with its place; what is wrong inside is the field's matter."""
        end = len(self.text)
        if self.kind == "stray":
            token = self.text[self.lead :]
            if token == "(;":
                yield Problem(self.lead, end, "E0141", "unclosed comment")
            else:
                yield Problem(self.lead, end, "E0143", "unexpected token")
        elif self.unclosed:
            yield Problem(self.lead, self.lead + 1, "E0137", "unclosed (")


_LINE_END = re.compile(r"\r\n?|\n")


class Cut(NamedTuple):
    """A chunk and the offset behind it."""

    chunk: Chunk
    end: int


def split(text: str, position: int = 0) -> Iterator[Cut]:
    """Chunks of `text` from `position`, which is the beginning of one."""
    return _Splitter(text).cuts(position)


def _may_contain(head: str, word: str, depth: int, text: str, at: int) -> bool:
    """Whether the form at `at`, whose word is a field's, may be part of a field.

    An annotation may hold anything.
    """
    if head.startswith("@"):
        return True
    if depth > _LEGAL.get(head, _LEGAL["func"]).get(word, 0):
        return False
    return head == "rec" or not _DEFINITION.match(text, at)


class _Splitter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.comments = Comments(text)
        # How far annotations in the head of a field go; beyond the text without end.
        self.reach = 0

    def cuts(self, position: int) -> Iterator[Cut]:
        text, size = self.text, len(self.text)
        while position < size:
            first = self.trivia(position)
            kind, head, unclosed, endless = "stray", "", False, False
            character = text[first : first + 1]
            if not character:
                kind, end = "end", size
            elif character == ")":
                kind, end = "close", first + 1
            elif text.startswith("(;", first):
                end, endless = first + 2, True
            elif character == "(":
                self.reach = first
                kind, (head, behind) = "field", self.head(first)
                if head == "module":
                    kind = "module"
                    head, end = self.module(behind)
                    endless = self.reach > size
                else:
                    end, unclosed, endless = self.field(position, first, head)
                    if self.reach > end:
                        head, endless = "", True
            else:
                found = TOKEN.match(text, first)
                end = found.end() if found else size
            lead = first - position
            piece = text[position:end]
            yield Cut(Chunk(piece, kind, lead, head, unclosed, endless), end)
            position = end

    def trivia(self, position: int) -> int:
        """Offset behind blanks and comments."""
        while True:
            found = _TRIVIA.match(self.text, position)
            position = found.end() if found else position
            if not self.text.startswith("(;", position):
                return position
            end = self.comments.end(position)
            if end < 0:
                return position
            position = end

    def word(self, position: int) -> re.Match[str] | None:
        """The word that comes next behind blanks, comments and annotations."""
        while True:
            position = self.trivia(position)
            if not self.text.startswith("(@", position):
                return _NAME.match(self.text, position)
            end, unclosed, endless = self.field(position, position, "@")
            self.reach = len(self.text) + 1 if unclosed or endless else end
            if unclosed or endless:
                return None
            position = end

    def head(self, start: int) -> tuple[str, int]:
        """The atom behind the parenthesis at `start`, and where it ends."""
        found = _HEAD.match(self.text, start)
        if found is None:
            found = self.word(start + 1)
            return (found[0], found.end()) if found else ("", start)
        return found[1], found.end()

    def module(self, position: int) -> tuple[str, int]:
        """Words of a module's head, behind ``module``, and where it ends."""
        words: list[str] = []
        while True:
            found = self.word(position)
            if found is None or not (
                found[0].startswith("$") or found[0] in _MODULE_WORDS
            ):
                return " ".join(words), position
            words.append(found[0])
            position = found.end()

    def field(self, origin: int, start: int, head: str) -> tuple[int, bool, bool]:
        """Where the field at `start` ends, whether unclosed, whether endless."""
        text = self.text
        limit = self.column(origin, start)
        limit = _ANYWHERE if limit is None else limit
        depth, endless, position = 1, False, start + 1
        while True:
            for found in _STRUCTURE.finditer(text, position):
                token = found[0]
                if token == "(":
                    depth += 1
                elif token == ")":
                    depth -= 1
                    if not depth:
                        return found.end(), False, endless
                elif token == "(;":
                    break
                elif token[0] == "(":
                    at = found.start()
                    word = found["word"]
                    if (
                        word
                        and self.begins(start, at, limit)
                        and not _may_contain(head, word, depth, text, at)
                    ):
                        return self.before(at), True, endless
                    depth += 1
            else:
                return len(text), True, endless
            position = self.comments.end(found.start())
            if position < 0:
                endless, position = True, found.end()

    def begins(self, origin: int, position: int, limit: int) -> bool:
        """Whether `position` is where a field may begin, by its column."""
        column = self.column(origin, position)
        return column is not None and column <= limit

    def column(self, origin: int, position: int) -> int | None:
        """Number of blanks before `position` on its line; None if it is not first."""
        text, start = self.text, position
        while start > origin and text[start - 1] in " \t":
            start -= 1
        if start > origin and text[start - 1] in "\r\n":
            return position - start
        return None

    def before(self, position: int) -> int:
        """Offset behind the last character before `position` that is no blank."""
        while self.text[position - 1] in " \t\r\n":
            position -= 1
        return position
