"""Whatever the bytes, reading ends in a module or in a `ModuleError`.

Module-level verdicts are compared with wasmtime's validator, too, on mutants whose code
section is left alone.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import wasmtime

from lbtool.errors import ModuleError
from lbtool.wasm import (
    Profile,
    declared_funcs,
    decode,
    print_module,
    read,
    validate_module,
)
from tests.wasm.suites import cases, report
from tests.wasm.test_decode import RICH
from tests.wasm.test_printer import EVERYTHING

if TYPE_CHECKING:
    from pathlib import Path

TELLING = (*range(8), 0x0B, 0x23, 0x40, 0x41, 0x60, 0x6F, 0x70, 0x7E, 0x7F, 0x80, 0xD2)


def mutate(rng: random.Random, data: bytes, keep: range = range(0)) -> bytes:
    """`data` with one to three small changes, not in the header nor in `keep`."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        places = [i for i in range(8, len(out)) if i not in keep]
        if not places:
            return bytes(out)
        i = rng.choice(places)
        match rng.randrange(6):
            case 0:
                out[i] = rng.randrange(256)
            case 1:
                out[i] = (out[i] + rng.choice((-1, 1))) & 0xFF
            case 2:
                out[i] = rng.choice(TELLING)
            case 3:
                out[i] ^= 1 << rng.randrange(8)
            case 4:
                out[i] = out[rng.choice(places)]
            case _:
                j = rng.choice(places)
                out[i], out[j] = out[j], out[i]
    return bytes(out)


def sources(root: Path) -> list[bytes]:
    found = [read(RICH), read(EVERYTHING)]
    for version in ("1.0", "2.0"):
        for case in cases(root, version):
            data = case.binary()
            if case.kind == "module" and data and 8 < len(data) < 4000:
                found.append(data)
    return list(dict.fromkeys(found))


def verdict(data: bytes) -> str:
    try:
        m = decode(data)
        found = validate_module(m, Profile())
        declared_funcs(m)
        print_module(m, folded=len(data) % 2 == 0)
    except ModuleError as error:
        placed = [d for d in error.diagnostics if d.offset is not None]
        return type(error).__name__ if placed else "without a place"
    return "invalid" if found else "valid"


def test_mutants_never_crash(spec_testsuite: Path) -> None:
    rng = random.Random(20_000)
    modules = sources(spec_testsuite)
    counts = Counter(verdict(mutate(rng, rng.choice(modules))) for _ in range(2_000))
    report(f"{dict(counts)}")
    assert not counts["without a place"]
    assert counts.total() == 2_000
    assert min(counts["MalformedError"], counts["invalid"], counts["valid"]) > 30


def test_cut_off_modules_never_crash() -> None:
    for data in (read(RICH), read(EVERYTHING)):
        whole = {verdict(data[:n]) for n in range(len(data))}
        assert whole <= {"MalformedError", "invalid", "valid"}


def test_random_bytes_never_crash() -> None:
    rng = random.Random(7)
    for _ in range(2_000):
        tail = bytes(rng.choices((*TELLING, *range(256)), k=rng.randrange(60)))
        verdict(b"\0asm\x01\0\0\0" + tail)


@pytest.fixture
def engine() -> wasmtime.Engine:
    """wasmtime's validator with the proposals of 2.0 and no others."""
    config = wasmtime.Config()
    for prefix in ("wasm_component_model_async", "concurrency_support"):
        for name in ("", "_more_async_builtins", "_async_stackful"):
            setting = f"wasmtime_config_{prefix}{name}_set"
            if hasattr(wasmtime._ffi, setting):
                getattr(wasmtime._ffi, setting)(config.ptr(), False)
    later = "gc function_references exceptions threads tail_call multi_memory memory64"
    for proposal in [*later.split(), "relaxed_simd"]:
        setattr(config, f"wasm_{proposal}", False)
    return wasmtime.Engine(config)


# wasmtime checks bodies, `validate_module` does not: a changed type, table or data
# count shows up there. These are the only differences that may be.
BODY_PROBLEMS = (
    "type mismatch",
    "unknown local",
    "unknown label",
    "unknown memory",
    "unknown type",
    "unknown table",
    "unknown function",
    "unknown global",
    "unknown elem",
    "unknown data",
    "undeclared",
    "global is immutable",
    "data count",
    "illegal opcode",
    "invalid value type",
    "zero byte expected",
    "alignment must not be larger",
    "exceptions proposal",
    "legacy_exceptions feature",
    "control frames remain",
)


def theirs(engine: wasmtime.Engine, data: bytes) -> str:
    try:
        wasmtime.Module.validate(engine, data)
    except wasmtime.WasmtimeError as error:
        return str(error)
    return ""


def test_verdicts_are_those_of_another_validator(
    spec_testsuite: Path, engine: wasmtime.Engine
) -> None:
    rng = random.Random(1)
    modules = [(data, decode(data)) for data in sources(spec_testsuite)]
    agree: Counter[str] = Counter()
    for _ in range(5_000):
        data, m = rng.choice(modules)
        code = next((s for s in m.sections if s.id == 10), None)
        span = range(code.start, code.end) if code else range(0)
        mutant = mutate(rng, data, span)
        try:
            ours = [d.message for d in validate_module(decode(mutant), Profile())]
        except ModuleError as error:
            ours = [error.message]
        other = theirs(engine, mutant)
        if ours:
            assert other, f"only we refuse {mutant.hex()}: {ours}"
            agree["both refuse"] += 1
        elif not other:
            agree["both accept"] += 1
        else:
            assert any(p in other for p in BODY_PROBLEMS), (mutant.hex(), other)
            agree["only the body is wrong"] += 1
    report(f"{dict(agree)}")
    assert agree["both accept"] > 500
    assert agree["both refuse"] > 500
