"""What is run: modules and calls from the corpus, the spec suites and the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool import wasm
from lbtool.engines import Value
from lbtool.wast.script import (
    ActionCommand,
    AssertFailure,
    AssertReturn,
    Invoke,
    ModuleCommand,
    parse_script,
)
from tests.property.generate import Call, Case, generate
from tests.reference.binary import decode
from tests.spec.suites import Suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lbtool.wast.script import Command, ModuleSource

# Arguments so small that the calls are short, where it is not the default.
ARGUMENTS = {"fib": 5, "fib_plain": 5, "fib_readme": 5, "nbody": 3, "sieve": 1}
CALLS_PER_EXPORT = 2


def kernels(corpus: Path) -> Iterator[Case]:
    for path in sorted([*corpus.glob("micro/*.wasm"), *corpus.glob("kernels/*.wasm")]):
        name = path.stem
        if "simd" in name:
            continue
        argument = ARGUMENTS.get(name, 2)
        yield Case(
            f"{path.parent.name}/{name}", path.read_bytes(), [Call("run", (argument,))]
        )


def spec_functions(root: Path) -> Iterator[Case]:
    """Modules of the 2.0 scripts that need no imports, with what is invoked on them."""
    suite = Suite("2.0")
    for name, row in suite.scripts(root).items():
        script = (root / row["file"]).read_bytes()
        yield from _cases(name.removesuffix(".wast"), script)


def _cases(name: str, script: bytes) -> Iterator[Case]:
    case: Case | None = None
    for command in parse_script(script):
        if isinstance(command, ModuleCommand):
            if case is not None and case.calls:
                yield case
            data = _binary(command.module)
            without = data is not None and not decode(data).imports
            case = (
                Case(f"{name}:{command.line}", data, []) if data and without else None
            )
        elif case is not None:
            case.calls += _calls(command, case)
    if case is not None and case.calls:
        yield case


def _binary(module: ModuleSource) -> bytes | None:
    if module.format == "quote":
        return None
    return module.source if module.format == "binary" else wasm.read(module.source)


def _calls(command: Command, case: Case) -> list[Call]:
    """The call that a command makes of this module, if it is one to be followed."""
    action: object = None
    if isinstance(command, ActionCommand | AssertReturn):
        action = command.action
    elif isinstance(command, AssertFailure) and command.kind == "assert_trap":
        action = command.subject
    if not isinstance(action, Invoke) or action.module:
        return []
    known = sum(call.name == action.name for call in case.calls)
    bits = [arg.bits for arg in action.args if isinstance(arg, Value)]
    if known == CALLS_PER_EXPORT or len(bits) != len(action.args):
        return []
    return [Call(action.name, tuple(bits))]


def generated(seeds: range) -> Iterator[Case]:
    for seed in seeds:
        yield generate(seed)
