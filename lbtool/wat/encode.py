"""Code of functions and initialisers in the binary format, from what was read.

The instructions hold their bytes already, but for holes: here these are filled in. So a
function is encoded without any other field being looked at.

Source: specification 5.5.13 "Code Section".
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lbtool.errors import LbtoolError
from lbtool.wasm.leb import signed, unsigned
from lbtool.wat.immediates import Hole, val_type_code
from lbtool.wat.items import Func
from lbtool.wat.types import TypeUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.wat.cursor import Ref
    from lbtool.wat.immediates import Code
    from lbtool.wat.instructions import Instruction
    from lbtool.wat.items import Field
    from lbtool.wat.names import Tables, Types
    from lbtool.wat.types import ValType

__all__ = ["Encoder", "NotEncodedError"]


class NotEncodedError(LbtoolError):
    """The text cannot be encoded here: it has problems, or something is not known."""


class Encoder:
    """Fills in indices; made for one module."""

    def __init__(self, tables: Tables, types: Types) -> None:
        self.tables = tables
        self.types = types

    # ---- indices

    def index(self, space: str, ref: Ref) -> int:
        """The index of a reference."""
        found = self.tables.index(space, ref)
        if found is None:
            raise NotEncodedError(f"unknown {space} {ref}")
        return found

    def type_index(self, use: TypeUse) -> int:
        """The index of a function type."""
        found = self.types.index(use)
        if found is None:
            raise NotEncodedError("unknown type")
        return found

    def _fill(self, hole: Hole, shift: int) -> bytes:
        space, ref, is_signed = hole
        if isinstance(ref, TypeUse):
            index = self.type_index(ref)
        elif space == "memarg":
            assert isinstance(ref, tuple)
            index, flags = self.index("memory", ref[0]), int(ref[1])
            return (
                unsigned(flags | 0x40) + unsigned(index) if index else unsigned(flags)
            )
        elif isinstance(ref, tuple):
            found = self.tables.field_index(self.index("type", ref[0]), str(ref[1]))
            if found is None:
                raise NotEncodedError(f"unknown field {ref[1]}")
            index = found
        elif space == "local":
            if shift < 0 or not isinstance(ref, int):
                raise NotEncodedError("unknown type")
            index = ref + shift
        else:
            index = self.index(space, ref)
        return signed(index) if is_signed else unsigned(index)

    # ---- code

    def code(self, code: Code, shift: int = 0) -> bytes:
        """Bytes of an instruction or a type."""
        if isinstance(code, bytes):
            return code
        return b"".join(
            [p if isinstance(p, bytes) else self._fill(p, shift) for p in code]
        )

    def val_type(self, kind: ValType) -> bytes:
        """A value type."""
        return self.code(val_type_code(kind))

    def instructions(self, code: Iterable[Instruction], shift: int = 0) -> bytes:
        """Bytes of all instructions."""
        out: list[bytes] = []
        append = out.append
        for each in code:
            made = each[3]
            if isinstance(made, bytes):
                append(made)
            elif made is None:
                raise NotEncodedError(f"malformed {each[0].mnemonic}")
            else:
                append(self.code(made, shift))
        return b"".join(out)

    def expression(self, code: Iterable[Instruction]) -> bytes:
        """An initialiser, its ``end`` included."""
        return self.instructions(code) + b"\x0b"

    def body(self, field: Field) -> bytes:
        """Local declarations and code of a function, without the size in front.

        Raises `NotEncodedError` if the field has problems or uses unknown names.
        """
        func = field.item
        if field.problems or field.code is None or not isinstance(func, Func):
            raise NotEncodedError("the function has problems")
        groups = [
            (len(list(group)), kind)
            for kind, group in groupby(each.type for each in func.locals)
        ]
        out = [unsigned(len(groups))]
        for count, kind in groups:
            out += [unsigned(count), self.val_type(kind)]
        out.append(self.instructions(field.code, self.shift(func)))
        return b"".join(out)

    def shift(self, func: Func) -> int:
        """Number of parameters that only the type says, -1 if the type is unknown."""
        if func.params or func.use.ref is None:
            return 0
        shape = self.types.shape(func.use)
        return -1 if shape is None else len(shape[0])
