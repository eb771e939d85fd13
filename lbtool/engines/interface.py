"""What every execution engine offers: compile, instantiate, call; in neutral values.

Numbers travel as bit patterns, so a NaN keeps its payload on the way in and out.
Nothing here knows an engine; nothing here reads WebAssembly. Compile and validation
errors are `lbtool.errors.ModuleError`, link errors `lbtool.errors.LinkError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Literal, Protocol

from lbtool.engines.values import AnyValue, ExportInfo, ImportInfo, Ref, Value
from lbtool.errors import LbtoolError

__all__ = [
    "AnyValue",
    "CompiledModule",
    "EngineBackend",
    "EngineTrap",
    "ExportInfo",
    "Extern",
    "ExternKind",
    "HostFunction",
    "ImportInfo",
    "Instance",
    "Namespace",
    "Ref",
    "Session",
    "TrapKind",
    "Value",
]

ExternKind = Literal["func", "table", "memory", "global"]


HostFunction = Callable[[Sequence[AnyValue]], Sequence[AnyValue]]


class TrapKind(StrEnum):
    """Why execution was abandoned; the value is the message of the specification."""

    UNREACHABLE = "unreachable"
    MEMORY = "out of bounds memory access"
    TABLE = "out of bounds table access"
    UNDEFINED = "undefined element"
    NULL = "uninitialized element"
    SIGNATURE = "indirect call type mismatch"
    OVERFLOW = "integer overflow"
    DIVIDE = "integer divide by zero"
    CONVERSION = "invalid conversion to integer"
    STACK = "call stack exhausted"
    INTERRUPT = "interrupted"
    HOST = "host function failed"
    OTHER = "other"


class EngineTrap(LbtoolError):  # noqa: N818 the specification's word
    """A trap, as `kind` and the engine's own `report` (several lines).

    frames  function index and byte offset in the module of every frame, the innermost
            first, where the engine says that
    """

    def __init__(
        self, kind: TrapKind, report: str, frames: tuple[tuple[int, int], ...] = ()
    ) -> None:
        super().__init__(str(kind))
        self.kind = kind
        self.report = report
        self.frames = frames


class Extern(Protocol):
    """Something that can be imported; opaque, valid in the session that made it."""

    @property
    def kind(self) -> str:
        """One of func, table, memory, global."""


Namespace = Mapping[tuple[str, str], Extern]


class CompiledModule(Protocol):
    """A module that an engine has compiled; instantiable in sessions of that engine."""

    @property
    def imports(self) -> Sequence[ImportInfo]:
        """In module order."""

    @property
    def exports(self) -> Sequence[ExportInfo]:
        """In module order."""


class Instance(Protocol):
    """A module instance. An unknown export name is a KeyError."""

    def extern(self, name: str) -> Extern:
        """The export `name`, for use as an import."""
        ...

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call a function; raises `EngineTrap`, or TypeError on wrong `args`."""
        ...

    def get_global(self, name: str) -> AnyValue:
        """The value of an exported global."""

    def set_global(self, name: str, value: AnyValue) -> None:
        """Writes a mutable exported global; TypeError when it is immutable."""
        ...

    def memory_size(self, name: str) -> int:
        """Bytes."""
        ...

    def read_memory(self, name: str, offset: int, length: int) -> bytes:
        """A copy of that range; IndexError when it is not inside the memory."""
        ...

    def write_memory(self, name: str, offset: int, data: bytes) -> None:
        """Write `data` at `offset`; IndexError when it does not fit."""


class Session(Protocol):
    """A store: instances of one session may import from each other."""

    def instantiate(self, module: CompiledModule, imports: Namespace) -> Instance:
        """Link and start; raises `LinkError`, or `EngineTrap` (segments, start)."""
        ...

    def host_func(
        self, params: Sequence[int], results: Sequence[int], body: HostFunction
    ) -> Extern:
        """A function of the host. What `body` raises becomes a HOST trap's cause."""
        ...

    def interrupt(self) -> None:
        """Makes the running call trap with INTERRUPT; from any thread."""
        ...


class EngineBackend(Protocol):
    """One way to execute WebAssembly, under one version profile ("1.0" or "2.0")."""

    @property
    def name(self) -> str:
        """How `get` calls it."""

    def validate(self, data: bytes) -> None:
        """Decode and validate a binary module; raises `ModuleError`."""
        ...

    def compile(self, data: bytes) -> CompiledModule:
        """Compile a binary module; raises `ModuleError`, `UnsupportedError`."""
        ...

    def session(self) -> Session:
        """A new store."""
