"""What compiling one canonical function yields; position-independent, module-
independent.

Named tuples, not dataclasses: thousands are made per module, and these are made faster.
"""

from __future__ import annotations

from typing import NamedTuple


class Artifact(NamedTuple):
    """Machine code of one function with the tables that the linker and traps need.

    code        x86-64 bytes; entry at offset 0; relocatable fields are zero
    frame_size  F of ``lbtool.abi``, bytes
    relocs      packed little-endian u32 x 4 {offset, kind, slot, addend}, by offset
    sites       packed little-endian u32 x 2 {offset, ordinal << 8 | code}, by offset
    """

    code: bytes
    frame_size: int
    relocs: bytes
    sites: bytes


class CompiledFunction(NamedTuple):
    """An artifact bound to a module: slot i of the artifact is index ``binding[i]``.

    binding     packed little-endian i32, one per slot, in the space of its kind
    slot_kinds  one byte per slot, ``abi.SLOT_*``
    imported    one byte per slot, 1 if the slot's item is imported
    """

    artifact: Artifact
    binding: bytes
    slot_kinds: bytes
    imported: bytes
