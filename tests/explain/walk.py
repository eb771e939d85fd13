"""The reference interpreter and the machine, side by side.

`Walk.on_instruction` is the interpreter's step hook. It knows where the machine should
be by now, takes the machine's next visit to a point, and compares what the claims of
the instruction say with what the interpreter has.

The order of the visits is checked as well. The one freedom: the end of a block, of an
if or of the function may be passed by the machine and not by the interpreter, and the
other way round, because a branch goes behind an ``end`` and the code of an ``end`` may
be nothing but the label.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.explain.claims import END, GET
from tests.reference.opcodes import CODE, OPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.explain.claims import Checks, Plan
    from tests.explain.stepper import Trace, Visit

IF, ELSE = CODE["if"], CODE["else"]


class TraceEndsError(Exception):
    """The machine was not observed any further; says nothing about it."""


class DivergedError(Exception):
    """The machine is somewhere else than the interpreter."""


@dataclass(slots=True)
class Activation:
    plan: Plan
    stack: list[Any]
    rsp: int = -1
    ordinal: int = -1
    condition: Any = None
    unclaimed: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What was checked. `claims` by kind of location, `functions` by name.

    `open_nan` counts cases left out because they look at bits of NaNs that are open.
    """

    functions: set[str] = field(default_factory=set)
    instructions: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    nowhere: int = 0
    false: list[str] = field(default_factory=list)
    open_nan: int = 0

    def add(self, other: Tally) -> None:
        self.functions |= other.functions
        self.instructions += other.instructions
        self.claims += other.claims
        self.nowhere += other.nowhere
        self.false += other.false
        self.open_nan += other.open_nan

    @property
    def share_nowhere(self) -> float:
        return self.nowhere / max(1, self.nowhere + self.claims.total())


class Walk:
    """One traced call. `points` gives the code offset of each point by its number."""

    def __init__(
        self, label: str, plans: dict[int, Plan], points: Sequence[int], tally: Tally
    ) -> None:
        self.label, self.plans, self.points, self.tally = label, plans, points, tally
        self.ends = {
            plan.at[i]
            for plan in plans.values()
            for i, op in enumerate(plan.ops)
            if op == END and plan.has_code[i]
        }
        self.objects: dict[int, Any] = {}

    def start(self, trace: Trace) -> None:
        """The machine has made a call; the interpreter is going to make the same."""
        self.trace, self.next = trace, 0
        self.current: Visit | None = None
        self.activations: list[Activation] = []

    # ---- following

    def on_instruction(
        self, funcidx: int, ordinal: int, stack: list[Any], locals_: list[Any]
    ) -> None:
        plan = self.plans[funcidx]
        if ordinal == 0:
            self.activations.append(Activation(plan, stack))
            self.current = None
        while self.activations[-1].stack is not stack:
            self.activations.pop()
            self.current = None
        here = self.activations[-1]
        previous, condition = here.ordinal, here.condition
        here.ordinal = ordinal
        here.condition = stack[-1] if plan.ops[ordinal] == IF else None
        if plan.ops[ordinal] == END and previous >= 0:
            untaken = plan.ops[previous] == IF and not condition
            if untaken or plan.ops[previous] == ELSE:
                return  # the machine goes behind this `end`
        self.arrive(plan, ordinal)
        assert self.current is not None
        if here.rsp not in (-1, self.current.rsp):
            self.wrong(plan, ordinal, f"rsp moved by {self.current.rsp - here.rsp}")
        here.rsp = self.current.rsp
        self.tally.instructions += 1
        self.check(plan, ordinal, plan.before[ordinal], stack, locals_)
        self.use_of_local(here, ordinal)
        if previous == ordinal - 1 >= 0 and not plan.same_after[previous]:
            self.check(plan, ordinal, plan.after[previous], stack, locals_)
        if plan.has_code[ordinal]:
            self.current = None

    def use_of_local(self, here: Activation, ordinal: int) -> None:
        """A local that is going to be read must not have been claimed nowhere."""
        local, op = here.plan.local[ordinal], here.plan.ops[ordinal]
        if local < 0:
            return
        since = here.unclaimed.pop(local, None)
        if op == GET and since is not None:
            self.wrong(here.plan, ordinal, f"local {local} was nowhere at {since}")

    def arrive(self, plan: Plan, ordinal: int) -> None:
        """Make `current` the visit at which the instruction's claims are due."""
        wanted = plan.at[ordinal]
        if self.current is not None and self.points[self.current.point] == wanted:
            return
        visits = self.trace.visits
        while self.next < len(visits):
            visit = visits[self.next]
            self.next += 1
            at = self.points[visit.point]
            if at == wanted:
                self.current = visit
                return
            if at not in self.ends:
                raise DivergedError(
                    f"{self.where(plan, ordinal)}: machine at {at:#x}, not {wanted:#x}"
                )
        if self.trace.cut:
            raise TraceEndsError
        raise DivergedError(f"{self.where(plan, ordinal)}: the machine has ended")

    def finish(self) -> None:
        """The interpreter's call has returned: so has the machine's."""
        for visit in self.trace.visits[self.next :]:
            if self.points[visit.point] not in self.ends:
                raise DivergedError(f"{self.label}: the machine went on")

    # ---- comparing

    def check(
        self,
        plan: Plan,
        ordinal: int,
        checks: Checks | None,
        stack: list[Any],
        locals_: list[Any],
    ) -> None:
        if checks is None:
            self.wrong(plan, ordinal, "executed, but said to be unreachable")
            return
        assert self.current is not None
        tally, words = self.tally, self.current.words
        tally.nowhere += len(checks.nowhere)
        for local in checks.nowhere:
            self.activations[-1].unclaimed.setdefault(local, f"{ordinal}")
        for claim in checks.claims:
            tally.claims[claim.kind] += 1
            expected = (stack if claim.on_stack else locals_)[claim.index]
            word = words[claim.probe] if claim.probe >= 0 else claim.constant
            if isinstance(expected, int):
                if claim.holds(word, expected):
                    continue
            elif self.same_object(word, expected):
                continue
            shown = f"{expected:#x}" if isinstance(expected, int) else expected
            self.wrong(plan, ordinal, f"{claim}: {word:#x}, should be {shown}")

    def same_object(self, word: int, expected: Any) -> bool:
        """References: null is zero, and no word stands for two objects.

        An imported function has a word in each instance.
        """
        if expected is None or word == 0:
            return expected is None and word == 0
        return bool(self.objects.setdefault(word, expected) == expected)

    def where(self, plan: Plan, ordinal: int) -> str:
        name = OPS[plan.ops[ordinal]].name
        return f"{self.label} function {plan.funcidx} instruction {ordinal} {name}"

    def wrong(self, plan: Plan, ordinal: int, what: str) -> None:
        self.tally.false.append(f"{self.where(plan, ordinal)}: {what}")
