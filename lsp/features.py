"""The table of requests that the server offers.

With `features` ``asm-only`` it keeps to machine code, for use beside another server of
the language: of the table below what is not marked `code` is left out, when the client
says so at initialize, or is answered by nothing, when it says so later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp import (
    assembly,
    code_lens,
    diagnostics,
    execute_command,
    linked,
    semantic_tokens,
    text_document_content,
    watched_files,
    workspace_configuration,
)
from lbtool.lsp.definition import definition
from lbtool.lsp.document_highlight import document_highlight
from lbtool.lsp.document_symbol import document_symbol
from lbtool.lsp.folding_range import folding_range
from lbtool.lsp.hover import hover
from lbtool.lsp.references import references
from lbtool.lsp.selection_range import selection_range
from lbtool.lsp.workspace_symbol import workspace_symbol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lbtool.lsp.server import Server

    Handler = Callable[[Server, Any], Awaitable[object]]
    Listener = Callable[[Server, Any], None]

__all__ = ["COMMANDS", "FEATURES", "NOTIFICATIONS", "Feature", "register"]


@dataclass(frozen=True, slots=True)
class Feature:
    """A row.

    answer   gives the result, or what JSON can be made of
    code     it is about machine code
    options  what the client is told of it
    offered  whether this client gets it
    """

    answer: Handler
    code: bool = False
    options: Callable[[Server], object] | None = None
    offered: Callable[[Server], bool] | None = None


# fmt: off
FEATURES: dict[str, Feature] = {
    t.TEXT_DOCUMENT_HOVER: Feature(hover, code=True),
    t.TEXT_DOCUMENT_CODE_LENS: Feature(code_lens.code_lens, code=True),
    t.CODE_LENS_RESOLVE: Feature(code_lens.resolve, code=True),
    t.TEXT_DOCUMENT_DIAGNOSTIC: Feature(
        diagnostics.pull, code=True, options=diagnostics.options,
        offered=diagnostics.offered,
    ),
    t.WORKSPACE_TEXT_DOCUMENT_CONTENT: Feature(
        text_document_content.text_document_content, code=True
    ),
    assembly.REQUEST: Feature(assembly.assembly, code=True),
    linked.REQUEST: Feature(linked.linked, code=True),
    t.TEXT_DOCUMENT_DOCUMENT_SYMBOL: Feature(document_symbol),
    t.WORKSPACE_SYMBOL: Feature(workspace_symbol),
    t.TEXT_DOCUMENT_DEFINITION: Feature(definition),
    t.TEXT_DOCUMENT_REFERENCES: Feature(references),
    t.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: Feature(document_highlight),
    t.TEXT_DOCUMENT_FOLDING_RANGE: Feature(folding_range),
    t.TEXT_DOCUMENT_SELECTION_RANGE: Feature(selection_range),
    t.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: Feature(
        semantic_tokens.full, options=semantic_tokens.options
    ),
    t.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: Feature(
        semantic_tokens.of_range, options=semantic_tokens.options
    ),
}
NOTIFICATIONS: dict[str, Listener] = {
    t.WORKSPACE_DID_CHANGE_CONFIGURATION: workspace_configuration.changed,
    t.WORKSPACE_DID_CHANGE_WATCHED_FILES: watched_files.changed,
}
COMMANDS: dict[str, Handler] = {
    code_lens.RUN: execute_command.run,
    "lbtool.assembly": execute_command.assembly,
}
# fmt: on


def register(ls: Server) -> None:
    """Offer what this client gets; called once, when it has said what it can do."""
    only = ls.configuration.features == "asm-only"
    for method, feature in FEATURES.items():
        if only and not feature.code:
            continue
        if feature.offered is None or feature.offered(ls):
            options = None if feature.options is None else feature.options(ls)
            ls.feature(method, options)(_bound(ls, feature))
    for method, listener in NOTIFICATIONS.items():
        ls.feature(method)(_listening(ls, listener))
    for name, handler in COMMANDS.items():
        ls.command(name)(_bound(ls, Feature(handler, code=True)))


def _bound(server: Server, feature: Feature) -> Callable[[Any], Awaitable[object]]:
    async def answer(params: Any) -> object:  # noqa: ANN401 - of any method
        if server.configuration.features == "asm-only" and not feature.code:
            return None
        return await feature.answer(server, params)

    return answer


def _listening(server: Server, listener: Listener) -> Callable[[Any], None]:
    def listen(params: Any) -> None:  # noqa: ANN401 - of any method
        listener(server, params)

    return listen
