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

__all__ = ["Lens", "lenses", "size_title"]

MICROSECONDS = 1e6


class Lens(NamedTuple):
    """What stands above a function, at its ``(func``.

    ``run`` has the export's name and the value types of its parameters.
    """

    start: int
    end: int
    kind: Literal["size", "run"]
    funcidx: int
    export: str = ""
    params: tuple[str, ...] = ()


def lenses(analysis: Analysis) -> Iterator[Lens]:
    """All lenses in the order of function indices."""
    for function in analysis.functions():
        if function.imported:
            continue
        start, end = function.start, function.start + len("(func")
        yield Lens(start, end, "size", function.funcidx)
        for each in function.field.exports:
            name = each.name.decode(errors="replace")
            params = _params(analysis, function)
            yield Lens(start, end, "run", function.funcidx, name, params)
    yield from _exported_apart(analysis)


def _exported_apart(analysis: Analysis) -> Iterator[Lens]:
    """Exports that are fields of their own, above these."""
    document = analysis.document
    known = len(document.tables.owners["func"])
    for position, chunk in enumerate(document.chunks):
        if chunk.kind != "field" or chunk.head != "export":
            continue
        for each in field_of(chunk).exports:
            if each.space != "func" or each.ref is None:
                continue
            index = document.tables.index("func", each.ref)
            if index is None or index >= known:
                continue
            function = analysis.function(index)
            start = document.starts[position] + chunk.lead
            name = each.name.decode(errors="replace")
            params = _params(analysis, function)
            yield Lens(start, start + len("(export"), "run", index, name, params)


def _params(analysis: Analysis, function: FunctionView) -> tuple[str, ...]:
    if analysis.around is None:
        return ()
    module = analysis.around.module
    return tuple(map(valtype_name, module.func_type(function.funcidx).params))


def size_title(function: FunctionView) -> str:
    """``78 bytes, 22 instructions, 1.53 x wasm, 0 spills``; compiles the function."""
    made = function.listing()
    state = function.state
    if made is None:
        return "not compiled yet" if state == "unsupported" else "no code: not valid"
    parts = [
        f"{len(made.code)} bytes",
        f"{made.n_instructions} instructions",
        f"{made.expansion:.2f} x wasm",
        f"{made.explanation.spills} spills",
    ]
    if state == "stale":
        return f"stale: {', '.join(parts)}"
    return f"{', '.join(parts)} · {function.code.seconds * MICROSECONDS:.0f} µs"
