"""Pitfalls about size and failure: counters, deep and wide code, bombs, half-done work."""

# ruff: noqa: E501 - lines of WebAssembly text
from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import OK, RESTART
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner
from lbtool.compiler.target import Target
from lbtool.errors import ModuleError
from lbtool.wasm import Profile, decode, require_valid
from tests.pitfalls.agreement import agree, module
from tests.property.differential import Worker, case_as_json
from tests.property.generate import Call, Case, generate
from tests.reference.binary import Body, FuncType, Instr, RawModule, encode
from tests.reference.opcodes import EMPTY, F32, F64, I32, I64

GROWTH = 2.2
Bomb = Callable[[int], tuple[FuncType, Body]]


def one_function(functype: FuncType, body: Body) -> RawModule:
    return RawModule(
        types=[functype],
        funcs=[0],
        memories=[(1, 1)],
        exports=[("f", "func", 0)],
        bodies=[body],
    )


def run_raw(functype: FuncType, body: Body, *args: int) -> None:
    """One function on all engines, written as instructions."""
    case = Case("pitfall", encode(one_function(functype, body)), [Call("f", args)])
    worker = Worker()
    try:
        modes = ["default", "strict", "masks-4"]
        reply = worker.ask({"case": case_as_json(case), "modes": modes})
    finally:
        worker.close()
    assert "error" not in reply, reply["error"]
    assert not reply["found"], reply["found"]


def test_11_small_counters() -> None:
    """More values on the stack than 16 bits count, more gets of one local, more drops."""
    n = 70_000
    many: list[Instr] = [(0x20, 0)] * n + [(0x1A,)] * (n - 1) + [(0x0B,)]
    run_raw(((I32,), (I32,)), Body([], many), 5)
    added: list[Instr] = [(0x20, 0)] * n + [(0x6A,)] * (n - 1) + [(0x0B,)]
    run_raw(((I32,), (I32,)), Body([], added), 3)
    locals_ = [I64] * 40_000
    last: list[Instr] = [
        (0x20, 0),
        (0x21, 39_999),
        (0x20, 39_999),
        (0x20, 1),
        (0x7C,),
        (0x0B,),
    ]
    run_raw(((I64,), (I64,)), Body(locals_, last), 9)


@pytest.mark.parametrize(
    ("valtype", "op"),
    [(I32, 0x6B), (I64, 0x7D), (F32, 0x93), (F64, 0xA1), (I32, 0x6E), (I64, 0x88)],
)
@pytest.mark.parametrize("depth", [40, 600])
def test_13_deep_right_leaning_trees(valtype: int, op: int, depth: int) -> None:
    get: list[Instr] = [(0x20, i % 3) for i in range(depth)]
    code = [*get, (0x20, 1), *[(op,)] * depth, (0x0B,)]
    run_raw(((valtype,) * 3, (valtype,)), Body([], code), 11, 5, 7)


@pytest.mark.parametrize("n", [20, 1000])
def test_13_many_arguments_and_results(n: int) -> None:
    kinds = [[I32, I64, F32, F64][i % 4] for i in range(n)]
    functype = (tuple(kinds), tuple(kinds[::-1]))
    gets: list[Instr] = [(0x20, i) for i in reversed(range(n))]
    again: list[Instr] = [(0x20, i) for i in range(n)]
    module_ = RawModule(
        types=[functype, (tuple(kinds), tuple(kinds))],
        funcs=[0, 1],
        exports=[("f", "func", 0), ("g", "func", 1)],
        bodies=[
            Body([], [*gets, (0x0B,)]),
            # The results come back in reverse, and in reverse again.
            Body(kinds, [*again, (0x10, 0), *[(0x21, n + i) for i in range(n)],
                         *[(0x20, n + i) for i in range(n)], (0x0B,)]),
        ],
    )  # fmt: skip
    values = [0x3FF0000000000000 if k == F64 else 1000 + i for i, k in enumerate(kinds)]
    case = Case(
        "pitfall", encode(module_), [Call("f", tuple(values)), Call("g", tuple(values))]
    )
    worker = Worker()
    try:
        reply = worker.ask(
            {"case": case_as_json(case), "modes": ["default", "masks-5"]}
        )
    finally:
        worker.close()
    assert "error" not in reply, reply["error"]
    assert not reply["found"], reply["found"]


# ---- compiler bombs


def _locals_times_blocks(n: int) -> tuple[FuncType, Body]:
    block: list[Instr] = [
        (0x02, EMPTY),
        (0x20, 0),
        (0x0D, 0),
        (0x20, 1),
        (0x21, 2),
        (0x0B,),
    ]
    return ((I32,), ()), Body([I32] * n, [*block * n, (0x0B,)])


def _wide_br_table(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = [(0x02, EMPTY), (0x02, EMPTY), (0x20, 0), (0x0E, (0, 1) * n, 0)]
    return ((I32,), ()), Body([], [*code, (0x0B,), (0x0B,), (0x0B,)])


def _nested_blocks(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = [(0x02, EMPTY)] * n
    code += [(0x20, 0), (0x0D, n - 1), (0x20, 0), (0x0D, 0), *[(0x0B,)] * n]
    return ((I32,), ()), Body([], [*code, (0x0B,)])


def _nested_loops(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = [(0x03, EMPTY), (0x20, 0), (0x21, 1)] * n
    return ((I32,), ()), Body(
        [I32, I64, F64], [*code, *[(0x20, 1), (0x0D, 0), (0x0B,)] * n, (0x0B,)]
    )


def _constants_dropped(n: int) -> tuple[FuncType, Body]:
    return ((), ()), Body([], [*[(0x41, 1), (0x1A,)] * n, (0x0B,)])


def _constants_kept(n: int) -> tuple[FuncType, Body]:
    return ((), ()), Body([], [*[(0x41, 1)] * n, *[(0x1A,)] * n, (0x0B,)])


def _huge(n: int) -> tuple[FuncType, Body]:
    rng = random.Random(n)
    code: list[Instr] = []
    for _ in range(n):
        a, b, c = (rng.randrange(40) for _ in range(3))
        code += [
            (0x20, a),
            (0x20, b),
            (rng.choice([0x6A, 0x6B, 0x6C, 0x71]),),
            (0x21, c),
        ]
    return ((I32,), ()), Body([I32] * 40, [*code, (0x0B,)])


def _live_over_blocks(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = [(0x20, 0), (0x41, 3), (0x6A,)] * n
    code += [(0x02, EMPTY), (0x20, 0), (0x0D, 0), (0x0B,)] * n
    return ((I32,), ()), Body([], [*code, *[(0x1A,)] * n, (0x0B,)])


def _calls_under_values(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = [(0x20, 0), (0x41, 3), (0x6C,)] * n + [(0x20, 0), (0x10, 0)] * n
    return ((I32,), ()), Body([], [*code, *[(0x1A,)] * n, (0x0B,)])


def _ifs_writing_locals(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = []
    for i in range(n):
        code += [(0x20, 0), (0x04, EMPTY), (0x20, i), (0x21, i + 1), (0x0B,)]
    return ((I32,), ()), Body([I32] * n, [*code, (0x0B,)])


def _block_parameters(n: int) -> tuple[FuncType, Body]:
    code: list[Instr] = [(0x20, 0)]
    code += [(0x02, -1), (0x20, 0), (0x20, 0), (0x0D, 0), (0x20, 0), (0x71,), (0x0B,),
             (0x6A,)] * n  # fmt: skip
    return ((I32,), (I32,)), Body([], [*code, (0x0B,)])


BOMBS: dict[str, tuple[Bomb, int]] = {
    "locals and blocks": (_locals_times_blocks, 24_000),
    "br_table": (_wide_br_table, 50_000),
    "nested blocks": (_nested_blocks, 5_000),
    "nested loops": (_nested_loops, 3_000),
    "dropped constants": (_constants_dropped, 250_000),
    "kept constants": (_constants_kept, 20_000),
    "huge": (_huge, 50_000),
    "live over blocks": (_live_over_blocks, 3_000),
    "calls under values": (_calls_under_values, 3_000),
    "ifs": (_ifs_writing_locals, 10_000),
    "block results": (_block_parameters, 10_000),
}


def work(functype: FuncType, body: Body) -> tuple[int, int, int]:
    """Units of work of the scan and of code generation, and bytes of code.

    Buffers have grown before the counting: restarts at doublings are no work per input.
    """
    data = encode(one_function(functype, body))
    parsed = decode(data)
    scanner, function = Scanner(), Function()
    env = ModuleEnv(parsed, Profile("2.0"))
    assert scan_body(scanner, env, 0, parsed.bodies[0], function) == OK
    before = scanner.work
    assert scan_body(scanner, env, 0, parsed.bodies[0], function) == OK
    scanned = scanner.work - before
    generator = Generator(Target())
    generator.open(function)
    while (status := generator.run()) == RESTART:
        generator.grow()
    assert status == OK
    return scanned, generator.values.work, generator.asm.n


@pytest.mark.parametrize("name", BOMBS)
def test_14_compiler_bombs(name: str) -> None:
    """Twice the input is at most 2.2 times the work and the code."""
    make, n = BOMBS[name]
    once, twice = work(*make(n)), work(*make(2 * n))
    for kind, a, b in zip(("scan", "generate", "bytes"), once, twice, strict=True):
        assert a > 0
        assert b / a <= GROWTH, (kind, a, b)


def test_14_bombs_run_too() -> None:
    for name, (make, _) in BOMBS.items():
        functype, body = make(200)
        if name in {"calls under values", "nested loops"}:
            continue  # they would not end
        run_raw(functype, body, *[1] * len(functype[0]))


# ---- half-done work


def test_19_traps_leave_what_was_done_and_no_more() -> None:
    """Stores before a trap stay, and a copy that does not fit writes nothing."""
    calls = {
        "fill": "(memory.fill (local.get 0) (i32.const 7) (local.get 1))",
        "copy": "(memory.copy (local.get 0) (i32.const 3) (local.get 1))",
        "source": "(memory.copy (i32.const 3) (local.get 0) (local.get 1))",
        "init": "(memory.init 1 (local.get 0) (i32.const 0) (local.get 1))",
        "table.copy": "(table.copy (local.get 0) (i32.const 0) (local.get 1))",
        "table.init": "(table.init 1 (local.get 0) (i32.const 0) (local.get 1))",
        "table.fill": "(table.fill (local.get 0) (ref.func $f) (local.get 1))",
        "store": "(i64.store (local.get 0) (i64.const -1)) (i32.store (local.get 1) (i32.const 5))",
        "wide": "(i64.store offset=65532 (local.get 1) (i64.const -1))",
        "globals": "(global.set 0 (local.get 0)) (drop (i32.div_u (i32.const 1) (local.get 1)))"
        " (global.set 1 (local.get 0))",
        "results": "(drop (call $many (local.get 0) (local.get 1)))"
         "(global.set 0)" + "(drop)" * 8,
    }  # fmt: skip
    text = module(
        '(memory (export "m") 1) (table $t 10 funcref)',
        '(global (export "g0") (mut i32) (i32.const 0))',
        '(global (export "g1") (mut i32) (i32.const 0))',
        "(elem (table $t) (i32.const 0) func $f $f) (elem funcref (ref.func $f) (ref.null func))",
        '(data (i32.const 0) "abcdefghijklmnop") (data "0123456789")',
        "(func $f)",
        "(func $many (param i32 i32) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)"
        " (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)"
        " (global.set 1 (local.get 0)) (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9)"
        " (i32.div_u (i32.const 8) (local.get 1)))",
        '(func (export "digest") (result i64) (local i32 i64)'
        " (loop (if (i32.lt_u (local.get 0) (table.size $t)) (then (local.set 1 (i64.add"
        " (i64.rotl (local.get 1) (i64.const 1)) (i64.extend_i32_u (ref.is_null"
        " (table.get $t (local.get 0))))))"
        " (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br 1)))) (local.get 1))",
        *[
            f'(func (export "{name}") (param i32 i32) {body})'
            for name, body in calls.items()
        ],
    )
    edges = [(0, 0), (65530, 4), (65530, 6), (65530, 7), (65536, 0), (65537, 0), (0xFFFFFFFF, 2),
             (1, 0xFFFFFFFF), (8, 2), (8, 3), (11, 0), (5, 65533)]  # fmt: skip
    made: list[tuple[str, int, int]] = []
    rows: list[tuple[str, int, int] | tuple[str]] = []
    for name in calls:
        made = [(name, a, b) for a, b in edges]
        for call in made:
            rows += [call, ("digest",)]
    kinds = agree(text, *rows)
    assert {"ok", "trap memory", "trap table", "trap divide"} <= set(kinds)


def test_20_errors_are_typed() -> None:
    """Broken modules raise `ModuleError`, whatever is broken; nothing else ever."""
    rng = random.Random(20)
    outcomes = {"fine": 0, "error": 0}
    for seed in range(60):
        data = generate(seed).wasm
        for _ in range(20):
            broken = bytearray(data)
            for _ in range(rng.choice([1, 1, 2, 5])):
                broken[rng.randrange(len(broken))] = rng.randrange(256)
            if rng.random() < 0.2:
                del broken[rng.randrange(len(broken)) :]
            try:
                parsed = decode(bytes(broken))
                require_valid(parsed, Profile("2.0"))
                env = ModuleEnv(parsed, Profile("2.0"))
                for i, body in enumerate(parsed.bodies):
                    typeidx = parsed.func_types[parsed.n_imported_funcs + i]
                    scan_body(Scanner(), env, typeidx, body, Function())
                outcomes["fine"] += 1
            except ModuleError:
                outcomes["error"] += 1
    assert min(outcomes.values()) > 50
