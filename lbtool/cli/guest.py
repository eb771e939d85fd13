"""A module made ready to run on one engine: what `run` needs and nothing more.

`load` gives a `Guest` of the engine that was asked for. ``auto`` means ours, and
Cranelift where ours says that it cannot (a proposal we do not compile yet, another
machine); it says so in one line on stderr. What to call and with what is decided in
``running``.
"""

from __future__ import annotations

import os

from lbtool.errors import COMPONENTS, LbtoolError, UnsupportedError
from lbtool.records import record

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from lbtool.engines import AnyValue, ExportInfo
    from lbtool.runtime.engine import Engine
    from lbtool.runtime.module import Module

else:
    Protocol = object

FALLBACK = "cranelift"
WASI_MODULE = "wasi_snapshot_preview1"


@record(frozen=True, slots=True)
class Setting:
    """What the guest is given, and how it is compiled.

    argv      its arguments, its own name first
    env       names and values
    dirs      directories of the host and their names for the guest
    profile   version of WebAssembly ("1.0", "2.0"); None is the engine's own default
    bounds    "guard" or "explicit": how our code checks memory accesses
    threads   that compile
    timed     whether `Guest.interrupt` will be needed
    """

    argv: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    dirs: tuple[tuple[str, str], ...] = ()
    profile: str | None = None
    bounds: str = "guard"
    threads: int = 1
    timed: bool = False


class GuestExit(BaseException):
    """The guest ended its own program with `code` (0 to 2**32 - 1)."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the program exited with code {code}")
        self.code = code

    @property
    def status(self) -> int:
        """What a process can pass on: the lowest 8 bits."""
        return self.code & 0xFF


class Guest(Protocol):
    """An instantiated module; instantiation has already run its start function."""

    @property
    def engine(self) -> str:
        """Name of the engine that runs it."""

    @property
    def exports(self) -> Sequence[ExportInfo]:
        """Its exports in module order."""

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call an exported function; raises EngineTrap, or GuestExit from WASI."""

    def interrupt(self) -> None:
        """Make the running call trap, from another thread."""


class Source(Protocol):
    """Where our engine gets its code from: `lbtool.cli.modules.Modules`, mostly."""

    def make(self, engine: Engine, data: bytes | memoryview) -> Module:
        """The module of these bytes. Raises `lbtool.errors.ModuleError`."""

    def keep(self, facts: tuple[bytes, ...], make: Callable[[], bytes]) -> bytes:
        """Native code that `make` made now, or another time for the same facts."""


def load(
    backend: str,
    data: bytes | memoryview,
    setting: Setting,
    note: Callable[[str], None],
    source: Source | None = None,
) -> Guest:
    """Compile and instantiate the binary module `data` on `backend`.

    `note` receives the line that says why ``auto`` took another engine; from
    `source` comes the code for our engine, if it is not just compiled. Raises the
    errors of ``lbtool.errors`` and EngineTrap.
    """
    if backend != "auto":
        return _load_on(backend, data, setting, source)
    reason = unfit_machine()
    if reason is None:
        try:
            return _load_on("lbtool", data, setting, source)
        except UnsupportedError as error:
            if error.proposal == COMPONENTS:
                raise
            reason = f"{error.proposal}: not compiled by lbtool yet"
    note(f"{reason}; running on {FALLBACK.capitalize()}")
    return _load_on(FALLBACK, data, setting, source)


def unfit_machine() -> str | None:
    """Why our own code cannot run here."""
    this = os.uname()
    if (this.sysname, this.machine) == ("Linux", "x86_64"):
        return None
    where = f"{this.sysname} on {this.machine}"
    return f"lbtool's own code needs Linux on x86-64, this is {where}"


def _load_on(
    backend: str, data: bytes | memoryview, setting: Setting, source: Source | None
) -> Guest:
    if backend == "lbtool":
        reason = unfit_machine()
        if reason is not None:
            raise LbtoolError(reason)
        from lbtool.cli.guest_lbtool import load_lbtool  # noqa: PLC0415

        return load_lbtool(data, setting, source)
    from lbtool.cli.guest_wasmtime import load_wasmtime  # noqa: PLC0415

    return load_wasmtime(backend, bytes(data), setting)


def checked_dirs(dirs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """`dirs`, after looking that each is a directory: engines only say "failed"."""
    for host, _ in dirs:
        # Raises the OSError that says what is wrong with it.
        os.scandir(host).close()
    return dirs
