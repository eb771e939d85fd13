"""Random modules with runnable exports, the same for the same seed on every machine.

A `Case` is a module, the calls to make on it in order, and whether the bits of NaN
results are determined. Each module gets its own mix: operators are weighted or left out
by chance, traps are rare or frequent, memory, tables and imports are there or not.
Imports come from two places: ``env`` (host functions, see `pool.host_result`) and
``aux`` (the instance of ``auxiliary.wat``). Not here: function bodies (``bodies``),
running (``differential``).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.property.bodies import BodyGenerator
from tests.property.operands import LOADS, NUMBERS, TableInfo
from tests.property.pool import argument, constant
from tests.reference.binary import (
    Body,
    Data,
    Elem,
    FuncType,
    Instr,
    RawModule,
    decode,
    encode,
)  # fmt: skip
from tests.reference.opcodes import (
    CODE,
    EMPTY,
    EXTERNREF,
    F32,
    F64,
    FUNCREF,
    I32,
    I64,
    OPS,
    Op,
)

AUXILIARY = Path(__file__).with_name("auxiliary.wat")
FUEL = (0, 2, 10, 30, 60, 60, 60)
# Results whose NaN bits the specification leaves open.
OPEN_NAN = {
    CODE[f"{t}.{n}"]
    for t in ("f32", "f64")
    for n in "ceil floor trunc nearest sqrt add sub mul div min max".split()
} | {CODE["f32.demote_f64"], CODE["f64.promote_f32"]}
COMPARES = [op for op in OPS.values() if 0x45 <= op.code <= 0x66]


@dataclass(frozen=True, slots=True)
class Call:
    """An export and its arguments as bits, None or `pool.Ref`."""

    name: str
    args: tuple[Any, ...]


@dataclass(slots=True)
class Case:
    """`exact`: NaN results are determined to the bit. `label` names it in reports."""

    label: str
    wasm: bytes
    calls: list[Call]
    exact: bool = False


@dataclass(slots=True)
class ModulePlan:
    """What bodies see of the module; implements ``operands.Plan``."""

    module: RawModule
    functions: list[FuncType] = field(default_factory=list)
    n_imported: int = 0
    globals: list[tuple[int, bool]] = field(default_factory=list)
    fuel: int = 0
    tables: list[TableInfo] = field(default_factory=list)
    has_memory: bool = True
    datas: list[tuple[str, int]] = field(default_factory=list)
    elems: list[tuple[str, int, int]] = field(default_factory=list)
    trap_rate: float = 0.0
    exact: bool = False
    shuffle_tables: bool = False
    producers: dict[int, list[Op]] = field(default_factory=dict)
    weights: dict[int, list[float]] = field(default_factory=dict)
    compares: list[Op] = field(default_factory=list)

    def typeidx(self, functype: FuncType) -> int:
        if functype not in self.module.types:
            self.module.types.append(functype)
        return self.module.types.index(functype)


@cache
def _auxiliary_text() -> bytes:
    import wasmtime  # noqa: PLC0415 - only needed to assemble one text

    return bytes(wasmtime.wat2wasm(AUXILIARY.read_text()))


@cache
def auxiliary() -> RawModule:
    return decode(_auxiliary_text())


def auxiliary_bytes() -> bytes:
    return _auxiliary_text()


class ModuleGenerator:
    """One module from one `random.Random`."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.module = RawModule()
        self.plan = ModulePlan(self.module)
        self.with_tables = rng.random() < 0.7

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def build(self) -> RawModule:
        plan, rng = self.plan, self.rng
        plan.trap_rate = rng.choice([0.0, 0.005, 0.02, 0.04, 0.1, 0.3])
        plan.exact = self.chance(0.15)
        plan.shuffle_tables = self.chance(0.2)
        self.imports()
        self.memory()
        self.globals()
        self.functions()
        if self.with_tables:
            self.tables()
        self.operators()
        self.bodies()
        self.exports()
        return self.module

    # ---- types

    def valtype(self) -> int:
        if self.with_tables and self.chance(0.08):
            return self.rng.choice([FUNCREF, EXTERNREF])
        return self.rng.choice([*NUMBERS, I32])

    def functype(self) -> FuncType:
        rng = self.rng
        n_params = rng.choice([0, 1, 1, 2, 2, 3, 4, 6])
        n_results = rng.choice([0, 1, 1, 1, 1, 2, 3])
        if self.chance(0.08):
            n_params = rng.randrange(8, 30)
        if self.chance(0.06):
            n_results = rng.randrange(4, 14)
        params = tuple(self.valtype() for _ in range(n_params))
        if self.chance(0.1):
            params = (rng.choice(NUMBERS),) * n_params
        return params, tuple(self.valtype() for _ in range(n_results))

    # ---- sections

    def imports(self) -> None:
        rng, module, plan = self.rng, self.module, self.plan
        for i in range(rng.choice([0, 0, 1, 2, 3])):
            functype = self.functype()
            if FUNCREF in functype[0] + functype[1]:
                continue
            name = f"{'fail' if self.chance(0.3) else 'host'}{i}"
            module.imports.append(("env", name, "func", plan.typeidx(functype)))
            plan.functions.append(functype)
        exported = [e for e in auxiliary().exports if e[1] == "func"]
        for name, _, index in rng.sample(exported, rng.choice([0, 0, 1, 2, 4])):
            functype = auxiliary().func_types()[index]
            if name == "swap" and not self.with_tables:
                continue
            if name in {"many", "multi"} and plan.exact:
                continue  # they do float arithmetic
            module.imports.append(("aux", name, "func", plan.typeidx(functype)))
            plan.functions.append(functype)
        plan.n_imported = len(plan.functions)
        for name, valtype, mutable in (
            ("gi", I32, True), ("gl", I64, True), ("gf", F32, True), ("gd", F64, True),
            ("ci", I32, False), ("cl", I64, False),
        ):  # fmt: skip
            if self.chance(0.12):
                module.imports.append(("aux", name, "global", (valtype, mutable)))
                plan.globals.append((valtype, mutable))

    def memory(self) -> None:
        rng, module = self.rng, self.module
        roll = rng.random()
        self.plan.has_memory = roll < 0.92
        if roll < 0.15:
            module.imports.append(("aux", "memory", "memory", (1, 4)))
        elif self.plan.has_memory:
            low = rng.choice([1, 1, 1, 2])
            module.memories.append((low, rng.choice([low, low + 1, 4])))
        if not self.plan.has_memory:
            return
        for _ in range(rng.choice([0, 1, 2, 3])):
            size = rng.choice([0, 1, 8, 40, 300])
            mode = rng.choice(["active", "passive"])
            offset: list[Instr] = (
                [(0x41, rng.randrange(0x4000))] if mode == "active" else []
            )
            module.datas.append(Data(mode, offset, rng.randbytes(size)))
            self.plan.datas.append((mode, size))

    def globals(self) -> None:
        rng, module, plan = self.rng, self.module, self.plan
        plan.fuel = len(plan.globals)
        module.globals.append((I32, True, [(0x41, 0)]))
        plan.globals.append((I32, True))
        constants = [i for i, (t, m) in enumerate(plan.globals) if not m and t == I32]
        for _ in range(rng.randrange(7)):
            valtype, mutable = self.valtype(), self.chance(0.75)
            init: list[Instr] = [(0xD0, valtype)]
            if valtype in NUMBERS:
                bits = constant(rng, valtype)
                init = [({I32: 0x41, I64: 0x42, F32: 0x43, F64: 0x44}[valtype], bits)]
            if valtype == I32 and constants and self.chance(0.5):
                init = [(0x23, constants[0])]
            module.globals.append((valtype, mutable, init))
            plan.globals.append((valtype, mutable))

    def functions(self) -> None:
        plan = self.plan
        for _ in range(self.rng.randrange(3, 8)):
            known = plan.functions[plan.n_imported :]
            again = known and self.chance(0.25)
            functype = self.rng.choice(known) if again else self.functype()
            self.module.funcs.append(plan.typeidx(functype))
            plan.functions.append(functype)

    def tables(self) -> None:
        rng, module, plan = self.rng, self.module, self.plan
        by_type: dict[int, list[int]] = {}
        for i, functype in enumerate(plan.functions):
            by_type.setdefault(plan.typeidx(functype), []).append(i)
        slots: list[int | None] = [None] * rng.choice([0, 1, 3])
        ranges = {}
        for typeidx, indices in by_type.items():
            width = rng.choice([1, 2, 4])
            ranges[typeidx] = (len(slots), width - 1)
            slots += [rng.choice(indices) for _ in range(width)]
        slots += [None] * rng.randrange(3)
        if self.chance(0.1):
            module.imports.append(("aux", "table", "table", (FUNCREF, (16, 40))))
            plan.tables.append(TableInfo(FUNCREF, 16, {}))
        main = len(plan.tables)
        module.tables.append((FUNCREF, (len(slots), len(slots) + 8)))
        plan.tables.append(TableInfo(FUNCREF, len(slots), ranges))
        for element in (FUNCREF, EXTERNREF):
            size = rng.choice([4, 8, 11])
            module.tables.append((element, (size, rng.choice([None, size, size + 9]))))
            plan.tables.append(TableInfo(element, size, {}))
        runs = self.chance(0.7)
        items: list[list[Instr]] = [
            [(0xD0, FUNCREF)] if i is None else [(0xD2, i)] for i in slots
        ]
        first = next((i for i, s in enumerate(slots) if s is not None), 0)
        last = len(slots) - next(
            (i for i, s in enumerate(slots[::-1]) if s is not None), 0
        )
        if runs:
            items = items[first:last]
        offset = first if runs else 0
        self.elem(Elem("active", FUNCREF, main, [(0x41, offset)], items))
        for _ in range(rng.randrange(3)):
            members = [
                rng.randrange(len(plan.functions)) for _ in range(rng.randrange(5))
            ]
            items = [[(0xD2, i)] for i in members]
            mode = rng.choice(["passive", "passive", "active"])
            at: list[Instr] = [(0x41, 0)] if mode == "active" else []
            if len(items) <= 4:
                self.elem(Elem(mode, FUNCREF, main + 1, at, items))
        if self.chance(0.3):
            self.elem(Elem("passive", EXTERNREF, 0, [], [[(0xD0, EXTERNREF)]] * 3))
        everything: list[list[Instr]] = [
            [(0xD2, i)] for i in range(len(plan.functions))
        ]
        module.elems.append(Elem("declarative", FUNCREF, 0, [], everything))
        plan.elems.append(("declarative", FUNCREF, 0))

    def elem(self, elem: Elem) -> None:
        self.module.elems.append(elem)
        self.plan.elems.append((elem.mode, elem.type, len(elem.items)))

    def operators(self) -> None:
        """Which operators this module uses, and how often."""
        plan, rng = self.plan, self.rng
        for op in OPS.values():
            numeric = 0x45 <= op.code <= 0xC4 or 0xFC00 <= op.code <= 0xFC07
            load = op.code in LOADS and plan.has_memory
            if not (numeric or load) or (plan.exact and op.code in OPEN_NAN):
                continue
            assert op.results is not None
            plan.producers.setdefault(op.results[0], []).append(op)
        for valtype, ops in plan.producers.items():
            plan.weights[valtype] = [
                rng.choice([0.0, 0.3, 1.0, 1.0, 1.0, 4.0]) for _ in ops
            ]
            plan.weights[valtype][rng.randrange(len(ops))] = 1.0
        plan.compares = rng.sample(COMPARES, 12) if self.chance(0.5) else COMPARES

    def bodies(self) -> None:
        plan, rng = self.plan, self.rng
        for functype in plan.functions[plan.n_imported :]:
            budget = rng.choice([15, 40, 80, 80, 150, 300])
            leaf = self.chance(0.25)
            writer = BodyGenerator(plan, functype, rng, leaf=leaf, budget=budget)
            self.module.bodies.append(Body(*writer.run()))

    def exports(self) -> None:
        rng, module, plan = self.rng, self.module, self.plan
        defined = range(plan.n_imported, len(plan.functions))
        for i in defined:
            if self.chance(0.8) or i == defined[0]:
                module.exports.append((f"f{i}", "func", i))
        refuel = Body([], [(0x20, 0), (0x24, plan.fuel), (0x0B,)])
        self.helper("refuel", ((I32,), ()), refuel)
        if self.chance(0.02):
            self.endless()
        if self.chance(0.1):
            # A start function may not take fuel: there is none yet.
            writer = BodyGenerator(plan, ((), ()), rng, leaf=True, budget=10)
            saved, plan.trap_rate = plan.trap_rate, 0.0
            module.start = len(plan.functions)
            self.helper("start", ((), ()), Body(*writer.run()))
            plan.trap_rate = saved
        for i, (_, mutable) in enumerate(plan.globals):
            if mutable or self.chance(0.3):
                module.exports.append((f"g{i}", "global", i))
        for i in range(len(plan.tables)):
            module.exports.append((f"t{i}", "table", i))
            self.helper(f"nulls{i}", ((), (I64,)), table_digest(i))
        if plan.has_memory:
            module.exports.append(("m", "memory", 0))

    def endless(self) -> None:
        """A function that calls itself for ever, and changes nothing meanwhile."""
        functype = self.functype()
        params = functype[0]
        me = len(self.plan.functions)
        code: list[Instr] = [(0x20, i) for i in range(len(params))]
        code += [(0x10, me), (0x0B,)]
        self.helper(
            "endless", functype, Body([I64] * self.rng.choice([0, 3, 50]), code)
        )

    def helper(self, name: str, functype: FuncType, body: Body) -> None:
        self.module.exports.append((name, "func", len(self.plan.functions)))
        self.module.funcs.append(self.plan.typeidx(functype))
        self.plan.functions.append(functype)
        self.module.bodies.append(body)


def table_digest(table: int) -> Body:
    """Which elements are null, and how many there are, folded into an i64."""
    c, (index, digest) = CODE, (0, 1)
    code: list[Instr] = [
        (0x02, EMPTY),
        (0x03, EMPTY),
        (0x20, index), (c["table.size"], table), (c["i32.ge_u"],), (0x0D, 1),
        (0x20, digest), (0x42, 1), (c["i64.rotl"],),
        (0x20, index), (0x25, table), (0xD1,), (c["i64.extend_i32_u"],),
        (c["i64.add"],), (0x42, 3), (c["i64.mul"],), (0x21, digest),
        (0x20, index), (0x41, 1), (c["i32.add"],), (0x21, index),
        (0x0C, 0),
        (0x0B,), (0x0B,),
        (0x20, digest), (0x0B,),
    ]  # fmt: skip
    return Body([I32, I64], code)


def calls_for(module: RawModule, rng: random.Random, *, rounds: int = 2) -> list[Call]:
    """Calls of every exported function; those that need fuel get some first."""
    types = module.func_types()
    exports = [(n, types[i]) for n, k, i in module.exports if k == "func"]
    names = {name for name, _ in exports}
    calls: list[Call] = []
    for _ in range(rounds):
        for name, (params, _) in exports:
            if name in {"refuel", "start"} or name.startswith("nulls"):
                continue
            if name == "endless" and self_called(calls):
                continue
            if "refuel" in names and rng.random() < 0.8:
                calls.append(Call("refuel", (rng.choice(FUEL),)))
            calls.append(Call(name, tuple(argument(rng, t) for t in params)))
    calls += [Call(name, ()) for name, _ in exports if name.startswith("nulls")]
    return calls


def self_called(calls: list[Call]) -> bool:
    return any(call.name == "endless" for call in calls)


def generate(seed: int) -> Case:
    """The module of this seed with its calls."""
    rng = random.Random(seed)
    generator = ModuleGenerator(rng)
    module = generator.build()
    calls = calls_for(module, rng)
    return Case(f"seed-{seed}", encode(module), calls, generator.plan.exact)
