"""What a build gives to whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.build.loading import Loaded
    from lbtool.build.report import FileReport
    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.wasm.module import Module

__all__ = ["NOTHING", "Built", "Lazy"]


class Lazy:
    """A module that is loaded when somebody asks for it."""

    def __init__(self, load: Callable[[], Loaded | None]) -> None:
        self._load = load

    @cached_property
    def value(self) -> Loaded | None:
        """The module; None if there is none."""
        return self._load()


NOTHING = Lazy(lambda: None)


@dataclass(frozen=True)
class Built:
    """A module after a build; of one that nobody touched, the parts are read on demand.

    report  what the build told
    lazy    everything else
    """

    report: FileReport
    lazy: Lazy = NOTHING

    @property
    def module(self) -> Module | None:
        """The decoded module; None when the file is gone or malformed."""
        return self.lazy.value.unit.module if self.lazy.value else None

    @property
    def functions(self) -> list[CompiledFunction | None]:
        """Every defined function in order, None for what has no code."""
        return self.lazy.value.functions if self.lazy.value else []

    @property
    def keys(self) -> list[bytes]:
        """Of the artifacts, likewise; empty for what has no code."""
        return [row.key for row in self.lazy.value.rows] if self.lazy.value else []

    @property
    def linkable(self) -> list[CompiledFunction] | None:
        """The functions if lbtool can run the module, that is, all have code."""
        if self.report.runs_on != "lbtool":
            return None
        return [each for each in self.functions if each is not None]
