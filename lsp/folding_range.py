"""``textDocument/foldingRange``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.lsp.pacing import on_present_text
from lbtool.lsp.writing import Rows
from lbtool.service.folding import folds

if TYPE_CHECKING:
    from lsprotocol import types as t

    from lbtool.lsp.documents import View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.lsp.writing import Written

__all__ = ["folding_range"]

# Kinds of ``folding`` that the protocol has too; others are folds without a kind.
KINDS = frozenset({"comment", "region"})


async def folding_range(ls: Server, params: t.FoldingRangeParams) -> Written | None:
    """Fields, blocks and comments that take several lines."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> Written:
        rows = Rows()
        for each in folds(view.document):
            where = view.json_range(each.start, each.end)
            start, end = where["start"], where["end"]
            if start["line"] >= end["line"]:
                continue
            fold = {"startLine": start["line"], "endLine": end["line"]}
            if not ls.client.lines_only:
                fold["startCharacter"] = start["character"]
                fold["endCharacter"] = end["character"]
            if each.kind in KINDS:
                fold["kind"] = each.kind
            rows.add(fold)
            await pace.pause()
        return rows.written()

    return await on_present_text(document, work)
