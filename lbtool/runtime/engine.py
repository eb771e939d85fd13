"""Settings that modules are compiled with, and the seam to the compiler.

An engine holds no compiled code and no native state; the code arena is one per process.
"""

from __future__ import annotations

from lbtool.records import record
from lbtool.wasm.profile import Profile

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.wasm import Module as WasmModule

    Bounds = Literal["guard", "explicit"]

__all__ = ["Config", "Engine"]


@record(frozen=True, slots=True)
class Config:
    """How modules are read, compiled and run.

    wasm     version of WebAssembly: ``1.0`` or ``2.0``
    bounds   ``guard``: out of bounds accesses run into reserved address space, 8 GiB
             per memory; ``explicit``: every access is checked, for when that much
             address space cannot be had
    threads  compile with so many threads
    """

    wasm: str = "2.0"
    bounds: Bounds = "guard"
    threads: int = 1

    def __post_init__(self) -> None:
        Profile(self.wasm)
        if self.bounds not in ("guard", "explicit"):
            raise ValueError(f"bounds is guard or explicit, not {self.bounds!r}")

    @property
    def facts(self) -> tuple[bytes, ...]:
        """What linked code depends on besides the module and this installation."""
        from lbtool.runtime import native  # noqa: PLC0415 - nobody else here needs it

        return self.wasm.encode(), self.bounds.encode(), native.cpu_features()


class Engine:
    """What modules, stores and linkers are made for; compare wasmtime's ``Engine``.

    >>> Engine().config.wasm
    '2.0'
    >>> Engine(Config(wasm="1.0")).profile
    Profile(name='1.0')
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self.profile = Profile(self.config.wasm)

    def __repr__(self) -> str:
        return f"Engine(config={self.config!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Engine):
            return NotImplemented
        return self.config == other.config

    def __hash__(self) -> int:
        return hash(self.config)

    def compile(self, module: WasmModule) -> Sequence[CompiledFunction]:
        """Machine code of every defined function, in order.

        Raises `lbtool.errors.ModuleError` for bodies that do not validate or use what
        the compiler does not support.
        """
        # imported late: reading and linking need no compiler
        from lbtool.compiler import Target, compile_module  # noqa: PLC0415

        target = Target(bounds=self.config.bounds, profile=self.profile)
        return compile_module(module, target, threads=self.config.threads)
