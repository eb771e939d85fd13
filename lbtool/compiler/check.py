"""Complete validation of a module: module level and every body, all errors found.

This is what ``lbtool check`` runs. Module-level rules are in ``lbtool.wasm.validate``,
rules for bodies in `scan`.
"""

from __future__ import annotations

from lbtool.compiler.codes import INVALID, RESTART
from lbtool.compiler.diagnose import diagnostics
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.wasm.validate import validate_module

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from lbtool.errors import Diagnostic
    from lbtool.wasm.module import Module
    from lbtool.wasm.profile import Profile

__all__ = ["scan_body", "validate", "validate_bodies"]


def scan_body(
    scanner: Scanner,
    env: ModuleEnv,
    typeidx: int,
    body: tuple[int, int],
    function: Function,
) -> int:
    """Scan one body and grow buffers until it fits; OK, INVALID or UNSUPPORTED."""
    start, end = body
    while (status := scanner.scan(env, typeidx, start, end, function)) == RESTART:
        scanner.grow()
    return status


def validate_bodies(module: Module, profile: Profile) -> list[Diagnostic]:
    """Every error in every function body, in order.

    Bodies whose function has an unknown type are skipped: the module level reports
    that.
    """
    env = ModuleEnv(module, profile)
    scanner, function = Scanner(), Function()
    found: list[Diagnostic] = []
    first = module.n_imported_funcs
    for funcidx, body in enumerate(module.bodies, start=first):
        typeidx = module.func_types[funcidx]
        if typeidx >= len(module.types):
            continue
        if scan_body(scanner, env, typeidx, body, function) == INVALID:
            found.extend(diagnostics(scanner, module, funcidx))
    return found


def validate(module: Module, profile: Profile) -> list[Diagnostic]:
    """Every error of a decoded module under a version profile; empty if it is valid."""
    return [*validate_module(module, profile), *validate_bodies(module, profile)]
