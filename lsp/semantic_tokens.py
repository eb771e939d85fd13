"""``textDocument/semanticTokens``: of a document or of a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp import positions
from lbtool.lsp.pacing import on_present_text
from lbtool.lsp.writing import Rows, record
from lbtool.service.tokens import MODIFIERS, TYPES, tokens

if TYPE_CHECKING:
    from lbtool.lsp.documents import View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.lsp.writing import Written
    from lbtool.service.tokens import Token

__all__ = ["full", "of_range", "options"]

MANY = 1000  # numbers that are written at once
_TYPES = {name: number for number, name in enumerate(TYPES)}
_MODIFIERS = {name: 1 << number for number, name in enumerate(MODIFIERS)}


def options(_: Server) -> t.SemanticTokensLegend:
    """The meaning of the numbers."""
    return t.SemanticTokensLegend(list(TYPES), list(MODIFIERS))


async def full(ls: Server, params: t.SemanticTokensParams) -> Written | None:
    """Of the whole document."""
    return await _tokens(ls, params.text_document.uri, None)


async def of_range(ls: Server, params: t.SemanticTokensRangeParams) -> Written | None:
    """Of what the client shows."""
    return await _tokens(ls, params.text_document.uri, params.range)


async def _tokens(ls: Server, uri: str, where: t.Range | None) -> Written | None:
    document = ls.documents.get(uri)
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> Written:
        start, end = 0, None
        if where is not None:
            start, end = view.offset(where.start), view.offset(where.end)
        numbers = Rows()
        data: list[int] = []
        last = (0, 0)
        for token in tokens(view.document, start, end):
            last = _append(data, view, token, last)
            if len(data) > MANY:
                numbers.add(*data)
                data.clear()
            await pace.pause()
        if data:
            numbers.add(*data)
        return record({}, "data", numbers.written())

    return await on_present_text(document, work)


def _append(
    data: list[int], view: View, token: Token, last: tuple[int, int]
) -> tuple[int, int]:
    """Five numbers, relative to the token before; one token per line of the text."""
    kind = _TYPES[token.type]
    modifiers = sum(_MODIFIERS[each] for each in token.modifiers)
    document = view.document
    line, column = positions.position_of(document, token.start, view.encoding)
    end_line, end_column = positions.position_of(document, token.end, view.encoding)
    while True:
        stop = end_column if line == end_line else _width(view, line)
        if stop > column:
            over = line - last[0]
            begin = column if over else column - last[1]
            data += (over, begin, stop - column, kind, modifiers)
            last = (line, column)
        if line == end_line:
            return last
        line, column = line + 1, 0


def _width(view: View, line: int) -> int:
    """Code units of a line."""
    document = view.document
    end = document.line_start(line) + len(document.line_text(line))
    return positions.position_of(document, end, view.encoding)[1]
