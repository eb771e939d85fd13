"""A place among the tokens of one field, and what has been found on the way.

The tokens are those of a whole form with as many closing parentheses as opening ones:
`tokens_of` adds what is missing. So reading never runs over the end, and a form that
is not known is stepped over in one step. The grammar is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn

from lbtool.wat.lexer import Problem, identifier, lex, string_bytes
from lbtool.wat.numbers import integer

if TYPE_CHECKING:
    from lbtool.wat.lexer import Tokens
    from lbtool.wat.types import FuncShape, TypeUse

__all__ = ["Bad", "Cursor", "Ref", "Use", "tokens_of"]

Ref = int | str
"""A reference: an index as written, or ``$name``."""

U32 = (1 << 32) - 1


class Use(NamedTuple):
    """A reference to something with an index space, or to a label.

    token   of the reference
    ref     what is written; for a label the ordinal of the block's instruction, -1 for
            the function's own
    """

    space: str
    token: int
    ref: Ref


class Bad(Exception):  # noqa: N818 - caught where reading can go on, never seen outside
    """The token `token` cannot stand here."""

    def __init__(self, token: int, code: str, message: str) -> None:
        super().__init__(message)
        self.token = token
        self.code = code
        self.message = message


def tokens_of(text: str) -> Tokens:
    """Tokens of the text of one field, with the parentheses that are missing.

    Those that are added stand at the end and have no characters.
    """
    tokens = lex(text)
    found = tokens.text
    missing = found.count("(") - found.count(")")
    if missing > 0:
        places = tokens.start
        places += [len(text)] * missing
        found += [")"] * missing
    return tokens


class Cursor:
    """Where reading is, with the problems, references and type uses found so far."""

    __slots__ = (
        "checks", "i", "problems", "signatures", "tok", "uses",
    )  # fmt: skip

    def __init__(self, tokens: Tokens) -> None:
        self.tok = tokens.text
        self.i = 0
        self.problems: list[tuple[int, str, str]] = []
        self.uses: list[Use] = []
        # Function types written without an index, in the order of the text.
        self.signatures: list[FuncShape] = []
        # Type uses that have both, to be compared.
        self.checks: list[TypeUse] = []

    # ---- problems

    def bad(self, what: str, token: int | None = None) -> NoReturn:
        """Raise: the token (the next one) is unexpected."""
        at = self.i if token is None else token
        raise Bad(at, "E0143", f"unexpected token: {what}")

    def note(self, bad: Bad) -> None:
        """Keep a problem."""
        self.problems.append((bad.token, bad.code, bad.message))

    def problem(self, token: int, code: str, message: str) -> None:
        """Keep a problem at one token."""
        self.problems.append((token, code, message))

    def typed(self, use: TypeUse) -> None:
        """Keep what a type use asks of the module's types."""
        if use.ref is None:
            self.signatures.append(use.shape)
        elif use.shape != ((), ()):
            self.checks.append(use)

    # ---- steps

    def opens(self, word: str) -> bool:
        """Whether ``(word`` comes next."""
        return self.tok[self.i] == "(" and self.tok[self.i + 1] == word

    def head(self) -> str:
        """The word of the form that comes next, or nothing."""
        return self.tok[self.i + 1] if self.tok[self.i] == "(" else ""

    def end_of(self, opened: int) -> int:
        """The token that closes the parenthesis `opened`."""
        tok, depth = self.tok, 1
        for index in range(opened + 1, len(tok)):
            token = tok[index]
            if token == ")":
                depth -= 1
                if not depth:
                    return index
            elif token == "(":
                depth += 1
        return len(tok) - 1

    def enter(self) -> int:
        """Go into the form that comes next, behind its word; gives its end."""
        end = self.end_of(self.i)
        self.i += 2
        return end

    def leave(self, end: int) -> None:
        """Go behind the form that ends at `end`; raises `Bad` if something is left."""
        if self.i != end:
            self.bad("`)` expected")
        self.i = end + 1

    def take(self, word: str) -> bool:
        """Step over `word` if it comes next."""
        if self.tok[self.i] == word:
            self.i += 1
            return True
        return False

    # ---- single tokens

    def name(self) -> int:
        """Token of the identifier that comes next, -1 for none."""
        if self.tok[self.i][0] == "$":
            self.i += 1
            return self.i - 1
        return -1

    def string(self) -> bytes:
        """The string that comes next."""
        token = self.tok[self.i]
        if token[0] != '"':
            self.bad("string expected")
        self.i += 1
        try:
            return string_bytes(token)
        except ValueError:
            return b""

    def utf8(self) -> bytes:
        """A string that is a name."""
        found = self.string()
        try:
            found.decode()
        except UnicodeDecodeError:
            raise Bad(self.i - 1, "E0110", "malformed UTF-8 encoding") from None
        return found

    def indexes(self) -> bool:
        """Whether an index comes next."""
        first = self.tok[self.i][0]
        return first == "$" or "0" <= first <= "9"

    def ref(self, space: str) -> Ref:
        """The reference that comes next."""
        ref = self.plain_ref()
        self.uses.append(Use(space, self.i - 1, ref))
        return ref

    def plain_ref(self) -> Ref:
        """The reference that comes next, not recorded."""
        token = self.tok[self.i]
        if token[0] == "$":
            self.i += 1
            return identifier(token) if token[1:2] == '"' else token
        return self.number(0, U32, "index expected")

    def number(self, low: int, high: int, what: str) -> int:
        """The integer that comes next."""
        try:
            found = integer(self.tok[self.i], low, high)
        except OverflowError:
            raise Bad(self.i, "E0144", "constant out of range") from None
        if found is None:
            self.bad(what)
        self.i += 1
        return found


def located(cursor: Cursor, tokens: Tokens) -> tuple[Problem, ...]:
    """All problems of a field by offsets, those of single tokens first if in doubt."""
    if not cursor.problems:
        return tuple(tokens.problems)
    taken = {each.start for each in tokens.problems}
    found = list(tokens.problems)
    for at, code, message in cursor.problems:
        token = at
        start, end = tokens.span(token)
        while start == end:  # of a parenthesis that is not there
            token -= 1
            start, end = tokens.span(token)
        if start not in taken:
            taken.add(start)
            found.append(Problem(start, end, code, message))
    found.sort()
    return tuple(found)
