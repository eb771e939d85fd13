"""WebAssembly versions as sets of proposals: what a module may use.

A profile says what is *valid*, not what our compiler can do with it.
"""

from __future__ import annotations

from lbtool.records import record

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.wasm.opcodes import Op

__all__ = ["Profile"]

_V2 = frozenset(
    {
        "mvp",
        "sign-extension",
        "nontrapping-float-to-int",
        "multi-value",
        "bulk-memory",
        "reference-types",
        "simd",
    }
)
_V3 = _V2 | {
    "relaxed-simd",
    "tail-call",
    "exception-handling",
    "function-references",
    "gc",
    "memory64",
    "multi-memory",
    "extended-const",
}
_VERSIONS = {"1.0": frozenset({"mvp"}), "2.0": _V2, "3.0": _V3}


@record(frozen=True, slots=True)
class Profile:
    """A WebAssembly version by name: ``1.0``, ``2.0`` (the default) or ``3.0``.

    Raises ValueError for another name.
    """

    name: str = "2.0"

    def __post_init__(self) -> None:
        if self.name not in _VERSIONS:
            known = ", ".join(_VERSIONS)
            raise ValueError(f"unknown WebAssembly version {self.name!r} (of {known})")

    @property
    def proposals(self) -> frozenset[str]:
        """Names of the proposals that are part of this version."""
        return _VERSIONS[self.name]

    def has(self, proposal: str) -> bool:
        """Whether the proposal is part of this version."""
        return proposal in self.proposals

    def allows(self, op: Op) -> bool:
        """Whether the instruction is part of this version."""
        return op.proposal in self.proposals
