"""Tokens of the text format, for any text whatever: nothing here raises.

`TOKEN` cuts a text into pieces that cover every character, blanks and comments
included; `lex` keeps those that mean something, with their positions, and says what is
wrong with them. Block comments nest, so no pattern finds their ends: `Comments`
does. Which tokens may stand where is not here.

Source: specification 6.3 "Lexical Format"; annotations are those of 3.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

__all__ = [
    "BLANK",
    "COMMENT",
    "STRING",
    "TOKEN",
    "Comments",
    "Problem",
    "Tokens",
    "identifier",
    "lex",
    "string_bytes",
]

# What the patterns of this package are made of. A string without its second quote ends
# at the end of the line.
BLANK = r"[ \t\r\n]++"
COMMENT = r";;[^\n\r]*+"
STRING = r'"(?:[^"\\\n\r]++|\\[^\n\r])*+"?'
ATOM = r'[^ \t\r\n()";,\[\]{}]++'

TOKEN = re.compile(
    rf"{BLANK}|{COMMENT}|\(;|\(@(?:{STRING}|{ATOM})?|[()]|\$?{STRING}|{ATOM}|.",
    re.DOTALL,
)
_ESCAPE = r"\\(?:[tnr\"'\\]|[0-9a-fA-F]{2}|u\{[0-9a-fA-F]++(?:_[0-9a-fA-F]++)*+\})"
_STRING = re.compile(rf'\$?"(?:[^"\\\x00-\x1f\x7f]++|{_ESCAPE})*+"')
_ATOM = re.compile(r"[!#-'*+\-./0-9:<-Z\\^-z|~]++")
_PLAIN_STRING = (
    r'"(?:[^"\\\x00-\x1f\x7f\ud800-\udfff]++|\\[tnr\"\'\\]|\\[0-9a-fA-F]{2})*+"'
)
_EDGE = r"(?=[ \t\r\n();]|\Z)"
_SEPARATED = rf"(?:{_PLAIN_STRING}|(?!\${_EDGE}){_ATOM.pattern}){_EDGE}"
# Text in which `lex` finds nothing wrong, seen at once: no rare kinds of tokens.
_SOUND = re.compile(rf"(?:{BLANK}|{COMMENT}|\((?![;@])|\)|{_SEPARATED})*+")
_SOUND_TOKEN = re.compile(rf"[()]|{_ATOM.pattern}|{_PLAIN_STRING}|{COMMENT}")
_BRACKET = re.compile(r"\(;|;\)")
# Tokens that annotations may hold and nothing else may.
_RESERVED = frozenset("(),;[]{}")
_TRIVIA = frozenset(" \t\r\n;")
_ENDS = frozenset(" \t\r\n()") | {";"}
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-fA-F_]+)\}|([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"t": b"\t", "n": b"\n", "r": b"\r"}


class Problem(NamedTuple):
    """Something wrong with the text; `start` and `end` count characters.

    code is a key of ``errors.CODES``; the message begins with that code's phrase.
    """

    start: int
    end: int
    code: str
    message: str


@dataclass(slots=True)
class Tokens:
    """What `lex` found.

    text          the tokens as written
    problems      in the order of the text
    annotations   heads of the annotations, which are no tokens
    """

    source: str
    text: list[str]
    problems: list[Problem] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    _starts: list[int] | None = None
    _close: list[int] | None = None

    @property
    def start(self) -> list[int]:
        """Offset of each token; found when first asked for, which few fields are."""
        if self._starts is None:
            pieces = TOKEN.findall(self.source)
            places = accumulate(map(len, pieces), initial=0)
            pairs = zip(pieces, places, strict=False)
            self._starts = [at for piece, at in pairs if piece[0] not in _TRIVIA]
        return self._starts

    @property
    def close(self) -> list[int]:
        """For each ``(`` the token of its ``)``; other elements mean nothing."""
        if self._close is None:
            self._close = [0] * len(self.text)
            stack = []
            for index, token in enumerate(self.text):
                if token == "(":
                    stack.append(index)
                elif token == ")" and stack:
                    self._close[stack.pop()] = index
        return self._close

    def span(self, token: int) -> tuple[int, int]:
        """First offset of a token and the one behind it."""
        start = self.start[token]
        # A parenthesis that was added at the end has no characters.
        return start, min(start + len(self.text[token]), len(self.source))


class Comments:
    """Ends of the block comments of one text.

    A comment without end costs one pass over the rest of the text, whose result serves
    all that follow: many of them stay linear.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, int] = {}
        self._known = len(text)  # ends of comments from here on are in `_ends`

    def end(self, start: int) -> int:
        """Offset behind the comment at `start`; -1 if it does not end."""
        if start >= self._known:
            return self._ends.get(start, -1)
        depth = 0
        for found in _BRACKET.finditer(self._text, start):
            depth += 1 if found[0] == "(;" else -1
            if depth == 0:
                return found.end()
        self._ends, self._known = self._match(start), start
        return -1

    def _match(self, start: int) -> dict[int, int]:
        ends: dict[int, int] = {}
        stack: list[int] = []
        for found in _BRACKET.finditer(self._text, start):
            if found[0] == "(;":
                stack.append(found.start())
            elif stack:
                ends[stack.pop()] = found.end()
        return ends


def lex(text: str) -> Tokens:
    """All tokens of `text`."""
    if not _SOUND.fullmatch(text):
        return _lex_carefully(text)
    found = _SOUND_TOKEN.findall(text)
    if ";;" in text:
        found = [each for each in found if each[0] != ";"]
    return Tokens(text, found)


def _lex_carefully(text: str) -> Tokens:
    starts: list[int] = []
    found = Tokens(text, [], _starts=starts)
    comments = Comments(text)
    position = hidden = 0
    while piece := TOKEN.match(text, position):
        token, start, position = piece[0], position, piece.end()
        if token == "(;":
            end = comments.end(start)
            if end < 0:
                found.problems.append(
                    Problem(start, start + 2, "E0141", "unclosed comment")
                )
            else:
                position = end
        elif token.startswith("(@"):
            hidden += 1
            found.annotations.append(token[2:])
            if len(token) == 2 and hidden == 1:
                found.problems.append(
                    Problem(start, position, "E0132", "malformed text: annotation")
                )
            elif len(token) > 2:
                _check_token("$" + token[2:], start + 1, found.problems)
        elif hidden:
            hidden += (token == "(") - (token == ")")
            if token not in _RESERVED and token[0] not in _TRIVIA:
                _check_token(token, start, found.problems)
        elif token[0] not in _TRIVIA or token == ";":
            found.text.append(token)
            starts.append(start)
            if (
                token not in "()"
                and _check_token(token, start, found.problems)
                and position < len(text)
                and text[position] not in _ENDS
            ):
                message = "unknown operator: a blank is missing"
                found.problems.append(Problem(start, position, "E0142", message))
    return found


def _check_token(token: str, start: int, problems: list[Problem]) -> bool:
    """Add what is wrong with a token by itself; True if nothing is."""
    found = _token_problem(token, start)
    if found is not None:
        problems.append(found)
    return found is None


def _token_problem(token: str, start: int) -> Problem | None:
    end = start + len(token)
    if token in ("$", '$""'):
        return Problem(start, end, "E0132", "malformed text: empty identifier")
    if '"' in token:
        if not _STRING.fullmatch(token):
            return _string_problem(token, start)
        try:
            decoded = string_bytes(token)
            if token.startswith("$"):
                decoded.decode()
        except ValueError:
            return Problem(start, end, "E0110", "malformed UTF-8 encoding")
    elif not _ATOM.fullmatch(token):
        wrong = next(c for c in token if not _ATOM.fullmatch(c))
        at = start + token.index(wrong)
        shown = repr(wrong) if wrong.isprintable() else f"U+{ord(wrong):04X}"
        return Problem(at, at + 1, "E0139", f"illegal character {shown}")
    return None


def _string_problem(token: str, start: int) -> Problem:
    end = start + len(token)
    body = token.removeprefix("$")
    # A closing quote that is itself escaped closes nothing.
    closed = re.fullmatch(r'"(?:[^"\\]++|\\.)*+"', body, re.DOTALL)
    if not closed:
        return Problem(start, end, "E0140", "unclosed string")
    at = start + len(token) - len(body) + 1
    for found in re.finditer(rf"({_ESCAPE})|\\.|[\x00-\x1f\x7f]", body[1:-1]):
        if found[1] is None:
            where = at + found.start()
            word = f"illegal character U+{ord(found[0][-1]):04X}"
            if found[0].startswith("\\"):
                word = "illegal character: unknown escape"
            return Problem(where, where + len(found[0]), "E0139", word)
    return Problem(start, end, "E0140", "unclosed string")


def string_bytes(token: str) -> bytes:
    """The bytes of a string token (or of ``$"..."``); ValueError for no Unicode."""
    body = token[token.index('"') + 1 :].removesuffix('"')
    if "\\" not in body:
        return body.encode(errors="surrogatepass")
    out = []
    position = 0
    for found in _ESCAPED.finditer(body):
        out.append(body[position : found.start()].encode(errors="surrogatepass"))
        point, pair, letter = found.groups()
        if point is not None:
            code = int(point.replace("_", "") or "0", 16)
            if code > 0x10FFFF or 0xD800 <= code < 0xE000:
                raise ValueError(f"no Unicode scalar value: {code:#x}")
            out.append(chr(code).encode())
        elif pair is not None:
            out.append(bytes([int(pair, 16)]))
        else:
            out.append(_LETTERS.get(letter) or letter.encode(errors="surrogatepass"))
        position = found.end()
    out.append(body[position:].encode(errors="surrogatepass"))
    return b"".join(out)


def identifier(token: str) -> str:
    """``$name`` of an identifier token, which may be written ``$"name"``."""
    if not token.startswith('$"'):
        return token
    try:
        return "$" + string_bytes(token).decode(errors="replace")
    except ValueError:
        return token
