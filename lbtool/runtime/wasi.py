"""WASI preview 1: the environment of a store, and the shims of its guests.

The functions are wasmtime's, called from compiled code with no Python in between
(``wasi.c``). The memory of a guest that uses them belongs to wasmtime, too.

Not here: settings (``wasi_config.py``); making functions and memories of them, and
``proc_exit`` (``wasi_link.py``).
"""

from __future__ import annotations

from lbtool.errors import LinkError, one_line
from lbtool.records import record
from lbtool.runtime import wasi_native
from lbtool.runtime.wasi_config import WasiConfig, WasiError, library_identity
from lbtool.runtime.wasi_shim import ShimFunction, ShimMemory, encode_shim

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Exit", "Wasi", "WasiConfig", "WasiError", "WasiShim"]

# Addresses from a memory's base that nothing else uses: no u32 index with a u32 offset
# leaves them (wasi.c asks wasmtime for so much).
RESERVED = (8 << 30) + 65536


class Exit(BaseException):
    """The program called ``proc_exit``: the end of its call, not an error.

    ``code`` is what the program gave, 0 to 2**32 - 1; a process can pass on only its
    lowest 8 bits, `status`.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"the program exited with code {code}")
        self.code = code

    @property
    def status(self) -> int:
        """The exit status for a process, 0 to 255."""
        return self.code & 0xFF


@record(frozen=True, slots=True)
class Place:
    """Where a memory lies: address, bytes in use, bytes of address space."""

    base: int
    size: int
    reserved: int


class Wasi:
    """Settings and open files of the WASI programs of one store.

    ``previous`` is what the store's programs had before it.
    """

    def __init__(self, config: WasiConfig, previous: Wasi | None = None) -> None:
        self.config = config
        self.previous = previous
        self.native = config.environment()
        problem = self.native.start()
        if problem is not None:
            raise WasiError(one_line(problem))

    def failure(self) -> WasiError | None:
        """Why the last function failed as a whole, once; None if none did."""
        message = self.native.failure()
        if message is not None:
            return WasiError(_reason(message))
        return None if self.previous is None else self.previous.failure()


class WasiShim:
    """The functions that one guest imports, by position, and its memory.

    ``memory`` is the limits of the memory which the guest exports as ``memory``, or
    None when there is none. Raises `LinkError` for an unknown function and for a wrong
    signature.
    """

    def __init__(
        self,
        wasi: Wasi,
        functions: Sequence[ShimFunction],
        memory: ShimMemory | None,
    ) -> None:
        data = encode_shim(functions, memory)
        given = len(functions), memory is not None
        try:
            code = wasi.config.keep((data, library_identity()), _compiled(data))
            try:
                self.native = wasi_native.Shim(wasi.native, code, *given)
            except LookupError:  # what was kept does not suit; or the imports do not
                code = wasi_native.compile_shim(data)
                self.native = wasi_native.Shim(wasi.native, code, *given)
        except LookupError as error:
            raise LinkError(one_line(str(error))) from None

    def bind(self, like: int) -> int:
        """Join the store of a host function, given by the address of its funcref cell.

        Gives the address of the functions' code.
        """
        return self.native.bind(like)

    def host(self, index: int) -> int:
        """The context to call function ``index`` with, after `bind`."""
        return self.native.host(index)

    @property
    def place(self) -> Place | None:
        """Where the memory lies; it never moves, and lives as long as this object."""
        base = self.native.memory_base()
        return Place(base, self.native.memory_size(), RESERVED) if base else None

    @property
    def grow(self) -> tuple[int, int]:
        """Pointers to the code and to the data of what makes the memory larger.

        The code is ``uint64_t grow(void *data, uint64_t delta)``, from pages to the
        previous pages, or 2**64 - 1 when the limits or the system say no.
        """
        return self.native.grow_hook()


def _compiled(data: bytes) -> Callable[[], bytes]:
    return lambda: wasi_native.compile_shim(data)


def _reason(problem: str) -> str:
    """The cause in a message that begins with a backtrace through the shim."""
    causes = problem.partition("Caused by:\n")[2].splitlines()
    first = causes[0].strip() if causes else problem.strip()
    return first.removeprefix("0: ")
