"""Files that are not what their name says: every command says the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lbtool import I32, Func, FuncType, Store
from tests.cli.helpers import EXAMPLES
from tests.data import ROOT

COMMAND = (sys.executable, "-m", "lbtool.cli")


def lbtool(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *args],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "E0103"), (b"PK\3\4rest", "E0101"), (b"\xff\xfe\x00junk", "E0101")],
)
def test_binary_by_name_is_read_as_binary(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "odd.wasm"
    path.write_bytes(content)
    for command in (["run", "--backend", "lbtool"], ["check"], ["wat"]):
        done = lbtool(*command, str(path))
        assert done.returncode == 1
        assert f"error[{code}]" in done.stdout + done.stderr


def test_an_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.wat"
    bad.write_text("(module (func (result i32)))")
    done = lbtool("check", str(bad), str(tmp_path / "nope.wat"))
    assert done.returncode == 2
    assert "type mismatch" in done.stdout
    assert "1 error in 1 of 1 files" in done.stderr
    assert "nope.wat" in done.stderr


def test_types_from_lists_are_types() -> None:
    listed = FuncType([I32], [I32])  # type: ignore[arg-type]
    assert listed == FuncType((I32,), (I32,))
    assert Func(Store(), listed, lambda x: x + 1)(1) == 2


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "arguments", ["check", "run --invoke fib", "wat", "build -q", "--help"]
)
def test_closed_streams(tmp_path: Path, arguments: str, stream: str) -> None:
    """What would be said is lost, and nothing else goes to their numbers."""
    words = arguments.split()
    file = [] if words == ["--help"] else [str(EXAMPLES / "fib.wat")]
    last = ["5"] if words[0] == "run" else []
    done = subprocess.run(
        [
            "sh",
            "-c",
            f'"$@" {stream}',
            "sh",
            sys.executable,
            "-m",
            "lbtool.cli",
            *words,
            *file,
            *last,
        ],
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LBTOOL_CACHE_DIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "style"),
    [
        ("check", "json"),  # its text is on stderr
        ("run --invoke fib", "text"),
        ("run --invoke fib", "json"),
        ("asm", "text"),
        ("asm", "json"),
    ],
)
def test_full_device(arguments: str, style: str) -> None:
    words = arguments.split()
    last = ["5"] if words[0] == "run" else []
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "lbtool.cli",
                *words,
                "--format",
                style,
                str(EXAMPLES / "fib.wat"),
                *last,
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    assert done.stderr.splitlines()[-1:] == [b"error: No space left on device"]
    assert done.returncode == 2


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    """They are shown with their bytes, and a depfile has them as they are."""
    name = b"na\xffme.wat"
    text = (EXAMPLES / "fib.wat").read_text()
    (tmp_path / os.fsdecode(name)).write_text(text)
    done = subprocess.run(
        [*COMMAND, "build", name, *"--emit obj -o out.o --depfile out.d".split()],
        capture_output=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LBTOOL_CACHE_DIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"na\\xffme.wat: " in done.stdout
    assert (tmp_path / "out.d").read_bytes() == b"out.o: %b\n%b:\n" % (name, name)
