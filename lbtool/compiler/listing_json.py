"""A listing as plain JSON values: complete, names instead of numbers, no layout.

Offsets count from the function's first byte; only that of a wasm instruction is its
place in the binary module. A location has its `kind`, as explained at
``lbtool.compiler.explain.Location``, the `type` of its value, and what the kind needs:
``bits``, ``register``, ``rsp`` (displacement of a word), ``local``, ``condition``,
``address`` (added to ``register`` in linear memory).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.compiler.locations import condition_name, register_name

if TYPE_CHECKING:
    from lbtool.compiler.explain import Location, State
    from lbtool.compiler.listing import Code, Datum, Line, Listing, Part

__all__ = ["SCHEMA", "listing_json"]

SCHEMA = 1
Value = dict[str, object]


def listing_json(made: Listing) -> Value:
    """One function."""
    explanation = made.explanation
    return {
        "index": made.funcidx,
        "name": made.name,
        "type": made.type,
        "totals": {
            "wasm_bytes": made.wasm_bytes,
            "bytes": len(made.code),
            "instructions": made.n_instructions,
            "expansion": round(made.expansion, 3),
            "spills": explanation.spills,
            "frame_size": made.frame_size,
        },
        "body_end": explanation.body_end,
        "prologue": [_part(each) for each in made.prologue],
        "instructions": [_line(each) for each in made.lines],
        "data": [_datum(each) for each in made.data],
    }


def _line(line: Line) -> Value:
    each = line.explanation
    made: Value = {"ordinal": each.ordinal, "offset": line.offset}
    if line.place is not None:
        made["line"], made["column"] = line.place
    return made | {
        "wasm": line.text,
        "depth": line.depth,
        "microwasm": list(line.micro),
        "parts": [_part(part) for part in line.parts],
        "reason": None if each.reason is None else str(each.reason),
        "notes": list(each.notes),
        "before": _state(each.before),
        "after": _state(each.after),
    }


def _part(part: Part) -> Value:
    made: Value = {"start": part.start, "end": part.end}
    if part.label:
        made["out_of_line"] = part.label
    made["code"] = [_code(each) for each in part.code]
    return made


def _code(each: Code) -> Value:
    made: Value = {"offset": each.offset, "bytes": each.bytes.hex(), "text": each.text}
    if each.refers is not None:
        made["refers"] = each.refers
    if each.target is not None:
        made["target"] = each.target
    return made | {"reads": each.reads, "writes": each.writes}


def _datum(each: Datum) -> Value:
    made: Value = {"offset": each.offset, "bytes": each.bytes.hex()}
    if each.label:
        made["label"] = each.label
    return made | {"text": each.text}


def _state(state: State | None) -> Value | None:
    if state is None:
        return None
    return {
        "stack": [_location(each) for each in state.stack],
        "locals": [_location(each) for each in state.locals],
    }


def _location(each: Location) -> Value:
    made: Value = {"kind": each.kind, "type": each.type}
    if each.kind == "register":
        made["register"] = register_name(each.value)
        if each.also is not None:
            made["rsp"] = each.also
    elif each.kind == "memory":
        made["rsp"] = each.value
    elif each.kind == "scaled":
        made["register"] = register_name(each.value)
        made["shift"] = each.also or 0
    elif each.kind in ("load", "byte"):
        if each.value >= 0:
            made["register"] = register_name(each.value)
        made["address"] = each.also or 0
    elif each.kind == "constant":
        made["bits"] = each.value
    elif each.kind == "local":
        made["local"] = each.value
    elif each.kind == "flags":
        made["condition"] = condition_name(each.value)
    return made
