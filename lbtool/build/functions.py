"""The functions of a module by key: scanned, looked up, compiled where they are new.

Here is all that a build does with bodies. Files, what was there before and what is told
about it are ``builder``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import INVALID, UNSUPPORTED
from lbtool.compiler.compile import compile_bodies
from lbtool.compiler.diagnose import diagnostics, unsupported_error
from lbtool.compiler.function import Function
from lbtool.compiler.keying import Keyer
from lbtool.compiler.parallel import in_parts
from lbtool.compiler.scan import Scanner
from lbtool.errors import Diagnostic, code_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lbtool.cache.cache import Cache
    from lbtool.cache.keys import Env
    from lbtool.compiler.artifact import Artifact
    from lbtool.compiler.env import ModuleEnv
    from lbtool.compiler.target import Target
    from lbtool.wasm.module import Module

__all__ = ["Recipe", "Row", "Unit"]


class Row(NamedTuple):
    """What a scan says of a defined function; position-independent.

    status     OK, INVALID or UNSUPPORTED
    key        of its artifact; it and `canonical` are empty unless OK
    canonical  what the key is made of; the rest as in `CompiledFunction`
    """

    status: int
    key: bytes
    canonical: bytes
    binding: bytes
    slot_kinds: bytes
    imported: bytes


class Recipe(NamedTuple):
    """What a builder brings to every module."""

    cache: Cache
    env: Env
    target: Target
    threads: int


class Unit(NamedTuple):
    """A module, what its bodies may refer to, and how to compile them."""

    recipe: Recipe
    module: Module
    env: ModuleEnv

    def rows(self, which: Sequence[int]) -> list[Row]:
        """Scan defined functions, by their numbers without imports."""
        module, key = self.module, self.recipe.env.key
        bodies = [module.bodies[k] for k in which]
        types = [module.func_types[module.n_imported_funcs + k] for k in which]

        def work(start: int, stop: int) -> list[Row]:
            found = Keyer(self.env).scan(bodies[start:stop], types[start:stop])
            return [
                Row(each[0], key(each[1]) if each[1] else b"", *each[1:])
                for each in found
            ]

        return in_parts(bodies, self.recipe.threads, work)

    def artifacts(
        self, which: Sequence[int], rows: Sequence[Row], known: Mapping[bytes, Artifact]
    ) -> tuple[dict[bytes, Artifact], frozenset[bytes]]:
        """Artifacts by key of these functions, and the keys which were compiled for it.

        `rows` are those of `which`. What is neither known nor in the cache is compiled,
        equal functions once, and put into the cache in one write.
        """
        cache, threads = self.recipe.cache, self.recipe.threads
        wanted = {r.key: k for k, r in zip(which, rows, strict=True) if r.key}
        found = {key: known[key] for key in wanted if key in known}
        if len(found) < len(wanted):
            found |= cache.artifacts([key for key in wanted if key not in found])
        missing = {key: k for key, k in wanted.items() if key not in found}
        if not missing:
            return found, frozenset()
        compiled = compile_bodies(
            self.module, self.env, self.recipe.target, [*missing.values()], threads
        )
        artifacts = [each.artifact for each in compiled]
        fresh = dict(zip(missing, artifacts, strict=True))
        cache.put_artifacts(fresh)
        return found | fresh, frozenset(fresh)

    def problems(self, rows: Sequence[Row]) -> Iterator[Diagnostic]:
        """Every error of the invalid functions, in order.

        That a function's type is unknown is an error at module level.
        """
        module = self.module
        scanner, function = Scanner(), Function()
        for k, row in enumerate(rows):
            funcidx = module.n_imported_funcs + k
            if row.status == INVALID and module.func_types[funcidx] < len(module.types):
                self._scan(k, scanner, function)
                yield from diagnostics(scanner, module, funcidx)

    def warnings(self, rows: Sequence[Row]) -> Iterator[Diagnostic]:
        """Why lbtool's engine cannot run a module that is valid, in one diagnostic.

        It stands at the first place that shows it.
        """
        found = [k for k, row in enumerate(rows) if row.status == UNSUPPORTED]
        if found:
            function = Function()
            self._scan(found[0], Scanner(), function)
            funcidx = self.module.n_imported_funcs + found[0]
            error = unsupported_error(function, self.module, funcidx)
            (first,) = error.diagnostics
            which = f"{len(found)} of {len(rows)} functions"
        elif self.module.vectors_outside:  # which the runtime refuses
            message = "unsupported: simd is not compiled yet"
            first = Diagnostic("error", code_for(message), message)
            which = "globals or imports"
        else:
            return
        message = f"{first.message} ({which}): the module runs on Cranelift"
        yield replace(first, severity="warning", message=message)

    def _scan(self, k: int, scanner: Scanner, function: Function) -> None:
        """Once more, for the details."""
        module = self.module
        typeidx = module.func_types[module.n_imported_funcs + k]
        scan_body(scanner, self.env, typeidx, module.bodies[k], function)
