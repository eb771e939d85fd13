"""``textDocument/foldingRange``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lbtool.lsp.pacing import on_present_text
from lbtool.service.folding import folds

if TYPE_CHECKING:
    from lsprotocol import types as t

    from lbtool.lsp.documents import View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server

    Json = dict[str, Any]

__all__ = ["folding_range"]

# Kinds of ``folding`` that the protocol has too; others are folds without a kind.
KINDS = frozenset({"comment", "region"})


async def folding_range(ls: Server, params: t.FoldingRangeParams) -> list[Json] | None:
    """Fields, blocks and comments that take several lines."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return None

    async def work(view: View, pace: Pace) -> list[Json]:
        made = []
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
            made.append(fold)
            await pace.pause()
        return made

    return await on_present_text(document, work)
