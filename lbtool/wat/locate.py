"""Diagnostics of an assembled module with the lines and columns of its text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lbtool.wat.positions import TextMap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.errors import Diagnostic


def locate(text: bytes, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """`diagnostics` with line and column where their function is known.

    Byte offsets are dropped: they mean nothing to who wrote the text. A diagnostic that
    has a line keeps it.
    """
    found = list(diagnostics)
    if all(each.line is not None for each in found):
        return found
    where = TextMap(text.decode("utf-8", "replace"))
    return [_located(each, where) for each in found]


def _located(each: Diagnostic, where: TextMap) -> Diagnostic:
    start = None
    if each.line is None and each.funcidx is not None:
        start = where.find(each.funcidx, each.ordinal)
    if start is None:
        return replace(each, offset=None)
    line, column = where.line_column(start)
    return replace(each, offset=None, line=line, column=column)
