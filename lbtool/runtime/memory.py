"""Linear memories as Python objects."""

from __future__ import annotations

from lbtool.errors import LbtoolError
from lbtool.runtime import cells
from lbtool.wasm.types import Limits, MemoryType

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.runtime.store import Store

__all__ = ["Memory"]

PAGE = 1 << 16
MAX_PAGES = 1 << 16


class Memory(cells.MemoryCore):
    """A linear memory; it grows in place and never moves.

    It supports the buffer protocol: ``memoryview(memory)`` sees the bytes that exist at
    that moment, and stays valid (but does not lengthen) when the memory grows.

    >>> from lbtool import Limits, MemoryType, Store
    >>> memory = Memory(Store(), MemoryType(Limits(1, 2)))
    >>> memory.write(b"abc", 10)
    3
    >>> memory.read(10, 13), memory.size
    (b'abc', 1)
    >>> memory.grow(1), memory.size
    (1, 2)
    """

    def __init__(self, store: Store, memorytype: MemoryType) -> None:
        limits = memorytype.limits
        maximum = MAX_PAGES if limits.maximum is None else limits.maximum
        self._maximum = limits.maximum
        try:
            if store.engine.config.bounds == "guard":
                reserve = cells.GUARDED_RESERVATION
                self.open(store, limits.minimum, maximum, reserve)
            else:
                self._open_small(store, limits.minimum, min(maximum, MAX_PAGES))
        except OSError as error:
            raise LbtoolError(
                f"a memory of {limits.minimum} pages cannot be reserved "
                f"({error.strerror}); bounds='explicit' needs less address space"
            ) from error

    def _open_small(self, store: Store, minimum: int, maximum: int) -> None:
        """Reserve what can be had between the limits; growth beyond it will fail."""
        pages = max(maximum, 1)
        while True:
            try:
                self.open(store, minimum, maximum, pages * PAGE)
            except OSError:
                if pages <= max(minimum, 1):
                    raise
                pages = max(minimum, pages // 2, 1)
            else:
                return

    @classmethod
    def from_native(
        cls,
        store: Store,
        memorytype: MemoryType,
        place: tuple[int, int, int],
        grow: tuple[int, int],
        owner: object,
    ) -> Memory:
        """A memory that something else owns.

        `place` is (address, size, reserved) in bytes; `grow` the code and the data
        pointer of ``uint64_t grow(void *data, uint64_t delta)``, which works in pages
        and gives the previous size, or 2**64 - 1 when it refuses.
        """
        memory = cls.__new__(cls)
        limits = memorytype.limits
        memory._maximum = limits.maximum  # noqa: SLF001 - made by us
        maximum = MAX_PAGES if limits.maximum is None else limits.maximum
        memory.adopt(store, place, maximum, grow, owner)
        return memory

    @property
    def store(self) -> Store:
        """The store it belongs to."""
        return self.core  # type: ignore[return-value]

    @property
    def type(self) -> MemoryType:
        """Its present size and its maximum, in pages of 64 KiB."""
        return MemoryType(Limits(self.size, self._maximum))

    @property
    def guarded(self) -> bool:
        """Whether no u32 index with a u32 offset leaves its reservation."""
        return self.reserved >= cells.GUARDED_RESERVATION

    @property
    def size(self) -> int:
        """Pages of 64 KiB."""
        return self.byte_size // PAGE

    @property
    def data_len(self) -> int:
        """Bytes."""
        return self.byte_size

    @property
    def data_ptr(self) -> int:
        """Machine address of byte 0, for ctypes; it stays the same."""
        return self.address

    def grow(self, delta: int) -> int:
        """Add `delta` pages; gives the previous size, or -1 when that cannot be."""
        return self.grow_pages(delta)

    def read(self, start: int = 0, stop: int | None = None) -> bytes:
        """A copy of ``[start:stop]``; bounds are clipped as those of a slice are."""
        return bytes(memoryview(self)[start:stop])

    def write(self, data: bytes | bytearray | memoryview, start: int = 0) -> int:
        """Write `data` at `start`; gives the number of bytes.

        Raises IndexError, before anything is written, when it does not fit.
        """
        view = memoryview(data).cast("B")
        if start < 0 or start + len(view) > self.byte_size:
            raise IndexError("write outside of the memory")
        memoryview(self)[start : start + len(view)] = view
        return len(view)

    def view(self) -> memoryview:
        """Writable view of all bytes that exist now."""
        return memoryview(self)

    def __len__(self) -> int:
        return self.byte_size

    def __repr__(self) -> str:
        return f"<Memory of {self.size} pages>"
