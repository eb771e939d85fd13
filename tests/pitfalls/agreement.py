"""Builds the modules of a pitfall and asks every engine; shared by the tests beside it.

The module runs on wasmtime, on the reference interpreter and on our engine in several
modes, in a process of its own, so that a crash is a failed test. Not here: the
pitfalls.
"""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

import wasmtime

from tests.property.differential import Worker, case_as_json
from tests.property.generate import Call, Case, calls_for
from tests.property.pool import VALUES
from tests.reference.binary import decode
from tests.reference.opcodes import F32, F64, I32, I64

if TYPE_CHECKING:
    from collections.abc import Sequence

MODES = ("default", "explicit", "strict", "masks-1", "masks-2", "masks-3")
NAMES = {"i32": I32, "i64": I64, "f32": F32, "f64": F64}


@cache
def _worker() -> Worker:
    return Worker()


def agree(
    wat: str,
    *calls: tuple[Any, ...],
    modes: Sequence[str] = MODES,
    rounds: int = 6,
    exact: bool = False,
) -> list[str]:
    """Fail unless all engines do the same; gives the kinds of outcomes that were met.

    `calls` are (name of an export, bits of arguments...); without any, every export is
    called `rounds` times with interesting values.
    """
    wasm = bytes(wasmtime.wat2wasm(wat))
    made = [Call(name, tuple(args)) for name, *args in calls]
    made = made or calls_for(decode(wasm), random.Random(7), rounds=rounds)
    case = Case("pitfall", wasm, made, exact)
    reply = _worker().ask({"case": case_as_json(case), "modes": list(modes)})
    assert "error" not in reply, reply["error"]
    assert not reply["found"], reply["found"]
    return sorted(reply["kinds"])


def values(name: str, count: int = 6, seed: int = 0) -> list[int]:
    """Interesting bits of a number type."""
    return random.Random(seed).sample(VALUES[NAMES[name]], count)


def module(*fields: str) -> str:
    return "(module\n" + "\n".join(fields) + ")"
