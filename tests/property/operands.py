"""Values of random function bodies: operands, memory and table accesses, calls.

`OperandWriter` keeps the types on the operand stack, and pushes values or uses what is
`OperandWriter` keeps the types on the operand stack, and pushes values or uses what is
there. Results of float arithmetic that are NaN may differ between engines, so a float
is arithmetic at all (`Plan.exact`). Functions that call take from a counter (`fuel`, a
global) and return default values when it is used up. Not here: control (``bodies``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tests.property.pool import QUIET, WIDTH, constant
from tests.reference.numeric import NAN32, NAN64
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
)  # fmt: skip

if TYPE_CHECKING:
    import random

    from tests.reference.binary import FuncType, Instr

NUMBERS = (I32, I64, F32, F64)
CONST = {I32: 0x41, I64: 0x42, F32: 0x43, F64: 0x44}
CONST_CODES = frozenset(CONST.values())
# After one of these, a float's bits are the same in every engine.
SETTLED = {
    0x43,
    0x44,
    0x2A,
    0x2B,
    CODE["f32.reinterpret_i32"],
    CODE["f64.reinterpret_i64"],
}
DIVISIONS = {
    CODE[f"{t}.{n}"]
    for t in ("i32", "i64")
    for n in ("div_s", "div_u", "rem_s", "rem_u")
}
TRUNCATIONS = set(range(0xA8, 0xAC)) | set(range(0xAE, 0xB2))
REINTERPRETS = {CODE["i32.reinterpret_f32"], CODE["i64.reinterpret_f64"]}
COPYSIGNS = {CODE["f32.copysign"], CODE["f64.copysign"]}
LOADS, STORES = range(0x28, 0x36), range(0x36, 0x3F)
COMPARES = range(0x45, 0x67)
NATURAL = {0x28: 2, 0x29: 3, 0x2A: 2, 0x2B: 3, 0x2C: 0, 0x2D: 0, 0x2E: 1, 0x2F: 1,
           0x30: 0, 0x31: 0, 0x32: 1, 0x33: 1, 0x34: 2, 0x35: 2, 0x36: 2, 0x37: 3,
           0x38: 2, 0x39: 3, 0x3A: 0, 0x3B: 1, 0x3C: 0, 0x3D: 1, 0x3E: 2}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableInfo:
    """`ranges`: per type index, (first slot, mask) of functions of that type."""

    element: int
    size: int
    ranges: dict[int, tuple[int, int]]


class Plan(Protocol):
    """What a body needs to know of its module."""

    functions: list[FuncType]
    n_imported: int
    globals: list[tuple[int, bool]]
    fuel: int
    tables: list[TableInfo]
    has_memory: bool
    datas: list[tuple[str, int]]
    elems: list[tuple[str, int, int]]
    trap_rate: float
    exact: bool
    shuffle_tables: bool
    producers: dict[int, list[Op]]
    weights: dict[int, list[float]]
    compares: list[Op]

    def typeidx(self, functype: FuncType) -> int: ...


@dataclass(slots=True)
class Label:
    kind: str
    types: tuple[int, ...]
    base: int


class OperandWriter:
    """Instructions so far, types of locals, of the operand stack and of labels."""

    def __init__(
        self,
        plan: Plan,
        functype: FuncType,
        rng: random.Random,
        *,
        leaf: bool,
        budget: int,
    ) -> None:
        self.plan, self.rng, self.leaf, self.budget = plan, rng, leaf, budget
        self.functype = functype
        self.code: list[Instr] = []
        self.locals = list(functype[0])
        self.counters: set[int] = set()
        self.stack: list[int] = []
        self.labels: list[Label] = []
        self.dead = False
        self.loops = 0
        # Values below this height are operands of an instruction yet to come.
        self.floor = 0
        self.plan_results: tuple[int, ...] = ()
        self._declare()

    def _declare(self) -> None:
        rng = self.rng
        kinds = [*NUMBERS, I32, I64]
        if self.plan.tables:
            kinds += [FUNCREF, EXTERNREF]
        many = rng.random()
        count = rng.randrange(8) if many < 0.7 else rng.randrange(8, 40)
        if many > 0.995:
            count = rng.randrange(1000, 4000)
        for _ in range(count):
            valtype = rng.choice(kinds)
            self.locals += [valtype] * (
                1 if rng.random() < 0.7 else rng.randrange(1, 5)
            )
        self.scratch = {}
        for valtype in (F32, F64, I32):
            self.scratch[valtype] = len(self.locals)
            self.locals.append(valtype)
        self.by_type: dict[int, list[int]] = {}
        for i, valtype in enumerate(self.locals):
            self.by_type.setdefault(valtype, []).append(i)

    # ---- small things

    def emit(self, *instr: Any) -> None:
        self.code.append(instr)

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def trap_wanted(self) -> bool:
        return self.rng.random() < self.plan.trap_rate

    @property
    def base(self) -> int:
        return self.labels[-1].base

    def pop(self, n: int = 1) -> None:
        if n:
            del self.stack[-n:]

    def const(self, valtype: int, value: int | None = None) -> None:
        if valtype in CONST:
            bits = constant(self.rng, valtype) if value is None else value
            self.emit(CONST[valtype], bits)
        else:
            self.emit(0xD0, valtype)
        self.stack.append(valtype)

    def default(self, valtype: int) -> None:
        self.const(valtype, 0)

    def apply(self, code: int, *immediates: Any) -> None:
        """Emit an instruction of fixed signature whose operands are on the stack."""
        op = OPS[code]
        self.emit(code, *immediates)
        self.pop(len(op.params or ()))
        self.stack += op.results or ()

    def local(self, valtype: int) -> int | None:
        found = self.by_type.get(valtype)
        return self.rng.choice(found) if found else None

    def local_get(self, index: int) -> None:
        self.emit(0x20, index)
        self.stack.append(self.locals[index])

    # ---- fuel

    def tick(self) -> None:
        """Take one from the fuel and push whether some is left."""
        fuel = self.plan.fuel
        self.emit(0x23, fuel)
        self.emit(0x41, 1)
        self.emit(CODE["i32.sub"])
        if self.chance(0.5):
            self.emit(0x22, self.scratch[I32])
            self.emit(0x24, fuel)
            self.emit(0x20, self.scratch[I32])
        else:
            self.emit(0x24, fuel)
            self.emit(0x23, fuel)
        self.emit(0x41, 0)
        self.emit(CODE["i32.gt_s"])
        self.stack.append(I32)

    def guard(self) -> None:
        """Return default values when the fuel is gone."""
        self.tick()
        self.pop()
        self.emit(CODE["i32.eqz"])
        self.emit(0x04, EMPTY)
        for valtype in self.functype[1]:
            self.default(valtype)
        self.pop(len(self.functype[1]))
        self.emit(0x0F)
        self.emit(0x0B)

    # ---- values

    def push(self, valtype: int, depth: int = 3) -> None:
        """Push one value: a leaf, or an operation over further pushes."""
        floor, self.floor = self.floor, len(self.stack)
        self.push_above(valtype, depth)
        self.floor = floor

    def push_above(self, valtype: int, depth: int) -> None:
        self.budget -= 1
        if depth <= 0 or self.budget <= 0 or self.chance(0.3):
            self.push_leaf(valtype)
            return
        roll = self.rng.random()
        if valtype in WIDTH and roll < 0.72:
            self.push_operation(valtype, depth)
        elif roll < 0.78 and (index := self.settable(valtype)) is not None:
            self.push(valtype, depth - 1)
            self.emit(0x22, index)
        elif roll < 0.85:
            self.push_select(valtype, depth)
        elif roll < 0.91 and not self.leaf:
            self.push_call(valtype, depth)
        elif roll < 0.95 and len(self.labels) < 8:
            self.block((), (valtype,))
        else:
            self.push_other(valtype)

    def push_leaf(self, valtype: int) -> None:
        roll = self.rng.random()
        if roll < 0.55 and (index := self.local(valtype)) is not None:
            self.local_get(index)
            return
        if roll < 0.65:
            found = [i for i, (t, _) in enumerate(self.plan.globals) if t == valtype]
            if found:
                self.emit(0x23, self.rng.choice(found))
                self.stack.append(valtype)
                return
        if valtype == FUNCREF and self.plan.tables and self.chance(0.7):
            self.apply(0xD2, self.rng.randrange(len(self.plan.functions)))
            return
        self.const(valtype)

    def push_operation(self, valtype: int, depth: int) -> None:
        plan = self.plan
        if valtype == I32 and self.chance(0.2):
            op = self.rng.choice(plan.compares)
        else:
            (op,) = self.rng.choices(plan.producers[valtype], plan.weights[valtype])
        self.operate(op, depth)

    def operate(self, op: Op, depth: int) -> None:
        code = op.code
        if code in LOADS:
            self.address()
            self.access(code)
            return
        params = op.params or ()
        if code in DIVISIONS and not self.trap_wanted():
            self.need(params[:1], depth - 1)
            self.divisor(params[0], depth - 1)
        elif code in TRUNCATIONS and not self.trap_wanted():
            self.small_float(params[0], depth - 1, code)
        elif code in TRUNCATIONS and self.chance(0.3):
            self.const(params[0], self.rng.choice(QUIET[params[0]]))
        else:
            self.need(params, depth - 1)
        if code in REINTERPRETS or code in COPYSIGNS:
            self.settle(params[-1])
        self.apply(code)

    def divisor(self, valtype: int, depth: int) -> None:
        if self.chance(0.5):
            self.const(valtype, constant(self.rng, valtype) | 2)
            return
        self.push(valtype, depth)
        self.const(valtype, self.rng.choice([1, 2, 4, 65]))
        self.apply(CODE["i32.or" if valtype == I32 else "i64.or"])

    def small_float(self, valtype: int, depth: int, code: int) -> None:
        """A float that the truncation `code` accepts."""
        self.push(I32, depth)
        unsigned = OPS[code].name.endswith("_u")
        self.const(I32, 0x7FFFFF)
        self.apply(CODE["i32.and"])
        if not unsigned and self.chance(0.3):
            self.const(I32, 1)
            self.apply(CODE["i32.sub"])
        self.apply(CODE["f32.convert_i32_s" if valtype == F32 else "f64.convert_i32_s"])

    def settle(self, valtype: int) -> None:
        """Make the NaN on top canonical, since its bits are about to be seen."""
        if valtype not in self.scratch or valtype == I32 or self.plan.exact:
            return
        if self.code[-1][0] in SETTLED:
            return
        index = self.scratch[valtype]
        self.emit(0x22, index)
        self.emit(CONST[valtype], NAN32 if valtype == F32 else NAN64)
        self.emit(0x20, index)
        self.emit(0x20, index)
        self.emit(CODE["f32.eq" if valtype == F32 else "f64.eq"])
        self.emit(0x1B)

    def push_select(self, valtype: int, depth: int) -> None:
        self.need((valtype, valtype), depth - 1)
        self.condition(depth - 1)
        if valtype in WIDTH and self.chance(0.8):
            self.emit(0x1B)
        else:
            self.emit(0x1C, (valtype,))
        self.pop(2)

    def condition(self, depth: int = 2) -> None:
        """An i32 that is usually a comparison."""
        if self.chance(0.4):
            self.push(I32, depth)
            return
        floor, self.floor = self.floor, len(self.stack)
        self.operate(self.rng.choice(self.plan.compares), depth)
        self.floor = floor

    def push_call(self, valtype: int, depth: int) -> None:
        fits = [
            i for i, (_, r) in enumerate(self.plan.functions) if r and r[0] == valtype
        ]
        if not fits:
            self.push_leaf(valtype)
            return
        self.call(self.rng.choice(fits), depth)
        while self.stack and len(self.plan_results) > 1:
            self.sink()
            self.plan_results = self.plan_results[:-1]

    def push_other(self, valtype: int) -> None:
        """Values from tables, sizes and references."""
        plan, rng = self.plan, self.rng
        fits = [i for i, t in enumerate(plan.tables) if t.element == valtype]
        if valtype in {FUNCREF, EXTERNREF} and fits:
            table = rng.choice(fits)
            self.table_index(table)
            self.pop()
            self.emit(0x25, table)
            self.stack.append(valtype)
        elif valtype == I32 and plan.has_memory and self.chance(0.4):
            if self.chance(0.6):
                self.apply(0x3F, 0)
            else:
                self.push(I32, 1) if self.trap_wanted() else self.const(
                    I32, rng.randrange(2)
                )
                self.apply(0x40, 0)
        elif valtype == I32 and plan.tables:
            self.table_number()
        else:
            self.push_leaf(valtype)

    def table_number(self) -> None:
        table = self.rng.randrange(len(self.plan.tables))
        element = self.plan.tables[table].element
        roll = self.rng.random()
        if roll < 0.4:
            self.apply(CODE["table.size"], table)
        elif roll < 0.7:
            self.push(element, 1)
            self.pop()
            self.emit(0xD1)
            self.stack.append(I32)
        else:
            self.push(element, 1)
            self.const(I32, self.rng.randrange(3))
            self.pop(2)
            self.emit(CODE["table.grow"], table)
            self.stack.append(I32)

    def need(self, types: tuple[int, ...], depth: int = 2) -> None:
        """Have values of these types on top, some of them perhaps already there."""
        have = 0
        if self.chance(0.5):
            free = len(self.stack) - max(self.base, self.floor)
            for n in range(min(len(types), free), 0, -1):
                if tuple(self.stack[-n:]) == types[:n]:
                    have = n
                    break
        for valtype in types[have:]:
            self.push(valtype, depth)

    # ---- memory and tables

    def address(self) -> None:
        """An i32 that is in bounds with any offset `access` chooses, or may not be."""
        roll = self.rng.random()
        if roll < 0.2:
            self.const(I32, self.rng.randrange(0x8000))
        elif roll < 0.4:
            self.local_get(self.scratch[I32])
            self.mask(0x7FFF)
        else:
            self.push(I32, 2)
            if not self.trap_wanted():
                self.mask(self.rng.choice([0xFF, 0xFFC, 0xFFF, 0x7FFF, 0x7FF8]))

    def mask(self, value: int) -> None:
        self.const(I32, value)
        self.apply(CODE["i32.and"])

    def access(self, code: int) -> None:
        rng = self.rng
        offset = rng.choice([0, 0, 0, 1, 4, 8, 100, 0x1000, 0x7000])
        if self.trap_wanted():
            edge = 0x10000 - (1 << NATURAL[code])
            offset = rng.choice(
                [edge, edge + 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000]
            )
        self.apply(code, rng.randrange(NATURAL[code] + 1), offset)

    def store(self) -> None:
        code = self.rng.choice(STORES)
        self.address()
        valtype = (OPS[code].params or ())[1]
        self.push(valtype, 3)
        self.settle(valtype)
        self.access(code)

    def table_index(self, table: int) -> None:
        size = self.plan.tables[table].size
        if self.trap_wanted():
            self.push(I32, 1)
        elif self.chance(0.5):
            self.const(I32, self.rng.randrange(size))
        else:
            self.push(I32, 1)
            self.mask((1 << (size.bit_length() - 1)) - 1)

    def span(self, first: int, second: int, longest: int) -> None:
        """Three i32: two starts below the limits given, and a length."""
        length = self.rng.randrange(longest + 1)
        for limit in (first, second):
            if self.trap_wanted():
                self.push(I32, 1)
            else:
                self.const(I32, self.rng.randrange(max(1, limit - length + 1)))
        if self.trap_wanted():
            self.push(I32, 1)
        else:
            self.const(I32, length)

    def bulk_memory(self) -> None:
        rng = self.rng
        kind = rng.randrange(4)
        longest = rng.choice([0, 4, 8, 16, 40, 200, 3000])
        if kind == 0:
            self.const(I32, rng.randrange(0x8000))
            self.push(I32, 1)
            self.push(I32, 1) if self.trap_wanted() else self.const(I32, longest)
            self.apply(CODE["memory.fill"], 0)
        elif kind == 1:
            self.span(0xFFFF, 0xFFFF, longest)
            self.apply(CODE["memory.copy"], 0, 0)
        elif self.plan.datas:
            index = rng.randrange(len(self.plan.datas))
            mode, size = self.plan.datas[index]
            usable = size if mode == "passive" else 0
            self.span(0xFFFF, usable, min(longest, usable))
            self.apply(CODE["memory.init"], index, 0)
            if self.trap_wanted() or (mode == "active" and self.chance(0.3)):
                self.emit(CODE["data.drop"], index)

    def bulk_table(self) -> None:
        rng, plan = self.rng, self.plan
        fits = [i for i in range(len(plan.tables)) if i or plan.shuffle_tables]
        if not fits:
            return
        table = rng.choice(fits)
        info = plan.tables[table]
        kind = rng.randrange(4)
        if kind == 0:
            self.table_index(table)
            self.push(info.element, 1)
            self.pop(2)
            self.emit(0x26, table)
        elif kind == 1:
            length = rng.randrange(4)
            self.const(I32, rng.randrange(max(1, info.size - length)))
            self.push(info.element, 1)
            self.push(I32, 1) if self.trap_wanted() else self.const(I32, length)
            self.pop(3)
            self.emit(CODE["table.fill"], table)
        elif kind == 2:
            others = [i for i, t in enumerate(plan.tables) if t.element == info.element]
            source = rng.choice(others)
            self.span(
                info.size, plan.tables[source].size, min(4, plan.tables[source].size)
            )
            self.apply(CODE["table.copy"], table, source)
        else:
            self.table_init(table)

    def table_init(self, table: int) -> None:
        element = self.plan.tables[table].element
        fits = [i for i, e in enumerate(self.plan.elems) if e[1] == element]
        if not fits:
            return
        index = self.rng.choice(fits)
        mode, _, size = self.plan.elems[index]
        usable = size if mode == "passive" else 0
        self.span(self.plan.tables[table].size, usable, min(usable, 4))
        self.apply(CODE["table.init"], index, table)
        if self.trap_wanted() or (mode != "passive" and self.chance(0.3)):
            self.emit(CODE["elem.drop"], index)

    # ---- calls

    def call(self, index: int, depth: int = 2) -> None:
        params, results = self.plan.functions[index]
        self.need(params, 1 if len(params) > 6 else min(depth, 2))
        indirect = self.indirect_slot(self.plan.functions[index])
        if indirect is not None and self.chance(0.5):
            table, first, mask = indirect
            self.push(I32, 1)
            if not self.trap_wanted():
                self.mask(mask)
                self.const(I32, first)
                self.apply(CODE["i32.add"])
            self.pop()
            self.emit(0x11, self.plan.typeidx(self.plan.functions[index]), table)
        else:
            self.emit(0x10, index)
        self.pop(len(params))
        self.stack += results
        self.plan_results = results

    def indirect_slot(self, functype: FuncType) -> tuple[int, int, int] | None:
        typeidx = self.plan.typeidx(functype)
        for i, table in enumerate(self.plan.tables):
            if typeidx in table.ranges:
                return (i, *table.ranges[typeidx])
        return None

    def any_type(self) -> int:
        if self.plan.tables and self.chance(0.12):
            return self.rng.choice([FUNCREF, EXTERNREF])
        return self.rng.choice(NUMBERS)

    def settable(self, valtype: int) -> int | None:
        found = [i for i in self.by_type.get(valtype, ()) if i not in self.counters]
        return self.rng.choice(found) if found else None

    def sink(self) -> None:
        """Take the top value away: into a local, a global, memory, or nowhere."""
        if len(self.stack) == self.base:
            return
        top = self.stack[-1]
        index = self.settable(top)
        if index is not None and self.chance(0.7):
            self.emit(0x21, index)
        else:
            self.emit(0x1A)
        self.pop()

    def block(self, params: tuple[int, ...], results: tuple[int, ...]) -> None:
        """Write a block; this is what bodies are made of, see ``bodies``."""
        raise NotImplementedError
