"""Modules and functions through the compiler: scan, generate, collect.

`FunctionCompiler` compiles one function after the other, `compile_module` and
`compile_bodies` many of them in several threads, without the GIL (see `batch`).
"""

from __future__ import annotations

from lbtool.compiler.artifact import CompiledFunction
from lbtool.compiler.batch import Crew, Job, Worker, compile_job
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import OK, RESTART
from lbtool.compiler.diagnose import body_error
from lbtool.compiler.env import ModuleEnv, ints
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner
from lbtool.errors import LbtoolError
from lbtool.wasm.compact import ranges

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

WORTH = 1 << 13  # bytes of bodies below which a thread costs more than it gives
IDLE = 1 << 20  # bytes of bodies for which idle workers may have room, together
LEAST = 1 << 16  # what each of them counts

# Between two modules; their buffers are warm. Nobody owns them, so this is global, and
# without a lock: a process that forks could keep it for ever.
_idle: list[Worker] = []


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


def _room(worker: Worker) -> int:
    return worker.room


def _hire(n: int, target: Target) -> list[Worker]:
    """Who has most room comes first, for the largest body."""
    found: list[Worker] = []
    while len(found) < n:
        try:
            found.append(_idle.pop())
        except IndexError:
            found.append(Worker(target))
    return sorted(found, key=_room, reverse=True)


def _rest(workers: list[Worker]) -> None:
    """Keep workers for the next module, but not too much memory."""
    for worker in sorted(workers, key=_room):
        worker.end()
        if sum(max(each.room, LEAST) for each in (*_idle, worker)) <= IDLE:
            _idle.append(worker)


def compile_bodies(
    module: Module,
    env: ModuleEnv,
    target: Target,
    which: Sequence[int],
    threads: int = 1,
) -> list[CompiledFunction]:
    """The same for some defined functions, by their numbers without imports."""
    first = module.n_imported_funcs
    bodies, types = module.bodies, env.func_type[first:]
    if which != range(len(bodies)):
        bodies, types = [bodies[k] for k in which], ints(types[k] for k in which)
    job = Job(ranges(bodies), types)
    n = max(1, min(threads, len(which), job.size // WORTH))
    crew = Crew(n)
    workers = _hire(n, target)
    if n > 1:
        job.arrange()
    for worker in workers:
        worker.begin(job, env, target, job.size // n)
    found = compile_job(job, workers, crew)
    _rest(workers)
    if len(found) < len(which):
        # the error in full: scan the body again with a scanner that keeps it
        FunctionCompiler(env, target).compile(module, first + which[len(found)])
        raise InternalError("a function compiles alone but not in a batch")
    return found
