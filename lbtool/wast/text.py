"""Text to binary by the borrowed assembler (wasmtime's), for modules in scripts."""

from __future__ import annotations

import re

# The assembler refuses source with characters that change the direction of writing. In
# the suites they occur in strings alone, where an escape means the same.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u206c]")


class TextError(Exception):
    """The text parser refused a module; the message is its own."""


def assemble(source: bytes) -> bytes:
    """The binary of a module in text (UTF-8); raises `TextError`."""
    import wasmtime  # noqa: PLC0415 costs 80 ms

    try:
        return bytes(wasmtime.wat2wasm(_escape(source)))
    except wasmtime.WasmtimeError as error:
        raise TextError(str(error).strip()) from None


def _escape(source: bytes) -> bytes:
    try:
        text = source.decode()
    except UnicodeDecodeError:
        return source
    return _DIRECTION.sub(lambda m: f"\\u{{{ord(m.group()):x}}}", text).encode()
