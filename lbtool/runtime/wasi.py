"""WASI preview 1 for guests: the functions and the memory of one instance.

The functions are wasmtime's, called from compiled code with no Python in between
(``wasi.c``); only ``proc_exit`` is ours, since wasmtime refuses codes from 126 on. The
guest's memory belongs to wasmtime: `Wasi.memory` says where it lies and how it grows.

Not here: settings (``wasi_config.py``); how instances are made and how a call that does
not return leaves compiled code (the other modules of ``lbtool.runtime``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lbtool.errors import LinkError
from lbtool.runtime import wasi_native
from lbtool.runtime.wasi_config import Capture, WasiConfig, WasiError
from lbtool.runtime.wasi_shim import (
    MEMORY_EXPORT,
    ShimFunction,
    ShimMemory,
    encode_shim,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.wasm.module import Module

__all__ = ["Capture", "Exit", "Wasi", "WasiConfig", "WasiError", "WasiMemory"]

MODULE = "wasi_snapshot_preview1"
PROC_EXIT = "proc_exit"
I32 = 0x7F

# What ended a call: an enum of wasi.h.
RETURNED, EXITED, FAILED, TRAPPED = range(4)


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


@dataclass(frozen=True)
class WasiMemory:
    """The guest's memory, owned by wasmtime; it never moves.

    ``base`` and ``size`` in bytes. Behind ``base`` lie 8 GiB + 64 KiB of reserved
    addresses, so that no u32 index with a u32 offset leaves them. It lives as long as
    the `Wasi` that it comes from. ``grow`` and ``grow_data`` are pointers for
    ``uint64_t grow(void *data, uint64_t delta)``: pages to previous pages, or
    2**64 - 1 when refused.
    """

    base: int
    size: int
    grow: int
    grow_data: int


class Wasi:
    """The WASI environment of one instance: its imported functions and its memory.

    ``functions`` are all the guest's imports from `MODULE` in any order, ``memory`` the
    limits of the memory it defines and exports as ``memory``, or None when there is no
    such memory. Raises `LinkError` for an unknown function or a wrong signature.
    """

    def __init__(
        self,
        config: WasiConfig,
        functions: Iterable[ShimFunction],
        memory: ShimMemory | None,
    ) -> None:
        unique = tuple(dict.fromkeys(functions))
        exits = [f for f in unique if f.name == PROC_EXIT]
        for function in exits:
            if (function.params, function.results) != ((I32,), ()):
                raise LinkError(f"incompatible import type for {MODULE}::{PROC_EXIT}")
        wrapped = tuple(f for f in unique if f.name != PROC_EXIT)
        self._index = {function: k for k, function in enumerate(wrapped)}
        self._index.update(dict.fromkeys(exits, wasi_native.PROC_EXIT))
        self.native = config.environment()
        shim = encode_shim(wrapped, memory)
        problem = self.native.instantiate(shim, len(wrapped), memory is not None)
        if problem is not None:
            raise LinkError(_one_line(problem))

    @classmethod
    def for_module(cls, config: WasiConfig, module: Module) -> Wasi:
        """Make the environment for an instance of ``module``."""
        functions = [
            ShimFunction(i.module, i.name, *_signature(module, i.type))
            for i in module.imports
            if i.module == MODULE and i.kind == "func" and isinstance(i.type, int)
        ]
        return cls(config, functions, _memory(module))

    def host(self, function: ShimFunction) -> int:
        """Address of a function's ``lb_host``, the context of its import cell."""
        return self.native.host(self._index[function])

    def bind(self, context: int) -> None:
        """Make the functions part of the store of the VMContext at this address."""
        self.native.bind(context)

    @property
    def memory(self) -> WasiMemory | None:
        """The guest's memory, or None."""
        base = self.native.memory_base()
        if not base:
            return None
        return WasiMemory(base, self.native.memory_size(), *self.native.grow_hook())

    def outcome(self) -> Exit | WasiError | None:
        """What ended the last call in a WASI function, once; None if nothing did."""
        kind, code, message = self.native.outcome()
        if kind == EXITED:
            return Exit(code)
        return None if kind == RETURNED else WasiError(_reason(message or ""))


def _signature(module: Module, typeidx: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    kind = module.types[typeidx]
    return kind.params, kind.results


def _memory(module: Module) -> ShimMemory | None:
    """Limits of the memory that ``module`` shows to WASI."""
    for export in module.exports:
        if (export.kind, export.name) == ("memory", MEMORY_EXPORT):
            if export.index != 0 or module.n_imported_memories:
                raise LinkError("a WASI program has to define the memory it exports")
            limits = module.memories[0].limits
            return ShimMemory(limits.minimum, limits.maximum)
    return None


def _one_line(problem: str) -> str:
    """A message of wasmtime's, whose causes stand on indented lines of their own."""
    lines = [line.strip() for line in problem.splitlines()]
    return ": ".join(x for x in lines if x and x != "Caused by:")


def _reason(problem: str) -> str:
    """The cause in a message that begins with a backtrace through the shim."""
    causes = problem.partition("Caused by:\n")[2].splitlines()
    first = causes[0].strip() if causes else problem.strip()
    return first.removeprefix("0: ")
