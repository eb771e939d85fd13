"""A recording against a look at everything after each step, and its work.

What changes is found without looking at all locals and entries; here they all are
looked at, by the rules of ``lbtool.compiler.states`` written down a second time.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler import Target, codes
from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import explain_function
from lbtool.compiler.listing import listing
from lbtool.compiler.states import KINDS, Location
from lbtool.errors import ModuleError
from lbtool.wasm import decode, read
from lbtool.x64.disassemble import disassemble
from tests.data import CORPUS, require
from tests.golden.cases import PATHS
from tests.pitfalls.test_limits import BOMBS, GROWTH, one_function
from tests.property.generate import generate
from tests.reference.binary import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.compiler.explain import Explanation
    from lbtool.compiler.generator import Generator
    from lbtool.compiler.listing import Line
    from lbtool.wasm.module import Module

TYPES = ("i32", "i64", "f32", "f64", "ref")
GENERATED = 60
STACKS = 6
PLACES = 40  # that are looked at per instruction
TARGETS = {
    "default": Target(),
    "no pins": Target(pins=(0, 0)),
    "strict": Target(strict=True),
    "explicit": Target(bounds="explicit"),
    "three registers": Target(gprs=0b111, xmms=0b111),
}


def modules() -> Iterator[Module]:
    for path in PATHS:
        yield decode(read(path))
    corpus = require(CORPUS, assertions=1)
    for path in sorted([*corpus.glob("micro/*.wasm"), *corpus.glob("kernels/*.wasm")]):
        yield decode(path.read_bytes())
    for number in range(GENERATED):
        yield decode(generate(number).wasm)
    yield from map(deep, range(STACKS))


PUSHES = (
    *("(local.get {a})", "(i32.const {b})", "(i32.load offset={b} (local.get {a}))"),
    *("(i32.add (local.get {a}) (i32.const {b}))", "(i32.load8_s (local.get {a}))"),
)
OTHERS = (
    "(local.set {a} (i32.const {b}))",
    "(local.set {a} (i32.mul (local.get {c}) (local.get {a})))",
    "(local.set {a})",
    "(local.set {a} (local.tee {c} (i32.load (local.get {c}))))",
    "(i32.store (local.get {a}) (local.get {c}))",
    "i32.add",
    "(call $two)",
    "(block (br_if 0 (local.get {a})) (local.set {c} (i32.const {b})))",
    "(block (br_table 0 0 1 (local.get {a})))",
    "(if (local.get {a}) (then (local.set {c} (i32.const {b}))))",
    "(if (local.get {a}) (then (local.set {c} (i32.const {b}))) (else (call $none)))",
    "(loop (local.set {a} (i32.load (local.get {a}))) (br_if 0 (local.get {c})))",
    "(block (param i32 i32) (result i32 i32) (br_if 0 (local.get {a})) (call $two))",
    "(if (param i32) (result i32) (local.get {a}) (then drop (local.get {c})))",
    "(block $many (result {many}) (br_if $many {values} (local.get {a})))",
)  # fmt: skip
DEEP = 40  # more entries than references to locals may wait for


def deep(seed: int) -> Module:
    """Much on the stack while locals are set, functions called, blocks entered."""
    rng = random.Random(seed)
    code, depth, pushes = [], 0, DEEP
    for _ in range(400):
        push = depth < 4 or pushes > 0
        pushes = pushes - 1 if push else rng.choice((0, 0, 0, 0, 0, 0, DEEP))
        text = rng.choice(PUSHES if push else OTHERS)
        facts = {
            **{name: rng.randrange(24) for name in "abc"},
            "many": " ".join(["i32"] * DEEP),
            "values": "(i32.const 1) " * DEEP,
        }
        code.append(text.format(**facts))
        if push:
            depth += 1
        elif text in {"(local.set {a})", "i32.add"}:
            depth -= 1
        elif "$many" in text:
            code += ["drop"] * (DEEP - 1)
            depth += 1
    code += ["drop"] * depth
    locals_ = " ".join(["i32"] * 22)
    return decode(
        read(
            f"""(module (memory 1) (func $none)
              (func $two (param i32 i32) (result i32 i32) (local.get 1) (local.get 0))
              (func (param i32 i32) (local {locals_}) {" ".join(code)}))""".encode()
        )
    )


class Everything:
    """All locations after each step, and where locals hold a value on every path."""

    def __init__(self, generator: Generator) -> None:
        self.generator = generator
        self.values = generator.values
        self.function = generator.function
        needs = self.function.local_needs_zero
        self.is_set = [
            index < self.function.n_params or bool(needs[index])
            for index in range(self.function.n_locals)
        ]
        self.at_label: dict[int, list[bool]] = {}
        self.branched: set[int] = set()
        # by ordinal, before its first and after its last step
        self.before: dict[int, Any] = {}
        self.after: dict[int, Any] = {}

    def run(self) -> None:
        self.generator.begin()
        state = self.state()
        while self.generator.step():
            self.follow()
            ordinal = self.generator.micro.ordinal
            self.before.setdefault(ordinal, state)
            state = self.after[ordinal] = self.state()

    def state(self) -> tuple[list[Location], list[Location]] | None:
        micro, v = self.generator.micro, self.values
        if not self.generator.driver.live or (micro.op, micro.a) == (codes.M_LABEL, 0):
            return None
        locals_ = [*map(self.local, range(self.function.n_locals))]
        return [self.entry(i) for i in range(v.sp)], locals_

    def entry(self, i: int) -> Location:
        v = self.values
        kind, imm, reg, of = v.kind[i], v.imm[i], v.reg[i], TYPES[v.typ[i]]
        if kind == codes.K_SLOT:
            return Location("memory", v.stack_disp + 8 * i, type=of)
        if kind == codes.K_LOCAL and imm == v.overwritten:
            return Location("memory", v.ldisp[imm], type=of)
        if kind == codes.K_LOAD:
            return Location("byte" if i == v.narrow else "load", reg, imm, of)
        simple = {
            codes.K_CONST: Location("constant", imm, type=of),
            codes.K_REG: Location("register", reg, type=of),
            codes.K_LOCAL: Location("local", imm, type=of),
            codes.K_SCALED: Location("scaled", reg, imm, of),
            codes.K_FLAGS: Location("flags", imm, type=of),
        }
        return simple[kind]

    def local(self, index: int) -> Location:
        v = self.values
        home, disp, of = v.home[index], v.ldisp[index], TYPES[v.ltype[index]]
        unused = not self.is_set[index] or self.function.local_weight[index] == 0
        if unused or index == v.overwritten:
            return Location("nowhere", type=of)
        if home < 0:
            return Location("memory", disp, type=of)
        undef, zero, in_reg, in_memory = (
            mask >> home & 1 for mask in (v.pin_undef, v.pin_zero, v.pin_reg, v.pin_mem)
        )
        if undef or not (zero or in_reg or in_memory):
            return Location("nowhere", type=of)
        if zero:
            return Location("zero", type=of)
        if in_reg:
            return Location("register", home, disp if in_memory else None, of)
        return Location("memory", disp, type=of)

    def follow(self) -> None:
        micro = self.generator.micro
        op, label = micro.op, micro.a
        if op in (codes.M_SET, codes.M_TEE):
            self.is_set[label] = True
        elif op in (codes.M_FENCE, codes.M_UNLESS):
            self.at_label[label] = [*self.is_set]
            if op == codes.M_UNLESS:
                self.at_label[micro.c] = self.at_label[label]
                self.branched.add(label)
        elif op in (codes.M_JUMP, codes.M_BRANCH):
            self.branched.add(label)
        elif op == codes.M_TABLE:
            self.branched.update(micro.targets[: label + 1])
        elif op in (codes.M_ENDIF, codes.M_LOOP) or (
            op == codes.M_LABEL and label in self.branched
        ):
            last = self.function.local_last_use
            known = self.at_label.get(label, self.is_set)
            self.is_set = [
                each and last[index] > micro.ordinal for index, each in enumerate(known)
            ]


def same(explanation: Explanation, seen: Everything) -> int:
    """Every instruction with Microwasm operations has the states that were seen."""
    compared = 0
    for each in explanation.instructions:
        if each.ordinal not in seen.before:
            continue
        for state, other in (
            (each.before, seen.before[each.ordinal]),
            (each.after, seen.after[each.ordinal]),
        ):
            assert (state is None) is (other is None), each.ordinal
            if state is not None:
                assert (list(state.stack), list(state.locals)) == other, each.ordinal
                compared += 1
    return compared


@pytest.mark.parametrize("name", TARGETS)
def test_what_changes_is_all_that_changes(name: str) -> None:
    compared = 0
    for module in modules():
        compiler = FunctionCompiler(
            ModuleEnv(module, TARGETS[name].profile), TARGETS[name]
        )
        for funcidx in range(module.n_imported_funcs, len(module.func_types)):
            try:
                explained = explain_function(module, funcidx, TARGETS[name], compiler)
            except ModuleError:
                continue
            seen = Everything(compiler.generator)
            seen.run()
            compared += same(explained, seen)
    assert compared > 20_000


def test_every_place_has_a_kind() -> None:
    places = [name for name in vars(codes) if name.startswith("AT_")]
    assert len(places) == len(KINDS)


# ---- work


def explained(name: str, n: int) -> Explanation:
    functype, body = BOMBS[name][0](n)
    module = decode(encode(one_function(functype, body)))
    return explain_function(module, 0, Target())


@pytest.mark.parametrize("name", BOMBS)
def test_twice_the_function_is_twice_the_work(name: str) -> None:
    n = BOMBS[name][1] // 4
    once, twice = explained(name, n), explained(name, 2 * n)
    assert twice.work / once.work <= GROWTH
    # however many locals and entries there are
    assert twice.work <= PLACES * len(twice.instructions)


def test_one_line_is_made_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "(local.set 0 (i32.add (local.get 1) (i32.const 1)))" * 1000
    module = decode(read(f"(module (func (param i32 i32) {text}))".encode()))
    disassembled = []

    def counted(*args: Any) -> Any:
        disassembled.append(args)
        return disassemble(*args)

    monkeypatch.setattr("lbtool.compiler.listing.disassemble", counted)
    made = listing(module, 0, explain_function(module, 0, Target()))
    line = made.lines[2002]
    assert line.explanation.ordinal == 2002
    assert len(disassembled) == len(line.parts) == 1
    assert len(made.lines) == 4001
    assert made.n_instructions > 1000
    assert len(disassembled) == 1


def test_random_access_is_the_same_as_one_after_the_other() -> None:
    """Names of labels depend on the blocks around."""
    text = """(module (func (param i32)
      (block $a (loop $b (br_if $a (local.get 0)) (block $c (br_if $b (local.get 0))
        (br_if $c (local.get 0)))) (block (block $d (br_if $a (local.get 0)) (br $d))))
      (block $e (br $e))))"""
    module = decode(read(text.encode()))

    def lines() -> Sequence[Line]:
        return listing(module, 0, explain_function(module, 0, Target())).lines

    expected = [(line.depth, line.text) for line in lines()]
    assert any(text == "br_if $a" for _, text in expected)
    order = [*range(len(expected))]
    random.Random(1).shuffle(order)
    made = lines()
    for ordinal in order:
        assert (made[ordinal].depth, made[ordinal].text) == expected[ordinal]
