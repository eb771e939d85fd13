"""A module from a file or from memory, binary or text, as the bytes of a binary module.

Text is assembled by wasmtime's ``wat2wasm`` (imported only then); its errors become
diagnostics with line and column. Decoding is not here.
"""

from __future__ import annotations

import re
from pathlib import Path

from lbtool.errors import Diagnostic, MalformedError, code_for

__all__ = ["assemble", "is_binary", "read"]

# What the assembler says about a word that is none of its own.
_UNNAMED = "unknown operator or unexpected token"
_WORD = re.compile(r"[a-z][\w.]*")
_PLACE = re.compile(r"--> [^\n]*?:(\d+):(\d+)")


# The assembler refuses characters that change the direction of writing, which the
# specification allows. Inside strings, the only place where they are correct, an escape
# means the same.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u206c]")


def _escape_directions(text: bytes) -> bytes:
    if b"\xe2\x80" not in text and b"\xe2\x81" not in text:
        return text
    escaped = _DIRECTION.sub(lambda m: f"\\u{{{ord(m.group()):x}}}", text.decode())
    return escaped.encode()


def is_binary(data: bytes) -> bool:
    """Whether the bytes begin as a binary module, whole or cut off, does."""
    return data.startswith(b"\0")


def _named(text: bytes, line: int, column: int) -> str | None:
    """The message with the operator that stands there; only operators have a dot."""
    lines = text.decode().split("\n")
    word = _WORD.match(lines[line - 1], column - 1) if line <= len(lines) else None
    return f"unknown operator {word[0]}" if word and "." in word[0] else None


def _text_error(message: str, text: bytes, path: str | None) -> MalformedError:
    place = _PLACE.search(message)
    first = message.strip().splitlines()[0] if message.strip() else "malformed text"
    if place and first == _UNNAMED:
        first = _named(text, int(place[1]), int(place[2])) or first
    return MalformedError(
        Diagnostic(
            "error",
            code_for(first, "E0132"),
            first,
            path=path,
            line=int(place[1]) if place else None,
            column=int(place[2]) if place else None,
        )
    )


def _utf8_error(
    data: bytes, error: UnicodeDecodeError, path: str | None
) -> MalformedError:
    before = data[: error.start]
    line_start = before.rfind(b"\n") + 1
    return MalformedError(
        Diagnostic(
            "error",
            "E0110",
            "malformed UTF-8 encoding",
            path=path,
            line=before.count(b"\n") + 1,
            column=len(before[line_start:].decode(errors="replace")) + 1,
        )
    )


def assemble(text: bytes, *, path: str | None = None) -> bytes:
    """Text format to binary. Raises `MalformedError` with line and column."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise _utf8_error(text, error, path) from None
    import wasmtime  # noqa: PLC0415 - slow to import, only needed for text

    try:
        return bytes(wasmtime.wat2wasm(_escape_directions(text)))
    except wasmtime.WasmtimeError as error:
        raise _text_error(str(error), text, path) from None


def read(source: str | Path | bytes) -> bytes:
    """Binary module of `source`: a path, or the contents themselves as bytes.

    A file is binary if its name ends in ``.wasm`` or its first byte is zero; anything
    else is text. Raises OSError for files, `MalformedError` for text.
    """
    if isinstance(source, bytes):
        return source if is_binary(source) else assemble(source)
    path = Path(source)
    data = path.read_bytes()
    if path.suffix == ".wasm" or is_binary(data):
        return data
    return assemble(data, path=str(source))
