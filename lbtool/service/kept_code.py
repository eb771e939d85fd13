"""The code of functions that was asked for lately, through all edits of a text.

It is what a function is shown with while its text is not valid, and it takes room, a
hundred bytes an instruction, and five times that with the lines that show it. So there
is a limit: what was not asked for longest is forgotten, and made again when somebody
asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lbtool.compiler.listing import Listing
    from lbtool.service.surroundings import Code

__all__ = ["MOST", "KeptCode"]

# Instructions of all functions that are kept; one function is, however large it is.
MOST = 1 << 13


class _Kept(NamedTuple):
    code: Code
    listing: Listing
    among: int  # number of functions of the text: by index, another one has another


class KeptCode:
    """Listings by name, or by index for functions without one.

    size  instructions that are kept
    """

    def __init__(self, most: int = MOST) -> None:
        self.size = 0
        self._most = most
        self._kept: dict[str | int, _Kept] = {}

    def __len__(self) -> int:
        """Number of functions."""
        return len(self._kept)

    def put(self, key: str | int, code: Code, among: int) -> None:
        """Keep the listing of `code`, instead of an earlier one of this function."""
        assert code.listing is not None
        before = self._kept.pop(key, None)
        if before is not None:
            self.size -= len(before.listing.lines)
        self._kept[key] = _Kept(code, code.listing, among)
        self.size += len(code.listing.lines)
        while self.size > self._most and len(self._kept) > 1:
            old = self._kept.pop(next(iter(self._kept)))
            self.size -= len(old.listing.lines)
            old.code.listing = old.code.lines = None

    def use(self, key: str | int) -> None:
        """Somebody has asked for it again."""
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._kept[key] = kept

    def get(self, key: str | int, among: int) -> Listing | None:
        """The last one of a function of a text with so many."""
        kept = self._kept.get(key)
        if kept is None or (isinstance(key, int) and kept.among != among):
            return None
        return kept.listing
