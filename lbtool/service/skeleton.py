"""A module with everything but names and bodies; bodies are the smallest there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wat.assemble import encode_module
from lbtool.wat.encode import Encoder, NotEncodedError
from lbtool.wat.fields import Func, field_of

if TYPE_CHECKING:
    from lbtool.wat.document import Document
    from lbtool.wat.fields import Field

__all__ = ["skeleton"]

UNREACHABLE = b"\x00\x00\x0b"


class _NoBodies(Encoder):
    def body(self, field: Field) -> bytes:
        """The same for every function; what is wrong in it does not matter here."""
        del field
        return UNREACHABLE


def skeleton(document: Document) -> bytes:
    """The binary module. Raises `NotEncodedError` for problems outside of bodies."""
    for position, chunk in enumerate(document.chunks):
        if chunk.kind != "field":
            continue
        whole = isinstance(field_of(chunk).item, Func)
        if not whole and document.chunk_problems(position):
            raise NotEncodedError("the module has problems outside of functions")
    encoder = _NoBodies(document.tables, document.types)
    return encode_module(document, encoder, names=False)
