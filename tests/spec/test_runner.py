"""The runner can fail: every wrong expectation is noticed, every crash is counted."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lbtool.wast import main, report
from lbtool.wast.pool import run_files
from lbtool.wast.results import CRASH, FAIL, PASS, SCHEMA, TIMEOUT

if TYPE_CHECKING:
    from lbtool.wast.results import FileReport

MODULE = """(module (memory 1)
  (func (export "one") (result i32) i32.const 1)
  (func (export "pair") (result i32 i64) i32.const 1 i64.const 2)
  (func (export "nan") (result f32) f32.const nan:0x200000)
  (func (export "trap") unreachable)
  (func (export "div") (result i32) i32.const 1 i32.const 0 i32.div_s)
  (func $deep (export "deep") call $deep)
  (func (export "spin") (loop br 0))
  (global (export "g") i32 i32.const 5))
"""
RIGHT = """
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "one") (either (i32.const 0) (i32.const 1)))
(assert_return (invoke "pair") (i32.const 1) (i64.const 2))
(assert_return (invoke "nan") (f32.const nan:0x200000))
(assert_return (get "g") (i32.const 5))
(assert_trap (invoke "trap") "unreachable")
(assert_trap (invoke "div") "integer divide by zero")
(assert_exhaustion (invoke "deep") "call stack exhausted")
(assert_trap (module (func $s unreachable) (start $s)) "unreachable")
(assert_unlinkable (module (import "no" "where" (func))) "unknown import")
(assert_unlinkable (module (import "spectest" "print" (func (result i32))))
  "incompatible import type")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_malformed (module binary "") "unexpected end")
(assert_malformed (module quote "(func") "unexpected end")
(module (import "spectest" "print_i32" (func (param i32)))
  (import "spectest" "memory" (memory 1 2))
  (import "spectest" "table" (table 10 funcref))
  (import "spectest" "global_f64" (global f64)))
"""
WRONG = """
(assert_return (invoke "one") (i32.const 2))
(assert_return (invoke "one") (i64.const 1))
(assert_return (invoke "one"))
(assert_return (invoke "pair") (i32.const 1))
(assert_return (invoke "pair") (i64.const 2) (i32.const 1))
(assert_return (invoke "nan") (f32.const nan:canonical))
(assert_return (invoke "nan") (f32.const nan:arithmetic))
(assert_return_arithmetic_nan (invoke "nan"))
(assert_return (invoke "trap"))
(assert_return (invoke "nobody"))
(assert_return (invoke $nobody "one") (i32.const 1))
(assert_return (get "g") (i32.const 6))
(assert_trap (invoke "one") "unreachable")
(assert_trap (invoke "trap") "integer overflow")
(assert_trap (invoke "trap") "a message that no trap has")
(assert_trap (invoke "deep") "unreachable")
(assert_exhaustion (invoke "trap") "call stack exhausted")
(assert_trap (module (func)) "unreachable")
(assert_trap (module (import "no" "where" (func))) "unreachable")
(assert_unlinkable (module (func)) "unknown import")
(assert_unlinkable (module (func $s unreachable) (start $s)) "unknown import")
(assert_invalid (module (func)) "type mismatch")
(assert_malformed (module quote "(func)") "unexpected token")
(assert_malformed (module binary "\\00asm\\01\\00\\00\\00") "unexpected end")
(invoke "trap")
(register "M" $nobody)
(module (func (result i32)))
(assert_return (invoke "one") (i32.const 1))
(module (import "no" "where" (func)))
(module (func $s unreachable) (start $s))
(module quote "(func")
"""


def run(tmp_path: Path, script: str, **options: float) -> FileReport:
    path = tmp_path / "a.wast"
    path.write_text(script)
    (found,) = run_files(
        [path],
        engine="cranelift",
        profile="2.0",
        jobs=1,
        timeout=options.get("timeout", 60),
    )
    return found


def test_right_expectations_pass(tmp_path: Path) -> None:
    found = run(tmp_path, MODULE + RIGHT)
    assert not report.failures([found])
    assert {o.status for o in found.outcomes} == {PASS}
    columns = [found.total(c) for c in ("engine", "validator", "decoder", "text")]
    assert columns == [13, 1, 1, 1]


def test_every_wrong_expectation_fails(tmp_path: Path) -> None:
    found = run(tmp_path, MODULE + WRONG)
    first, *others = found.outcomes
    assert first.status == PASS
    assert [o for o in others if o.status != FAIL] == []
    assert len(others) == WRONG.strip().count("\n") + 1
    assert all(o.detail for o in others)


def test_a_timeout_fails_the_rest_of_the_script(tmp_path: Path) -> None:
    script = MODULE + '(invoke "one")\n(invoke "spin")\n(invoke "one")\n'
    found = run(tmp_path, script, timeout=1)
    assert [o.status for o in found.outcomes] == [PASS, PASS, TIMEOUT, TIMEOUT]
    assert not found.ok


CRASHING_WORKER = """
import os, signal
from lbtool.wast import worker
ordinary = worker.records
def records(path, batch):
    for count, item in enumerate(ordinary(path, batch)):
        if count == 2 and path.endswith("crash.wast"):
            os.kill(os.getpid(), signal.{signal})
        yield item
worker.records = records
worker.main()
"""


@pytest.mark.parametrize("signal", ["SIGSEGV", "SIGKILL", "SIGABRT"])
def test_a_crash_fails_the_rest_of_its_own_script(
    tmp_path: Path, signal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is the real one; one of its children is made to die."""
    paths = [tmp_path / "a.wast", tmp_path / "crash.wast", tmp_path / "b.wast"]
    for path in paths:
        path.write_text(MODULE + '(invoke "one")\n(invoke "one")\n')
    real = subprocess.Popen

    def popen(command: list[str], **options: object) -> object:
        assert command[1:] == ["-m", "lbtool.wast.worker"]
        code = CRASHING_WORKER.replace("{signal}", signal)
        return real([sys.executable, "-c", code], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", popen)
    before, crashed, after = run_files(paths, engine="cranelift", profile="2.0", jobs=1)
    assert [o.status for o in crashed.outcomes] == [PASS, CRASH, CRASH]
    assert signal in crashed.outcomes[1].detail
    assert not crashed.ok
    assert before.ok
    assert after.ok


def test_scripts_die_with_their_run(tmp_path: Path) -> None:
    path = tmp_path / "a.wast"
    path.write_text(MODULE + '(invoke "spin")')
    batch = {"engine": "cranelift", "profile": "2.0", "jobs": 1, "timeout": 60}
    worker = subprocess.Popen(
        [sys.executable, "-m", "lbtool.wast.worker"], stdin=subprocess.PIPE, text=True
    )
    assert worker.stdin is not None
    json.dump({**batch, "files": [str(path)]}, worker.stdin)
    worker.stdin.close()
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    deadline = time.monotonic() + 20
    while not (found := children.read_text().split()) and time.monotonic() < deadline:
        time.sleep(0.02)
    (child,) = found
    worker.kill()
    worker.wait()
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)


def alive(pid: str) -> bool:
    """Whether it runs; the dead may stay as zombies where nobody collects them."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def test_an_unreadable_script_is_an_error(tmp_path: Path) -> None:
    found = run(tmp_path, "(module")
    assert found.error
    assert not found.ok


def test_command_prints_json_and_tells_by_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.wast"
    path.write_text(MODULE + '(assert_return (invoke "one") (i32.const 2))')
    assert main.run([path], engine="cranelift", format="json") == main.FAILED
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["schema"] == SCHEMA
    assert document["totals"]["engine"] == {"passed": 1, "all": 2}
    (file,) = document["files"]
    assert file["columns"]["engine"] == {"pass": 1, "fail": 1}
    assert file["problems"][0]["line"] == 10
    assert "a.wast:10: assert_return fail: got" in err
    path.write_text(MODULE)
    assert main.run([path], engine="cranelift") == main.OK
    assert "1/1" in capsys.readouterr().out
    assert main.run([tmp_path / "none.wast"], engine="cranelift") == main.USAGE
    assert main.run([path], engine="spidermonkey") == main.USAGE
    assert main.run([path], engine="cranelift", profile="0.9") == main.USAGE
