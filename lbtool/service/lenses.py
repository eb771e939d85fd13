"""Lenses above functions: how large their code is, and a button for exports.

A title costs compiling the function, so it is made when the lens becomes visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from lbtool.wasm.types import valtype_name
from lbtool.wat.fields import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis, FunctionView
    from lbtool.wat.document import Document

__all__ = [
    "Lens",
    "counted",
    "exported",
    "exported_apart",
    "lenses",
    "parameters",
    "size_title",
]

MILLISECOND = 1e-3  # seconds
MICROSECONDS = 1e6  # of a second


class Lens(NamedTuple):
    """What stands above a function, at its ``(func``; ``run`` has an export's name."""

    start: int
    end: int
    kind: Literal["size", "run"]
    funcidx: int
    export: str = ""


def lenses(analysis: Analysis, which: range) -> Iterator[Lens]:
    """Those of functions with these indices, in their order; then exports elsewhere."""
    stop = min(which.stop, analysis.n_functions)
    for function in map(analysis.function, range(which.start, stop)):
        if function.imported:
            continue
        start, end = function.start, function.start + len("(func")
        yield Lens(start, end, "size", function.funcidx)
        for each in function.field.exports:
            name = each.name.decode(errors="replace")
            yield Lens(start, end, "run", function.funcidx, name)
    for start, funcidx, name in exported_apart(analysis.document):
        if funcidx in which:
            yield Lens(start, start + len("(export"), "run", funcidx, name)


def exported_apart(document: Document) -> Iterator[tuple[int, int, str]]:
    """Exports of functions that are fields of their own: offset, function, name."""
    known = len(document.tables.owners["func"])
    for position, chunk in enumerate(document.chunks):
        if chunk.kind != "field" or chunk.head != "export":
            continue
        for each in field_of(chunk).exports:
            if each.space != "func" or each.ref is None:
                continue
            index = document.tables.index("func", each.ref)
            if index is not None and index < known:
                start = document.starts[position] + chunk.lead
                yield start, index, each.name.decode(errors="replace")


def exported(analysis: Analysis, name: str) -> FunctionView | None:
    """The function that is exported under a name."""
    for function in analysis.functions():
        for each in function.field.exports:
            if each.name.decode(errors="replace") == name:
                return function
    for _, funcidx, export in exported_apart(analysis.document):
        if export == name:
            return analysis.function(funcidx)
    return None


def parameters(function: FunctionView) -> tuple[str, ...]:
    """Value types of a function's parameters; none while that is not known."""
    around = function.analysis.around
    if around is None:
        return ()
    return tuple(map(valtype_name, around.module.func_type(function.funcidx).params))


def size_title(function: FunctionView) -> str:
    """``78 bytes · 22 instructions · 1.53 x wasm``; compiles the function."""
    made = function.listing()
    state = function.state
    if made is None:
        return "not compiled yet" if state == "unsupported" else "no code: not valid"
    parts = [
        counted(len(made.code), "byte"),
        counted(made.n_instructions, "instruction"),
        f"{made.expansion:.2f} x wasm",
    ]
    if made.explanation.spills:
        parts.append(counted(made.explanation.spills, "spill"))
    if state == "stale":
        return f"stale: {' · '.join(parts)}"
    return f"{' · '.join(parts)} · compiled in {_time(function.code.seconds)}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``1 byte``, ``2,000 bytes``."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def _time(seconds: float) -> str:
    if seconds < MILLISECOND:
        return f"{seconds * MICROSECONDS:.0f} µs"
    return f"{seconds / MILLISECOND:.1f} ms"
