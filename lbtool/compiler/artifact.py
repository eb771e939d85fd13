"""What compiling one canonical function yields; position-independent, module-
independent.

A module has thousands. `Artifact` is a named tuple, because that is made faster than a
dataclass; a `CompiledFunction` that comes from a batch only knows where in the batch's
buffers its parts are, and cuts them out when somebody asks.
"""

from __future__ import annotations

from typing import Any

from lbtool.records import NamedTuple


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


class CompiledFunction:
    """An artifact bound to a module: slot i of the artifact is index ``binding[i]``.

    binding     packed little-endian i32, one per slot, in the space of its kind
    slot_kinds  one byte per slot, ``abi.SLOT_*``
    imported    one byte per slot, 1 if the slot's item is imported
    """

    def __init__(
        self, artifact: Artifact, binding: bytes, slot_kinds: bytes, imported: bytes
    ) -> None:
        self._artifact: Artifact | None = artifact
        self._binding: bytes | None = binding
        self._slot_kinds: bytes | None = slot_kinds
        self._imported: bytes | None = imported
        self._data = self._words = memoryview(b"")
        self._at = self._word = self._frame_size = 0
        self._n_code = self._n_relocs = self._n_sites = self._n_slots = 0

    def lies(self, data: memoryview, at: int, n_code: int, n_slots: int) -> int:
        """Instead of `__init__`: code, slot kinds and origins are in `data` at `at`."""
        self._artifact = self._binding = self._slot_kinds = self._imported = None
        self._data, self._at = data, at
        self._n_code, self._n_slots = n_code, n_slots
        return 0

    def has(
        self,
        tables: memoryview,
        word: int,
        frame_size: int,
        n_relocs: int,
        n_sites: int,
    ) -> int:
        """Instead of `__init__`: relocations, sites and binding are u32 in `tables`."""
        self._words, self._word = tables, word
        self._frame_size = frame_size
        self._n_relocs, self._n_sites = n_relocs, n_sites
        return 0

    def flat(self) -> tuple[Any, int, int, int, Any, int, int, int, int]:
        """Where the parts are, for the linker: as `lies` and `has` take them.

        ValueError when the tables disagree about the number of slots.
        """
        if len(self._data):
            return (
                self._data,
                self._at,
                self._n_code,
                self._n_slots,
                self._words,
                self._word,
                self._frame_size,
                self._n_relocs,
                self._n_sites,
            )
        code, frame_size, relocs, sites = self.artifact
        n_slots = len(self.slot_kinds)
        if (
            len(self.imported) != n_slots
            or len(self.binding) != 4 * n_slots
            or len(relocs) % 16
            or len(sites) % 8
        ):
            raise ValueError("tables of a compiled function disagree")
        data = code + self.slot_kinds + self.imported
        words = relocs + sites + self.binding
        n_relocs, n_sites = len(relocs) // 4, len(sites) // 4
        return data, 0, len(code), n_slots, words, 0, frame_size, n_relocs, n_sites

    @property
    def artifact(self) -> Artifact:
        """Code and tables, the same in every module."""
        if self._artifact is None:
            relocs = 4 * self._word
            sites = relocs + 4 * self._n_relocs
            self._artifact = Artifact(
                bytes(self._data[self._at : self._at + self._n_code]),
                self._frame_size,
                bytes(self._words[relocs:sites]),
                bytes(self._words[sites : sites + 4 * self._n_sites]),
            )
        return self._artifact

    @property
    def binding(self) -> bytes:
        """Indices of the slots in the module."""
        if self._binding is None:
            first = 4 * (self._word + self._n_relocs + self._n_sites)
            self._binding = bytes(self._words[first : first + 4 * self._n_slots])
        return self._binding

    @property
    def slot_kinds(self) -> bytes:
        """What the slots are."""
        if self._slot_kinds is None:
            first = self._at + self._n_code
            self._slot_kinds = bytes(self._data[first : first + self._n_slots])
        return self._slot_kinds

    @property
    def imported(self) -> bytes:
        """Which slots come from outside of the module."""
        if self._imported is None:
            first = self._at + self._n_code + self._n_slots
            self._imported = bytes(self._data[first : first + self._n_slots])
        return self._imported

    def parts(self) -> tuple[Artifact, bytes, bytes, bytes]:
        """All four, as the constructor takes them."""
        return self.artifact, self.binding, self.slot_kinds, self.imported

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CompiledFunction) and self.parts() == other.parts()

    def __hash__(self) -> int:
        return hash(self.parts())

    def __repr__(self) -> str:
        return f"CompiledFunction{self.parts()!r}"

    def __reduce__(self) -> tuple[Any, ...]:
        return CompiledFunction, self.parts()
