"""A module as plain mutable records, read from and written to the binary format.

Shared by the reference interpreter, the generator and the shrinker; shares no code with
the product. It trusts its input: modules given to it are valid. Custom sections are
dropped. Positions inside a body are list indices, which are instruction ordinals.
Source: core specification, "Binary Format".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from tests.reference.opcodes import EMPTY, FUNCREF, OPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FuncType = tuple[tuple[int, ...], tuple[int, ...]]
Instr = tuple[Any, ...]
"""(opcode, immediates...): block types are >= 0 for a type index, negative for a value
type as the format's s33; br_table has a tuple of labels and the default."""
Limits = tuple[int, int | None]
KINDS = ("func", "table", "memory", "global")
CONST_OPS = {0x41, 0x42, 0x43, 0x44, 0xD0, 0xD2, 0x23}
T = TypeVar("T")


@dataclass(slots=True)
class Body:
    locals: list[int]
    code: list[Instr]


@dataclass(slots=True)
class Elem:
    """`mode` is active, passive or declarative; items are constant expressions."""

    mode: str
    type: int
    table: int
    offset: list[Instr]
    items: list[list[Instr]]


@dataclass(slots=True)
class Data:
    mode: str
    offset: list[Instr]
    data: bytes


@dataclass(slots=True)
class RawModule:
    """Sections in order; imports are (module, name, kind, description)."""

    types: list[FuncType] = field(default_factory=list)
    imports: list[tuple[str, str, str, Any]] = field(default_factory=list)
    funcs: list[int] = field(default_factory=list)
    tables: list[tuple[int, Limits]] = field(default_factory=list)
    memories: list[Limits] = field(default_factory=list)
    globals: list[tuple[int, bool, list[Instr]]] = field(default_factory=list)
    exports: list[tuple[str, str, int]] = field(default_factory=list)
    start: int | None = None
    elems: list[Elem] = field(default_factory=list)
    datas: list[Data] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    def imported(self, kind: str) -> list[Any]:
        return [desc for _, _, k, desc in self.imports if k == kind]

    def func_types(self) -> list[FuncType]:
        return [self.types[i] for i in [*self.imported("func"), *self.funcs]]

    def block_type(self, immediate: int) -> FuncType:
        if immediate >= 0:
            return self.types[immediate]
        return ((), ()) if immediate == EMPTY else ((), (immediate & 0x7F,))


class Reader:
    def __init__(self, data: bytes, pos: int = 0, end: int | None = None) -> None:
        self.data, self.pos = data, pos
        self.end = len(data) if end is None else end

    def byte(self) -> int:
        self.pos += 1
        return self.data[self.pos - 1]

    def take(self, n: int) -> bytes:
        self.pos += n
        return self.data[self.pos - n : self.pos]

    def leb(self, *, sign: bool = False) -> int:
        value = shift = 0
        while True:
            b = self.byte()
            value |= (b & 0x7F) << shift
            shift += 7
            if not b & 0x80:
                return value - (1 << shift) if sign and b & 0x40 else value

    def vector(self, item: Callable[[], T]) -> list[T]:
        return [item() for _ in range(self.leb())]

    def name(self) -> str:
        return self.take(self.leb()).decode()

    def limits(self) -> Limits:
        flags = self.byte()
        minimum = self.leb()
        return (minimum, self.leb() if flags & 1 else None)

    def table(self) -> tuple[int, Limits]:
        return (self.byte(), self.limits())

    def globaltype(self) -> tuple[int, bool]:
        return (self.byte(), self.byte() == 1)

    def functype(self) -> FuncType:
        self.byte()
        return (tuple(self.take(self.leb())), tuple(self.take(self.leb())))

    def importing(self) -> tuple[str, str, str, Any]:
        module, name, kind = self.name(), self.name(), KINDS[self.byte()]
        readers: tuple[Callable[[], Any], ...]
        readers = (self.leb, self.table, self.limits, self.globaltype)
        desc = readers[KINDS.index(kind)]()
        return (module, name, kind, desc)

    def immediate(self, kind: str) -> Any:
        simple = {"r": self.byte, "0": self.byte, "n": self.leb, "l": self.leb}
        if kind in simple:
            return simple[kind]()
        if kind in "biI":
            return self.leb(sign=True)
        if kind in "fd":
            return int.from_bytes(self.take(4 if kind == "f" else 8), "little")
        if kind == "v":
            return tuple(self.take(self.leb()))
        assert kind == "T"
        return tuple(self.vector(self.leb))

    def instr(self) -> Instr:
        code = self.byte()
        if code == 0xFC:
            code = 0xFC00 | self.leb()
        kinds = OPS[code].immediates
        if kinds == "m":
            return (code, self.leb(), self.leb())
        if kinds == "T":
            return (code, self.immediate("T"), self.leb())
        return (code, *map(self.immediate, kinds))

    def expr(self) -> list[Instr]:
        """Instructions of a constant expression, without its end."""
        code = []
        while (instr := self.instr())[0] != 0x0B:
            code.append(instr)
        return code

    def elem(self) -> Elem:
        flags = self.leb()
        mode = (
            "active" if not flags & 1 else ("declarative" if flags & 2 else "passive")
        )
        table = self.leb() if mode == "active" and flags & 2 else 0
        offset = self.expr() if mode == "active" else []
        kind = FUNCREF
        if flags & 3:
            byte = self.byte()
            kind = byte if flags & 4 else FUNCREF
        if flags & 4:
            return Elem(mode, kind, table, offset, self.vector(self.expr))
        items: list[list[Instr]] = [[(0xD2, i)] for i in self.vector(self.leb)]
        return Elem(mode, kind, table, offset, items)

    def segment(self) -> Data:
        flags = self.leb()
        if flags == 2:
            self.leb()
        offset = [] if flags == 1 else self.expr()
        return Data(
            "passive" if flags == 1 else "active", offset, self.take(self.leb())
        )

    def body(self) -> Body:
        size = self.leb()
        end = self.pos + size
        local_types: list[int] = []
        for count, valtype in self.vector(lambda: (self.leb(), self.byte())):
            local_types += [valtype] * count
        code = []
        while self.pos < end:
            code.append(self.instr())
        return Body(local_types, code)


def decode(data: bytes) -> RawModule:
    module = RawModule()
    reader = Reader(data, 8)
    while reader.pos < reader.end:
        section, size = reader.byte(), reader.leb()
        part = Reader(data, reader.pos, reader.pos + size)
        reader.pos += size
        _section(module, section, part)
    return module


def _section(m: RawModule, section: int, r: Reader) -> None:
    if section == 1:
        m.types = r.vector(r.functype)
    elif section == 2:
        m.imports = r.vector(r.importing)
    elif section == 3:
        m.funcs = r.vector(r.leb)
    elif section == 4:
        m.tables = r.vector(r.table)
    elif section == 5:
        m.memories = r.vector(r.limits)
    elif section == 6:
        m.globals = r.vector(lambda: (*r.globaltype(), r.expr()))
    elif section == 7:
        m.exports = r.vector(lambda: (r.name(), KINDS[r.byte()], r.leb()))
    elif section == 8:
        m.start = r.leb()
    elif section == 9:
        m.elems = r.vector(r.elem)
    elif section == 10:
        m.bodies = r.vector(r.body)
    elif section == 11:
        m.datas = r.vector(r.segment)


def leb(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def sleb(value: int) -> bytes:
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)


def vector(items: Iterable[bytes]) -> bytes:
    parts = list(items)
    return leb(len(parts)) + b"".join(parts)


def name(text: str) -> bytes:
    data = text.encode()
    return leb(len(data)) + data


def _immediate(kind: str, value: Any) -> bytes:
    if kind in "nlm0":
        return leb(value)
    if kind in "biI":
        bits = 64 if kind == "I" else 32
        if kind != "b" and value >> (bits - 1) == 1:
            value -= 1 << bits
        return sleb(value)
    if kind == "r":
        return bytes([value])
    if kind in "fd":
        return int(value).to_bytes(4 if kind == "f" else 8, "little")
    return vector(map(leb, value)) if kind == "T" else vector(bytes([t]) for t in value)


def encode_instr(instr: Instr) -> bytes:
    code = instr[0]
    kinds = {"m": "mm", "T": "Tl"}.get(OPS[code].immediates, OPS[code].immediates)
    head = bytes([code]) if code < 0x100 else b"\xfc" + leb(code & 0xFF)
    if not kinds:
        return head
    return head + b"".join(map(_immediate, kinds, instr[1:]))


def encode_code(code: Iterable[Instr]) -> bytes:
    return b"".join(map(encode_instr, code))


def _expr(code: Iterable[Instr]) -> bytes:
    return encode_code(code) + b"\x0b"


def _limits(limits: Limits) -> bytes:
    minimum, maximum = limits
    return (
        b"\0" + leb(minimum) if maximum is None else b"\1" + leb(minimum) + leb(maximum)
    )


def _table(table: tuple[int, Limits]) -> bytes:
    return bytes([table[0]]) + _limits(table[1])


def _import(entry: tuple[str, str, str, Any]) -> bytes:
    module, field_name, kind, desc = entry
    head = name(module) + name(field_name) + bytes([KINDS.index(kind)])
    if kind == "func":
        return head + leb(desc)
    if kind == "table":
        return head + _table(desc)
    return head + (_limits(desc) if kind == "memory" else bytes(desc))


def _elem(e: Elem) -> bytes:
    by_index = e.type == FUNCREF and all(
        len(i) == 1 and i[0][0] == 0xD2 for i in e.items
    )
    flags = {"active": 0, "passive": 1, "declarative": 3}[e.mode]
    if e.mode == "active" and (e.table or e.type != FUNCREF):
        flags |= 2
    flags |= 0 if by_index else 4
    out = leb(flags)
    if e.mode == "active":
        out += (leb(e.table) if flags & 2 else b"") + _expr(e.offset)
    if flags & 3:
        out += b"\0" if by_index else bytes([e.type])
    return out + vector(leb(i[0][1]) if by_index else _expr(i) for i in e.items)


def _data(d: Data) -> bytes:
    head = b"\1" if d.mode == "passive" else b"\0" + _expr(d.offset)
    return head + leb(len(d.data)) + d.data


def encode_body(body: Body) -> bytes:
    runs: list[list[int]] = []
    for valtype in body.locals:
        if runs and runs[-1][1] == valtype:
            runs[-1][0] += 1
        else:
            runs.append([1, valtype])
    code = vector(leb(n) + bytes([t]) for n, t in runs) + encode_code(body.code)
    return leb(len(code)) + code


def _sections(m: RawModule) -> Iterable[tuple[int, Sequence[bytes]]]:
    types = [
        b"\x60" + vector(bytes([t]) for t in p) + vector(bytes([t]) for t in r)
        for p, r in m.types
    ]
    exports = [name(n) + bytes([KINDS.index(k)]) + leb(i) for n, k, i in m.exports]
    yield 1, types
    yield 2, [_import(i) for i in m.imports]
    yield 3, [leb(i) for i in m.funcs]
    yield 4, [_table(t) for t in m.tables]
    yield 5, [_limits(limits) for limits in m.memories]
    yield 6, [bytes([t, mutable]) + _expr(init) for t, mutable, init in m.globals]
    yield 7, exports
    yield 8, [] if m.start is None else [leb(m.start)]
    yield 9, [_elem(e) for e in m.elems]
    yield 12, [leb(len(m.datas))] if m.datas else []
    yield 10, [encode_body(b) for b in m.bodies]
    yield 11, [_data(d) for d in m.datas]


def encode(module: RawModule) -> bytes:
    out = bytearray(b"\0asm\1\0\0\0")
    for section, items in _sections(module):
        if items:
            single = section in {8, 12}
            content = b"".join(items) if single else vector(items)
            out += bytes([section]) + leb(len(content)) + content
    return bytes(out)
