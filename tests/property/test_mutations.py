"""Mutated modules: an error with a code and a place, never a crash; and the right
verdict.

500 in a normal run, as many as ``LBTOOL_FUZZ`` says otherwise (20,000 for the
evidence). wasmtime, with the features of 2.0 without SIMD, is the judge of validity.
Where it and we differ, the reason stands in `EXPLAINED`; a difference without a reason
is a failure.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.property.differential import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FUZZ = int(os.environ.get("LBTOOL_FUZZ", "0"))
FIRST = int(os.environ.get("LBTOOL_FUZZ_SEED", "0"))
COUNT = FUZZ or 500
CHUNK = 500 if COUNT <= 2000 else 2500
TIME_LIMIT = 60.0

# (our verdict, words of our message, words of wasmtime's message): why both are right.
EXPLAINED: list[tuple[str, str, str, str]] = [
    (
        "unsupported",
        "",
        "",
        "valid, or invalid in another place; we stop at what we lack",
    ),
]


def verdict_of(data: bytes) -> tuple[str, str]:
    """("ok" | "invalid" | "unsupported", message); anything else propagates."""
    from lbtool.compiler import Target, compile_module  # noqa: PLC0415
    from lbtool.compiler.check import validate  # noqa: PLC0415
    from lbtool.errors import ModuleError, UnsupportedError  # noqa: PLC0415
    from lbtool.wasm import Profile, decode  # noqa: PLC0415

    try:
        module = decode(data)
        errors = validate(module, Profile("2.0"))
        if errors:
            assert all(
                e.code and (e.offset is None or e.offset <= len(data)) for e in errors
            )
            if all(e.code.startswith("E03") for e in errors):
                return "unsupported", errors[0].message
            return "invalid", errors[0].message
        compile_module(module, Target())
    except UnsupportedError as error:
        return "unsupported", str(error)
    except ModuleError as error:
        return ("invalid" if error.diagnostics else "untold"), str(error)
    return "ok", ""


def judged(data: bytes, engine: Any) -> tuple[str, str]:
    import wasmtime  # noqa: PLC0415

    try:
        wasmtime.Module.validate(engine, data)
    except wasmtime.WasmtimeError as error:
        return "invalid", str(error)
    return "ok", ""


def say(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def work(first: int, last: int) -> None:
    """Say a line before and after each mutation: a crash is known by its seed."""
    import wasmtime  # noqa: PLC0415

    from lbtool.engines.wasmtime_engine import make_config  # noqa: PLC0415
    from tests.property.mutate import mutated  # noqa: PLC0415

    engine = wasmtime.Engine(make_config("cranelift", "2.0", interruptible=False))
    for seed in range(first, last):
        say({"begin": seed})
        data = mutated(seed)
        try:
            ours = verdict_of(data)
        except Exception as error:  # noqa: BLE001 - this is what the test is about
            ours = ("crash", f"{type(error).__name__}: {error}")
        theirs = judged(data, engine)
        say({"end": seed, "ours": ours, "theirs": theirs})


def lines(first: int, last: int) -> Iterator[dict[str, Any]]:
    code = f"from tests.property.test_mutations import work; work({first}, {last})"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        while select.select([process.stdout], [], [], TIME_LIMIT)[0]:
            line = process.stdout.readline()
            if not line:
                break
            yield json.loads(line)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def explained(ours: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return any(
        ours[0] == verdict and mine in ours[1] and words in theirs[1]
        for verdict, mine, words, _ in EXPLAINED
    )


@pytest.mark.parametrize("start", range(FIRST, FIRST + COUNT, CHUNK))
def test_mutated_modules(start: int) -> None:
    end = min(start + CHUNK, FIRST + COUNT)
    verdicts: Counter[str] = Counter()
    problems = []
    seed = start
    while seed < end:
        began = None
        for line in lines(seed, end):
            if "begin" in line:
                began = line["begin"]
                continue
            ours, theirs = tuple(line["ours"]), tuple(line["theirs"])
            verdicts[ours[0]] += 1
            seed, began = line["end"] + 1, None
            if ours[0] == "crash":
                problems.append(f"{line['end']}: {ours[1]}")
            elif ours[0] != theirs[0] and not explained(ours, theirs):
                problems.append(f"{line['end']}: we say {ours}, wasmtime says {theirs}")
        if began is not None:
            problems.append(f"{began}: the process died or hung")
            seed = began + 1
        elif seed < end and not verdicts:
            pytest.fail("the worker does not start")
    assert not problems, "\n".join(problems[:40])
    assert sum(verdicts.values()) == end - start
    assert min(verdicts["ok"], verdicts["invalid"]) > (end - start) // 50, verdicts
