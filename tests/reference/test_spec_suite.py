"""The reference interpreter passes the execution assertions of the 2.0 suite."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from lbtool.wast.runner import ScriptRunner
from lbtool.wast.script import parse_script
from tests.reference.backend import ReferenceBackend
from tests.spec.suites import Suite

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "address align block br br_if br_table bulk call call_indirect const conversions "
    "data elem endianness exports f32 f32_bitwise f32_cmp f64 f64_bitwise f64_cmp fac "
    "float_exprs float_literals float_memory float_misc forward func func_ptrs global "
    "i32 i64 if imports int_exprs int_literals labels left-to-right linking load "
    "local_get local_set local_tee loop memory memory_copy memory_fill memory_grow "
    "memory_init memory_redundancy memory_size memory_trap names nop ref_func "
    "ref_is_null ref_null return select stack start store switch table table_copy "
    "table_fill table_get table_grow table_init table_set table_size traps "
    "unreachable unwind"
).split()
# The interpreter's own frames are Python's.
sys.setrecursionlimit(20_000)


@pytest.mark.parametrize("name", FILES)
def test_spec_file(name: str, spec_testsuite: Path) -> None:
    suite = Suite("2.0")
    path = spec_testsuite / suite.scripts(spec_testsuite)[f"{name}.wast"]["file"]
    lines = suite.deviations(spec_testsuite).get(f"{name}.wast", frozenset())
    outcomes = list(
        ScriptRunner(ReferenceBackend()).run(parse_script(path.read_bytes()))
    )
    engine = [o for o in outcomes if o.column == "engine" and o.line not in lines]
    bad = [o for o in engine if o.status != "pass"]
    assert bad == []
    assert engine
