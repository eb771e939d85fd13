"""A module as flat WebAssembly text, so that a found case can be read and kept.

Indices are numbers, float constants are written from their bits, NaN payloads included.
Assembling the text gives an equal module. Not here: reading text (wasmtime does that).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference import opcodes as oc
from tests.reference.numeric import f32, f64, is_nan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.reference.binary import Body, Elem, FuncType, Instr, Limits, RawModule

TYPE_NAMES = {oc.I32: "i32", oc.I64: "i64", oc.F32: "f32", oc.F64: "f64",
              oc.FUNCREF: "funcref", oc.EXTERNREF: "externref"}  # fmt: skip


def float_text(bits: int, width: int) -> str:
    sign = "-" if bits >> (width - 1) else ""
    if is_nan(bits, width):
        payload = bits & ((1 << (23 if width == 32 else 52)) - 1)
        return f"{sign}nan:0x{payload:x}"
    magnitude = bits & ~(1 << (width - 1))
    value = f32(magnitude) if width == 32 else f64(magnitude)
    return sign + (value.hex() if value != float("inf") else "inf")


def _names(types: Iterable[int]) -> str:
    return " ".join(TYPE_NAMES[t] for t in types)


def _signature(functype: FuncType) -> str:
    params, results = functype
    text = f" (param {_names(params)})" if params else ""
    return text + (f" (result {_names(results)})" if results else "")


def _heap(valtype: int) -> str:
    return "func" if valtype == oc.FUNCREF else "extern"


def instr_text(instr: Instr) -> str:  # noqa: PLR0911 - one line per kind of immediate
    op = oc.OPS[instr[0]]
    match op.immediates:
        case "m":
            return f"{op.name} offset={instr[2]} align={1 << instr[1]}"
        case "b":
            if instr[1] >= 0:
                return f"{op.name} (type {instr[1]})"
            result = (
                "" if instr[1] == oc.EMPTY else f" (result {_names([instr[1] & 0x7F])})"
            )
            return op.name + result
        case "T":
            return " ".join(map(str, [op.name, *instr[1], instr[2]]))
        case "v":
            return f"select (result {_names(instr[1])})"
        case "r":
            return f"{op.name} {_heap(instr[1])}"
        case "f" | "d":
            return (
                f"{op.name} {float_text(instr[1], 32 if op.immediates == 'f' else 64)}"
            )
        case "nn":
            pair = instr[1:]
            if op.name == "call_indirect":
                return f"call_indirect {pair[1]} (type {pair[0]})"
            if op.name == "table.init":
                pair = pair[::-1]
            return f"{op.name} {pair[0]} {pair[1]}"
        case "n" | "l" | "n0" | "i" | "I":
            return f"{op.name} {instr[1]}"
    return op.name


def body_lines(body: Body) -> Iterator[str]:
    if body.locals:
        yield f"(local {_names(body.locals)})"
    depth = 0
    for instr in body.code[:-1]:
        depth -= instr[0] in {0x05, 0x0B}
        yield "  " * depth + instr_text(instr)
        depth += instr[0] in {0x02, 0x03, 0x04, 0x05}


def _expr(code: Iterable[Instr]) -> str:
    return " ".join(f"({instr_text(i)})" for i in code)


def _limits(limits: Limits) -> str:
    return f"{limits[0]}" + ("" if limits[1] is None else f" {limits[1]}")


def _string(data: bytes) -> str:
    shown = (
        chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:02x}" for b in data
    )
    return '"' + "".join(shown) + '"'


def _global_type(valtype: int, mutable: bool) -> str:
    return f"(mut {TYPE_NAMES[valtype]})" if mutable else TYPE_NAMES[valtype]


def _import(entry: tuple[str, str, str, object]) -> str:
    where, name, kind, desc = entry
    assert isinstance(desc, int | tuple)
    if kind == "func":
        text = f"(func (type {desc}))"
    elif kind == "table":
        text = f"(table {_limits(desc[1])} {TYPE_NAMES[desc[0]]})"  # type: ignore[index]
    elif kind == "memory":
        text = f"(memory {_limits(desc)})"  # type: ignore[arg-type]
    else:
        text = f"(global {_global_type(*desc)})"  # type: ignore[misc]
    return f"(import {_string(where.encode())} {_string(name.encode())} {text})"


def _elem(e: Elem) -> str:
    items = f"{TYPE_NAMES[e.type]} " + " ".join(f"(item {_expr(i)})" for i in e.items)
    if e.mode == "active":
        return f"(elem (table {e.table}) (offset {_expr(e.offset)}) {items})"
    return f"(elem {'declare ' if e.mode == 'declarative' else ''}{items})"


def module_text(m: RawModule) -> str:
    lines = [f"(type (func{_signature(t)}))" for t in m.types]
    lines += [_import(entry) for entry in m.imports]
    lines += [f"(table {_limits(limits)} {TYPE_NAMES[t]})" for t, limits in m.tables]
    lines += [f"(memory {_limits(limits)})" for limits in m.memories]
    lines += [f"(global {_global_type(t, mut)} {_expr(e)})" for t, mut, e in m.globals]
    lines += [f"(export {_string(n.encode())} ({k} {i}))" for n, k, i in m.exports]
    lines += [] if m.start is None else [f"(start {m.start})"]
    lines += [_elem(e) for e in m.elems]
    for d in m.datas:
        at = f"(offset {_expr(d.offset)}) " if d.mode == "active" else ""
        lines.append(f"(data {at}{_string(d.data)})")
    base = len(m.imported("func"))
    for i, (typeidx, body) in enumerate(zip(m.funcs, m.bodies, strict=True)):
        lines.append(f"(func (;{base + i};) (type {typeidx})")
        lines += [f"  {line}" for line in body_lines(body)]
        lines[-1] += ")"
    return "(module\n" + "\n".join(f"  {line}" for line in lines) + ")\n"
