"""Random function bodies: valid by construction, ending by construction.

Every loop takes from the fuel or counts down a local of its own. What can follow an
unconditional branch is written, too, and is valid only because the stack may hold
anything there. Not here: operands (``operands``), the module around (``generate``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.property.operands import LOADS, NUMBERS, Label, OperandWriter
from tests.property.pool import WIDTH
from tests.reference.opcodes import CODE, EMPTY, I32

if TYPE_CHECKING:
    from tests.reference.binary import Instr


class BodyGenerator(OperandWriter):
    """Writes one body; `run` gives (types of the declared locals, instructions)."""

    def run(self) -> tuple[list[int], list[Instr]]:
        self.labels.append(Label("func", self.functype[1], 0))
        if not self.leaf:
            self.guard()
        self.statements(2 + self.rng.randrange(10))
        self.finish(self.functype[1])
        self.emit(0x0B)
        return self.locals[len(self.functype[0]) :], self.code

    # ---- statements

    def statements(self, count: int) -> None:
        for _ in range(count):
            if self.dead or self.budget <= 0:
                return
            self.statement()

    def statement(self) -> None:
        self.budget -= 1
        plan, rng = self.plan, self.rng
        choices = [
            (self.assign, 6.0),
            (self.keep, 3.0),
            (self.use, 3.0),
            (self.sink, 1.5),
        ]
        choices += [(self.set_global, 1.0), (self.branch_if, 2.0), (self.nop, 0.2)]
        if plan.has_memory:
            choices += [(self.store, 3.0), (self.bulk_memory, 0.7)]
        if plan.tables:
            choices.append((self.bulk_table, 1.0))
        if not self.leaf and plan.functions:
            choices.append((self.call_any, 2.0))
        if len(self.labels) < 7:
            choices += [(self.block_any, 1.5), (self.if_any, 2.5), (self.switch, 0.7)]
            if self.loops < 2:
                choices.append((self.loop, 2.5))
        if len(self.labels) > 1:
            choices += [(self.leave, 0.8)]
        elif self.trap_wanted():
            choices += [(self.leave, 0.2)]
        (chosen,) = rng.choices([c for c, _ in choices], [w for _, w in choices])
        chosen()

    def nop(self) -> None:
        self.emit(0x01)

    def assign(self) -> None:
        index = self.rng.randrange(len(self.locals))
        if index in self.counters:
            return
        self.need((self.locals[index],), 4)
        self.emit(0x21, index)
        self.pop()

    def keep(self) -> None:
        if len(self.stack) - self.base < 12 or self.chance(0.05):
            for _ in range(self.rng.choice([1, 1, 2, 3, 12])):
                self.push(self.any_type(), 3)

    def use(self) -> None:
        """An operation whose operands lie on the stack already."""
        if len(self.stack) == self.base or self.stack[-1] not in WIDTH:
            return
        top = self.stack[-1]
        producers = self.plan.producers[self.rng.choice([top, top, *NUMBERS])]
        op = self.rng.choice(producers)
        if (op.params or ())[-1:] == (top,) and op.code not in LOADS:
            self.operate(op, 2)

    def set_global(self) -> None:
        found = [i for i, (_, mutable) in enumerate(self.plan.globals) if mutable]
        found = [i for i in found if i != self.plan.fuel]
        if found:
            index = self.rng.choice(found)
            self.need((self.plan.globals[index][0],), 3)
            self.emit(0x24, index)
            self.pop()

    def call_any(self) -> None:
        self.call(self.rng.randrange(len(self.plan.functions)))
        while len(self.plan_results) and self.chance(0.6):
            self.sink()
            self.plan_results = self.plan_results[:-1]

    # ---- control

    def block_types(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        rng = self.rng
        roll = rng.random()
        if roll < 0.4:
            return (), ()
        if roll < 0.6:
            return (), (self.any_type(),)
        params = tuple(self.any_type() for _ in range(rng.choice([0, 1, 2, 3, 5])))
        results = tuple(self.any_type() for _ in range(rng.choice([0, 1, 2, 3, 5])))
        if roll > 0.97:
            params = tuple(self.any_type() for _ in range(rng.randrange(6, 20)))
        return params, params if roll > 0.9 else results

    def block_immediate(self, params: tuple[int, ...], results: tuple[int, ...]) -> int:
        if not params and len(results) <= 1 and self.chance(0.9):
            return results[0] - 0x80 if results else EMPTY
        return self.plan.typeidx((params, results))

    def open(
        self, code: int, params: tuple[int, ...], results: tuple[int, ...]
    ) -> None:
        kind = "loop" if code == 0x03 else "block"
        self.emit(code, self.block_immediate(params, results))
        base = len(self.stack) - len(params)
        self.labels.append(Label(kind, params if code == 0x03 else results, base))

    def close(self, results: tuple[int, ...], code: int = 0x0B) -> None:
        """End an arm whose values already match, or are unreachable."""
        self.emit(code)
        self.dead = False
        del self.stack[self.base :]
        if code == 0x0B:
            self.labels.pop()
        self.stack += results

    def block(self, params: tuple[int, ...], results: tuple[int, ...]) -> None:
        self.need(params, 1)
        self.open(0x02, params, results)
        self.statements(self.rng.randrange(1, 5))
        self.finish(results)
        self.close(results)

    def block_any(self) -> None:
        self.block(*self.block_types())

    def if_any(self) -> None:
        params, results = self.block_types()
        if self.chance(0.25):
            results = params
        self.need(params, 1)
        self.condition()
        self.pop()
        self.open(0x04, params, results)
        self.statements(self.rng.randrange(1, 4))
        self.finish(results)
        if params != results or self.chance(0.5):
            self.close(params, 0x05)
            self.statements(self.rng.randrange(0, 4))
            self.finish(results)
        self.close(results)

    def loop(self) -> None:
        params, results = self.block_types()
        counter = self.settable(I32) if self.leaf or self.chance(0.5) else None
        if self.leaf and (counter is None or counter == self.scratch[I32]):
            return
        if counter == self.scratch[I32]:
            counter = None
        self.need(params, 1)
        if counter is not None:
            self.emit(0x41, self.rng.randrange(1, 7))
            self.emit(0x21, counter)
            self.counters.add(counter)
        self.open(0x03, params, results)
        tight = counter is not None and (self.leaf or self.chance(0.6))
        if tight:
            self.labels[-1].kind = "counted"
        self.loops += 1
        self.statements(self.rng.randrange(1, 6))
        if not self.dead:
            self.arrange(params)
            self.back_edge(counter, tight=tight)
            self.finish(results)
        self.loops -= 1
        if counter is not None:
            self.counters.discard(counter)
        self.close(results)

    def back_edge(self, counter: int | None, *, tight: bool) -> None:
        """Branch to the loop's head. Only a loop that nothing else branches to may test
        its counter for zero alone; another may come here with the counter below it.
        """
        if counter is not None:
            self.emit(0x20, counter)
            self.emit(0x41, 1)
            self.emit(CODE["i32.sub"])
            self.emit(0x22, counter)
            if not tight:
                self.emit(0x41, 0)
                self.emit(CODE["i32.gt_s"])
        else:
            self.tick()
            self.pop()
            if self.chance(0.5):
                self.stack.append(I32)
                self.condition(2)
                self.apply(CODE["i32.and"])
                self.pop()
        self.emit(0x0D, 0)

    def arrange(self, types: tuple[int, ...]) -> None:
        """Have exactly these types above the block's base."""
        have = tuple(self.stack[self.base :])
        if have == types:
            return
        while len(self.stack) > self.base:
            have = tuple(self.stack[self.base :])
            if have == types[: len(have)] and self.chance(0.5):
                break
            self.sink()
        for valtype in types[len(self.stack) - self.base :]:
            self.push(valtype, 2)

    def finish(self, results: tuple[int, ...]) -> None:
        if self.dead:
            return
        have = tuple(self.stack[self.base :])
        n = len(results)
        surplus = len(have) > n and have[len(have) - n :] == results
        if surplus and self.labels[-1].kind == "block" and self.chance(0.7):
            self.emit(0x0C, 0)
            self.dead_code()
            return
        self.arrange(results)

    def targets(self) -> list[int]:
        """Label depths that may be branched to; without fuel, only forward."""
        last = len(self.labels) - 1
        depths = range(len(self.labels))
        allowed = {"func", "block"} if self.leaf else {"func", "block", "loop"}
        return [d for d in depths if self.labels[last - d].kind in allowed]

    def label(self, depth: int) -> Label:
        return self.labels[len(self.labels) - 1 - depth]

    def branch_if(self) -> None:
        depths = self.targets()
        if not depths:
            return
        depth = self.rng.choice(depths)
        label = self.label(depth)
        self.need(label.types, 1)
        if label.kind == "loop":
            self.tick()
            if self.chance(0.5):
                self.condition(2)
                self.apply(CODE["i32.and"])
        else:
            self.condition()
        self.emit(0x0D, depth)
        self.pop()

    def leave(self) -> None:
        """An instruction after which nothing is reachable."""
        roll = self.rng.random()
        depths = self.targets()
        if roll < 0.1 or (roll < 0.3 and self.trap_wanted()):
            self.emit(0x00)
        elif roll < 0.3 or not depths:
            self.need(self.functype[1], 1)
            self.emit(0x0F)
        elif roll < 0.65:
            depth = self.rng.choice(depths)
            self.need(self.label(depth).types, 1)
            if self.label(depth).kind == "loop":
                self.guard()
            self.emit(0x0C, depth)
        else:
            self.branch_table(depths)
        self.dead_code()

    def branch_table(self, depths: list[int]) -> None:
        types = self.label(self.rng.choice(depths)).types
        same = [d for d in depths if self.label(d).types == types]
        arms = [
            self.rng.choice(same) for _ in range(self.rng.choice([0, 1, 2, 3, 4, 6, 9]))
        ]
        other = self.rng.choice(same)
        self.need(types, 1)
        if any(self.label(d).kind == "loop" for d in [*arms, other]):
            self.guard()
        self.push(I32, 2)
        if self.chance(0.7):
            self.mask(self.rng.choice([1, 3, 7, 15]))
        self.emit(0x0E, tuple(arms), other)
        self.pop()

    def switch(self) -> None:
        """Nested blocks, one br_table, one arm of code after each."""
        rng = self.rng
        arms = rng.randrange(1, 7)
        types = tuple(self.any_type() for _ in range(rng.choice([0, 0, 1, 2])))
        for _ in range(arms + 1):
            self.open(0x02, (), types)
        self.need(types, 1)
        self.push(I32, 2)
        if self.chance(0.8):
            self.mask(rng.choice([1, 3, 7, 15]))
        labels = [rng.randrange(arms + 1) for _ in range(rng.randrange(12))]
        self.emit(0x0E, tuple(labels), rng.randrange(arms + 1))
        self.pop()
        self.dead_code()
        for i in range(arms + 1):
            self.close(types)
            if i < arms:
                self.statements(rng.randrange(0, 3))
                if not self.dead and self.chance(0.6):
                    self.need(types, 1)
                    self.emit(0x0C, arms - i - 1)
                    self.dead_code()
                else:
                    self.finish(types)

    # ---- unreachable code

    def dead_code(self) -> None:
        """A few instructions, valid only because the stack may hold anything."""
        self.dead = True
        known: list[int] = []
        for _ in range(self.rng.choice([0, 0, 1, 2, 3, 5])):
            self.dead_instr(known)
        self.emit_drops(known)

    def emit_drops(self, known: list[int]) -> None:
        while known:
            known.pop()
            self.emit(0x1A)

    def dead_instr(self, known: list[int]) -> None:
        rng = self.rng
        roll = rng.random()
        if roll < 0.5:
            op = rng.choice(self.plan.producers[rng.choice(NUMBERS)])
            params = list(op.params or ())
            if known[-len(params) :] == params:
                del known[len(known) - len(params) :]
            else:
                self.emit_drops(known)
            self.emit(op.code, *((0, 0) if op.code in LOADS else ()))
            known += op.results or ()
        elif roll < 0.6:
            self.emit_drops(known)
            self.emit(rng.choice([0x1A, 0x1B, 0x00, 0x01, 0x0F]))
            if self.code[-1][0] == 0x1B:
                self.emit(0x1A)
        elif roll < 0.75:
            index = rng.randrange(len(self.locals))
            self.emit(0x20, index)
            known.append(self.locals[index])
        elif roll < 0.85:
            self.emit_drops(known)
            depth = rng.randrange(len(self.labels))
            self.emit(rng.choice([0x0C, 0x0D]), depth)
            if self.code[-1][0] == 0x0D:
                known += self.label(depth).types
        else:
            self.emit_drops(known)
            valtype = self.any_type()
            self.emit(rng.choice([0x02, 0x03, 0x04]), valtype - 0x80)
            if self.code[-1][0] == 0x04:
                self.const(valtype)
                self.emit(0x05)
                self.pop()
            self.const(valtype)
            self.pop()
            self.emit(0x0B)
            known.append(valtype)
