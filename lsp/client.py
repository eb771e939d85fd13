"""What the client can do, out of its capabilities: one attribute per question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types as t

from lbtool.lsp import positions

__all__ = ["Client"]


@dataclass(frozen=True, slots=True)
class Client:
    """Its side of the protocol.

    encoding      of columns, a key of `positions.ENCODINGS`
    pulls         it asks for diagnostics, and again when told to: they are not pushed
    markdown      it shows hovers as Markdown
    tree          it shows document symbols as a tree
    lines_only    it folds whole lines
    related       it shows places that belong to a diagnostic
    configures    it answers ``workspace/configuration``
    watches       it can be asked to watch files
    progress      it shows progress that the server begins
    contents      it asks for the text of virtual documents
    refreshes     requests that make it ask again: names of `REFRESHES`
    """

    encoding: str = positions.DEFAULT
    pulls: bool = False
    markdown: bool = False
    tree: bool = False
    lines_only: bool = False
    related: bool = False
    configures: bool = False
    watches: bool = False
    progress: bool = False
    contents: bool = False
    refreshes: frozenset[str] = frozenset()

    @staticmethod
    def of(capabilities: t.ClientCapabilities) -> Client:
        """Read its capabilities; what is not there is not there."""

        def has(path: str) -> Any:  # noqa: ANN401 - a leaf of any type
            found: Any = capabilities
            for name in path.split("."):
                found = getattr(found, name, None)
            return found

        formats = has("text_document.hover.content_format") or ()
        return Client(
            encoding=positions.choose(has("general.position_encodings")),
            # Neovim 0.10 and 0.11 cannot be told: they would never see a trap.
            pulls=has("text_document.diagnostic") is not None
            and bool(has("workspace.diagnostics.refresh_support")),
            markdown=t.MarkupKind.Markdown in formats,
            tree=bool(
                has(
                    "text_document.document_symbol.hierarchical_document_symbol_support"
                )
            ),
            lines_only=bool(has("text_document.folding_range.line_folding_only")),
            related=bool(
                has("text_document.publish_diagnostics.related_information")
                or has("text_document.diagnostic.related_information")
            ),
            configures=bool(has("workspace.configuration")),
            watches=bool(
                has("workspace.did_change_watched_files.dynamic_registration")
            ),
            progress=bool(has("window.work_done_progress")),
            contents=has("workspace.text_document_content") is not None,
            refreshes=frozenset(
                method
                for method, attribute in REFRESHES.items()
                if has(f"workspace.{attribute}.refresh_support")
            ),
        )


# Request -> the capability that it needs.
REFRESHES = {
    t.WORKSPACE_CODE_LENS_REFRESH: "code_lens",
    t.WORKSPACE_DIAGNOSTIC_REFRESH: "diagnostics",
    t.WORKSPACE_SEMANTIC_TOKENS_REFRESH: "semantic_tokens",
    t.WORKSPACE_FOLDING_RANGE_REFRESH: "folding_range",
}
