"""`lbtool watch`: what each save is told to be, runs, and how it ends."""

from __future__ import annotations

import errno
import json
import os
import pty
import queue
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from lbtool import config
from lbtool.build import Builder, Built
from lbtool.cli.watch_source import Began, Finished, Foreground, Reported
from tests.cli.helpers import lbtool
from tests.cli.watching import (
    ADD,
    DEADLINE,
    HELLO,
    HELLO_LOOP,
    LOOP,
    Watch,
    many_functions,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lbtool.cli.watch_source import Said

    Record = Callable[[str, object], None]

FUNCTIONS = 10_000


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    made = tmp_path / "tree"
    made.mkdir()
    (made / "a.wat").write_text(ADD)
    return made


def test_each_save_is_told(tree: Path) -> None:
    path = tree / "a.wat"
    with Watch(tree, ".") as watch:
        first = watch.ready()
        assert (first["files"], first["compiled"], first["errors_in"]) == (1, 2, [])

        path.write_text(ADD.replace("i32.const 7", "i32.const 1000000"))
        report = watch.file()
        assert (report["path"], report["state"]) == ("a.wat", "built")
        assert (report["compiled"], report["reused"]) == (1, 1)
        (change,) = report["changes"]
        assert (change["name"], change["what"]) == ("seven", "compiled")
        assert change["bytes"] > 0
        assert "delta_bytes" in change
        assert "delta_instructions" in change

        path.write_text(ADD.replace("i32.const 7", "f32.const 7"))
        report = watch.event("file")
        assert (report["state"], report["failed"]) == ("failed", 1)
        (problem,) = report["diagnostics"]
        assert (problem["path"], problem["line"], problem["code"]) == (
            "a.wat",
            5,
            "E0210",
        )
        assert watch.event("summary")["errors_in"] == ["a.wat"]

        path.write_text(ADD)
        report = watch.file()
        assert (report["state"], report["compiled"], report["reused"]) == (
            "built",
            0,
            2,
        )
        path.unlink()
        assert watch.file()["state"] == "gone"
        (tree / "d").mkdir()
        (tree / "d" / "b.wat").write_text(ADD)
        assert watch.file()["path"] == "d/b.wat"


@pytest.mark.parametrize("arguments", [(), ("--poll",)], ids=["events", "polling"])
def test_an_unchanged_save_compiles_nothing(
    tree: Path, arguments: tuple[str, ...]
) -> None:
    with Watch(tree, "a.wat", *arguments) as watch:
        watch.ready()
        for _ in range(3):
            made = tree / "made"
            made.write_text(ADD)
            made.replace(tree / "a.wat")
            report = watch.file()
            assert (report["state"], report["compiled"]) == ("unchanged", 0)
            assert report["reused"] == 2


@pytest.mark.parametrize("text", [False, True], ids=["json", "text"])
def test_one_function_of_ten_thousand(
    tree: Path, text: bool, record_property: Record
) -> None:
    """Evidence: the edit costs one function, and the line says so."""
    path = tree / "m.wasm"
    path.write_bytes(many_functions(FUNCTIONS, 1))
    with Watch(tree, "m.wasm", text=text) as watch:
        if not text:
            assert watch.ready()["compiled"] == FUNCTIONS
            path.write_bytes(many_functions(FUNCTIONS, 2))
            report = watch.file()
            assert (report["compiled"], report["reused"]) == (1, FUNCTIONS - 1)
            assert [each["funcidx"] for each in report["changes"]] == [FUNCTIONS // 2]
            path.write_bytes(path.read_bytes())
            report = watch.file()
            assert (report["state"], report["compiled"]) == ("unchanged", 0)
            return
        watch.lines(lambda line: "watching" in line)
        path.write_bytes(many_functions(FUNCTIONS, 3))
        line = watch.line()
        told = (
            rf"built +m\.wasm: 1 compiled, {FUNCTIONS - 1} reused; \d+ bytes, .* m?s$"
        )
        assert re.search(told, line), line
        assert f"$f{FUNCTIONS // 2}" not in line
        assert "compiled" in watch.line()
    record_property("summary", f"watch: one function of {FUNCTIONS}: {line}")


def test_the_cache_is_used_by_the_next_watch(tree: Path) -> None:
    for compiled in (2, 0):
        with Watch(tree, ".") as watch:
            assert watch.ready()["compiled"] == compiled
            assert watch.end() == 130
    with Watch(tree, ".", "--no-cache") as watch:
        assert watch.ready()["compiled"] == 2


def test_random_edits_end_in_what_a_fresh_build_says(tree: Path) -> None:
    """The real builder: reports of the last state are those of `lbtool build`."""
    chance = random.Random(1)
    texts = [ADD, HELLO, LOOP, "(module", ADD.replace("i32.const 7", "f32.const 7")]
    last: dict[str, dict[str, object]] = {}
    with Watch(tree, ".") as watch:
        watch.ready()
        for _ in range(60):
            name = chance.choice("abcdef")
            (tree / f"{name}.wat").write_text(chance.choice(texts))
        (tree / "last.wat").write_text(ADD)
        while "last.wat" not in last:
            # Reports of a batch are in order of names, so those before it are in.
            report = watch.event("file")
            last[report["path"]] = report
    done = lbtool("build", ".", "--format", "json", "--no-cache", cwd=tree)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    fresh = {each["path"]: each for each in events if each["event"] == "file"}
    facts = ("functions", "failed", "code_bytes", "diagnostics", "runs_on")
    for path, report in last.items():
        assert {each: report[each] for each in facts} == {
            each: fresh[path][each] for each in facts
        }
        assert (report["state"] == "failed") == (fresh[path]["state"] == "failed")


# ---- runs


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def save(path: Path, text: str) -> None:
    """As an editor does: nobody sees half of it."""
    made = path.with_suffix(".new")
    made.write_text(text)
    made.replace(path)


def test_a_run_is_stopped_before_the_next(tree: Path) -> None:
    path = tree / "loop.wat"
    path.write_text(LOOP)
    with Watch(tree, "loop.wat", "--run") as watch:
        first = watch.event("run")["pid"]
        save(path, HELLO_LOOP)
        ended = watch.event("run-ended")
        assert (ended["pid"], ended["stopped"], ended["code"]) == (first, True, 143)
        assert not is_running(first)
        second = watch.event("run")["pid"]
        watch.said("hello\n")  # it has read the module
        save(path, "(module")
        assert watch.event("summary")["failed"] == 1
        assert is_running(second)
        save(path, HELLO)
        assert watch.event("run-ended")["pid"] == second
        third = watch.event("run")["pid"]
        ended = watch.event("run-ended")
        assert (ended["pid"], ended["stopped"], ended["code"]) == (third, False, 0)
        assert watch.end() == 130
        watch.said("hello\nhello\n")


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name
)
def test_signals_end_it_and_leave_no_child(tree: Path, number: signal.Signals) -> None:
    (tree / "loop.wat").write_text(LOOP)
    with Watch(tree, "loop.wat", "--run") as watch:
        pid = watch.event("run")["pid"]
        assert watch.end(number) == 128 + number
        assert not is_running(pid)
        assert watch.event("run-ended")["stopped"]
        assert watch.event("end")
        assert not watch.errors


def test_a_watch_that_is_killed_leaves_no_child(tree: Path) -> None:
    (tree / "loop.wat").write_text(LOOP)
    with Watch(tree, "loop.wat", "--run") as watch:
        run = os.pidfd_open(watch.event("run")["pid"])
        watch.process.kill()
        assert select.select([run], [], [], DEADLINE)[0]
        os.close(run)


def test_invoke_with_arguments(tree: Path) -> None:
    with Watch(tree, "a.wat", "--invoke", "add", "--", "-1", "4", text=True) as watch:
        lines = watch.lines(lambda line: "ended" in line)
        assert lines[-2] == "3"
        assert "ended with code 0 after" in lines[-1]
        (tree / "a.wat").write_text(ADD.replace("i32.add", "i32.sub"))
        lines = watch.lines(lambda line: "ended" in line)
        assert lines[-2] == "-5"
        assert watch.end() == 130


def test_settings_hold_for_the_run(tree: Path) -> None:
    """--wasm 1.0 refuses the run what the build refuses, and nothing else does."""
    (tree / "m.wat").write_text(
        '(module (func (export "f") (result i32 i32) i32.const 1 i32.const 2))'
    )
    with Watch(tree, "m.wat", "--invoke", "f", "--bounds", "explicit") as watch:
        assert watch.event("run-ended")["code"] == 0
    with Watch(tree, "m.wat", "--invoke", "f", "--wasm", "1.0") as watch:
        assert watch.ready()["failed"] == 1


def test_stdin_may_be_closed(tree: Path) -> None:
    with Watch(tree, "a.wat", "--invoke", "seven", stdin=subprocess.PIPE) as watch:
        assert watch.process.stdin
        watch.process.stdin.close()
        assert watch.event("run-ended")["code"] == 0
        (tree / "a.wat").write_text(ADD + " ")
        assert watch.event("run-ended")["code"] == 0
        assert watch.end() == 130


def test_nobody_reads_any_more(tree: Path) -> None:
    with Watch(tree, "a.wat") as watch:
        watch.ready()
        read, write = os.pipe()
        os.close(read)
        script = (
            "import os, sys; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", script, "-m", "lbtool.cli", "watch", "a.wat"],
            stdout=write,
            stderr=subprocess.PIPE,
            cwd=tree,
            env=watch.env,
        )
        os.close(write)
        assert process.wait(DEADLINE) == 141
        assert process.stderr
        assert process.stderr.read() == b""
        process.stderr.close()


# ---- what it does not take


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("absent.wat",), "absent.wat: No such file or directory"),
        (("a.wat", "--", "1"), "no --run"),
        ((".", "--run"), "--run needs a module to run, and . is none"),
        ((), "Missing argument"),
    ],
)
def test_usage(tree: Path, arguments: tuple[str, ...], message: str) -> None:
    done = lbtool("watch", *arguments, cwd=tree)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert not done.stdout


def test_a_file_that_may_not_be_read(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a failed one, until it may (root may always: here the builder refuses)."""
    allowed, build = threading.Event(), Builder.build

    def refuse(self: Builder, path: str) -> Built:
        if not allowed.is_set():
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return build(self, path)

    monkeypatch.setattr(Builder, "build", refuse)
    said: queue.SimpleQueue[Said] = queue.SimpleQueue()
    source = Foreground([str(tree)], config.load(tree, {"cache": False}), said.put)
    source.start()
    try:
        for state, message in (("failed", ["Permission denied"]), ("built", [])):
            assert isinstance(said.get(timeout=DEADLINE), Began)
            reported = said.get(timeout=DEADLINE)
            assert isinstance(reported, Reported)
            assert reported.report.state == state
            assert [each.message for each in reported.report.diagnostics] == message
            assert isinstance(said.get(timeout=DEADLINE), Finished)
            allowed.set()
            (tree / "a.wat").chmod(0o600)
            (tree / "a.wat").write_text(ADD)
    finally:
        source.stop()


# ---- the daemon


def test_through_the_daemon_and_without_it(tree: Path) -> None:
    """The same events; when the daemon is killed it goes on alone."""
    with Watch(tree, "../tree/a.wat") as watch:
        watch.ready()
        env = watch.env
        watch.end()
    command = [sys.executable, "-m", "lbtool.cli", "daemon"]
    subprocess.run([*command, "start"], env=env, check=True, capture_output=True)
    shown = subprocess.run(
        [*command, "status", "--format", "json"],
        env=env,
        check=True,
        capture_output=True,
    )
    pid = json.loads(shown.stdout)["pid"]
    try:
        with Watch(tree, "../tree/a.wat", ".") as watch:
            assert watch.ready()["files"] == 1
            (tree / "a.wat").write_text(ADD.replace("i32.const 7", "i32.const 8"))
            report = watch.file()
            assert report["path"] == "../tree/a.wat"
            assert (report["compiled"], report["reused"]) == (1, 1)
            os.kill(pid, signal.SIGKILL)
            assert "without it" in watch.event("note")["text"]
            assert watch.ready()["files"] >= 1
            (tree / "b.wat").write_text(ADD)
            assert watch.file()["path"] == "b.wat"
            assert watch.end() == 130
    finally:
        if is_running(pid):
            os.kill(pid, signal.SIGKILL)


# ---- terminals


def test_lines_without_a_terminal_are_plain(tree: Path) -> None:
    with Watch(tree, ".", "--clear", text=True) as watch:
        lines = watch.lines(lambda line: "watching" in line)
        assert lines[-1].endswith("watching . (Ctrl-C ends it)")
        (tree / "a.wat").write_text("(module (func $f (result i32) (f32.const 1)))")
        lines += watch.lines(lambda line: line.startswith("hint"))
        assert "error[E0210]: type mismatch: expected i32, found f32" in lines
        assert not any("\x1b" in line for line in lines)
        assert watch.end() == 130
        assert not watch.errors


def test_on_a_terminal(tree: Path) -> None:
    """Colours, a cleared screen, a bar for many files, and ^C."""
    shutil.rmtree(tree)
    tree.mkdir()
    for each in range(40):
        (tree / f"{each}.wat").write_text(ADD)
    with Watch(tree, ".") as other:
        env = other.env
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tree)
        command = [sys.executable, "-m", "lbtool.cli", "watch", ".", "--clear"]
        os.execve(sys.executable, command, env | {"TERM": "xterm", "COLUMNS": "100"})
    shown = ""

    def until(text: str) -> None:
        nonlocal shown
        while text not in shown:
            ready, _, _ = select.select([terminal], [], [], DEADLINE)
            assert ready, shown
            try:
                shown += os.read(terminal, 65536).decode()
            except OSError:
                break  # the other side is closed
        assert text in shown, shown

    try:
        until("Ctrl-C ends it")
        assert "\x1b[H\x1b[2J" in shown
        assert "40 files, 80 functions" in shown
        shown = ""
        (tree / "0.wat").write_text(ADD.replace("i32.const 7", "i32.const 9"))
        until("$seven")
        assert "\x1b[H\x1b[2J" in shown
        os.write(terminal, b"\x03")
    finally:
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
