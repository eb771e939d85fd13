"""Our validator against the suites' expectations and against wasmtime's validator.

Mutants: 500 per run, ``LBTOOL_FUZZ=N`` for more. A difference fails unless it is in
`EXPLAINED`.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from lbtool.compiler.check import validate
from lbtool.errors import ModuleError
from lbtool.wasm import Profile, decode, read
from tests.data import CORPUS, SPEC_TESTSUITE, require
from tests.scan.mutation import Seed, mutants, seed, wasmtime_verdict
from tests.scan.scanning import corpus_modules
from tests.wasm.suites import Case, cases

SUITES = ("1.0-2018", "1.0", "2.0")
EXPECTED = {"assert_invalid": "invalid", "assert_malformed": "malformed"}
# Modules of these suites with a binary; those of assert_malformed are mostly text.
AT_LEAST = {"1.0-2018": 1900, "1.0": 2500, "2.0": 4500}
MUTANTS = 500
SEED_BYTES = 60_000

# How our message, with its section, begins where wasmtime says "valid", and why.
EXPLAINED: dict[str, str] = {
    "global section: constant expression required": (
        "extended-const cannot be switched off in wasmtime"
    ),
    "memory section: integer representation too long": (
        "wasmtime reads limits of memories as 64-bit integers; 2.0 has 32-bit ones"
    ),
}


def verdict(data: bytes, profile: str) -> tuple[str, str]:
    """valid, invalid or malformed, and the first message with its section."""
    try:
        found = validate(decode(data), Profile(profile))
    except ModuleError as error:
        kind, found = "malformed", [*error.diagnostics]
    else:
        malformed = any(d.code.startswith("E01") for d in found)
        kind = "malformed" if malformed else "invalid"
    if not found:
        return "valid", ""
    return kind, f"{found[0].section} section: {found[0].message}"


@cache
def binaries(version: str) -> tuple[tuple[Case, bytes], ...]:
    """Modules of a suite with their bytes; malformed text is not ours to judge."""
    found = []
    for case in cases(require(SPEC_TESTSUITE, AT_LEAST[version]), version):
        if case.kind == "assert_malformed" and case.source.format != "binary":
            continue
        data = case.binary()
        if data is not None:
            found.append((case, data))
    return tuple(found)


@pytest.mark.parametrize("version", SUITES)
def test_suites_expect_what_we_say(version: str) -> None:
    wrong = []
    for case, data in binaries(version):
        got, message = verdict(data, case.profile)
        want = EXPECTED.get(case.kind, "valid")
        if got != want:
            wrong.append(f"{case.label}: {got} {message!r}")
    assert wrong == []
    assert len(binaries(version)) >= AT_LEAST[version]


def difference(data: bytes) -> str | None:
    """Where we and wasmtime disagree about a module under 2.0, unless explained."""
    ours, message = verdict(data, "2.0")
    theirs = wasmtime_verdict(data)
    if (ours == "valid") == (theirs is None):
        return None
    if theirs is None and any(message.startswith(begins) for begins in EXPLAINED):
        return None
    return f"we: {ours} {message!r}; wasmtime: {theirs or 'valid'}"


def test_suite_modules_agree_with_wasmtime() -> None:
    wrong = [
        f"{case.label}: {found}"
        for case, data in binaries("2.0")
        if (found := difference(data)) is not None
    ]
    assert wrong == []


@cache
def seeds() -> tuple[Seed, ...]:
    modules = corpus_modules(require(CORPUS, MUTANTS))
    modules += [(c.label, data) for c, data in binaries("2.0") if c.kind == "module"]
    found = (seed(name, data) for name, data in modules if len(data) < SEED_BYTES)
    return tuple(s for s in found if s is not None)


def test_mutants_agree_with_wasmtime() -> None:
    count = int(os.environ.get("LBTOOL_FUZZ") or MUTANTS)
    wrong, valid = [], 0
    for number, data in mutants(seeds(), count):
        valid += verdict(data, "2.0")[0] == "valid"
        found = difference(data)
        if found is not None:
            wrong.append(f"mutant {number}: {found}")
    assert wrong == []
    # Mutants that are all broken, or all fine, would say little.
    assert 0.1 < valid / count < 0.9


@pytest.mark.parametrize(
    ("section", "begins"), [(begins.split()[0], begins) for begins in EXPLAINED]
)
def test_explained_differences_are_real(section: str, begins: str) -> None:
    data = {
        "global": read(b"(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"),
        "memory": bytes.fromhex("0061736d0100000005080100828080808000"),
    }[section]
    assert verdict(data, "2.0")[1].startswith(begins)
    assert wasmtime_verdict(data) is None
