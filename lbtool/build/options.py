"""What a build is made for. How settings come about is ``lbtool.config``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lbtool.compiler.target import Target

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a `lbtool.build.Builder`.

    profile  the WebAssembly version that modules are validated for
    bounds   ``guard`` or ``explicit``, see ``lbtool.compiler.target``
    threads  how many compile; 0 for as many as there are CPUs
    """

    profile: str = "2.0"
    bounds: Literal["guard", "explicit"] = "guard"
    threads: int = 0

    @property
    def target(self) -> Target:
        """The compiler's target; raises ValueError for an unknown profile."""
        from lbtool.compiler.target import Target  # noqa: PLC0415 - a heavy package
        from lbtool.wasm.profile import Profile  # noqa: PLC0415 - likewise

        return Target(bounds=self.bounds, profile=Profile(self.profile))

    @property
    def workers(self) -> int:
        """Threads to use."""
        return self.threads or os.cpu_count() or 1
