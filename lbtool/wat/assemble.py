"""A module in text to the binary format, byte for byte as wasmtime does it.

What is not known here, annotations that stand for custom sections, is a typed error:
the caller has another assembler for it. Modules are not validated.

Source: specification 5.5 "Modules"; what is free there (the form of segments, of types
and of limits) is the shortest one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wasm.leb import unsigned
from lbtool.wat.document import Document
from lbtool.wat.encode import Encoder, NotEncodedError
from lbtool.wat.immediates import val_type_code
from lbtool.wat.items import Data, Elem, Func, Global, Memory, Table
from lbtool.wat.name_section import name_section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.wat.items import Field
    from lbtool.wat.types import FuncShape, Limits, SubType, ValType

__all__ = ["assemble", "encode_module"]

# Annotations that the other assembler turns into sections.
_SECTIONS = ("custom", "producers", "dylink.0", "metadata.code", "name")
_KINDS = {"func": 0, "table": 1, "memory": 2, "global": 3, "tag": 4}
_FUNCREF = 0x70


def assemble(source: str | Document) -> bytes:
    """The binary module. Raises `NotEncodedError` if the text has problems or more."""
    document = source if isinstance(source, Document) else Document(source)
    words = document.words
    if "binary" in words or "quote" in words:
        raise NotEncodedError("the module is not in text")
    if document.problems():
        raise NotEncodedError(document.problems()[0].message)
    return encode_module(document, document.encoder)


def encode_module(document: Document, encoder: Encoder, *, names: bool = True) -> bytes:
    """The binary module with the bodies of `encoder`; problems are not looked for.

    `names` is whether there is a name section, which costs as much as all the rest.

    Raises `NotEncodedError` for what cannot be encoded.
    """
    module = _Assembler(document, encoder).module()
    return module + name_section(document) if names else module


def _section(number: int, items: Iterable[bytes]) -> bytes:
    found = list(items)
    if not found:
        return b""
    payload = unsigned(len(found)) + b"".join(found)
    return bytes([number]) + unsigned(len(payload)) + payload


def _name(name: bytes) -> bytes:
    return unsigned(len(name)) + name


class _Assembler:
    def __init__(self, document: Document, encoder: Encoder | None = None) -> None:
        self.document = document
        self.fields = list(document.fields())
        self.encoder = encoder or document.encoder
        for field in self.fields:
            for head in field.annotations:
                if head.strip('"').startswith(_SECTIONS):
                    raise NotEncodedError(f"annotation @{head}")

    def module(self) -> bytes:
        own = [f for f in self.fields if f.imported is None]
        functions = [f for f in own if f.kind == "func"]
        bodies = [self.encoder.body(f) for f in functions]
        data = self.segments(Data)
        counted = any(u.space == "data" for f in functions for u in f.uses)
        start = next((f for f in reversed(own) if f.kind == "start"), None)
        out = [
            b"\0asm\1\0\0\0",
            _section(1, self.types()),
            _section(2, [self.imported(f) for f in self.fields if f.imported]),
            _section(3, [self.use(f) for f in functions]),
            _section(4, [self.table(f) for f in own if f.kind == "table"]),
            _section(5, [self.memory(f) for f in own if f.kind == "memory"]),
            _section(13, [b"\0" + self.use(f) for f in own if f.kind == "tag"]),
            _section(6, [self.global_(f) for f in own if f.kind == "global"]),
            _section(7, self.exports()),
        ]
        if start is not None and start.start_ref is not None:
            index = unsigned(self.encoder.index("func", start.start_ref))
            out.append(b"\x08" + unsigned(len(index)) + index)
        out.append(_section(9, [self.elem(*each) for each in self.segments(Elem)]))
        if counted:
            count = unsigned(len(data))
            out.append(b"\x0c" + unsigned(len(count)) + count)
        out.append(_section(10, [unsigned(len(b)) + b for b in bodies]))
        out.append(_section(11, [self.data(*each) for each in data]))
        return b"".join(out)

    # ---- types

    def types(self) -> Iterable[bytes]:
        for field in self.fields:
            if isinstance(field.item, tuple):
                members = [self.sub_type(each) for each in field.item]
                if field.group:
                    yield b"\x4e" + unsigned(len(members)) + b"".join(members)
                else:
                    yield b"".join(members)
        for shape in self.document.types.extra:
            yield self.func_type(shape)

    def func_type(self, shape: FuncShape) -> bytes:
        out = [b"\x60"]
        for kinds in shape:
            out += [unsigned(len(kinds)), *map(self.encoder.val_type, kinds)]
        return b"".join(out)

    def sub_type(self, item: SubType) -> bytes:
        head = b""
        if item.supers or not item.final:
            supers = [
                unsigned(self.encoder.index("type", each)) for each in item.supers
            ]
            head = b"\x4f" if item.final else b"\x50"
            head += unsigned(len(supers)) + b"".join(supers)
        composite = item.composite
        if composite.kind == "func":
            return head + self.func_type(composite.shape)
        fields = [
            self.encoder.val_type(param.type) + bytes([mutable])
            for param, mutable in composite.fields
        ]
        if composite.kind == "array":
            return head + b"\x5e" + fields[0]
        return head + b"\x5f" + unsigned(len(fields)) + b"".join(fields)

    def use(self, field: Field) -> bytes:
        assert isinstance(field.item, Func)
        return unsigned(self.encoder.type_index(field.item.use))

    def limits(self, kind: Limits) -> bytes:
        flags = (kind.maximum is not None) | kind.shared << 1 | kind.index64 << 2
        flags |= (kind.page is not None) << 3
        out = bytes([flags]) + unsigned(kind.minimum)
        if kind.maximum is not None:
            out += unsigned(kind.maximum)
        return out + (b"" if kind.page is None else unsigned(kind.page))

    def table_type(self, item: Table) -> bytes:
        return self.encoder.val_type(item.element) + self.limits(item.limits)

    def global_type(self, item: Global) -> bytes:
        return self.encoder.val_type(item.valtype) + bytes([item.mutable])

    # ---- fields

    def imported(self, field: Field) -> bytes:
        item = field.item
        module, name = field.imported or (b"", b"")
        head = _name(module) + _name(name) + bytes([_KINDS[field.kind]])
        if isinstance(item, Table):
            return head + self.table_type(item)
        if isinstance(item, Memory):
            return head + self.limits(item.limits)
        if isinstance(item, Global):
            return head + self.global_type(item)
        return head + (b"\0" if field.kind == "tag" else b"") + self.use(field)

    def table(self, field: Field) -> bytes:
        item = field.item
        assert isinstance(item, Table)
        kind = self.table_type(item)
        if item.init:
            return b"\x40\x00" + kind + self.encoder.expression(item.init)
        return kind

    def memory(self, field: Field) -> bytes:
        assert isinstance(field.item, Memory)
        return self.limits(field.item.limits)

    def global_(self, field: Field) -> bytes:
        assert isinstance(field.item, Global)
        return self.global_type(field.item) + self.encoder.expression(field.item.init)

    def exports(self) -> Iterable[bytes]:
        counts = dict.fromkeys(_KINDS, 0)
        for field in self.fields:
            for each in field.exports:
                index = counts[each.space]
                if each.ref is not None:
                    index = self.encoder.index(each.space, each.ref)
                yield _name(each.name) + bytes([_KINDS[each.space]]) + unsigned(index)
            for made in field.defines:
                if made.space in counts:
                    counts[made.space] += 1

    # ---- segments

    def segments(self, kind: type[Elem | Data]) -> list[tuple[Elem | Data, int, bool]]:
        """Segments in order, with index and index type of the field's own memory."""
        found: list[tuple[Elem | Data, int, bool]] = []
        space = "table" if kind is Elem else "memory"
        count = 0
        for field in self.fields:
            item = field.item
            if isinstance(item, kind):
                found.append((item, 0, False))
            elif isinstance(field.segment, kind):
                assert isinstance(item, (Table, Memory))
                found.append((field.segment, count, item.limits.index64))
            count += sum(each.space == space for each in field.defines)
        return found

    def place(self, item: Elem | Data, own: int, *, index64: bool) -> tuple[int, bytes]:
        """Index of the table or memory of an active segment, and the offset."""
        if item.own:
            return own, (b"\x42" if index64 else b"\x41") + b"\0\x0b"
        space = "table" if isinstance(item, Elem) else "memory"
        ref = item.table if isinstance(item, Elem) else item.memory
        index = 0 if ref is None else self.encoder.index(space, ref)
        return index, self.encoder.expression(item.offset)

    def elem(self, item: Elem | Data, own: int, index64: bool) -> bytes:
        assert isinstance(item, Elem)
        flags = {"active": 0, "passive": 1, "declare": 3}[item.mode]
        out = b""
        implied = item.mode == "active"
        if item.mode == "active":
            index, offset = self.place(item, own, index64=index64)
            written = item.own or item.table is not None
            if written or item.kind not in (None, _FUNCREF):
                flags, implied = 2, False
                out += unsigned(index)
            out += offset
        if not implied:
            out += b"\0" if item.kind is None else self.kind(item.kind)
        flags |= 4 if item.kind is not None else 0
        return bytes([flags]) + out + self.items(item)

    def kind(self, kind: ValType) -> bytes:
        return self.encoder.code(val_type_code(kind))

    def items(self, item: Elem) -> bytes:
        out = [unsigned(len(item.items))]
        for each in item.items:
            if isinstance(each, tuple):
                out.append(self.encoder.expression(each))
                continue
            index = unsigned(self.encoder.index("func", each))
            # Functions in a table of another type are expressions, too: `ref.func`.
            out.append(index if item.kind is None else b"\xd2" + index + b"\x0b")
        return b"".join(out)

    def data(self, item: Elem | Data, own: int, index64: bool) -> bytes:
        assert isinstance(item, Data)
        payload = unsigned(len(item.bytes)) + item.bytes
        if item.mode == "passive":
            return b"\x01" + payload
        index, offset = self.place(item, own, index64=index64)
        head = b"\x02" + unsigned(index) if index else b"\0"
        return head + offset + payload
