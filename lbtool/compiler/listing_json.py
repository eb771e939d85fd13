"""A listing as plain JSON values: complete, names instead of numbers, no layout.

Offsets count from the function's first byte; only that of a wasm instruction is its
place in the binary module. A location has its `kind`, as explained at
``lbtool.compiler.explain.Location``, the `type` of its value, and what the kind needs:
``bits``, ``register``, ``rsp`` (displacement of a word), ``local``, ``condition``,
``address`` (added to ``register`` in linear memory).
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from lbtool.compiler.locations import condition_name, register_name
from lbtool.compiler.states import moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.compiler.listing import Code, Datum, Line, Listing, Part
    from lbtool.compiler.states import Location, State

__all__ = ["SCHEMA", "json_text", "listing_json"]

SCHEMA = 1
Value = dict[str, object]
_dumps = partial(json.dumps, separators=(",", ":"))


def listing_json(made: Listing) -> Value:
    """One function."""
    lines = []
    for each in made.lines:
        before, after = each.explanation.before, each.explanation.after
        lines.append(_line(each) | {"before": _state(before), "after": _state(after)})
    return {
        **_head(made),
        "instructions": lines,
        "data": [_datum(each) for each in made.data],
    }


def json_text(made: Listing) -> Iterator[str]:
    """The same as compact JSON, instruction by instruction.

    Every state has every local: what did not change is not made again.
    """
    yield _dumps(_head(made)).removesuffix("}") + ',"instructions":['
    states = _StateText()
    for number, each in enumerate(made.lines):
        line = _dumps(_line(each)).removesuffix("}")
        before = states.text(each.explanation.before)
        after = states.text(each.explanation.after)
        comma = "," if number else ""
        yield f'{comma}{line},"before":{before},"after":{after}}}'
    yield f'],"data":{_dumps([_datum(each) for each in made.data])}}}'


def _head(made: Listing) -> Value:
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
    }


def _line(line: Line) -> Value:
    """Without the states, which are the last of it."""
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
    }


class _StateText:
    """States of one function, one after the other."""

    def __init__(self) -> None:
        self.shown: State | None = None
        self.places: list[str] = []
        self.locals = ""
        self.known: dict[Location, str] = {}

    def text(self, state: State | None) -> str:
        """As JSON."""
        if state is None:
            return "null"
        if self.shown is None:
            self.places = [*map(self.place, state.locals)]
            self.locals = ",".join(self.places)
        elif changed := moved(self.shown.locals, state.locals):
            for index in changed:
                self.places[index] = self.place(state.locals[index])
            self.locals = ",".join(self.places)
        self.shown = state
        stack = ",".join(map(self.place, state.stack))
        return f'{{"stack":[{stack}],"locals":[{self.locals}]}}'

    def place(self, location: Location) -> str:
        found = self.known.get(location)
        if found is None:
            found = self.known[location] = _dumps(_location(location))
        return found


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
