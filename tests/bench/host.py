"""What every engine in a Python process can be asked for; ``hosts`` has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Compiled:
    """What compiling gave: `module` belongs to the host; sizes in bytes."""

    module: Any
    code_size: int
    functions: int


class Host(Protocol):
    """One engine."""

    def prepare(self, data: bytes) -> Any:
        """A module in memory, as `compile` wants it; not timed."""

    def compile(self, data: Any) -> Any:
        """All of a module's functions, validation included."""

    def measure(self, module: Any) -> Compiled:
        """Sizes of what `compile` gave; not timed."""
        ...

    def load(self, path: Path) -> Callable[[int], int]:
        """Compile and instantiate; the export ``run``."""
        ...

    def crossings(self, path: Path) -> dict[str, Callable[[int], None]]:
        """What `boundary_bench` times; NotImplementedError where there is none."""
        ...


class Plain:
    """A host that takes modules as they are and has no crossings."""

    def crossings(self, path: Path) -> dict[str, Callable[[int], None]]:
        """None."""
        raise NotImplementedError

    def prepare(self, data: bytes) -> Any:
        """Nothing is to be done."""
        return data
