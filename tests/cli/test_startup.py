"""What starting the command costs: which modules it may import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from lbtool.wasm import read
from tests.cli.helpers import EXAMPLES, lbtool, output, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("wasmtime", "pygls", "diskcache", "rich", "iced_x86", "asyncio")
SCRIPT = """
import sys, os
sys.path.insert(0, {root!r})
before = set(sys.modules)
from lbtool.cli import fast
def tell(code=0):
    sys.stdout.flush()
    sys.modules.pop("json", None)
    names = sorted(set(sys.modules) - before)
    print(*names, file=sys.stderr)
    os._exit(code)
fast.os = type("os", (), {{"_exit": tell, "environ": os.environ}})
sys.argv = ["lbtool", *{arguments!r}]
try:
    fast.main()
except SystemExit as end:
    tell(end.code or 0)
"""
# What takes milliseconds and is not needed to compile and run a module.
COLD_AVOIDS = (
    "click", "contextlib", "dataclasses", "inspect", "logging", "pathlib", "platform",
    "re", "sqlite3", "threading", "typing",
)  # fmt: skip
# The modules of lbtool that any warm run imports.
ALWAYS = """
lbtool lbtool.abi lbtool.buffers lbtool.cache lbtool.cache.cache lbtool.cache.files
lbtool.cache.keys lbtool.cache.kinds lbtool.cache.private lbtool.cache.seal
lbtool.cache.tree lbtool.cli lbtool.cli.ctrl_c lbtool.cli.fast lbtool.cli.guest
lbtool.cli.guest_lbtool
lbtool.cli.modules lbtool.cli.run_options lbtool.cli.running lbtool.cli.values
lbtool.config lbtool.config.load lbtool.config.table lbtool.engines
lbtool.engines.values lbtool.errors lbtool.records lbtool.runtime lbtool.runtime.cells
lbtool.runtime.engine lbtool.runtime.func lbtool.runtime.global_
lbtool.runtime.handlers lbtool.runtime.image lbtool.runtime.instance
lbtool.runtime.instantiate lbtool.runtime.linked lbtool.runtime.matching
lbtool.runtime.memory lbtool.runtime.module lbtool.runtime.native
lbtool.runtime.rooms lbtool.runtime.scope lbtool.runtime.signatures
lbtool.runtime.skeleton lbtool.runtime.store lbtool.runtime.table lbtool.team
lbtool.wasm lbtool.wasm.profile lbtool.wasm.types
""".split()
WASI = """
lbtool.runtime.linker lbtool.runtime.wasi lbtool.runtime.wasi_config
lbtool.runtime.wasi_link lbtool.runtime.wasi_native lbtool.runtime.wasi_shim
""".split()
# Of Python's own: little, and `collections`, by every module with typed memoryviews.
PYTHON = frozenset(
    """__future__ _blake2 _collections _operator atexit collections collections.abc
    faulthandler gc itertools keyword operator reprlib""".split()
)
CYTHON = ("_cython", "cython_runtime")


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    return {
        "LBTOOL_CACHE_DIR": str(tmp_path / "cache"),
        "LBTOOL_STATE_DIR": str(tmp_path / "state"),
    }


def run(place: dict[str, str], *arguments: str | Path) -> tuple[str, list[str]]:
    """Stdout, and the modules that were imported beyond a bare interpreter's."""
    words = [str(each) for each in arguments]
    script = SCRIPT.format(arguments=words, root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | place,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr.split("\n")[-2].split()


def ours(names: list[str]) -> list[str]:
    return [name for name in names if name.partition(".")[0] == "lbtool"]


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom lbtool.cli.main import dispatch\n"
        f"assert not dispatch({list(arguments)!r})\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    names = {name.partition(".")[0] for name in done.stderr.split()}
    assert done.stdout
    assert "click" in names
    assert not names & set(HEAVY)


def test_a_warm_run_imports_exactly_this(place: dict[str, str], tmp_path: Path) -> None:
    path = write_module(tmp_path, (EXAMPLES / "fib.wat").read_text(), "fib")
    cold = lbtool("run", "--invoke", "fib", path, "10", env=place)
    out, names = run(place, "run", "--invoke", "fib", path, "10")
    assert out == output(cold) == "89\n"
    assert ours(names) == sorted(ALWAYS)
    rest = set(names) - set(ALWAYS)
    assert {n for n in rest if not n.startswith(CYTHON)} <= PYTHON


def test_a_cold_run_imports_little_and_leaves_an_image(
    place: dict[str, str], tmp_path: Path
) -> None:
    path = write_module(tmp_path, (EXAMPLES / "fib.wat").read_text(), "fib")
    out, names = run(place, "run", "--invoke", "fib", path, "10")
    assert out == "89\n"
    assert "lbtool.compiler.core" in names
    assert sorted({*COLD_AVOIDS, *HEAVY}.intersection(names)) == []
    assert not [n for n in names if n.startswith(("lbtool.build", "lbtool.cache.disk"))]
    kept = [each.name for each in (tmp_path / "cache" / "files").iterdir()]
    assert [name.partition("-")[0] for name in kept] == ["image"]
    out, names = run(place, "run", "--invoke", "fib", path, "11")
    assert out == "144\n"
    assert ours(names) == sorted(ALWAYS)


def test_the_image_is_kept_while_the_guest_runs(
    place: dict[str, str], tmp_path: Path
) -> None:
    """A guest that never ends by itself leaves one, too."""
    path = write_module(tmp_path, '(module (func (export "_start") (loop (br 0))))')
    guest = subprocess.Popen(
        [sys.executable, "-m", "lbtool.cli", "run", path],
        env=os.environ | place | {"PYTHONPATH": str(ROOT)},
    )
    files = tmp_path / "cache" / "files"
    try:
        while not (files.is_dir() and [*files.glob("image-*")]):
            assert guest.poll() is None
            os.sched_yield()
    finally:
        guest.kill()
        guest.wait()


@pytest.mark.parametrize("suffix", [".wat", ".wasm"])
def test_a_warm_wasi_run_imports_exactly_this(
    place: dict[str, str], tmp_path: Path, suffix: str
) -> None:
    """Neither for text: it was assembled before."""
    text = """(module
      (import "wasi_snapshot_preview1" "fd_write"
        (func $w (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (data (i32.const 0) "\\08\\00\\00\\00\\03\\00\\00\\00hi\\n")
      (func (export "_start") (drop (call $w (i32.const 1) (i32.const 0)
        (i32.const 1) (i32.const 20)))))"""
    path = write_module(tmp_path, text)
    if suffix == ".wat":
        path = tmp_path / "m.wat"
        path.write_text(text)
    assert output(lbtool("run", path, env=place)) == "hi\n"
    site = [p for p in sys.path if p.endswith("site-packages")]
    code = SCRIPT.format(arguments=["run", str(path)], root=str(ROOT))
    code = code.replace("before =", f"sys.path += {site!r}\nbefore =", 1)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | place,
    )
    assert (done.returncode, done.stdout) == (0, "hi\n"), done.stderr
    names = done.stderr.split("\n")[-2].split()
    assert ours(names) == sorted([*ALWAYS, *WASI])
    assert "wasmtime" not in names


def test_what_is_unusual_goes_to_click(place: dict[str, str]) -> None:
    fib = str(EXAMPLES / "fib.wat")
    for arguments, code, text in (
        (("run", "--help"), 0, "Usage: "),
        (("run", "--no-such"), 2, "No such option"),
        (("run", "--timeout", "no", fib), 2, "not a valid"),
        (("run", "--env", "=x", fib), 2, "has no name"),
        (("run",), 2, "Missing argument"),
        (("run", "absent.wasm"), 2, "No such file"),
    ):
        done = lbtool(*arguments, env=place)
        said = (done.stdout + done.stderr).decode()
        assert done.returncode == code, said
        assert text.lower() in said.lower(), said


@pytest.mark.parametrize("arguments", [
    ("--invoke", "fib", "FILE", "7"),
    ("--invoke=fib", "--", "FILE", "7"),
    ("FILE", "--invoke", "fib", "7"),
    ("FILE", "--invoke=fib", "--", "7"),
    ("--no-cache", "--invoke", "fib", "FILE", "7"),
    ("--wasm=2.0", "--bounds", "explicit", "FILE", "--invoke", "fib", "7"),
])  # fmt: skip
def test_both_parsers_agree(place: dict[str, str], arguments: tuple[str, ...]) -> None:
    given = [str(EXAMPLES / "fib.wat") if x == "FILE" else x for x in arguments]
    results = [output(lbtool("run", *given, env=place)) for _ in range(2)]
    assert results == ["21\n", "21\n"]


def test_json_of_a_trap_and_of_an_error(place: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "m.wat"
    path.write_text(
        "(module\n  (func $d (param i32) (result i32)\n"
        "    (i32.div_s (i32.const 1) (local.get 0)))\n"
        '  (func (export "f") (param i32) (result i32)\n'
        "    (call $d (local.get 0))))\n"
    )
    for _ in range(2):
        done = lbtool("run", path, "--format", "json", "--invoke", "f", "0", env=place)
        assert done.returncode == 134
        trap = json.loads(done.stdout)["trap"]
        assert trap["kind"] == trap["message"] == "integer divide by zero"
        assert [(f["func"], f["line"], f["column"]) for f in trap["backtrace"]] == [
            (0, 3, 6),
            (1, 5, 6),
        ]
    done = lbtool("run", path, "--invoke", "f", "0", env=place)
    assert b"m.wat:3:6\n" in done.stderr
    assert b"(i32.div_s (i32.const 1)" in done.stderr
    assert done.stderr.count(b"divide by zero") == 1
    path.write_text('(module (func (export "f") (result i32)))')
    done = lbtool("run", path, "--format", "json", "--invoke", "f", env=place)
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert (found["code"], found["line"]) == ("E0210", 1)


@pytest.mark.parametrize("backend", ["lbtool", "cranelift", "winch"])
@pytest.mark.parametrize("suffix", [".wat", ".wasm"])
def test_a_trap_has_the_same_place_on_every_engine(
    place: dict[str, str], tmp_path: Path, backend: str, suffix: str
) -> None:
    text = (
        "(module\n (func $d (param i32) (result i32) (local i64)\n"
        "  (i32.div_s (i32.const 1) (local.get 0)))\n"
        ' (func (export "f") (param i32) (result i32) (call $d (local.get 0))))'
    )
    path = tmp_path / f"m{suffix}"
    path.write_bytes(text.encode() if suffix == ".wat" else read(text.encode()))
    call = ("--backend", backend, "--invoke", "f", path, "0")
    said = lbtool("run", *call, env=place).stderr.decode()
    found = json.loads(lbtool("run", "--format", "json", *call, env=place).stdout)
    frames = [(f["func"], f["ordinal"]) for f in found["trap"]["backtrace"]]
    assert frames == [(0, 2), (1, 1)]
    if suffix == ".wat":
        assert "m.wat:3:4\n" in said
        assert "  0: d at 3:4\n  1: f at 4:" in said
    else:
        assert "  0: d at 0x" in said
        assert "  1: f at 0x" in said


def test_a_module_out_of_a_named_pipe(place: dict[str, str], tmp_path: Path) -> None:
    pipe = tmp_path / "m.wat"
    os.mkfifo(pipe)
    text = '(module (func (export "f") (result i32) i32.const 7))'
    writer = threading.Thread(target=pipe.write_text, args=(text,))
    writer.start()
    done = lbtool("run", "--invoke", "f", pipe, env=place)
    writer.join()
    assert output(done) == "7\n"


def test_a_module_for_another_host_is_told_so(
    place: dict[str, str], tmp_path: Path
) -> None:
    path = write_module(tmp_path, '(module (import "env" "f" (func)))')
    done = lbtool("run", path, env=place)
    assert done.returncode == 1
    assert b"hint: the module is made for the JavaScript" in done.stderr


def test_one_argument(place: dict[str, str]) -> None:
    done = lbtool("run", EXAMPLES / "fib.wat", "--invoke", "fib", env=place)
    assert b"takes 1 argument, not 0" in done.stderr


@pytest.mark.parametrize("trouble", ["file", "read-only", "no-home"])
def test_trouble_with_the_cache_is_one_warning(trouble: str, tmp_path: Path) -> None:
    where = tmp_path / "place"
    env = {"LBTOOL_CACHE_DIR": str(where), "LBTOOL_STATE_DIR": str(tmp_path / "s")}
    if trouble == "file":
        where.write_text("no directory")
    elif trouble == "read-only":
        where.mkdir(mode=0o755)
        where.chmod(0o777)
    else:
        env = {"HOME": "", "LBTOOL_CACHE_DIR": "", "XDG_CACHE_HOME": ""}
    for _ in range(2):
        done = lbtool("run", EXAMPLES / "fib.wat", "--invoke", "fib", "10", env=env)
        assert output(done) == "89\n"
        lines = done.stderr.decode().splitlines()
        assert len(lines) <= 1, lines
        assert all(line.startswith("warning: ") for line in lines)
