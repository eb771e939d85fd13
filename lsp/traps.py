"""A trap of a run as a diagnostic on the instruction, with its backtrace.

It belongs to the text of the functions in it: when one of these is edited its place is
gone, edits elsewhere move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.diagnostics import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.lsp.documents import View
    from lbtool.lsp.server import Server
    from lbtool.wat.chunks import Chunk

    Json = dict[str, Any]

__all__ = ["CODE", "Trap"]

CODE = "trap"


@dataclass(frozen=True, slots=True)
class Frame:
    """One function of a backtrace: ``[start, end)`` is in its chunk of text."""

    name: str
    chunk: Chunk
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trap:
    """What the run said, innermost frame first."""

    message: str
    frames: tuple[Frame, ...]

    @staticmethod
    def of(view: View, message: str, backtrace: Iterable[Json]) -> Trap:
        """Of a backtrace with function indices and ordinals of instructions."""
        found = (_frame(view, each) for each in backtrace)
        return Trap(message, tuple(each for each in found if each is not None))

    def diagnostic(self, ls: Server, view: View) -> Json | None:
        """As the protocol has it; None when its place is gone."""
        if not self.frames:
            return None
        where = _range(view, self.frames[0])
        if where is None:
            return None
        made: Json = {
            "range": where,
            "severity": t.DiagnosticSeverity.Warning,
            "code": CODE,
            "source": SOURCE,
            "message": f"trap in the last run: {self.message}",
        }
        if ls.client.related:
            made["relatedInformation"] = [
                {
                    "location": {"uri": view.uri, "range": place},
                    "message": f"{depth}: {frame.name}",
                }
                for depth, frame in enumerate(self.frames)
                if (place := _range(view, frame)) is not None
            ]
        return made


def _frame(view: View, told: Json) -> Frame | None:
    """The place of a frame in the text; None for hosts and what is not there."""
    funcidx, ordinal = told.get("func"), told.get("ordinal")
    analysis = view.analysis
    if not isinstance(funcidx, int) or not isinstance(ordinal, int):
        return None
    if not 0 <= funcidx < analysis.n_functions:
        return None
    function = analysis.function(funcidx)
    if function.imported or ordinal >= len(function.field.code or ()):
        return None
    name = told.get("name") or function.name or f"function {funcidx}"
    return Frame(str(name), function.chunk, *function.inner_span(ordinal))


def _range(view: View, frame: Frame) -> Json | None:
    document = view.document
    for position, chunk in enumerate(document.chunks):
        if chunk is frame.chunk:
            base = document.starts[position]
            return view.json_range(base + frame.start, base + frame.end)
    return None
