"""What methods are asked for: one frozen dataclass per set of parameters.

Clients write them as JSON and the daemon reads them (``params``); what is not given has
its default, what does not fit is an error. Paths are absolute: the daemon is nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MIB = 1 << 20
PROFILES = ("1.0", "2.0")
BOUNDS = ("guard", "explicit")
BACKENDS = ("auto", "lbtool", "cranelift", "winch")


def _one_of(value: object, values: Iterable[object]) -> None:
    if value not in values:
        raise ValueError(f"{value!r} is none of {', '.join(map(str, values))}")


def _absolute(*paths: str | None) -> None:
    for path in paths:
        if path is not None and (not path.startswith("/") or "\0" in path):
            raise ValueError(f"{path!r} is not an absolute path")


@dataclass(frozen=True, slots=True)
class Nothing:
    """For methods that have no parameters."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The client's side of the handshake.

    schema  `protocol.SCHEMA`
    build   `identity.build_id`
    """

    schema: int
    build: str


@dataclass(frozen=True, slots=True)
class Stop:
    """`patient`: requests that will end by themselves are waited for."""

    patient: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """How many `lines` of the log's end."""

    lines: int = 50


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How modules are built, and the cache that is used.

    threads     how many compile a file; 0 for as many as there are CPUs
    cache       its directory; None is the one that the daemon's environment names
    cache_size  bytes that it may take; the first request for a directory decides
    """

    profile: str = "2.0"
    bounds: str = "guard"
    threads: int = 0
    cache: str | None = None
    cache_size: int | None = None

    def __post_init__(self) -> None:
        _one_of(self.profile, PROFILES)
        _one_of(self.bounds, BOUNDS)
        _absolute(self.cache)
        if self.threads < 0:
            raise ValueError("there are no fewer threads than 0")


@dataclass(frozen=True, slots=True)
class Build:
    """Files and folders, and how to build what is there."""

    paths: tuple[str, ...]
    options: BuildOptions = field(default_factory=BuildOptions)

    def __post_init__(self) -> None:
        _absolute(*self.paths)


@dataclass(frozen=True, slots=True)
class Watch:
    """Likewise; times in seconds.

    quiet       no event may have come for so long before files are looked at
    poll        compare files at intervals instead of asking the kernel
    poll_every  these intervals
    """

    paths: tuple[str, ...]
    options: BuildOptions = field(default_factory=BuildOptions)
    quiet: float = 0.03
    poll: bool = False
    poll_every: float = 0.5

    def __post_init__(self) -> None:
        _absolute(*self.paths)
        if not (0 <= self.quiet < 60 and 0.01 <= self.poll_every < 1e6):
            raise ValueError("times are not those of a watch")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use.

    time     seconds, then it traps; None is without end
    memory   bytes of data beyond what its process has when it starts
    output   bytes on stdout and stderr together
    file     bytes that one file may grow to
    files    descriptors that may be open
    """

    time: float | None = 60.0
    memory: int = 1024 * MIB
    output: int = 16 * MIB
    file: int = 256 * MIB
    files: int = 256

    def __post_init__(self) -> None:
        lowest = min(self.memory, self.output, self.file, self.files)
        if lowest < 1 or (self.time is not None and not 0 < self.time < 1e9):
            raise ValueError("a limit is above 0, and finite")


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a guest is compiled; as the options of ``lbtool run``."""

    backend: str = "auto"
    profile: str | None = None
    bounds: str = "guard"

    def __post_init__(self) -> None:
        _one_of(self.backend, BACKENDS)
        _one_of(self.profile, (None, *PROFILES))
        _one_of(self.bounds, BOUNDS)


@dataclass(frozen=True, slots=True)
class Order:
    """One run of a guest.

    path    a module, binary or text
    args    the guest's arguments, or with `invoke` the function's
    env     (name, value)
    dirs    (directory of the host, its name for the guest)
    """

    path: str
    args: tuple[str, ...] = ()
    invoke: str | None = None
    env: tuple[tuple[str, str], ...] = ()
    dirs: tuple[tuple[str, str], ...] = ()
    options: RunOptions = field(default_factory=RunOptions)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        _absolute(self.path, *(host for host, _ in self.dirs))


@dataclass(frozen=True, slots=True)
class Run:
    """An order, and what the guest can read from stdin, in base64."""

    order: Order
    stdin: str = ""
