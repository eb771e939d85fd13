"""Which functions of a document its client looks at: they are kept up to date first.

Of a large text machine code and lenses are those around such a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.service.assembly import around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis, FunctionView

__all__ = ["Attention"]

MOST_RECENT = 64
# Functions of one text that have lenses.
MOST_LENSED = 1000
# States of functions whose lens has nothing to wait for.
SETTLED = ("fresh", "unsupported", "imported")


class Attention:
    """Functions by their indices.

    lensed  those that have lenses
    """

    def __init__(self) -> None:
        self.lensed = range(MOST_LENSED)
        self._recent: dict[int, None] = {}  # the latest last
        self._centre = 0  # of the machine code
        self._unsettled: set[int] = set()  # by what their lenses said

    def note(self, funcidx: int) -> None:
        """The client shows something of a function."""
        self._recent.pop(funcidx, None)
        self._recent[funcidx] = None
        if len(self._recent) > MOST_RECENT:
            del self._recent[next(iter(self._recent))]

    def recent(self, analysis: Analysis) -> Iterator[FunctionView]:
        """Functions that the client has asked about, the latest first."""
        for funcidx in reversed(list(self._recent)):
            if funcidx < analysis.n_functions:
                yield analysis.function(funcidx)

    # ---- machine code

    def assembled(self, analysis: Analysis) -> range:
        """Those that the document's machine code shows."""
        return around(analysis, self._centre)

    def assemble(self, analysis: Analysis, funcidx: int) -> bool:
        """Have machine code with this function; whether that is other code."""
        if funcidx in self.assembled(analysis):
            return False
        self._centre = funcidx
        return True

    # ---- lenses

    def lens(self, funcidx: int) -> bool:
        """Have lenses around this function; whether they are others."""
        if funcidx in self.lensed:
            return False
        first = max(0, funcidx - MOST_LENSED // 2)
        self.lensed = range(first, first + MOST_LENSED)
        return True

    def said(self, function: FunctionView) -> None:
        """A lens says what the state of this function is."""
        if function.state in SETTLED:
            self._unsettled.discard(function.funcidx)
        else:
            self._unsettled.add(function.funcidx)

    def settled(self, analysis: Analysis) -> bool:
        """Whether lenses are out of date, since a function has code again."""
        known = {each for each in self._unsettled if each < analysis.n_functions}
        self._unsettled = {
            each for each in known if analysis.function(each).state not in SETTLED
        }
        return self._unsettled != known
