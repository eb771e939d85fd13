"""From the bytes of a module to its functions, with what an earlier version gave.

`load` takes whatever it finds; `reload` takes an edit of bodies alone, and does for the
edited ones what `load` does for all. Both give the same result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lbtool.build.functions import Unit
from lbtool.build.redecode import redecode
from lbtool.compiler.artifact import CompiledFunction
from lbtool.compiler.env import ModuleEnv
from lbtool.wasm import decode, validate_module
from lbtool.wasm.validate import LONGEST_BODY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lbtool.build.functions import Recipe, Row
    from lbtool.compiler.artifact import Artifact
    from lbtool.errors import Diagnostic

__all__ = ["Loaded", "load", "reload"]


@dataclass(frozen=True)
class Loaded:
    """A module with its functions.

    problems   errors at module level: with any, nothing is compiled
    rows       of all defined functions, in order
    artifacts  by key, those of the rows among them
    compiled   keys of the artifacts that were made for this
    touched    numbers of the functions that can differ from the version before, which
               has as many in the same order; None without such a version
    """

    unit: Unit
    problems: Sequence[Diagnostic]
    rows: list[Row]
    artifacts: dict[bytes, Artifact] = field(default_factory=dict)
    compiled: frozenset[bytes] = frozenset()
    touched: Sequence[int] | None = None

    @cached_property
    def functions(self) -> list[CompiledFunction | None]:
        """Functions of the module, None where there is no code."""
        found = self.artifacts
        return [
            CompiledFunction(found[key], binding, kinds, imported)
            if key in found
            else None
            for _, key, _, binding, kinds, imported in self.rows
        ]

    @cached_property
    def code_bytes(self) -> int:
        """Of all functions; equal ones count each time."""
        found = self.artifacts
        return sum(len(found[r.key].code) for r in self.rows if r.key in found)


def load(
    recipe: Recipe, data: bytes, path: str, known: Mapping[bytes, Artifact]
) -> Loaded:
    """All of a module; raises `lbtool.errors.ModuleError` when it is malformed."""
    module = decode(data, path=path)
    profile = recipe.target.profile
    unit = Unit(recipe, module, ModuleEnv(module, profile))
    problems = validate_module(module, profile)
    every = range(len(module.bodies))
    rows = unit.rows(every)
    if problems:
        return Loaded(unit, problems, rows)
    return Loaded(unit, (), rows, *unit.artifacts(every, rows, known))


def reload(old: Loaded, data: bytes) -> Loaded | None:
    """The same, where only bodies (and what is behind them) differ; None elsewhere."""
    found = None if old.problems else redecode(old.unit.module, data)
    if found is None:
        return None
    recipe, module = old.unit.recipe, found.module
    bodies = [module.bodies[k] for k in found.touched]
    longest = max((end - start for start, end in bodies), default=0)
    if (found.tail or longest > LONGEST_BODY) and validate_module(
        module, recipe.target.profile
    ):
        return None
    unit = Unit(recipe, module, old.unit.env.with_data(data))
    fresh = unit.rows(found.touched)
    artifacts, compiled = unit.artifacts(found.touched, fresh, old.artifacts)
    rows = old.rows.copy()
    for k, row in zip(found.touched, fresh, strict=True):
        rows[k] = row
    return Loaded(
        unit, (), rows, _used(old.artifacts | artifacts, rows), compiled, found.touched
    )


def _used(
    artifacts: dict[bytes, Artifact], rows: Sequence[Row]
) -> dict[bytes, Artifact]:
    """Without what many edits left behind, now and then."""
    if len(artifacts) <= 2 * len(rows) + 64:
        return artifacts
    return {row.key: artifacts[row.key] for row in rows if row.key}
