"""Parts of the benchmark that can be right or wrong without a clock."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench import fib_bench, hosts
from tests.bench.compile_bench import CompileFigures, Subject
from tests.bench.compile_tables import tables as compile_tables
from tests.bench.elf import Elf
from tests.bench.engines import EngineError, one_core, started
from tests.bench.programs import HERE, Program, corpus_programs
from tests.bench.run_bench import RunFigures
from tests.bench.run_bench import tables as run_tables
from tests.data import CORPUS, require

if TYPE_CHECKING:
    from tests.bench.stats import Table

needs_gcc = pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
FIB = HERE / "fib.c"


def rows(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in table.rows}


def test_throughput_counts_large_modules_only() -> None:
    def subject(name: str, size: int) -> Subject:
        return Subject(Program(name, Path(name)), size, 3)

    figures = CompileFigures(
        [subject("small", 1000), subject("big", 4_000_000)],
        {"small": {"lbtool": [1.0]}, "big": {"lbtool": [2.0, 2.0], "liftoff": [1.0]}},
        {"small": {"lbtool": 3000}, "big": {"lbtool": 6_000_000}},
    )
    rates, means, threads, sizes, modules = map(rows, compile_tables(figures))
    assert rates["big"][:2] == ("4,000", "2.00")
    assert rates["geometric mean"][1] == "2.00"
    assert means["lbtool"][0] == "0.50"
    assert means["lbtool"][1] == "-"
    assert threads["big"][:2] == ("-", "-")
    assert sizes["geometric mean"][0] == "1.50"
    assert "small" not in sizes
    assert modules["small"] == ("3", "1", "3", "1,000.0", "3")


def test_programs_slower_than_a_peer_are_named_and_differences_are_loud() -> None:
    figures = RunFigures(
        {
            "quick": {"lbtool": [1.0], "winch": [2.0], "cranelift": [1.1]},
            "slow": {"lbtool": [3.0, 2.9, 9.0], "winch": [2.0], "cranelift": [1.5]},
        },
        ["other: lbtool 1, Winch 2"],
    )
    times, means, slower = run_tables(figures)
    assert "RESULTS DIFFER, no times: other: lbtool 1, Winch 2" in times.note
    assert rows(slower) == {"slow": ("1.50", "-", "2.00", "-")}
    assert slower.note == "Sorted by the ratio to Cranelift."
    figures = RunFigures({"p": {"lbtool": [3.0], "liftoff": [2.0]}})
    assert "slower than Liftoff's code: p (1.500)." in run_tables(figures)[2].note
    figures = RunFigures({"p": {"lbtool": [1.0], "liftoff": [2.0]}})
    assert "None is slower than Liftoff's code." in run_tables(figures)[2].note
    assert rows(means)["lbtool"][-1] == "1.00"


@needs_gcc
def test_fib_of_gcc_is_found_and_counted() -> None:
    found = fib_bench.of_engine("native")
    listing = "\n".join(found.listing)
    assert found.listing[-1].endswith("ret")
    assert "call" in listing
    assert 10 <= found.instructions <= 60
    # fewer executed than twice the whole function: its loop has one call per turn
    assert 5 < found.executed < 2 * found.instructions
    assert 2 <= found.accesses < found.executed


def test_steps_are_counted_exactly() -> None:
    """The hottest address of a child that spins is executed once per turn."""
    code = bytes.fromhex("b9e8030000ffc975fc31c0c3")  # 1000 turns of dec, jnz
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 4]
    at = libc.mmap(None, 4096, 3, 0x22, -1, 0)
    ctypes.memmove(at, code, len(code))
    libc.mprotect(ctypes.c_void_p(at), 4096, 5)
    spin = ctypes.CFUNCTYPE(ctypes.c_int)(at)
    try:
        addresses, jumps = fib_bench.step(spin)
    except OSError as error:
        pytest.skip(f"no single-stepping: {error}")
    assert addresses[at] == 1
    assert addresses[at + 5] == addresses[at + 7] == 1000
    assert jumps[at + 7, at + 5] == 999
    assert not fib_bench.foreign(at)


def test_code_without_a_call_has_no_entry() -> None:
    with pytest.raises(LookupError, match="no call"):
        fib_bench.find_entry(Counter())


@needs_gcc
def test_elf_symbols_are_the_functions(tmp_path: Path) -> None:
    library = hosts.native_library(FIB)
    made = tmp_path / "fib.so"
    fib_bench.build(made)
    symbols = Elf(made.read_bytes()).symbols
    assert {"fib", "run"} <= set(symbols)
    address = ctypes.cast(library.fib, ctypes.c_void_p).value
    assert address is not None
    assert ctypes.string_at(address, len(symbols["fib"])) == symbols["fib"]


def test_elf_refuses_other_files() -> None:
    with pytest.raises(ValueError, match="ELF"):
        Elf(b"\0asm\1\0\0\0" * 10)


def test_engines_share_a_core_unless_they_have_threads() -> None:
    before = os.sched_getaffinity(0)
    with one_core("lbtool"):
        assert len(os.sched_getaffinity(0)) == 1
    with one_core("lbtool4"):
        assert os.sched_getaffinity(0) == before
    assert os.sched_getaffinity(0) == before


def test_an_engine_answers_compiles_runs_and_says_why_not() -> None:
    require(CORPUS, 3)
    program = next(x for x in corpus_programs() if x.name == "micro/fib_plain")
    with started(["lbtool", "winch"]) as running:
        answers = []
        for engine in running.values():
            with pytest.raises(EngineError):
                engine.ask(op="load", path="/nowhere")
            compiled = engine.ask(op="compile", path=str(program.path))
            assert compiled["functions"] == 1
            assert compiled["code"] > 0
            engine.ask(op="load", path=str(program.path))
            answers.append(engine.ask(op="run", argument=10)["result"])
        assert answers == [89, 89]
