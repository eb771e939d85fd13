"""Edits of modules that change one fact, with every index kept right.

An edit changes a `RawModule` in place. Renumbering edits leave every function's
canonical form alone; fact edits change that of the functions which refer to the fact,
and of no other. Whether they do is `test_keys`' matter.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tests.reference.binary import (
    Body,
    Data,
    Elem,
    RawModule,
    Reader,
    encode,
    encode_instr,
    leb,
    vector,
)  # fmt: skip
from tests.reference.opcodes import FUNCREF, I32, I64, OPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BLOCKS = {0x02, 0x03, 0x04}
# Index spaces of the immediates, by opcode; None is a byte that is no index.
SPACES: dict[int, tuple[str | None, ...]] = {
    0x10: ("func",), 0x11: ("type", "table"), 0x23: ("global",), 0x24: ("global",),
    0x25: ("table",), 0x26: ("table",), 0xD2: ("func",), 0xFC08: ("data", None),
    0xFC09: ("data",), 0xFC0C: ("elem", "table"), 0xFC0D: ("elem",),
    0xFC0E: ("table", "table"), 0xFC0F: ("table",), 0xFC10: ("table",),
    0xFC11: ("table",),
}  # fmt: skip
ACCESSES = {code for code, op in OPS.items() if op.immediates == "m"}
MEMORY = ACCESSES | {0x3F, 0x40, 0xFC08, 0xFC0A, 0xFC0B}
Instr = tuple[Any, ...]


def indices(instr: Instr) -> Iterator[tuple[str, int]]:
    """(space, index) of everything an instruction refers to."""
    code = instr[0]
    if code in BLOCKS and instr[1] >= 0:
        yield "type", instr[1]
    for space, index in zip(SPACES.get(code, ()), instr[1:], strict=False):
        if space is not None:
            yield space, index
    if code in MEMORY:
        yield "memory", 0


def _remap_instr(instr: Instr, kind: str, to: Callable[[int], int]) -> Instr:
    if instr[0] in BLOCKS and kind == "type" and instr[1] >= 0:
        return (instr[0], to(instr[1]))
    spaces = SPACES.get(instr[0])
    if spaces is None:
        return instr
    moved = (to(i) if s == kind else i for s, i in zip(spaces, instr[1:], strict=True))
    return (instr[0], *moved)


def remap(m: RawModule, kind: str, to: Callable[[int], int]) -> None:
    """Renumber one index space wherever the module refers to it."""

    def code(found: list[Instr]) -> list[Instr]:
        return [_remap_instr(instr, kind, to) for instr in found]

    for body in m.bodies:
        body.code = code(body.code)
    for elem in m.elems:
        elem.offset, elem.items = code(elem.offset), [code(i) for i in elem.items]
        if kind == "table":
            elem.table = to(elem.table)
    for data in m.datas:
        data.offset = code(data.offset)
    m.globals = [(t, mutable, code(init)) for t, mutable, init in m.globals]
    m.exports = [(n, k, to(i) if k == kind else i) for n, k, i in m.exports]
    if kind == "func" and m.start is not None:
        m.start = to(m.start)
    if kind == "type":
        m.funcs = [to(t) for t in m.funcs]
        m.imports = [(a, b, k, to(d) if k == "func" else d) for a, b, k, d in m.imports]


def make_room(m: RawModule, kind: str, at: int) -> None:
    """Something is going to be inserted at index `at` of an index space."""
    remap(m, kind, lambda i: i + (i >= at))


# ---- edits that renumber


def type_front(m: RawModule) -> None:
    make_room(m, "type", 0)
    m.types.insert(0, ((I64, I32, I64), (I32,)))


def type_duplicate(m: RawModule) -> None:
    """Every reference to the first type now means a copy with another index."""
    make_room(m, "type", 0)
    m.types.insert(0, m.types[0])


def type_back(m: RawModule) -> None:
    m.types.append(((I32,) * 7, ()))


def import_func_front(m: RawModule) -> None:
    make_room(m, "func", 0)
    m.imports.insert(0, ("new", "f", "func", m.funcs[0]))


def import_global_front(m: RawModule) -> None:
    make_room(m, "global", 0)
    m.imports.insert(0, ("new", "g", "global", (I64, False)))


def import_table_front(m: RawModule) -> None:
    make_room(m, "table", 0)
    m.imports.insert(0, ("new", "t", "table", (FUNCREF, (3, None))))


def func_front(m: RawModule) -> None:
    make_room(m, "func", len(m.imported("func")))
    m.types.append(((), ()))
    m.funcs.insert(0, len(m.types) - 1)
    m.bodies.insert(0, Body([I32], [(0x01,), (0x0B,)]))


def func_back(m: RawModule) -> None:
    m.types.append(((), ()))
    m.funcs.append(len(m.types) - 1)
    m.bodies.append(Body([], [(0x0B,)]))


def funcs_swapped(m: RawModule) -> None:
    """The first and the last defined function change places."""
    a, z = len(m.imported("func")), len(m.imported("func")) + len(m.funcs) - 1
    remap(m, "func", lambda i: {a: z, z: a}.get(i, i))
    m.funcs[0], m.funcs[-1] = m.funcs[-1], m.funcs[0]
    m.bodies[0], m.bodies[-1] = m.bodies[-1], m.bodies[0]


def global_front(m: RawModule) -> None:
    make_room(m, "global", len(m.imported("global")))
    m.globals.insert(0, (I64, True, [(0x42, 7)]))


def table_back(m: RawModule) -> None:
    m.tables.append((FUNCREF, (5, 5)))


def data_front(m: RawModule) -> None:
    make_room(m, "data", 0)
    m.datas.insert(0, Data("passive", [], b"new"))


def elem_front(m: RawModule) -> None:
    make_room(m, "elem", 0)
    m.elems.insert(0, Elem("passive", FUNCREF, 0, [], [[(0xD0, FUNCREF)]]))


def export_more(m: RawModule) -> None:
    m.exports.append(("a new export", "func", len(m.imported("func"))))


def data_contents(m: RawModule) -> None:
    for data in m.datas:
        data.data = data.data[::-1]


def memory_maximum(m: RawModule) -> None:
    m.memories = [(low, 65535) for low, _ in m.memories]


RENUMBER: tuple[Callable[[RawModule], None], ...] = (
    type_front, type_duplicate, type_back, import_func_front, import_global_front,
    import_table_front, func_front, func_back, funcs_swapped, global_front, table_back,
    data_front, elem_front, export_more, data_contents, memory_maximum,
)  # fmt: skip

# ---- edits of a fact; each names the (space, index) whose users it touches, or None if
# the module has no such thing


def global_imported(m: RawModule) -> tuple[str, int] | None:
    """The first defined global becomes the last imported one: same index."""
    if not m.globals or m.globals[0][2][0][0] == 0xD2:
        # An initialiser with ref.func declares that function for the bodies.
        return None
    valtype, mutable, _ = m.globals.pop(0)
    m.imports.append(("new", "g", "global", (valtype, mutable)))
    return "global", len(m.imported("global")) - 1


def global_mutability(m: RawModule) -> tuple[str, int] | None:
    """A global that bodies read and none writes: mutable or not, the other way."""
    imported = len(m.imported("global"))
    written = {i[1] for b in m.bodies for i in b.code if i[0] == 0x24}
    read = {i[1] for b in m.bodies for i in b.code if i[0] == 0x23}
    for k, (valtype, mutable, init) in enumerate(m.globals):
        if imported + k in read - written:
            m.globals[k] = (valtype, not mutable, init)
            return "global", imported + k
    return None


def func_imported(m: RawModule) -> tuple[str, int] | None:
    """The first defined function becomes the last imported one: same index."""
    if len(m.funcs) < 2:
        return None
    m.imports.append(("new", "f", "func", m.funcs.pop(0)))
    m.bodies.pop(0)
    return "func", len(m.imported("func")) - 1


def table_imported(m: RawModule) -> tuple[str, int] | None:
    if not m.tables:
        return None
    m.imports.append(("new", "t", "table", m.tables.pop(0)))
    return "table", len(m.imported("table")) - 1


def memory_imported(m: RawModule) -> tuple[str, int] | None:
    if not m.memories:
        return None
    m.imports.append(("new", "m", "memory", m.memories.pop(0)))
    return "memory", 0


def local_added(m: RawModule) -> tuple[str, int] | None:
    """One more declared local in the first defined function: it alone changes."""
    m.bodies[0].locals.append(I64)
    return "own", len(m.imported("func"))


FACTS: tuple[Callable[[RawModule], tuple[str, int] | None], ...] = (
    global_imported, global_mutability, func_imported, table_imported, memory_imported,
    local_added,
)  # fmt: skip


def edited(m: RawModule, edit: Callable[[RawModule], Any]) -> tuple[RawModule, Any]:
    """A changed copy, and what the edit returned."""
    copy = deepcopy(m)
    return copy, edit(copy)


# ---- widths of indices


def _padded(value: int) -> bytes:
    return bytes([*(value >> s & 0x7F | 0x80 for s in (0, 7, 14, 21)), value >> 28])


def _wide_instr(instr: Instr) -> bytes:
    code = instr[0]
    if code in BLOCKS and instr[1] >= 0:
        return bytes([code]) + _padded(instr[1])
    if code not in SPACES:
        return encode_instr(instr)
    head = bytes([code]) if code < 0x100 else b"\xfc" + leb(code & 0xFF)
    parts = zip(SPACES[code], instr[1:], strict=True)
    return head + b"".join(leb(i) if s is None else _padded(i) for s, i in parts)


def encode_wide(m: RawModule) -> bytes:
    """The module with every index in every body as a five-byte LEB128."""
    bodies = []
    for body in m.bodies:
        decls = vector(leb(1) + bytes([t]) for t in body.locals)
        code = decls + b"".join(map(_wide_instr, body.code))
        bodies.append(leb(len(code)) + code)
    content = leb(len(bodies)) + b"".join(bodies)
    narrow = encode(m)
    out, reader = bytearray(narrow[:8]), Reader(narrow, 8)
    while reader.pos < reader.end:
        number = reader.byte()
        part = reader.take(reader.leb())
        if number == 10:
            part = content
        out += bytes([number]) + leb(len(part)) + part
    return bytes(out)
