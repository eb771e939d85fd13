"""Texts that a client has open, and views of them that requests work on.

An edit changes only the text, which costs about a millisecond in any file; what follows
from it is worked out when a request or ``following`` asks, so edits that come faster
than that are one. Open texts win over files.
"""

from __future__ import annotations

from asyncio import Lock
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lsprotocol import types as t

from lbtool.lsp import positions
from lbtool.lsp.attention import Attention
from lbtool.service.analysis import Analysis
from lbtool.service.kept_findings import KeptFindings
from lbtool.wat.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.errors import Diagnostic
    from lbtool.lsp.traps import Trap
    from lbtool.service.options import Options

__all__ = ["Documents", "OpenDocument", "View", "key"]

LOCAL = "file://localhost"
_STATES = count(1)


def key(uri: str) -> str:
    """What is the same for all spellings of a URI."""
    plain = unquote(uri)
    return f"file://{plain[len(LOCAL) :]}" if plain.startswith(LOCAL + "/") else plain


class View:
    """One state of a document, with positions as its client counts them."""

    def __init__(self, uri: str, analysis: Analysis, encoding: str) -> None:
        self.uri = uri
        self.analysis = analysis
        self.document = analysis.document
        self.encoding = encoding

    def offset(self, position: t.Position) -> int:
        """Where a position is in the text."""
        return positions.offset_of(
            self.document, position.line, position.character, self.encoding
        )

    def position(self, offset: int) -> t.Position:
        """The position of an offset."""
        return t.Position(*positions.position_of(self.document, offset, self.encoding))

    def range(self, start: int, end: int) -> t.Range:
        """The range of ``text[start:end]``."""
        return t.Range(self.position(start), self.position(end))

    def json_range(self, start: int, end: int) -> dict[str, Any]:
        """The same as JSON, for answers that are long lists."""
        made = {}
        for name, offset in (("start", start), ("end", end)):
            line, column = positions.position_of(self.document, offset, self.encoding)
            made[name] = {"line": line, "character": column}
        return made


class OpenDocument:
    """What the client says that a document is, now.

    uri       as the client spells it
    version   the client's number
    state     a number that no other state of any document has
    edited    offset of the last edit
    traps     of its last run
    faults    why the binary that it is the text of cannot be printed
    closed    it is not open any more
    attention which functions its client looks at
    alone     held by work of it that is done in a thread
    """

    def __init__(
        self, uri: str, version: int, text: str, options: Options, encoding: str
    ) -> None:
        self.uri = uri
        self.version = version
        self.document = Document(text)
        self.state = next(_STATES)
        self.edited: int | None = None
        self.traps: list[Trap] = []
        self.faults: tuple[Diagnostic, ...] = ()
        self.closed = False
        self.attention = Attention()
        self.alone = Lock()
        self._options = options
        self._encoding = encoding
        self._view: View | None = None
        self._findings: KeptFindings | None = None

    def change(self, version: int, changes: Sequence[dict[str, Any]]) -> None:
        """Follow the client's edits."""
        after = positions.applied(self.document, changes, self._encoding)
        where = changes[-1].get("range") if changes else None
        if where is not None:
            start = where["start"]
            self.edited = positions.offset_of(
                after, start["line"], start["character"], self._encoding
            )
        self.document, self.version = after, version
        self.state = next(_STATES)

    def configure(self, options: Options) -> None:
        """Give answers by other options from now on."""
        if options != self._options:
            self._options = options
            self._view = self._findings = None
            self.state = next(_STATES)

    def trap(self, traps: list[Trap]) -> None:
        """Have these traps instead of those of an earlier run."""
        if traps or self.traps:
            self.traps = traps
            self.state = next(_STATES)

    @property
    def view(self) -> View:
        """Its present state, read."""
        before = self._view
        if before is None or before.document is not self.document:
            last = None if before is None else before.analysis
            analysis = Analysis(self.document, self._options, last)
            self._view = before = View(self.uri, analysis, self._encoding)
        return before

    @property
    def findings(self) -> KeptFindings:
        """What is wrong with its present state, as far as that is known."""
        analysis = self.view.analysis
        if self._findings is None or self._findings.analysis is not analysis:
            self._findings = KeptFindings(analysis, self._findings)
        return self._findings


class Documents:
    """All open documents by their URIs, however these are spelt."""

    def __init__(self) -> None:
        self._open: dict[str, OpenDocument] = {}

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(list(self._open.values()))

    def get(self, uri: str) -> OpenDocument | None:
        """The document that is open under this URI."""
        return self._open.get(key(uri))

    def open(self, document: OpenDocument) -> None:
        """Have it from now on, instead of one of the same URI."""
        self.close(document.uri)
        self._open[key(document.uri)] = document

    def close(self, uri: str) -> OpenDocument | None:
        """Forget it; what works on it finds out."""
        found = self._open.pop(key(uri), None)
        if found is not None:
            found.closed = True
        return found
