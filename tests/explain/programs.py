"""What is run: modules and calls from the corpus, the spec suites and the generator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lbtool import wasm
from lbtool.engines import Value
from lbtool.wast.script import (
    ActionCommand, AssertFailure, AssertReturn, Invoke, ModuleCommand, parse_script,
)  # fmt: skip
from tests.property.generate import Call, Case, generate
from tests.reference.binary import decode
from tests.spec.suites import Suite

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).with_name("cases")
# Arguments so small that the calls are short, where it is not the default.
ARGUMENTS = {"fib": 5, "fib_plain": 5, "fib_readme": 5, "nbody": 3, "sieve": 1}
CALLS_PER_EXPORT = 2


def kernels(corpus: Path) -> Iterator[Case]:
    for path in sorted([*corpus.glob("micro/*.wasm"), *corpus.glob("kernels/*.wasm")]):
        name = path.stem
        if "simd" in name:
            continue
        argument = ARGUMENTS.get(name, 2)
        yield Case(f"{path.parent.name}/{name}", path.read_bytes(), [Call("run", (argument,))])


def spec_functions(root: Path) -> Iterator[Case]:
    """Modules of the 2.0 scripts that need no imports, with what is invoked on them."""
    suite = Suite("2.0")
    for name, row in suite.scripts(root).items():
        script = (root / row["file"]).read_bytes()
        yield from _cases(name.removesuffix(".wast"), script)


def _cases(name: str, script: bytes) -> Iterator[Case]:
    case: Case | None = None
    seen: dict[str, int] = {}
    for command in parse_script(script):
        if isinstance(command, ModuleCommand):
            if case is not None and case.calls:
                yield case
            seen = {}
            case = None
            source = command.module
            if source.format == "quote":
                continue
            data = source.source if source.format == "binary" else wasm.read(source.source)
            if not decode(data).imports:
                case = Case(f"{name}:{command.line}", data, [])
        elif isinstance(command, ActionCommand | AssertReturn | AssertFailure):
            action = command.action if not isinstance(command, AssertFailure) else command.subject
            if case is None or not isinstance(action, Invoke) or action.module:
                continue
            if command.kind == "assert_exhaustion" or seen.get(action.name, 0) >= CALLS_PER_EXPORT:
                continue
            if not all(isinstance(arg, Value) for arg in action.args):
                continue
            seen[action.name] = seen.get(action.name, 0) + 1
            args = tuple(arg.bits for arg in action.args if isinstance(arg, Value))
            case.calls.append(Call(action.name, args))
    if case is not None and case.calls:
        yield case


def generated(seeds: range) -> Iterator[Case]:
    for seed in seeds:
        yield generate(seed)
