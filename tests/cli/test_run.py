"""``lbtool run``: what programs see, what comes back, and how it ends.

The engines of wasmtime are the reference; what is said about `lbtool` itself is said by
the same assertions with another ``--backend``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.helpers import EXAMPLES, lbtool, output, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BACKENDS = ("lbtool", "cranelift", "winch")
FIB = EXAMPLES / "fib.wat"
HELLO = EXAMPLES / "hello.wat"

pytestmark = pytest.mark.parametrize("backend", BACKENDS)

EXPORTS = """(module
  (func (export "swap") (param i32 f64) (result f64 i32) local.get 1 local.get 0)
  (func (export "same32") (param f32) (result f32) local.get 0)
  (func (export "same64") (param f64) (result f64) local.get 0)
  (func (export "nothing"))
  (func (export "spin") (loop br 0))
  (func $down (export "deep") (call $down))
  (func (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "stop") unreachable)
  (memory 1))"""


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    return write_module(tmp_path, EXPORTS)


def test_results_of_an_export(backend: str, exports: Path) -> None:
    def call(*arguments: str) -> str:
        return output(
            lbtool("run", exports, "--backend", backend, "--invoke", *arguments)
        )

    assert call("swap", "-7", "0x1.8p1") == "3.0\n-7\n"
    assert call("same32", "nan:0x200001") == "nan:0x200001\n"
    assert call("same32", "0.1") == "0.1\n"
    assert call("same64", "-nan:0x1") == "-nan:0x1\n"
    assert call("same64", "-0.0") == "-0.0\n"
    assert call("nothing") == ""


def test_null_is_the_reference_that_can_be_given(backend: str, tmp_path: Path) -> None:
    text = """(module (func (export "f") (param externref) (result externref i32)
      local.get 0 (ref.is_null (local.get 0))))"""
    path = write_module(tmp_path, text)
    done = lbtool("run", path, "--backend", backend, "--invoke", "f", "null")
    if backend == "winch":
        # It has no reference types, and says so.
        assert done.returncode == 1
    else:
        assert output(done) == "null\n1\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("div", "1"), "`div` takes 2 arguments, not 1"),
        (("div", "1", "2", "3"), "`div` takes 2 arguments, not 3"),
        (("div", "1", "x"), "argument 2 of `div`, 'x': i32: not an integer"),
        (("div", "4294967296", "1"), "argument 1 of `div`, '4294967296': i32: out of"),
        (("dvi",), "the module exports no function 'dvi'"),
    ],
)
def test_wrong_arguments_are_usage_errors(
    backend: str, exports: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = lbtool("run", exports, "--backend", backend, "--invoke", *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert b"\nhint: " in done.stderr


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("div", "1", "0"), "integer divide by zero"),
        (("div", "0x80000000", "-1"), "integer overflow"),
        (("load", "65533"), "out of bounds memory access"),
        (("deep",), "call stack exhausted"),
        (("stop",), "unreachable"),
    ],
)
def test_traps_are_134_with_a_report(
    backend: str, exports: Path, arguments: tuple[str, ...], kind: str
) -> None:
    done = lbtool("run", exports, "--backend", backend, "--invoke", *arguments)
    assert done.returncode == 134
    assert not done.stdout
    assert done.stderr.decode().startswith(f"error: trap: {kind}\n")


def test_timeout_is_a_trap(backend: str, exports: Path) -> None:
    start = time.monotonic()
    arguments = ("--backend", backend, "--timeout", "0.3", "--invoke", "spin")
    done = lbtool("run", exports, *arguments)
    assert done.returncode == 134
    assert b"interrupted after 0.3 s" in done.stderr
    assert time.monotonic() - start < 20


def test_timeout_in_a_call_that_blocks(backend: str) -> None:
    read, write = os.pipe()
    try:
        command = (sys.executable, "-m", "lbtool.cli", "run", HELLO)
        done = subprocess.run(
            [*command, "--backend", backend, "--timeout", "0.3"],
            stdin=read,
            capture_output=True,
            cwd=ROOT,
            timeout=30,
            check=False,
        )
    finally:
        os.close(read)
        os.close(write)
    assert done.returncode == 134
    assert b"trap: interrupted" in done.stderr


def test_ctrl_c_ends_a_computation(backend: str, exports: Path) -> None:
    command = (sys.executable, "-m", "lbtool.cli", "run", exports)
    with subprocess.Popen(
        [*command, "--backend", backend, "--invoke", "spin"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        time.sleep(2.5)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
    # Killed by the signal, or ended with what a shell makes of that.
    assert running.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in errors


def test_ctrl_c_ends_a_wait_for_input(backend: str, tmp_path: Path) -> None:
    module = write_module(
        tmp_path,
        """(module
          (type $io (func (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $write (type $io)))
          (import "wasi_snapshot_preview1" "fd_read" (func $read (type $io)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\\10\\00\\00\\00\\06\\00\\00\\00")
          (data (i32.const 16) "ready\\n")
          (func (export "_start")
            i32.const 1  i32.const 0  i32.const 1  i32.const 8  call $write  drop
            i32.const 0  i32.const 0  i32.const 1  i32.const 8  call $read  drop))""",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "lbtool.cli", "run", module, "--backend", backend],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) in (130, -signal.SIGINT)
        assert running.stderr.read() == b""


@pytest.mark.parametrize(
    ("arguments", "env", "stdin"),
    [
        ((), {}, b""),
        (("you",), {"GREETING": "Hi"}, b"some text\n"),
        (("é\t", "in.txt"), {"GREETING": "", "X": "1"}, bytes(range(256)) * 40),
        (("a", "in.txt", "out.txt"), {"OTHER": "GREETING=no"}, b"x" * 6),
        (("a", "absent.txt"), {}, b"kept"),
        (("a", "../outside.txt"), {}, b""),
        (("-1", "--help"), {}, b""),
    ],
)
def test_wasi_program_as_in_wasmtime(
    backend: str,
    tmp_path: Path,
    arguments: tuple[str, ...],
    env: dict[str, str],
    stdin: bytes,
) -> None:
    results = []
    for engine in (backend, "cranelift"):
        folder = tmp_path / engine / "data"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "in.txt").write_bytes(b"from a file\n" * 1000)
        (folder.parent / "outside.txt").write_bytes(b"secret")
        given = [f"--env={name}={value}" for name, value in env.items()]
        command = ("--backend", engine, *given, "--dir", f"{folder}::/data")
        done = lbtool("run", *command, HELLO, *arguments, stdin=stdin)
        made = {path.name: path.read_bytes() for path in folder.iterdir()}
        results.append((done.returncode, done.stdout, done.stderr, made))
    assert results[0] == results[1]
    code, out, _, made = results[0]
    assert b"secret" not in out
    missing = len(arguments) > 1 and arguments[1] != "in.txt"
    assert code == (66 if missing else len(stdin) % 256)
    assert ("out.txt" in made) is (len(arguments) == 3)


@pytest.mark.parametrize("code", [0, 1, 125, 126, 134, 255, 256, 0xFFFFFFFF])
def test_exit_codes_pass_through(backend: str, tmp_path: Path, code: int) -> None:
    module = f"""(module
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1)
      (func (export "_start") (call $exit (i32.const {code})) unreachable))"""
    done = lbtool("run", write_module(tmp_path, module), "--backend", backend)
    assert done.returncode == code % 256
    assert not done.stderr


def test_reactor_is_initialised_first(backend: str, tmp_path: Path) -> None:
    module = """(module
      (global $ready (mut i32) (i32.const 0))
      (func (export "_initialize") (global.set $ready (i32.const 5)))
      (func (export "ready") (result i32) (global.get $ready)))"""
    path = write_module(tmp_path, module)
    command = ("run", path, "--backend", backend)
    assert output(lbtool(*command, "--invoke", "ready")) == "5\n"
    assert output(lbtool(*command)) == ""


def test_start_section_alone_is_enough_to_run(backend: str, tmp_path: Path) -> None:
    path = write_module(tmp_path, "(module (func $f unreachable) (start $f))")
    assert lbtool("run", path, "--backend", backend).returncode == 134


def test_nothing_to_run_is_a_usage_error(backend: str) -> None:
    done = lbtool("run", FIB, "--backend", backend)
    assert done.returncode == 2
    assert b"hint: name a function with --invoke: fib" in done.stderr


def test_unknown_import_is_1(backend: str, tmp_path: Path) -> None:
    text = '(module (import "env" "f" (func)) (func (export "_start")))'
    done = lbtool("run", write_module(tmp_path, text), "--backend", backend)
    assert done.returncode == 1
    assert b"unknown import" in done.stderr


def test_invalid_module_is_1(backend: str, tmp_path: Path) -> None:
    path = write_module(tmp_path, '(module (func (export "_start") i32.const 1))')
    done = lbtool("run", path, "--backend", backend)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error[E0")


def test_a_directory_that_is_none(backend: str) -> None:
    done = lbtool("run", HELLO, "--backend", backend, "--dir", "no-such-folder")
    assert done.returncode == 2
    assert b"error: no-such-folder: No such file or directory" in done.stderr


def test_simd_is_refused_with_its_place_or_runs(backend: str) -> None:
    dot = EXAMPLES / "dot.wat"
    done = lbtool("run", dot, "--backend", backend, "--invoke", "dot", "1024")
    if backend == "lbtool":
        assert done.returncode == 1
        assert b"error[E0300]" in done.stderr
        assert b"simd" in done.stderr.lower()
        done = lbtool("run", dot, "--invoke", "dot", "1024")
        assert done.stderr.startswith(b"note: ")
        assert len(done.stderr.splitlines()) == 1
        assert done.returncode == 0
    if done.returncode == 0:
        assert done.stdout == b"11054080\n"
    else:
        # Winch needs AVX for vectors and says so on machines without.
        assert backend == "winch"


def test_versions(backend: str, exports: Path) -> None:
    given = ("run", exports, "--wasm", "2.0", "--backend", backend)
    assert lbtool(*given, "--invoke", "nothing").returncode == 0
    given = ("run", exports, "--wasm", "1.0", "--backend", backend)
    assert lbtool(*given, "--invoke", "nothing").returncode == 1
