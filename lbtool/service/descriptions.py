"""Definitions in the words of the text format: types, limits, sizes of segments.

From what was read, whether it is valid or not; outlines and hovers share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wat.items import Data, Elem, Func, Global, Memory, Table
from lbtool.wat.types import HEAP_TYPES, REF, VAL_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.wat.cursor import Ref
    from lbtool.wat.document import Document
    from lbtool.wat.items import Field, Item
    from lbtool.wat.types import FuncShape, Limits, Param, SubType, TypeUse, ValType

__all__ = ["detail", "member", "signature", "value_type"]

_NAMES = {code: name for name, code in VAL_TYPES.items()} | {0x78: "i8", 0x77: "i16"}
_HEAPS = {code: name for name, code in HEAP_TYPES.items()}


def value_type(kind: ValType) -> str:
    """``i32``, ``funcref``, ``(ref null $t)``; storage types of fields as well."""
    if isinstance(kind, int):
        return _NAMES.get(kind, f"<{kind:#04x}>")
    code, heap = kind
    name = _HEAPS.get(heap, heap) if isinstance(heap, int) else heap
    return f"(ref {name})" if code == REF else f"(ref null {name})"


def signature(
    shape: FuncShape, params: Sequence[Param] = (), text: Sequence[str] = ()
) -> str:
    """``(param $n i32) (result i32)``; `params` have their names in the tokens."""
    parts: list[str] = []
    plain: list[str] = []
    for number, kind in enumerate(shape[0]):
        name = params[number].name if number < len(params) else -1
        if name < 0:
            plain.append(value_type(kind))
            continue
        parts += _group("param", plain)
        plain = []
        parts.append(f"(param {text[name]} {value_type(kind)})")
    parts += _group("param", plain)
    return " ".join([*parts, *_group("result", [value_type(k) for k in shape[1]])])


def _group(word: str, kinds: list[str]) -> list[str]:
    return [f"({word} {' '.join(kinds)})"] if kinds else []


def _typed(document: Document, use: TypeUse, params: Sequence[Param], f: Field) -> str:
    shape = use.shape
    if use.ref is not None and shape == ((), ()):
        shape = document.types.shape(use) or shape
    return signature(shape, params, f.text)


def detail(document: Document, field: Field, number: int = 0) -> str:
    """The type of what a field defines; of the `number`-th type of a group."""
    item: Item | Elem | Data | None = field.item
    if isinstance(item, tuple):
        return _composite(item[number], field) if number < len(item) else ""
    if number:
        item = field.segment
    if isinstance(item, Func):
        return _typed(document, item.use, item.params, field)
    return "" if item is None else _words(item)


def member(param: Param, mutable: bool, text: Sequence[str]) -> str:
    """``(field $next (mut i32))``, a field of a structure."""
    name = f"{text[param.name]} " if param.name >= 0 else ""
    return f"(field {name}{_stored(param, mutable)})"


def _stored(param: Param, mutable: bool) -> str:
    stored = value_type(param.type)
    return f"(mut {stored})" if mutable else stored


def _composite(kind: SubType, field: Field) -> str:
    made = kind.composite
    if made.kind == "func":
        words = ["func", signature(made.shape, made.params, field.text)]
    else:
        words = [made.kind]
        for param, mutable in made.fields:
            text = member(param, mutable, field.text)
            words.append(text if made.kind == "struct" else _stored(param, mutable))
    text = f"({' '.join(filter(None, words))})"
    if kind.final and not kind.supers:
        return text
    final = ["final"] if kind.final else []
    return f"(sub {' '.join([*final, *map(str, kind.supers), text])})"


def _limits(limits: Limits) -> str:
    words = ["i64"] if limits.index64 else []
    words.append(str(limits.minimum))
    if limits.maximum is not None:
        words.append(str(limits.maximum))
    if limits.shared:
        words.append("shared")
    if limits.page is not None:
        words.append(f"(pagesize {1 << limits.page})")
    return " ".join(words)


def _words(item: Table | Memory | Global | Elem | Data) -> str:
    if isinstance(item, Table):
        return f"{_limits(item.limits)} {value_type(item.element)}"
    if isinstance(item, Memory):
        return _limits(item.limits)
    if isinstance(item, Global):
        kind = value_type(item.valtype)
        return f"(mut {kind})" if item.mutable else kind
    if isinstance(item, Elem):
        count = _counted(len(item.items), "element")
        return f"{_place(item.mode, 'table', item.table)}, {count}"
    count = _counted(len(item.bytes), "byte")
    return f"{_place(item.mode, 'memory', item.memory)}, {count}"


def _place(mode: str, space: str, ref: Ref | None) -> str:
    return mode if ref is None else f"{mode} ({space} {ref})"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
