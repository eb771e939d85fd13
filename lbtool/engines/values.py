"""Neutral values, and what a module imports and exports: plain records.

Numbers travel as bit patterns, so a NaN keeps its payload on the way in and out.
"""

from __future__ import annotations

from lbtool.records import record

__all__ = ["AnyValue", "ExportInfo", "ImportInfo", "Ref", "Value"]


@record(frozen=True, slots=True)
class Value:
    """A number: `bits` unsigned, as wide as `valtype` (``lbtool.abi`` code) says."""

    valtype: int
    bits: int


@record(frozen=True, slots=True)
class Ref:
    """A reference of type FUNCREF or EXTERNREF; `token` is None for null.

    The token of an externref is the host's own integer and comes back unchanged. The
    token of a funcref is a handle of the session that returned it: it may be passed
    back to that session, and says nothing else.
    """

    valtype: int
    token: int | None


AnyValue = Value | Ref


@record(frozen=True, slots=True)
class ImportInfo:
    """One import of a compiled module."""

    module: str
    name: str
    kind: str


@record(frozen=True, slots=True)
class ExportInfo:
    """One export; `params` and `results` are value types, empty unless a function."""

    name: str
    kind: str
    params: tuple[int, ...] = ()
    results: tuple[int, ...] = ()
