"""Old spellings of the text format, renamed before a script is read.

The suite of 2018 uses the mnemonics from before 2019; both it and 1.0 may name the only
memory or table where a segment's own name stands today. Renaming works on tokens, also
inside the strings of ``(module quote ...)``, and never on other strings. Line numbers
do not change.
"""

from __future__ import annotations

import re

# One alternative at a time: a string, a comment, or a run of anything else.
_PIECE = re.compile(rb'"(?:[^"\\]|\\.)*"|;;[^\n\r]*|[^";]+|;', re.DOTALL)
_QUOTE = re.compile(rb"\(\s*module\s+(?:definition\s+)?(?:\$\S+\s+)?quote\s*$")
_EDGE = rb"(?<![^\s()\"])%s(?![^\s()\"])"
_RENAMES = tuple(
    (re.compile(_EDGE % pattern), replacement)
    for pattern, replacement in (
        (rb"(get|set|tee)_local", rb"local.\1"),
        (rb"(get|set)_global", rb"global.\1"),
        (rb"current_memory", rb"memory.size"),
        (rb"grow_memory", rb"memory.grow"),
        (rb"anyfunc", rb"funcref"),
        (
            (
                rb"([if]\d\d)\.(wrap|trunc|extend|convert|demote|promote|reinterpret)"
                rb"(_[su])?/([if]\d\d)"
            ),
            rb"\1.\2_\4\3",
        ),
    )
)
_SEGMENT_NAME = re.compile(rb"(\(\s*(?:data|elem))(\s+)\$[^\s()]+(?=\s*\()")


def modernise(source: bytes) -> bytes:
    """`source` with the spellings of 2018 and 1.0 replaced by those of 2.0."""
    out: list[bytes] = []
    quoting = False
    for match in _PIECE.finditer(source):
        piece = match.group()
        if piece.startswith(b'"'):
            out.append(_rename(piece) if quoting else piece)
        elif piece.startswith(b";;"):
            out.append(piece)
        else:
            out.append(_rename(piece))
            if piece.strip():
                quoting = _QUOTE.search(piece) is not None
    return b"".join(out)


def _rename(text: bytes) -> bytes:
    for pattern, replacement in _RENAMES:
        text = pattern.sub(replacement, text)
    return _SEGMENT_NAME.sub(rb"\1\2", text)
