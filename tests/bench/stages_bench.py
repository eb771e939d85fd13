"""The stages of compiling over all modules: nanoseconds per wasm instruction.

``stages`` measures one module; here are the modules of the benchmark and their table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import stages
from tests.bench.engines import one_core
from tests.bench.stats import Table, geomean, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.programs import Program
    from tests.bench.stages import Stages

COLUMNS = ("decode", "scan", "code generation", "link", "explain")


def measure(programs: Sequence[Program], repeats: int) -> dict[str, Stages]:
    """The stages of each module, in this process."""
    with one_core("lbtool"):
        return {
            each.name: stages.measure(each.path.read_bytes(), repeats)
            for each in programs
        }


def tables(found: Mapping[str, Stages]) -> list[Table]:
    """Nanoseconds per instruction; none without modules."""
    if not found:
        return []
    table = Table(
        "Stages of compiling, CPU ns per wasm instruction",
        ("module", "instructions", *COLUMNS, "bytes to code", "with explanations"),
        note="One thread. Decode: sections and the rules of the module level. Scan: "
        "validation of bodies, canonical functions, summaries. Explain is what the "
        "sink costs beyond compiling; only functions that somebody looks at pay it. "
        "Bytes to code: decode, scan and code generation.",
    )
    rows = {name: _row(each) for name, each in found.items()}
    for name, row in rows.items():
        count = number(found[name].instructions, 0)
        table.add(name, count, *(number(cell, 1) for cell in row))
    means = (geomean(column) for column in zip(*rows.values(), strict=True))
    table.add("geometric mean", "", *(number(each, 1) for each in means))
    return [table]


def _row(each: Stages) -> tuple[float, ...]:
    per = each.per_instruction()
    whole = per["decode"] + per["scan"] + per["code generation"]
    return (*(per[name] for name in COLUMNS), whole, whole + per["explain"])
