"""Modules and functions through the compiler: scan, generate, collect.

`FunctionCompiler` is the unit of work of one thread. `compile_module` runs as many as
there are threads over the functions of a module; the scan and the generator release the
GIL, so they run at the same time.
"""

from __future__ import annotations

from lbtool.compiler.artifact import CompiledFunction
from lbtool.compiler.batch import Batch
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import OK, RESTART
from lbtool.compiler.diagnose import body_error
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.parallel import in_parts
from lbtool.compiler.scan import Scanner
from lbtool.errors import LbtoolError

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.artifact import Artifact
    from lbtool.compiler.target import Target
    from lbtool.wasm.module import Module

__all__ = [
    "FunctionCompiler",
    "compile_bodies",
    "compile_function",
    "compile_module",
    "generate",
]


class InternalError(LbtoolError):
    """A broken promise inside the compiler: a bug of lbtool, never of the module."""


def generate(generator: Generator, function: Function) -> Artifact:
    """Machine code of a scanned function."""
    generator.open(function)
    while (status := generator.run()) == RESTART:
        generator.grow()
    if status != OK:
        raise InternalError("code generation ran out of registers")
    return generator.artifact()


class FunctionCompiler:
    """Scanner, canonical function and generator of one thread."""

    def __init__(self, env: ModuleEnv, target: Target) -> None:
        self.env = env
        self.scanner = Scanner()
        self.function = Function()
        self.generator = Generator(target)
        self.strict = target.strict

    def scan(self, module: Module, funcidx: int) -> Function:
        """Scan a defined function; raises its `ModuleError` when it cannot be
        compiled."""
        body = module.bodies[funcidx - module.n_imported_funcs]
        if not self._scanned(module.func_types[funcidx], body):
            raise body_error(self.scanner, module, funcidx)
        return self.function

    def valid(self, body: bytes, module: Module, funcidx: int) -> bool:
        """Scan a body that is not (yet) part of the module's bytes."""
        self.env = self.env.with_data(body)
        return self._scanned(module.func_types[funcidx], (0, len(body)))

    def _scanned(self, typeidx: int, body: tuple[int, int]) -> bool:
        if scan_body(self.scanner, self.env, typeidx, body, self.function) != OK:
            return False
        if self.strict:
            self.function.assume_nothing()
        return True

    def emit(self) -> CompiledFunction:
        """Machine code of the function that was scanned last."""
        artifact = generate(self.generator, self.function)
        return CompiledFunction(artifact, *self.function.binding())

    def compile(self, module: Module, funcidx: int) -> CompiledFunction:
        """Scan and compile a defined function."""
        self.scan(module, funcidx)
        return self.emit()


def compile_function(module: Module, funcidx: int, target: Target) -> CompiledFunction:
    """One defined function of a module that passed module-level validation."""
    env = ModuleEnv(module, target.profile)
    return FunctionCompiler(env, target).compile(module, funcidx)


def compile_module(
    module: Module, target: Target, threads: int = 1
) -> list[CompiledFunction]:
    """Every defined function, in order, on this many threads.

    The module passed module-level validation. Raises the `ModuleError` of the first
    function (by index) that does not validate or is not supported.
    """
    env = ModuleEnv(module, target.profile)
    return compile_bodies(module, env, target, range(len(module.bodies)), threads)


def compile_bodies(
    module: Module,
    env: ModuleEnv,
    target: Target,
    which: Sequence[int],
    threads: int = 1,
) -> list[CompiledFunction]:
    """The same for some defined functions, by their numbers without imports."""
    first = module.n_imported_funcs
    bodies = [module.bodies[k] for k in which]
    types = [module.func_types[first + k] for k in which]

    idle: list[Batch] = []  # of threads that are between two runs

    def work(start: int, stop: int) -> list[CompiledFunction]:
        try:
            batch = idle.pop()
        except IndexError:
            batch = Batch(env, target)
        found = batch.compile(bodies[start:stop], types[start:stop])
        if len(found) < stop - start:
            # the error in full: scan the body again with a scanner that keeps it
            funcidx = first + which[start + len(found)]
            FunctionCompiler(env, target).compile(module, funcidx)
            raise InternalError("a function compiles alone but not in a batch")
        idle.append(batch)
        return found

    return in_parts(bodies, threads, work)
