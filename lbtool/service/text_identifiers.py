"""Identifiers as a text has them, for listings of functions that are still edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wasm.identifiers import Identifiers
from lbtool.wat.fields import Func
from lbtool.wat.lexer import identifier

if TYPE_CHECKING:
    from lbtool.wasm.module import Module
    from lbtool.wat.document import Document
    from lbtool.wat.fields import Field
    from lbtool.wat.names import Tables

__all__ = ["FieldIdentifiers", "spaces"]

# Kind of immediate -> index space of `lbtool.wat.names.Tables`.
SPACES = {
    "funcidx": "func",
    "typeidx": "type",
    "tableidx": "table",
    "memidx": "memory",
    "globalidx": "global",
    "elemidx": "elem",
    "dataidx": "data",
    "tagidx": "tag",
}


def spaces(tables: Tables) -> dict[str, dict[int, str]]:
    """Kind of immediate -> index -> identifier."""
    return {
        kind: {index: name for name, index in tables.indices[space].items()}
        for kind, space in SPACES.items()
    }


class FieldIdentifiers(Identifiers):
    """Those of the module, and the locals and labels of one function."""

    def __init__(
        self,
        module: Module,
        document: Document,
        field: Field,
        shared: dict[str, dict[int, str]],
    ) -> None:
        super().__init__(module)
        self._shared = shared
        self._field = field
        func = field.item
        # Locals come behind parameters that only the type says.
        self._first = document.encoder.shift(func) if isinstance(func, Func) else 0

    def space(self, kind: str) -> dict[int, str]:
        """Identifiers of the index space of an immediate kind."""
        return self._shared[kind]

    def locals(self, funcidx: int) -> dict[int, str]:
        """Identifiers of the function's parameters and locals."""
        del funcidx
        func, text = self._field.item, self._field.text
        if not isinstance(func, Func):
            return {}
        both = enumerate((*func.params, *func.locals), max(0, self._first))
        return {i: identifier(text[each.name]) for i, each in both if each.name >= 0}

    def labels(self, funcidx: int) -> dict[int, str]:
        """Identifiers of the function's labels, by order of appearance."""
        del funcidx
        blocks, text = sorted(self._field.blocks or ()), self._field.text
        return {
            number: identifier(text[each.label])
            for number, each in enumerate(blocks)
            if each.label >= 0
        }
