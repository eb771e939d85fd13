"""What may reach a terminal: colour when it is wanted, and no text that drives it.

Names and messages that come from a module are guest text: `printable` takes away every
character that moves the cursor, changes the title or turns the writing direction. The
output of a running guest is not here: it goes to the file descriptors it was given.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

# Control, format (bidi overrides among them), surrogate, private use, unassigned; line
# and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""Give `text` with every character that is not plainly visible as ``\u{hex}``.

    Bytes of a file's name that are no UTF-8 are ``\xhex``.

    >>> printable("name \x1b[31m \udcff")
    'name \\u{1b}[31m \\xff'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _escape(ord(each)) if unicodedata.category(each) in _UNPRINTABLE else each
        for each in text
    )


def _escape(code: int) -> str:
    byte = code - 0xDC00  # as `os.fsdecode` has it, PEP 383
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else f"\\u{{{code:x}}}"


def width(text: str) -> int:
    """Columns that `text` takes on a terminal (East Asian wide characters take two)."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    marks = sum(unicodedata.combining(each) != 0 for each in text)
    return len(text) + wide - marks


PIECE = 1 << 14  # characters that are printed at a time


def echo_all(texts: Iterable[str]) -> None:
    """Print to stdout what takes a while to be made, some of it at a time."""
    made: list[str] = []
    size = 0
    for text in texts:
        made.append(text)
        size += len(text)
        if size >= PIECE:
            click.echo("".join(made), nl=False)
            made.clear()
            size = 0
    click.echo("".join(made), nl=False)


def wants_color(stream: TextIO) -> bool:
    """Whether to colour: NO_COLOR, then FORCE_COLOR, then whether it is a terminal.

    Both variables count when they are set and not empty (no-color.org and
    force-color.org).
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@dataclass(frozen=True, slots=True)
class Style:
    """ANSI colours, or nothing at all."""

    enabled: bool

    @classmethod
    def of(cls, stream: TextIO) -> Style:
        """Style that suits `stream`."""
        return cls(wants_color(stream))

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.enabled else text

    def bold(self, text: str) -> str:
        """Headings."""
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        """Line numbers and rules."""
        return self._paint("2", text)

    def severity(self, severity: str, text: str) -> str:
        """Red for errors, yellow for warnings, cyan for notes and hints."""
        codes = {"error": "1;31", "warning": "1;33"}
        return self._paint(codes.get(severity, "1;36"), text)
