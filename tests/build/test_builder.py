"""What a build gives and tells: code, counts, changes, problems, states of files."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

import pytest

from lbtool import Config, Engine, Instance, Store
from lbtool.build import Builder, FileReport, FunctionChange, Options, Summary
from lbtool.build.loading import load as load_module
from lbtool.cache.keys import image_key, last_key
from lbtool.cache.kinds import IMAGE, LAST
from lbtool.cache.last import load
from lbtool.cache.tree import digest
from lbtool.cli import modules
from lbtool.compiler import Target, compile_module
from lbtool.config import load as load_settings
from lbtool.errors import Diagnostic
from lbtool.runtime.image import decode as decode_image
from lbtool.wasm import decode
from tests.compiler.sources import generated, many
from tests.reference.binary import Body, encode
from tests.reference.binary import decode as decode_raw

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.cache.cache import Cache

INVALID = Body([], [(0x6A,), (0x0B,)])
ADD = "(func $add (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))"
SUB = "(func $sub (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))"
SIMD = "(func $v (result v128) (v128.const i32x4 1 2 3 4))"
WRONG = "(func $wrong (result i32) (i64.const 1))"


def text(*functions: str) -> bytes:
    return "\n  ".join(("(module", *functions, ")")).encode()


def whats(report: FileReport) -> dict[str, str]:
    return {each.name or str(each.funcidx): each.what for each in report.changes}


# ---- code


def test_functions_are_those_of_the_compiler(memory: Cache) -> None:
    for bounds in ("guard", "explicit"):
        builder = Builder(memory, Options(bounds=bounds))
        for name, data in generated(8).items():
            found = builder.build(f"{name}.wasm", data)
            expected = compile_module(decode(data), Target(bounds=bounds))
            assert found.linkable == expected == found.functions
            assert found.report.ok
            assert found.report.functions == len(expected)
            code = sum(len(each.artifact.code) for each in expected)
            assert found.report.code_bytes == code


def test_equal_functions_are_compiled_once(memory: Cache) -> None:
    found = Builder(memory).build("a.wat", text(ADD, ADD.replace("$add", "$b"), SUB))
    assert (found.report.compiled, found.report.reused) == (2, 1)
    assert found.keys[0] == found.keys[1] != found.keys[2]


def test_another_process_compiles_nothing(disk: Cache) -> None:
    data = many(200)
    first = Builder(disk).build("a.wasm", data)
    assert first.report.compiled > 100
    second = Builder(disk).build("b.wasm", data)
    assert second.report.state == "built"  # which no file of this name was
    assert (second.report.compiled, second.report.reused) == (0, 200)
    assert second.functions == first.functions
    other = Builder(disk).build("a.wasm", many(201))
    assert (other.report.compiled, other.report.reused) == (1, 200)


def test_what_the_cache_lost_is_compiled_again(disk: Cache) -> None:
    builder = Builder(disk)
    with builder:
        first = builder.build("a.wasm", many(200))
    disk.rows().evict(0)
    again = Builder(disk).build("a.wasm", many(200))
    assert again.report.compiled == first.report.compiled
    assert again.functions == first.functions


def test_options_make_other_keys(memory: Cache) -> None:
    guard = Builder(memory).build("a.wasm", many(20))
    explicit = Builder(memory, Options(bounds="explicit")).build("a.wasm", many(20))
    assert explicit.report.compiled == guard.report.compiled
    assert not set(explicit.keys) & set(guard.keys)
    with pytest.raises(ValueError, match=r"9\.0"):
        Builder(memory, Options(profile="9.0"))


def test_profiles_decide_what_is_valid_and_share_code(memory: Cache) -> None:
    source = text(
        ADD, "(func $ext (param i32) (result i32) (i32.extend8_s (local.get 0)))"
    )
    new = Builder(memory, Options(profile="2.0")).build("a.wat", source)
    old = Builder(memory, Options(profile="1.0")).build("a.wat", source)
    assert new.report.state == "built"
    assert (old.report.state, old.report.failed, old.report.compiled) == (
        "failed",
        1,
        0,
    )
    assert old.report.diagnostics[0].line == 3


# ---- changes


def test_an_edit_tells_the_function(memory: Cache) -> None:
    builder = Builder(memory)
    assert builder.build("a.wat", text(ADD, SUB)).report.changes == ()
    longer = SUB.replace("(local.get 1)", "(i32.add (local.get 1) (i32.const 1000))")
    (change,) = builder.build("a.wat", text(ADD, longer)).report.changes
    assert (change.name, change.funcidx, change.what) == ("sub", 1, "compiled")
    assert change.delta_bytes is not None
    assert change.delta_instructions is not None
    assert change.bytes > change.delta_bytes > 0
    assert change.instructions > change.delta_instructions > 0
    (back,) = builder.build("a.wat", text(ADD, SUB)).report.changes
    assert back.what == "reused"
    assert back.delta_bytes == -change.delta_bytes
    assert back.delta_instructions == -change.delta_instructions


def test_added_and_removed(memory: Cache) -> None:
    builder = Builder(memory)
    builder.build("a.wat", text(ADD))
    report = builder.build("a.wat", text(SUB, ADD)).report
    assert whats(report) == {"sub": "added"}
    report = builder.build("a.wat", text(SUB)).report
    (gone,) = report.changes
    assert (gone.what, gone.name, gone.funcidx) == ("removed", "add", 1)
    assert gone.bytes == 0
    assert gone.delta_bytes is not None
    assert gone.delta_bytes < 0


def test_functions_without_names(memory: Cache) -> None:
    """Recognised by what they do, then by their neighbours."""
    builder = Builder(memory)
    base = [f"(func (result i64) (i64.const {n}))" for n in range(6)]
    builder.build("a.wat", text(*base))
    inserted = [base[0], "(func)", *base[1:]]
    report = builder.build("a.wat", text(*inserted)).report
    assert [(c.funcidx, c.what) for c in report.changes] == [(1, "added")]
    inserted[3] = "(func (result i64) (i64.const 77))"
    report = builder.build("a.wat", text(*inserted)).report
    assert [(c.funcidx, c.what) for c in report.changes] == [(3, "compiled")]
    report = builder.build("a.wat", text(*inserted[1:])).report
    assert [(c.funcidx, c.what) for c in report.changes] == [(0, "removed")]
    report = builder.build("a.wat", text(*reversed(inserted[1:]))).report
    assert report.changes == ()
    assert report.state == "built"


def test_equal_functions_without_names_are_counted(memory: Cache) -> None:
    builder = Builder(memory)
    builder.build("a.wat", text("(func)", "(func)", "(func)"))
    report = builder.build("a.wat", text("(func)", "(func)")).report
    assert [c.what for c in report.changes] == ["removed"]
    report = builder.build("a.wat", text("(func)", "(func nop)", "(func)")).report
    assert [(c.funcidx, c.what) for c in report.changes] == [(1, "added")]


def test_a_renamed_function_is_the_same(memory: Cache) -> None:
    builder = Builder(memory)
    builder.build("a.wat", text(ADD, SUB))
    report = builder.build("a.wat", text(ADD.replace("$add", "$plus"), SUB)).report
    assert report.changes == ()
    assert report.compiled == 0


# ---- problems


def test_several_errors_and_the_healthy_functions(memory: Cache) -> None:
    builder = Builder(memory)
    found = builder.build("a.wat", text(ADD, WRONG, SUB, WRONG.replace("g ", "g2 ")))
    report = found.report
    assert (report.state, report.failed, report.compiled) == ("failed", 2, 2)
    assert [(d.line, d.funcidx, d.code) for d in report.diagnostics] == [
        (3, 1, "E0210"),
        (5, 3, "E0210"),
    ]
    assert {d.path for d in report.diagnostics} == {"a.wat"}
    assert [each is None for each in found.functions] == [False, True, False, True]
    assert found.linkable is None
    assert whats(report) == {"wrong": "failed", "wrong2": "failed"}
    mended = builder.build("a.wat", text(ADD, ADD.replace("$add", "$wrong"), SUB))
    assert mended.report.state == "built"
    assert mended.report.compiled == 0
    assert whats(mended.report) == {"wrong": "reused", "wrong2": "removed"}


def test_errors_of_the_module_and_of_bodies_together(memory: Cache) -> None:
    source = text(ADD, WRONG, '(export "x" (func 0))', '(export "x" (func 1))')
    report = Builder(memory).build("a.wat", source).report
    assert report.state == "failed"
    assert {d.code for d in report.diagnostics} == {"E0210", "E0211"}
    assert report.compiled == 0
    assert report.failed == report.functions == 2
    assert memory.stats.written == 1  # the binary module


def test_a_function_of_no_type(memory: Cache) -> None:
    """Its body cannot be looked at; the others are."""
    raw = decode_raw(many(4, {2: INVALID}))
    raw.funcs[1] = 77
    report = Builder(memory).build("a.wasm", encode(raw)).report
    assert report.diagnostics[0].message == "unknown type 77"
    # What calls it cannot be checked there; the invalid body is told, too.
    assert {d.funcidx for d in report.diagnostics} >= {2, 3}


def test_malformed(memory: Cache) -> None:
    builder = Builder(memory)
    report = builder.build("a.wat", b"(module\n (fun))").report
    assert report.state == "failed"
    assert [(d.line, d.column) for d in report.diagnostics] == [(2, 3)]
    found = builder.build("b.wasm", many(3)[:-2])
    assert found.report.state == "failed"
    assert found.module is None
    assert found.functions == []
    assert found.report.diagnostics[0].offset is not None


def test_text_under_the_name_of_a_binary_is_malformed(memory: Cache) -> None:
    report = Builder(memory).build("a.wasm", text(ADD)).report
    assert [d.code for d in report.diagnostics] == ["E0101"]
    assert Builder(memory).build("a.wat", text(ADD)).report.ok
    assert Builder(memory).build("a.wat", many(2)).report.ok


def test_a_memo_is_of_one_file(memory: Cache) -> None:
    with Builder(memory) as builder:
        builder.build("a.wat", text(ADD))
    assert Builder(memory).build("a.wat", text(ADD)).report.state == "unchanged"
    assert Builder(memory).build("./a.wat", text(ADD)).report.state == "unchanged"
    assert Builder(memory).build("b.wat", text(ADD)).report.state == "built"
    assert Builder(memory).build("a.wasm", text(ADD)).report.state == "failed"


def test_unsupported_functions_are_a_warning(memory: Cache) -> None:
    builder = Builder(memory)
    found = builder.build("a.wat", text(ADD, SIMD))
    report = found.report
    assert (report.state, report.ok, report.runs_on) == ("built", True, "cranelift")
    assert (report.compiled, report.unsupported, report.failed) == (1, 1, 0)
    (warning,) = report.diagnostics
    assert (warning.severity, warning.code, warning.line) == ("warning", "E0300", 3)
    assert "1 of 2 functions" in warning.message
    assert "Cranelift" in warning.message
    assert whats(report) == {"v": "unsupported"}
    assert found.functions[1] is None
    assert found.linkable is None
    again = builder.build("a.wat", text(ADD, SIMD)).report
    assert (again.state, again.runs_on) == ("unchanged", "cranelift")
    assert (again.reused, again.unsupported) == (1, 1)


def test_warnings_are_told_of_what_nobody_touched(memory: Cache) -> None:
    """By another process; the file's name is spelled as it is now."""
    whole = ADD, "(global v128 (v128.const i32x4 0 0 0 0))"
    for functions in ((ADD, SIMD), (SIMD,), whole):
        source = text(*functions)
        first = Builder(memory).build("a.wat", source).report
        found = Builder(memory).build("./a.wat", source)
        again = Builder(memory).build("x/../a.wat", source).report
        assert (first.state, again.state) == ("built", "unchanged")
        assert again.reused == first.compiled + first.reused
        assert again.unsupported == first.unsupported
        (warning,), (told,) = first.diagnostics, again.diagnostics
        assert told == replace(warning, path="x/../a.wat")
        assert again.runs_on == "cranelift"
        assert again == replace(
            found.report, seconds=again.seconds, path=again.path, diagnostics=(told,)
        )


def test_vectors_outside_of_bodies_are_a_warning(memory: Cache) -> None:
    source = text(ADD, "(global v128 (v128.const i32x4 0 0 0 0))")
    found = Builder(memory).build("a.wat", source)
    assert found.report.runs_on == "cranelift"
    assert found.linkable is None
    assert "globals or imports" in found.report.diagnostics[0].message


# ---- files


def test_states_of_a_file(disk: Cache, tmp_path: Path) -> None:
    path = tmp_path / "a.wasm"
    builder = Builder(disk)
    assert builder.build(path).report.state == "gone"
    path.write_bytes(many(10))
    assert builder.build(path).report.state == "built"
    report = builder.build(path).report
    assert (report.state, report.compiled, report.changes) == ("unchanged", 0, ())
    path.write_bytes(many(11))
    report = builder.build(path).report
    assert (report.state, report.functions) == ("built", 11)
    path.unlink()
    assert builder.build(path).report.state == "gone"
    path.write_bytes(many(11))
    report = builder.build(path).report
    assert (report.state, report.compiled, report.changes) == ("unchanged", 0, ())
    path.unlink()
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        builder.build(path)


def test_a_failed_file_fails_until_it_changes(memory: Cache) -> None:
    builder = Builder(memory)
    first = builder.build("a.wasm", many(9, {3: INVALID})).report
    again = builder.build("a.wasm", many(9, {3: INVALID})).report
    assert first.state == again.state == "failed"
    assert first.diagnostics == again.diagnostics
    assert builder.build("a.wasm", many(9)).report.state == "built"


def test_an_open_document_wins_over_the_disk(memory: Cache, tmp_path: Path) -> None:
    path = tmp_path / "a.wat"
    path.write_bytes(text(ADD))
    builder = Builder(memory)
    assert builder.build(path).report.functions == 1
    assert builder.build(path, text(ADD, SUB)).report.functions == 2
    report = builder.build(path).report
    assert (report.functions, whats(report)) == (1, {"sub": "removed"})


def test_forget(memory: Cache) -> None:
    builder = Builder(memory)
    builder.build("a.wat", text(ADD))
    builder.forget("a.wat")
    builder.forget("a.wat")
    report = builder.build("a.wat", text(ADD, SUB)).report
    assert (report.changes, report.compiled, report.reused) == ((), 1, 1)


def test_old_builds_are_forgotten_but_noted(
    memory: Cache,
) -> None:
    builder = Builder(memory, limit=50_000)
    for k in range(10):
        builder.build(f"{k}.wasm", many(100 + k))
        builder.build(f"{k}.wasm", many(100 + k, {5: Body([], [(0x42, k), (0x0B,)])}))
        builder.build(f"{k}.wasm", many(100 + k))
        assert builder.remembered.weight <= 50_000
    assert 0 < len(builder.remembered) < 8
    for k in range(10):
        builder.forget(f"{k}.wasm")
    assert (builder.remembered.weight, len(builder.remembered)) == (0, 0)
    assert Builder(memory).build("0.wasm", many(100)).report.state == "unchanged"
    assert builder.build("0.wasm", many(100)).report.state == "unchanged"


def test_nobody_touched_it_since_another_process(disk: Cache) -> None:
    with Builder(disk) as builder:
        first = builder.build("a.wasm", many(50))
    other = Builder(disk)
    again = other.build("a.wasm", many(50))
    report = again.report
    assert (report.state, report.compiled, report.reused) == ("unchanged", 0, 50)
    assert report.code_bytes == first.report.code_bytes
    assert again.functions == first.functions
    assert again.keys == first.keys
    edited = many(50, {7: Body([], [(0x42, 1), (0x0B,)])})
    report = other.build("a.wasm", edited).report
    assert [(c.funcidx, c.what) for c in report.changes] == [(8, "compiled")]


def test_prepared_for_edits(memory: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{k}.wasm" for k in range(3)]
    with Builder(memory) as builder:
        for name in names:
            builder.build(name, many(50))
    other = Builder(memory)
    for name in names:
        other.build(name, many(50))
    loads = []

    def counted(*given: Any) -> Any:
        loads.append(given)
        return load_module(*given)

    monkeypatch.setattr("lbtool.build.builder.load", counted)
    other.prepare(0.0)
    assert loads == []
    other.prepare(60.0)
    assert len(loads) == 3
    other.prepare(60.0)
    edited = many(50, {7: Body([], [(0x42, 1), (0x0B,)])})
    assert len(other.build(names[1], edited).report.changes) == 1
    assert len(loads) == 3
    other.build("bad.wasm", b"")
    other.prepare(60.0)


def test_no_memo_of_what_has_problems(memory: Cache) -> None:
    for data in (text(ADD, WRONG), b"(module (fun))"):
        with Builder(memory) as builder:
            first = builder.build("a.wat", data).report
        again = Builder(memory).build("a.wat", data).report
        assert again.state == first.state
        assert again.diagnostics == first.diagnostics


def test_what_a_function_was_made_of_is_recorded(memory: Cache) -> None:
    with Builder(memory) as builder:
        found = builder.build("a.wat", text(ADD, SUB, "(func)"))
    key = last_key("a.wat")
    last = load(memory.records(LAST, [key])[key])
    assert list(last.functions) == ["add", "sub", "func[2]"]
    assert [each.key for each in last.functions.values()] == found.keys
    assert last.components == builder.recipe.env.components


def test_a_read_only_cache_changes_nothing(tmp_path: Path, disk: Cache) -> None:
    from lbtool.cache.cache import open_cache  # noqa: PLC0415

    del disk  # it made the directories
    with (
        open_cache(tmp_path / "cache", write=False) as cache,
        Builder(cache) as builder,
    ):
        found = builder.build("a.wat", text(ADD, SUB))
        assert found.linkable is not None
        assert found.report.compiled == 2


# ---- threads


def test_many_threads_build_many_files(memory: Cache) -> None:
    builder = Builder(memory, Options(threads=2))
    files = {f"{k % 5}.wasm": many(60 + k % 5) for k in range(20)}
    found: list[tuple[str, int]] = []

    def work(name: str) -> None:
        built = builder.build(name, files[name])
        found.append((name, len(built.functions)))
        builder.flush()

    threads = [Thread(target=work, args=(name,)) for name in [*files] * 4]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert Counter(found) == {(f"{k}.wasm", 60 + k): 4 for k in range(5)}


# ---- records


def test_reports_are_json_and_come_back(memory: Cache) -> None:
    builder = Builder(memory)
    sources = (
        text(ADD, WRONG, SIMD), text(ADD, SIMD), text(ADD, SUB), text(SUB), b"(module",
    )  # fmt: skip
    reports = [builder.build("a.wat", source).report for source in sources]
    for report in reports:
        data = json.loads(json.dumps(report.as_json()))
        assert FileReport.from_json(data) == report
        assert data["runs_on"] == report.runs_on
    assert {change.what for report in reports for change in report.changes} >= {
        "added", "removed", "failed", "unsupported",
    }  # fmt: skip
    summary = Summary.of(reports, 1.5)
    assert Summary.from_json(json.loads(json.dumps(summary.as_json()))) == summary
    assert not summary.ok
    assert summary.files == summary.built + summary.failed == 5


def test_summary_adds_up() -> None:
    reports = [
        FileReport("a", "built", 5, 2, 1, 0, 2, code_bytes=9),
        FileReport("b", "unchanged", 7, 0, 7, code_bytes=1),
        FileReport(
            "c", "failed", 4, 1, 1, 2, diagnostics=(Diagnostic("error", "E", "m"),)
        ),
        FileReport("d", "gone"),
    ]
    found = Summary.of(reports, 0.5)
    assert found == Summary(
        files=4, built=1, unchanged=1, failed=1, gone=1, functions=16, compiled=3,
        reused=9, failed_functions=2, unsupported=2, code_bytes=10, seconds=0.5,
    )  # fmt: skip
    assert Summary.of(reports[:2], 0.0).ok


def test_unknown_parts_of_changes_are_left_out() -> None:
    change = FunctionChange(None, 3, "added", 10, 2)
    assert change.as_json() == {
        "funcidx": 3, "what": "added", "bytes": 10, "instructions": 2,
    }  # fmt: skip


# ---- images


def key_of_image(data: bytes) -> bytes:
    return image_key(digest(data), *Config().facts)


def test_an_image_of_a_build_runs(disk: Cache) -> None:
    source = text(ADD, '(export "add" (func $add))')
    Builder(disk).build("a.wat", source)
    engine = Engine()
    module = Builder(disk).build("a.wat", source).module
    assert module is not None
    where = key_of_image(module.data)
    assert disk.file(IMAGE, where) is None
    with Builder(disk, images=True) as builder:
        builder.build("b.wat", text(ADD, '(export "add" (func 0))', "(func)"))
        builder.build("b.wat", source)
    payload = disk.file(IMAGE, where)
    assert payload is not None
    made = decode_image(payload, module.data, engine)
    assert Instance(Store(engine), made).exports["add"](2, 3) == 5


def test_images_of_edits_wait_for_the_flush(memory: Cache) -> None:
    builder = Builder(memory, images=True)
    builder.build("a.wasm", many(20))
    edited = many(20, {3: Body([], [(0x42, 1), (0x0B,)])})
    builder.build("a.wasm", edited)
    found = [key_of_image(data) for data in (many(20), edited)]
    assert [memory.file(IMAGE, each) is None for each in found] == [False, True]
    builder.flush()
    assert memory.file(IMAGE, found[1]) is not None
    written = memory.stats.written
    builder.flush()
    assert memory.stats.written == written


def test_no_image_of_what_lbtool_cannot_run(memory: Cache) -> None:
    builder = Builder(memory, images=True)
    for source in (text(ADD, WRONG), text(ADD, SIMD)):
        data = builder.build("a.wat", source).module
        assert data is not None
        assert memory.file(IMAGE, key_of_image(data.data)) is None


@pytest.mark.parametrize("bounds", ["guard", "explicit"])
def test_a_run_looks_for_the_image_of_a_build(
    disk: Cache, bounds: Literal["guard", "explicit"]
) -> None:
    with Builder(disk, Options(bounds=bounds), images=True) as builder:
        module = builder.build("a.wat", text(ADD)).module
    assert module is not None
    known = modules.Modules(
        load_settings(None, {"cache": False}), "a.wasm", pytest.fail
    )
    known.cache = disk
    data = module.data
    for each in ("guard", "explicit"):
        engine = Engine(Config(bounds=each))
        found = known.ready(engine, data, digest(data))
        assert (found is not None) == (each == bounds)
