"""What an editor may choose about the code that it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lbtool.compiler.target import Target
from lbtool.wasm import Profile

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """Settings that change answers.

    wasm    version of WebAssembly that functions are validated for
    bounds  how compiled code checks memory accesses
    syntax  of assembly
    """

    wasm: str = "2.0"
    bounds: Literal["guard", "explicit"] = "guard"
    syntax: Literal["intel", "att"] = "intel"

    def target(self) -> Target:
        """The compiler's options."""
        return Target(bounds=self.bounds, profile=Profile(self.wasm))
