"""A text with broken functions made harmless, so that the others keep their code.

A function with problems keeps its header as far as that is sound; its body becomes
``unreachable``. Other fields with problems stay as they are: without them everything
that refers to them would be wrong, too. Masked text is for the assembler, its positions
are not those of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.wat.fields import field_of
from lbtool.wat.items import Func

if TYPE_CHECKING:
    from lbtool.wat.document import Document

__all__ = ["Masked", "mask"]

_HEADER = frozenset({"export", "import", "type", "param", "result"})


class Masked(NamedTuple):
    """`text` with the functions in `functions` (chunks of the document) masked.

    `sound` is False if something else is wrong, so that the text may not assemble.
    """

    text: str
    functions: tuple[int, ...]
    sound: bool


def mask(document: Document) -> Masked:
    """Mask every function of the document that has problems.

    Tokens that are out of place between fields are left out, missing parentheses are
    added.
    """
    out: list[str] = []
    masked: list[int] = []
    sound = True
    opened, closed = _frame(document)
    for position, chunk in enumerate(document.chunks):
        frame = chunk.kind in ("module", "close", "stray")
        if frame and position not in (opened, closed):
            out.append(chunk.text[: chunk.lead])
            continue
        problems = document.chunk_problems(position)
        if not problems:
            out.append(chunk.text)
        elif chunk.kind == "field" and chunk.head == "func":
            out.append(chunk.text[: chunk.lead] + _masked(document, position))
            masked.append(position)
        else:
            sound = False
            out.append(chunk.text)
    if opened is not None and closed is None:
        out.append(")")
    return Masked("".join(out), tuple(masked), sound)


def _frame(document: Document) -> tuple[int | None, int | None]:
    """The chunks with which the module begins and ends; None if they have to be added.

    It begins before all fields, or has no parentheses, and it ends behind all fields.
    """
    kinds = [
        (position, chunk.kind)
        for position, chunk in enumerate(document.chunks)
        if chunk.is_field or chunk.kind in ("module", "close")
    ]
    if not kinds or kinds[0][1] != "module":
        return None, None
    last = next((p for p, kind in reversed(kinds) if kind == "close"), None)
    fields = [position for position, kind in kinds if kind == "field"]
    if last is not None and fields and last < fields[-1]:
        last = None
    return kinds[0][0], last


def _masked(document: Document, position: int) -> str:
    """The function with the parts of its header that have no problem."""
    chunk = document.chunks[position]
    field = field_of(chunk)
    func = field.item
    start = document.starts[position]
    wrong = [
        (p.start - start, p.end - start) for p in document.chunk_problems(position)
    ]
    parts = ["(func"]
    text, offsets = field.text, field.tokens.start
    token = 2
    name = field.defines[0].name if field.defines else None
    if name is not None:
        token = 3
        if (
            document.tables.owners["func"][document.tables.indices["func"][name]].chunk
            == position
        ):
            parts.append(text[2])
    while isinstance(func, Func) and text[token] == "(" and text[token + 1] in _HEADER:
        begin, end = offsets[token], offsets[field.tokens.close[token]] + 1
        if not any(begin <= a < end for a, _ in wrong):
            parts.append(chunk.text[begin:end])
        token = field.tokens.close[token] + 1
    if field.imported is None:
        parts.append("unreachable")
    return " ".join(parts) + ")"
