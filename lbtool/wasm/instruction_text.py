"""One instruction as text: mnemonic and immediates, without operands.

The order of immediates is that of the text format, which for three instructions differs
from the binary one. Blocks come without label and without their ``end``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lbtool.wasm import literals
from lbtool.wasm.identifiers import SPACES, Identifiers, identifiers
from lbtool.wasm.instructions import EMPTY_BLOCK
from lbtool.wasm.types import valtype_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.wasm.module import Module
    from lbtool.wasm.opcodes import Op

__all__ = ["FuncNames", "instruction_text", "signature"]

_HEAP_TYPES = {
    -0x0C: "noexn",
    -0x0D: "nofunc",
    -0x0E: "noextern",
    -0x0F: "none",
    -0x10: "func",
    -0x11: "extern",
    -0x12: "any",
    -0x13: "eq",
    -0x14: "i31",
    -0x15: "struct",
    -0x16: "array",
    -0x17: "exn",
}
_CATCHES = ("catch", "catch_ref", "catch_all", "catch_all_ref")

# Index 0 is implied where the text format lets it be left out.
_IMPLIED = frozenset({"memidx", "tableidx"})
_ALWAYS = frozenset(
    {"table.get", "table.set", "table.size", "table.grow", "table.fill"}
)


class FuncNames:
    """Names inside one function: its locals and the labels open at this place.

    `labels` is a stack, the innermost label last; an unnamed one is None.
    """

    def __init__(self, ids: Identifiers, funcidx: int | None = None) -> None:
        self.ids = ids
        self.locals = {} if funcidx is None else ids.locals(funcidx)
        self.labels: list[str | None] = []

    def local(self, index: int) -> str:
        """A local where it is used."""
        return self.locals.get(index) or str(index)

    def label(self, depth: int) -> str:
        """A label where it is used; `depth` counts from the innermost."""
        name = self.labels[-1 - depth] if depth < len(self.labels) else None
        # An inner label of the same name would catch the reference.
        if name is not None and name not in self.labels[len(self.labels) - depth :]:
            return name
        return str(depth)


def signature(word: str, valtypes: Sequence[int]) -> str:
    """`` (param i32 i64)``, or nothing for none."""
    names = " ".join(map(valtype_name, valtypes))
    return f" ({word} {names})" if names else ""


def _blocktype(module: Module, names: FuncNames, value: int) -> str:
    if value == EMPTY_BLOCK:
        return ""
    if value < 0:
        return f" (result {valtype_name(value + 128)})"
    text = f" (type {names.ids.ref('typeidx', value)})"
    if value < len(module.types):
        functype = module.types[value]
        text += signature("param", functype.params)
        text += signature("result", functype.results)
    return text


def _memarg(op: Op, names: FuncNames, value: tuple[int, int, int]) -> str:
    align, offset, memidx = value
    text = f" {names.ids.ref('memidx', memidx)}" if memidx else ""
    if offset:
        text += f" offset={offset}"
    if 1 << align != op.width:
        text += f" align={1 << align}"
    return text


def _heaptype(names: FuncNames, value: int) -> str:
    return _HEAP_TYPES.get(value) or names.ids.ref("typeidx", value)


def _reftype(names: FuncNames, value: int, *, null: bool) -> str:
    return f"(ref {'null ' if null else ''}{_heaptype(names, value)})"


def _catches(names: FuncNames, clauses: Sequence[tuple[int, int | None, int]]) -> str:
    text = ""
    for kind, tag, label in clauses:
        tag_text = "" if tag is None else f" {names.ids.ref('tagidx', tag)}"
        text += f" ({_CATCHES[kind]}{tag_text} {names.label(label)})"
    return text


Show = Callable[[Any], str]

_PLAIN: dict[str, Show] = {
    "i32": str,
    "i64": str,
    "f32": literals.f32,
    "f64": literals.f64,
    "v128": literals.v128,
    "lane": str,
    "lanes16": lambda lanes: " ".join(map(str, lanes)),
    "count": str,
    "fieldidx": str,
    "castflags": lambda _: "",
    "zero": lambda _: "",
}


# Immediates whose text depends on names, types or the instruction itself.
_BY_CONTEXT: dict[str, Callable[[Module, FuncNames, Op, Any], str]] = {
    "localidx": lambda _module, names, _op, value: names.local(value),
    "labelidx": lambda _module, names, _op, value: names.label(value),
    "labels": lambda _module, names, _op, value: " ".join(map(names.label, value)),
    "blocktype": lambda module, names, _op, value: _blocktype(module, names, value),
    "memarg": lambda _module, names, op, value: _memarg(op, names, value),
    "valtypes": lambda _module, _names, _op, value: (
        signature("result", value) or "(result)"
    ),
    "heaptype": lambda _module, names, _op, value: _heaptype(names, value),
    "catches": lambda _module, names, _op, value: _catches(names, value),
}


def _one(module: Module, names: FuncNames, op: Op, kind: str, value: Any) -> str:  # noqa: ANN401 - by kind
    """One immediate with a space in front, or nothing."""
    if kind in _IMPLIED and value == 0 and op.mnemonic not in _ALWAYS:
        return ""
    if kind == "typeidx" and op.mnemonic.endswith("call_indirect"):
        return f" (type {names.ids.ref(kind, value)})"
    if kind in SPACES:
        return f" {names.ids.ref(kind, value)}"
    show = _PLAIN.get(kind)
    shown = show(value) if show else _BY_CONTEXT[kind](module, names, op, value)
    shown = shown.strip()
    return f" {shown}" if shown else ""


def _cast(names: FuncNames, op: Op, immediates: Sequence[Any]) -> str | None:
    """The instructions whose immediates say together what reference types they mean."""
    if op.mnemonic in ("ref.test", "ref.cast"):
        null = bool(op.code & 1)
        return f"{op.mnemonic} {_reftype(names, immediates[0], null=null)}"
    if op.immediates[:1] == ("castflags",):
        flags, label, source, target = immediates
        source_text = _reftype(names, source, null=bool(flags & 1))
        target_text = _reftype(names, target, null=bool(flags & 2))
        return f"{op.mnemonic} {names.label(label)} {source_text} {target_text}"
    return None


def _in_text_order(op: Op, immediates: Sequence[Any]) -> list[tuple[str, Any]]:
    pairs = list(zip(op.immediates, immediates, strict=True))
    if op.mnemonic in (
        "memory.init",
        "table.init",
        "call_indirect",
        "return_call_indirect",
    ):
        pairs.reverse()
    return pairs


def text(module: Module, names: FuncNames, op: Op, immediates: Sequence[Any]) -> str:
    """Like `instruction_text`, inside a function."""
    if not op.immediates:
        return op.mnemonic
    kind = op.immediates[0]
    if len(op.immediates) == 1 and kind != "heaptype":
        return op.mnemonic + _one(module, names, op, kind, immediates[0])
    cast = _cast(names, op, immediates)
    if cast is not None:
        return cast
    pairs = _in_text_order(op, immediates)
    if "copy" in op.mnemonic and any(immediates):  # both indices or none
        both = [names.ids.ref(kind, value) for kind, value in pairs]
        return f"{op.mnemonic} {' '.join(both)}"
    return op.mnemonic + "".join(
        _one(module, names, op, kind, value) for kind, value in pairs
    )


def instruction_text(
    module: Module,
    op: Op,
    immediates: Sequence[Any],
    funcidx: int | None = None,
) -> str:
    """One instruction with names where the module has them, such as ``call $fib``.

    immediates  as `lbtool.wasm.instructions` gives them
    funcidx     the function it stands in, for the names of locals
    """
    return text(module, FuncNames(identifiers(module), funcidx), op, immediates)
