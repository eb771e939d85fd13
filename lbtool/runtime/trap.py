"""Traps as Python exceptions, with the frames of the abandoned call.

What a trap needs from the stack is recorded by C when it happens (``csrc/trap.c``):
return addresses only. Functions, instructions and byte offsets are looked up here, and
only when someone asks. Raising is done in ``native.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lbtool import abi
from lbtool.errors import LbtoolError

if TYPE_CHECKING:
    from lbtool.runtime.skeleton import Skeleton
    from lbtool.wasm import Module as WasmModule

__all__ = ["Frame", "InternalError", "StoreBusyError", "Trap", "TrapCode"]

MAX_SHOWN = 20


class TrapCode(IntEnum):
    """Why a call was abandoned (``lbtool.abi.TRAP_*``)."""

    UNREACHABLE = abi.TRAP_UNREACHABLE
    MEMORY = abi.TRAP_MEMORY
    TABLE = abi.TRAP_TABLE
    UNDEFINED = abi.TRAP_UNDEFINED
    NULL = abi.TRAP_NULL
    SIGNATURE = abi.TRAP_SIGNATURE
    OVERFLOW = abi.TRAP_OVERFLOW
    DIVIDE = abi.TRAP_DIVIDE
    CONVERSION = abi.TRAP_CONVERSION
    STACK = abi.TRAP_STACK
    INTERRUPT = abi.TRAP_INTERRUPT
    HOST = abi.TRAP_HOST

    @property
    def message(self) -> str:
        """The words of the specification's tests, where it has some."""
        return _MESSAGES[self]


_MESSAGES = {
    TrapCode.UNREACHABLE: "unreachable",
    TrapCode.MEMORY: "out of bounds memory access",
    TrapCode.TABLE: "out of bounds table access",
    TrapCode.UNDEFINED: "undefined element",
    TrapCode.NULL: "uninitialized element",
    TrapCode.SIGNATURE: "indirect call type mismatch",
    TrapCode.OVERFLOW: "integer overflow",
    TrapCode.DIVIDE: "integer divide by zero",
    TrapCode.CONVERSION: "invalid conversion to integer",
    TrapCode.STACK: "call stack exhausted",
    TrapCode.INTERRUPT: "interrupt",
    TrapCode.HOST: "host function failed",
}


class InternalError(LbtoolError):
    """Compiled code or its tables are wrong: a bug of lbtool, never of the module.

    `registers` holds the machine registers (in the order of ``gregset_t``) when a
    signal was the cause.
    """

    def __init__(self, message: str, registers: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.registers = registers


class StoreBusyError(LbtoolError):
    """Another thread is inside the store; a store is used by one thread at a time."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of the abandoned call; all None for code of the host.

    module   name of the module, if it has one
    funcidx  index of the function, imports counted; `name` as in the name section, or
             from an export
    ordinal  instruction in the function's body, from 0; None where an interrupt came
             between instructions
    offset   byte offset of that instruction in the module
    """

    module: str | None = None
    funcidx: int | None = None
    name: str | None = None
    ordinal: int | None = None
    offset: int | None = None

    @property
    def host(self) -> bool:
        """Whether this stands for frames of the host."""
        return self.funcidx is None

    def __str__(self) -> str:
        if self.funcidx is None:
            return "<host>"
        name = self.name or f"func[{self.funcidx}]"
        where = f"{self.module}!{name}" if self.module else name
        if self.offset is not None:
            return f"{where} at {self.offset:#x}"
        return where


class Trap(LbtoolError):  # noqa: N818 - the specification's and wasmtime's word
    """A call was abandoned. What a host function raised is ``__cause__``.

    code       `TrapCode`; `kind` is its message
    address    for an access through memory: offset in the linear memory, else None
    truncated  the call had more frames than were recorded
    """

    def __init__(
        self,
        code: TrapCode,
        address: int | None = None,
        sites: tuple[tuple[Skeleton, int, int | None] | None, ...] = (),
        *,
        truncated: bool = False,
        reason: str | None = None,
    ) -> None:
        self.code = code
        self.address = address
        self.truncated = truncated
        self.reason = reason
        self._sites = sites
        super().__init__(code, address)

    @property
    def kind(self) -> str:
        """The message of the specification, such as ``integer overflow``."""
        return self.code.message

    @property
    def message(self) -> str:
        """One line: the kind, with address or cause."""
        if self.address is not None:
            return f"{self.kind} at address {self.address:#x}"
        if self.reason:
            return f"{self.kind}: {self.reason}"
        return self.kind

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Frames from the innermost outwards; found by reading the bodies again."""
        return tuple(Frame() if s is None else _frame(*s) for s in self._sites)

    def __str__(self) -> str:
        lines = [self.message]
        lines += [f"  {k}: {frame}" for k, frame in enumerate(self.frames[:MAX_SHOWN])]
        if self.truncated or len(self.frames) > MAX_SHOWN:
            lines.append("  ...")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Trap: {self.message}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # other processes get the frames, not the machine addresses
        return _restore, (self.code, self.address, self.truncated, self.frames)


def _restore(
    code: TrapCode, address: int | None, truncated: bool, frames: tuple[Frame, ...]
) -> Trap:
    trap = Trap(code, address, truncated=truncated)
    trap.__dict__["frames"] = frames
    return trap


def _frame(skeleton: Skeleton, func: int, ordinal: int | None) -> Frame:
    funcidx = skeleton.imported[0] + func
    try:
        module = skeleton.wasm
    except OSError:  # the file that it was read from is another one by now
        return Frame(None, funcidx, ordinal=ordinal)
    offset = None if ordinal is None else _offset(module, func, ordinal)
    return Frame(
        module.names.module, funcidx, module.func_name(funcidx), ordinal, offset
    )


def _offset(module: WasmModule, func: int, ordinal: int) -> int | None:
    from lbtool.wasm import instructions, local_decls  # noqa: PLC0415 - rarely needed

    start, end = module.bodies[func]
    _, code = local_decls(module.data, start, end)
    for number, offset, *_ in instructions(module.data, code, end):
        if number == ordinal:
            return offset
    return None
