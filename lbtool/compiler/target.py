"""What code is generated for: registers, CPU features, options.

Everything here reaches code generation, so everything here is part of a cache key.
"""

from __future__ import annotations

import os

from lbtool.compiler.codes import HOME_GPRS, HOME_XMMS
from lbtool.compiler.knobs import mask
from lbtool.records import record
from lbtool.wasm.profile import Profile

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from typing import Literal

__all__ = ["ALL_GPRS", "ALL_XMMS", "Target", "host_features"]

FIXED_GPRS = 0b0000_0111  # rax, rcx, rdx: division, shifts and results need them
FIXED_XMMS = 0b0000_0111
ALL_GPRS = FIXED_GPRS | HOME_GPRS | 1 << 10
ALL_XMMS = 0b0011_1111 | HOME_XMMS

# Features of x86-64-v2 are assumed; of the later ones these change the code.
USED_FEATURES = frozenset({"lzcnt", "bmi1", "avx"})


def host_features() -> frozenset[str]:
    """The used CPU features of this machine, by their Linux names."""
    if os.uname().machine != "x86_64":
        return frozenset()
    try:
        with open("/proc/cpuinfo") as lines:  # noqa: PTH123 - no pathlib here
            flags = next((line for line in lines if line.startswith("flags")), "")
    except OSError:
        return frozenset()
    found = set(flags.partition(":")[2].split())
    if "abm" in found:
        found.add("lzcnt")
    return frozenset(found) & USED_FEATURES


@record(frozen=True, slots=True)
class Target:
    """Options of code generation.

    bounds    ``guard``: reservations with guard pages; ``explicit``: compare first
    profile   the WebAssembly version that bodies are validated for
    strict    ignore the summary's weights: the first locals are pinned
    gprs      mask of the allocatable general-purpose registers; rax, rcx, rdx always
    are
    xmms      mask of the allocatable vector registers; xmm0, xmm1, xmm2 always are
    pins      how many locals may have home registers (general purpose, vector)
    features  CPU features that may be used
    off       optimisations that are switched off, by their names in `knobs.KNOBS`
    """

    bounds: Literal["guard", "explicit"] = "guard"
    profile: Profile = Profile()
    strict: bool = False
    gprs: int = ALL_GPRS
    xmms: int = ALL_XMMS
    pins: tuple[int, int] = (8, 9)
    features: frozenset[str] = host_features()
    off: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "off", frozenset(self.off))
        mask(self.off)  # all of them must exist
        object.__setattr__(self, "gprs", self.gprs & ALL_GPRS | FIXED_GPRS)
        object.__setattr__(self, "xmms", self.xmms & ALL_XMMS | FIXED_XMMS)

    @property
    def switches(self) -> int:
        """`off` as bits, by the numbers of the optimisations."""
        return mask(self.off)

    def has(self, feature: str) -> bool:
        """May this CPU feature be used?"""
        return feature in self.features
