"""Tokens and forms of ``.wast`` scripts: enough of it to find commands.

Comments nest, annotations ``(@name ...)`` are skipped, strings keep their escapes until
`string` decodes them. The text of a module is *not* parsed here: `Form` remembers where
it starts and ends, and the assembler (or the validator under test) judges it.

Source: WebAssembly 2.0, section 6.3 "Lexical Format", and the script grammar of the
reference interpreter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    rb'"(?:[^"\\]|\\.)*"|;;[^\n\r]*|\(;|\(@|[()]|[^\s()";]+|[;"]', re.DOTALL
)
_SKIP = re.compile(rb'"(?:[^"\\]|\\.)*"|;;[^\n\r]*|\(;|[()]', re.DOTALL)
_COMMENT = re.compile(rb"\(;|;\)")
_ESCAPES = {
    b"t": b"\t",
    b"n": b"\n",
    b"r": b"\r",
    b'"': b'"',
    b"'": b"'",
    b"\\": b"\\",
}
_ESCAPE = re.compile(rb"\\(?:u\{([0-9a-fA-F_]+)\}|([0-9a-fA-F]{2})|(.))", re.DOTALL)


class ScriptError(Exception):
    """The script itself is not well formed; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Form:
    """``( items... )``; atoms and strings (with their quotes) are bytes.

    `start` and `end` are byte offsets of the parentheses. `opaque` marks a text module:
    `items` stops before its first field.
    """

    items: tuple[bytes | Form, ...]
    start: int
    end: int
    opaque: bool = False

    def head(self) -> bytes:
        """The first atom, or nothing."""
        first = self.items[0] if self.items else b""
        return first if isinstance(first, bytes) else b""


class Lexer:
    """Reads forms from a script, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._lines = [m.end() for m in re.finditer(rb"\n", data)]

    def line(self, offset: int) -> int:
        """The line, from 1, of a byte offset."""
        return bisect_right(self._lines, offset) + 1

    def error(self, message: str, offset: int) -> ScriptError:
        """An error at a byte offset."""
        return ScriptError(message, self.line(offset))

    def tokens(self, start: int = 0) -> Iterator[tuple[bytes, int]]:
        """Tokens and their offsets, without comments and annotations."""
        data, at = self.data, start
        while match := TOKEN.search(data, at):
            token, at = match.group(), match.end()
            if token == b"(;":
                at = self._comment(match.start())
            elif token == b"(@":
                at = self.matching(match.start())
            elif not token.startswith(b";;"):
                yield token, match.start()

    def _comment(self, start: int) -> int:
        depth, at = 1, start + 2
        while depth:
            match = _COMMENT.search(self.data, at)
            if match is None:
                raise self.error("unclosed comment", start)
            depth += 1 if match.group() == b"(;" else -1
            at = match.end()
        return at

    def matching(self, start: int) -> int:
        """The offset after the parenthesis that closes the one at `start`."""
        depth, at = 0, start
        while match := _SKIP.search(self.data, at):
            token, at = match.group(), match.end()
            if token == b"(;":
                at = self._comment(match.start())
            elif token == b"(":
                depth += 1
            elif token == b")":
                depth -= 1
                if depth == 0:
                    return at
        raise self.error("unclosed parenthesis", start)

    def form(self, start: int) -> Form:
        """The form whose opening parenthesis is at `start`, as a tree."""
        stack: list[tuple[list[bytes | Form], int]] = []
        for token, at in self.tokens(start):
            if token == b"(":
                if stack and stack[-1][0] and stack[-1][0][0] == b"module":
                    items, opened = stack.pop()
                    end = self.matching(opened)
                    done = Form(tuple(items), opened, end, opaque=True)
                    return self._rest(stack, done) if stack else done
                stack.append(([], at))
            elif token == b")":
                items, opened = stack.pop()
                done = Form(tuple(items), opened, at + 1)
                if not stack:
                    return done
                stack[-1][0].append(done)
            else:
                stack[-1][0].append(token)
        raise self.error("unclosed parenthesis", start)

    def _rest(self, stack: list[tuple[list[bytes | Form], int]], module: Form) -> Form:
        """Closes an assertion after its module: only strings are left."""
        items, opened = stack.pop()
        items.append(module)
        for token, at in self.tokens(module.end):
            if token == b")" and not stack:
                return Form(tuple(items), opened, at + 1)
            if token in (b"(", b")"):
                break
            items.append(token)
        raise self.error("unexpected form after a module", opened)

    def forms(self) -> Iterator[Form]:
        """Every form at the top level of the script."""
        at = 0
        while True:
            token, offset = next(self.tokens(at), (b"", 0))
            if not token:
                return
            if token != b"(":
                raise self.error(f"unexpected token {token!r}", offset)
            form = self.form(offset)
            yield form
            at = form.end


def string(token: bytes) -> bytes:
    """The bytes that a string token (quotes included) stands for."""
    body = token[1:-1]
    if b"\\" not in body:
        return body

    def decode(match: re.Match[bytes]) -> bytes:
        point, pair, char = match.groups()
        if point is not None:
            code = int(point.replace(b"_", b""), 16)
            return chr(code).encode("utf-8", "surrogatepass")
        if pair is not None:
            return bytes([int(pair, 16)])
        return _ESCAPES.get(char, char)

    return _ESCAPE.sub(decode, body)
