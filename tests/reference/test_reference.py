"""The reference interpreter agrees with wasmtime, instruction by instruction and whole.

It is the oracle for explained locations, so it must not be trusted unchecked.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest

from lbtool import engines
from tests.property.minimise import is_valid
from tests.property.pool import SIGNALLING, VALUES, WIDTH
from tests.reference import numeric
from tests.reference.binary import Body, RawModule, decode, encode
from tests.reference.interpreter import Instance, OutOfSteps
from tests.reference.opcodes import OPS, Op
from tests.reference.text import module_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NUMERIC = [OPS[code] for code in sorted({**numeric.UNARY, **numeric.BINARY})]
# Conversions between them keep the bits, so even a signalling NaN must come out as it
# was.
MOVES = ("abs", "neg", "copysign", "reinterpret")


@pytest.fixture(scope="module")
def session() -> tuple[engines.EngineBackend, engines.Session]:
    backend = engines.get("cranelift")
    return backend, backend.session()


def _operands(op: Op) -> list[tuple[int, ...]]:
    kinds = op.params or ()
    values = [VALUES[t] + SIGNALLING.get(t, []) for t in kinds]
    rng = random.Random(op.code)
    drawn = [tuple(rng.getrandbits(WIDTH[t]) for t in kinds) for _ in range(200)]
    every = list(itertools.product(*values))
    return drawn + (every if len(every) < 400 else rng.sample(every, 400))


def _single(op: Op) -> RawModule:
    params, results = op.params or (), op.results or ()
    code = [*((0x20, i) for i in range(len(params))), (op.code,), (0x0B,)]
    return RawModule(
        types=[(params, results)],
        funcs=[0],
        exports=[("f", "func", 0)],
        bodies=[Body([], code)],
    )


def _result(compute: Sequence[object]) -> object:
    return compute[0]


@pytest.mark.parametrize("op", NUMERIC, ids=lambda op: op.name)
def test_numeric_instructions(
    op: Op, session: tuple[engines.EngineBackend, engines.Session]
) -> None:
    backend, store = session
    instance = store.instantiate(backend.compile(encode(_single(op))), {})
    compute = numeric.UNARY.get(op.code) or numeric.BINARY[op.code]
    (result,) = op.results or ()
    width = WIDTH[result]
    open_nan = result in SIGNALLING and not any(m in op.name for m in MOVES)
    for operands in _operands(op):
        mine: object
        theirs: object
        try:
            mine = compute(*operands)
        except numeric.Trap as trap:
            mine = trap.kind
        args = [
            engines.Value(t, v) for t, v in zip(op.params or (), operands, strict=True)
        ]
        try:
            (value,) = instance.call("f", args)
            assert isinstance(value, engines.Value)
            theirs = value.bits
        except engines.EngineTrap as trap:
            theirs = trap.kind.name.lower()
        nans = [isinstance(x, int) and numeric.is_nan(x, width) for x in (mine, theirs)]
        if open_nan and all(nans):
            continue
        assert mine == theirs, (op.name, [hex(x) for x in operands])


KERNELS = {"fib": 9, "interp": 40, "i64div_c": 20, "callind_c": 30, "bulkmem": 9,
           "mandel_c": 4, "nbody": 3}  # fmt: skip


@pytest.mark.parametrize(("name", "argument"), KERNELS.items())
def test_kernels(name: str, argument: int, corpus: Path) -> None:
    data = (corpus / "kernels" / f"{name}.wasm").read_bytes()
    mine = Instance(decode(data)).invoke("run", [argument])
    backend = engines.get("cranelift")
    instance = backend.session().instantiate(backend.compile(data), {})
    (value,) = instance.call("run", [engines.Value(0x7F, argument)])
    assert isinstance(value, engines.Value)
    assert mine == [value.bits]


def test_modules_survive_decoding_and_printing(corpus: Path) -> None:
    import wasmtime  # noqa: PLC0415

    for path in sorted((corpus / "kernels").glob("*.wasm")):
        if "simd" in path.name:
            continue
        module = decode(path.read_bytes())
        assert decode(encode(module)) == module
        assert is_valid(encode(module))
        assert decode(bytes(wasmtime.wat2wasm(module_text(module)))) == module


def test_the_hook_sees_every_instruction_before_it_runs() -> None:
    code = [(0x20, 0), (0x41, 5), (0x6A,), (0x22, 1), (0x0B,)]
    module = RawModule(
        types=[((0x7F,), (0x7F,))], funcs=[0], exports=[("f", "func", 0)],
        bodies=[Body([0x7F], code)],
    )  # fmt: skip
    seen: list[tuple[int, int, list[int], list[int]]] = []
    instance = Instance(
        module,
        hook=lambda f, i, stack, locals_: seen.append((f, i, stack[:], locals_[:])),
    )
    assert instance.invoke("f", [2]) == [7]
    assert seen == [
        (0, 0, [], [2, 0]),
        (0, 1, [2], [2, 0]),
        (0, 2, [2, 5], [2, 0]),
        (0, 3, [7], [2, 0]),
        (0, 4, [7], [2, 7]),
    ]


def test_limits_of_steps_and_depth() -> None:
    for code, expected in (
        ([(0x03, -0x40), (0x0C, 0), (0x0B,), (0x0B,)], OutOfSteps),
        ([(0x10, 0), (0x0B,)], numeric.Trap),
    ):
        module = RawModule(
            types=[((), ())],
            funcs=[0],
            exports=[("f", "func", 0)],
            bodies=[Body([], code)],
        )
        with pytest.raises(expected):
            Instance(module, steps=1000, max_depth=100).invoke("f", [])
