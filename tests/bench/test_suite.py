"""Parts of the suite over modules: sizes, crossings, revisions, optimisations."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lbtool.compiler.knobs import KNOBS
from lbtool.wasm import decode, read
from tests.bench import (
    boundary_bench,
    diff_bench,
    knobs_bench,
    linear_bench,
    revisions,
    stages,
    stages_bench,
    wasm3_host,
)
from tests.bench.boundary_bench import CROSSINGS, BoundaryFigures
from tests.bench.compile_bench import Subject
from tests.bench.crossings import actions
from tests.bench.diff_bench import Code, Revision
from tests.bench.document import head
from tests.bench.hosts import LbtoolHost
from tests.bench.kernels import KERNELS, binary, few, file
from tests.bench.programs import HERE, LEFT_OUT, NPM, Program
from tests.bench.wasmtime_host import WasmtimeHost
from tests.bench.worker import Worker
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("shape", linear_bench.SHAPES)
def test_synthetic_modules_are_valid_and_as_large_as_asked(shape: str) -> None:
    for size in (7_500, 75_000):
        data = linear_bench.synthetic(shape, size)
        module = decode(data)
        code = module.bodies[-1][1] - module.bodies[0][0]
        assert code == pytest.approx(size, rel=0.1)
        WasmtimeHost("winch").compile(data)
    assert (len(module.bodies) == 1) == (shape == "body")


def test_time_over_size_is_fitted() -> None:
    quadratic = [(10, 1.0), (100, 100.0), (1000, 10_000.0)]
    table = linear_bench.table({"x": quadratic})
    assert table.rows[0][4] == "2.000"


def test_crossings_cross() -> None:
    seen: list[tuple[str, tuple[int, ...]]] = []

    class OurTrapError(Exception):
        pass

    def traps(*arguments: int) -> int:
        seen.append(("trap", arguments))
        raise OurTrapError

    def returns(*arguments: int) -> int:
        seen.append(("call", arguments))
        return 0

    exports = dict.fromkeys(("add", "host", "wasi", "deep"), returns)
    exports |= {"divide": traps, "load": traps}
    made = actions(exports, OurTrapError)
    assert set(made) == set(CROSSINGS)
    made["call"](3)
    made["host"](5)
    made["divide"](2)
    assert [kind for kind, _ in seen] == ["call"] * 4 + ["trap"] * 2
    with pytest.raises(AssertionError, match="deep did not trap"):
        made["deep"](1)


@pytest.mark.parametrize("host", [LbtoolHost(), WasmtimeHost("cranelift")])
def test_every_crossing_runs(host: LbtoolHost | WasmtimeHost, tmp_path: Path) -> None:
    path = tmp_path / "boundary.wasm"
    path.write_bytes(read((HERE / "boundary.wat").read_bytes()))
    for work in host.crossings(path).values():
        work(2)


def test_crossings_are_compared_with_cranelift() -> None:
    figures = BoundaryFigures({"call": {"lbtool": [2.0], "cranelift": [8.0]}})
    row = boundary_bench.table(figures).rows[0]
    assert row[1:] == ("2", "8", "-", "-", "0.25")


def test_code_is_counted() -> None:
    # mov [rsp+8], rax; add rax, [rdi]; lea rax, [rsp+1]; ret
    code = Code.of(bytes.fromhex("4889442408 480307 488d442401 c3"))
    assert code == Code(size=14, instructions=4, spills=1, accesses=3)
    # ret; a table of two bytes; ret
    assert Code.of(bytes.fromhex("c3 4889 c3"), [(1, 3)]) == Code(4, 2, 0, 2)


def test_only_functions_that_differ_are_changes() -> None:
    nop, ret = b"\x90", b"\xc3"
    base = Revision([ret, nop + ret], lambda _: None)
    new = Revision([ret, ret], lambda _: [[(0, 1)]])
    found = diff_bench.compare("m", ["a", "b"], base, new)
    assert [each.function for each in found.changes] == ["b"]
    one, everything = diff_bench.totals([found]).rows
    assert one[1:6] == ("2", "1", "3", "-33.33%", "-50.00%")
    assert everything[0] == "all"
    (row,) = diff_bench.largest([found]).rows
    assert row == ("m b", "2 → 1", "2 → 1", "0", "1")


def test_functions_have_their_names(tmp_path: Path) -> None:
    program = Program("own/lz", file("lz", tmp_path))
    assert diff_bench.names_of(program) == ["func[0] run"]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a git checkout")
def test_a_revision_is_a_commit() -> None:
    assert len(revisions.commit_of("HEAD")) == 40
    with pytest.raises(subprocess.CalledProcessError):
        revisions.commit_of("no-such-revision")


def test_every_optimisation_has_a_line() -> None:
    run = {"p": {"lbtool": 1.0, "off:pins": 2.0}}
    costs = knobs_bench.CompileCosts(run, {"p": {"lbtool": 4.0, "off:pins": 3.0}})
    table = knobs_bench.table(run, costs, dict.fromkeys((x.name for x in KNOBS), 7))
    rows = {row[0]: row[1:] for row in table.rows}
    assert set(rows) == {knob.name for knob in KNOBS}
    assert rows["pins"][:5] == ("2.000", "2.00 p", "0.750", "2.000", "7")
    assert rows["guard"][0] == "-"


def test_workers_compile_count_memory_and_show_code(tmp_path: Path) -> None:
    path = str(file("json", tmp_path))
    worker = Worker("off:pins")
    answer = worker.answer({"op": "compile", "path": path})
    code = worker.answer({"op": "code", "path": path})["code"]
    assert answer["code"] == sum(len(each) // 2 for each in code)
    assert answer["functions"] == len(code) == len(decode(binary("json")).bodies)
    assert answer["peak"] >= 0
    which = list(range(len(code)))
    found = worker.answer({"op": "data", "path": path, "which": which})["data"]
    assert any(found)
    for ranges, each in zip(found, code, strict=True):
        assert all(0 < a < b <= len(each) // 2 for a, b in ranges)


@pytest.mark.skipif(not wasm3_host.available(), reason="needs pywasm3")
def test_wasm3_gives_what_we_give(tmp_path: Path) -> None:
    host = wasm3_host.Wasm3Host()
    run = host.load(file("avl", tmp_path))
    assert run(few("avl")) == LbtoolHost().instantiate(binary("avl"))(few("avl"))
    with pytest.raises(ValueError, match="m3_ParseModule"):
        host.compile(replace(host.prepare(binary("avl")), size=20))


def test_stages_add_up() -> None:
    found = stages.measure(binary("json"), repeats=1)
    (table,) = stages_bench.tables({"json": found})
    assert found.instructions > 1000
    assert sum(found.shares().values()) == pytest.approx(1)
    assert [row[0] for row in table.rows] == ["json", "geometric mean"]
    assert not stages_bench.tables({})


def test_subjects_are_measured_by_their_code(tmp_path: Path) -> None:
    subject = Subject.of(Program("own/utf8", file("utf8", tmp_path)))
    assert subject.functions == 2
    assert 300 < subject.code_bytes < 2000


def test_the_page_names_every_module() -> None:
    text = head("a machine")
    assert max(map(len, text.splitlines())) <= 88
    text = " ".join(text.split())
    assert all(package in text for package, _ in NPM.values())
    assert all(each in text for names in LEFT_OUT.values() for each in names)
    assert len(KERNELS) >= 15
