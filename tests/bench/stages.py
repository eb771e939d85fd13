"""Where compile time goes: CPU time of each stage, per wasm instruction.

One thread, everything warm. Scan and code generation alternate function by function in
the compiler; here all bodies are scanned, and then scanned and generated, so that the
clock is read twice for a module and not twice for a function. ``python -m
tests.bench.stages FILE...`` prints a line for each module.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool import Config, Engine
from lbtool import Module as RuntimeModule
from lbtool.compiler import Target, compile_module
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import RESTART
from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import explain_function
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner
from lbtool.wasm import decode, require_valid

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.wasm import Module

__all__ = ["Stages", "measure"]

EXPLAINED = 20_000  # instructions that are enough to know the cost of explaining


@dataclass(frozen=True)
class Stages:
    """Nanoseconds of CPU time for a whole module, the least of several runs.

    decode_ns     sections to records, rules of the module level, tables for the scan
    scan_ns       validating, canonicalising and summarising all bodies
    generate_ns   machine code of all canonical functions
    link_ns       placing and relocating in the code arena
    explain_ns    what explaining costs beyond compiling, for `explained` instructions
    instructions  of all bodies; every opcode counts, ``end`` included
    """

    decode_ns: int
    scan_ns: int
    generate_ns: int
    explain_ns: int
    link_ns: int
    instructions: int
    explained: int

    def per_instruction(self) -> dict[str, float]:
        """Nanoseconds per wasm instruction, by stage."""
        n = max(1, self.instructions)
        return {
            "decode": self.decode_ns / n,
            "scan": self.scan_ns / n,
            "code generation": self.generate_ns / n,
            "link": self.link_ns / n,
            "explain": self.explain_ns / max(1, self.explained),
        }

    def shares(self) -> dict[str, float]:
        """Parts of the time from bytes to machine code, which add up to 1."""
        compiling = {
            "decode": self.decode_ns,
            "scan": self.scan_ns,
            "code generation": self.generate_ns,
        }
        return {k: v / sum(compiling.values()) for k, v in compiling.items()}


def _least(work: Callable[[], object], repeats: int) -> int:
    spent = []
    for _ in range(repeats):
        start = time.process_time_ns()
        work()
        spent.append(time.process_time_ns() - start)
    return min(spent)


class _Bodies:
    """Scanner and generator over all bodies of a module."""

    def __init__(self, module: Module, target: Target) -> None:
        self.env = ModuleEnv(module, target.profile)
        first = module.n_imported_funcs
        self.bodies = [*zip(module.func_types[first:], module.bodies, strict=True)]
        self.scanner, self.function = Scanner(), Function()
        self.generator = Generator(target)

    def scan(self) -> int:
        """Scan every body; the number of instructions."""
        found = 0
        for typeidx, body in self.bodies:
            scan_body(self.scanner, self.env, typeidx, body, self.function)
            found += self.function.n_instr
        return found

    def compile(self) -> None:
        """Scan every body and generate its code."""
        generator, function = self.generator, self.function
        for typeidx, body in self.bodies:
            scan_body(self.scanner, self.env, typeidx, body, function)
            if not generator.fits(function):
                generator.open(function)
            while generator.run() == RESTART:
                generator.grow()


def _explained(module: Module, target: Target) -> tuple[int, int]:
    """Functions spread over the module: nanoseconds to explain them, instructions."""
    first, n = module.n_imported_funcs, len(module.bodies)
    step = max(1, n // 64)
    compiler = FunctionCompiler(ModuleEnv(module, target.profile), target)
    spent = found = 0
    for k in range(0, n, step):
        if found >= EXPLAINED:
            break
        start = time.process_time_ns()
        explanation = explain_function(module, first + k, target, compiler)
        found += sum(1 for _ in explanation.instructions)  # each record is made
        spent += time.process_time_ns() - start
    return spent, found


def measure(data: bytes, repeats: int = 5) -> Stages:
    """Compile a binary module stage by stage; raises its `ModuleError`, if any."""
    target = Target()

    def front() -> ModuleEnv:
        module = decode(data)
        require_valid(module, target.profile)
        return ModuleEnv(module, target.profile)

    module = decode(data)
    bodies = _Bodies(module, target)
    instructions = bodies.scan()
    bodies.compile()
    scan = _least(bodies.scan, repeats)
    both = _least(bodies.compile, repeats)
    functions = compile_module(module, target)
    engine = Engine(Config())

    def link() -> None:
        RuntimeModule(engine, module, functions=functions).code  # noqa: B018

    explain, explained = _explained(module, target)
    return Stages(
        decode_ns=_least(front, repeats),
        scan_ns=scan,
        generate_ns=max(0, both - scan),
        explain_ns=max(0, explain - both * explained // max(1, instructions)),
        link_ns=_least(link, repeats),
        instructions=instructions,
        explained=explained,
    )


def main() -> None:
    """A line for each file: nanoseconds per instruction, and shares."""
    for path in sys.argv[1:]:
        found = measure(Path(path).read_bytes())
        cells = [f"{k} {v:.1f}" for k, v in found.per_instruction().items()]
        shares = [f"{k} {v:.0%}" for k, v in found.shares().items()]
        print(f"{path}: ns per instruction: {', '.join(cells)}; {', '.join(shares)}")


if __name__ == "__main__":
    main()
