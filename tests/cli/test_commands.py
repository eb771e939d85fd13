"""Habits of every command: exit codes, streams, hints, colour, pipes, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import wasmtime

from lbtool.cli.main import COMMANDS
from lbtool.errors import CODES
from tests.cli.helpers import EXAMPLES, lbtool, output, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_help_lists_every_command_and_each_has_help() -> None:
    listed = output(lbtool("--help"))
    for name in COMMANDS:
        assert f"\n  {name} " in listed
        assert "Usage: lbtool" in output(lbtool(name, "--help"))


def test_version() -> None:
    assert output(lbtool("--version")).startswith("lbtool 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-command",),
        ("run",),
        ("run", "--no-such-option", "f.wasm"),
        ("run", "no-such-file.wasm"),
        ("run", "--timeout", "0", "f.wasm"),
        ("run", "--backend", "cranelift", "--bounds", "explicit", "f.wasm"),
        ("explain", "E9999"),
        ("completion", "csh"),
    ],
)
def test_usage_errors_are_2_and_leave_stdout_empty(arguments: tuple[str, ...]) -> None:
    done = lbtool(*arguments)
    assert done.returncode == 2, done.stderr
    assert not done.stdout
    text = done.stderr.decode()
    assert "Usage:" in text if not arguments else text.startswith("error: ")
    assert "internal error" not in text
    assert "Traceback" not in text


def test_explain_knows_every_code() -> None:
    listed = output(lbtool("explain"))
    assert [line.split()[0] for line in listed.splitlines()] == list(CODES)
    text = output(lbtool("explain", "e0210"))
    assert text.startswith("E0210: type mismatch\n\n")


def test_forced_colour_reaches_a_pipe_and_none_is_none() -> None:
    coloured = lbtool("explain", "E0210", env={"FORCE_COLOR": "1"}).stdout
    assert coloured.startswith(b"\x1b[1mE0210")
    plain = lbtool("explain", "E0210", env={"FORCE_COLOR": "1", "NO_COLOR": "1"})
    assert b"\x1b" not in plain.stdout


def test_broken_pipe_is_quiet() -> None:
    script = (
        f"'{sys.executable}' -m lbtool.cli explain | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] in ("141", "0")
    assert not done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_LBTOOL_COMPLETE" in output(lbtool("completion", shell))
    words = {"COMP_WORDS": "lbtool expl", "COMP_CWORD": "1"}
    done = lbtool(env=words | {"_LBTOOL_COMPLETE": "bash_complete"})
    assert done.stdout == b"plain,explain\n"


def test_a_malformed_module_is_1_with_a_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.wat"
    path.write_text("(module\n  (func (i32.const)))\n")
    done = lbtool("run", path)
    assert done.returncode == 1
    assert not done.stdout
    text = done.stderr.decode()
    assert text.startswith("error[E01")
    assert f"--> {path}:2:" in text
    assert "2 |   (func (i32.const)))" in text
    assert "hint: `lbtool explain E01" in text


def test_an_unknown_command_is_told_what_was_meant() -> None:
    done = lbtool("bulid")
    assert done.returncode == 2
    assert b"hint: did you mean build?" in done.stderr
    assert b"`lbtool --help` lists them" in lbtool("xyzzy").stderr


@pytest.mark.parametrize("code", ["210", "e210", "E0210", "0210"])
def test_explain_takes_numbers(code: str) -> None:
    assert output(lbtool("explain", code)).startswith("E0210: ")


@pytest.mark.parametrize("command", ["run", "asm", "check", "build"])
def test_with_json_an_absent_file_is_json(command: str) -> None:
    done = lbtool(command, "absent.wasm", "--format", "json")
    assert done.returncode == 2
    assert b"No such file" in done.stdout
    for text in [done.stdout] if command != "build" else done.stdout.splitlines():
        assert json.loads(text)["schema"] == 1
    assert b"error:" not in done.stderr


def test_check_takes_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for path in (tmp_path / "a.wat", tmp_path / "in" / "b.wat"):
        path.write_text("(module)")
    done = lbtool("check", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"2 files are valid\n")
    assert lbtool("check", tmp_path / "in" / "..", cwd=tmp_path).returncode == 0
    (tmp_path / "none").mkdir()
    assert b"no modules below" in lbtool("check", tmp_path / "none").stderr


def test_one_error_per_instruction(tmp_path: Path) -> None:
    path = tmp_path / "m.wat"
    path.write_text("(module (func (drop (i32.add (i64.const 1)))))")
    found = lbtool("check", path, "--format", "json")
    (file,) = json.loads(found.stdout)["files"]
    assert [each["mnemonic"] for each in file["diagnostics"]] == ["i32.add"]


def test_interrupted_while_importing(tmp_path: Path) -> None:
    """Ctrl-C before anything was begun: no traceback."""
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n")
    done = subprocess.run(
        [sys.executable, "-c", "from lbtool.cli.fast import main; main()", "--help"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
    )
    assert (done.returncode, done.stderr) == (130, b"")


def test_json_output_has_a_schema_number() -> None:
    fib = ROOT / "examples" / "fib.wat"
    arguments = ("--backend", "cranelift", "--format", "json", "--invoke", "fib", "10")
    made = json.loads(output(lbtool("run", fib, *arguments)))
    assert made == {
        "schema": 1,
        "engine": "cranelift",
        "results": [{"type": "i32", "value": "89"}],
    }


def test_check_shows_every_error_at_its_place_in_text(tmp_path: Path) -> None:
    path = tmp_path / "bad.wat"
    path.write_text(
        "(module\n  (func (result i32)\n    (i32.add (f32.const 1) (local.get 3)))\n"
        "  (func br 7))\n"
    )
    done = lbtool("check", path, EXAMPLES / "fib.wat")
    assert done.returncode == 1
    text = done.stdout.decode()
    places = [line.strip() for line in text.splitlines() if "-->" in line]
    assert places == [f"--> {path}:{place}" for place in ("3:29", "3:6", "4:9")]
    assert "= function 0, instruction 2 (i32.add)" in text
    assert done.stderr.decode().endswith("3 errors in 1 of 2 files\n")


def test_check_gives_offsets_for_binaries_and_json(tmp_path: Path) -> None:
    path = write_module(tmp_path, '(module (func (export "\\1b[2J") (result i32)))')
    done = lbtool("check", path, "--format", "json")
    assert done.returncode == 1
    (file,) = json.loads(done.stdout)["files"]
    (one,) = file["diagnostics"]
    assert (file["valid"], one["code"], one["funcidx"]) == (False, "E0210", 0)
    assert path.read_bytes()[one["offset"]] == 0x0B
    assert "line" not in one


def test_check_is_quiet_about_valid_modules() -> None:
    done = lbtool("check", EXAMPLES / "fib.wat", EXAMPLES / "hello.wat")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"2 files are valid\n"


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\0asm\1\0\0", b"\0asm\2\0\0\0", b"\xff"]
)
@pytest.mark.parametrize("command", ["run", "check", "wat"])
def test_rubbish_is_1_for_every_command(
    tmp_path: Path, data: bytes, command: str
) -> None:
    path = tmp_path / "m.wasm"
    path.write_bytes(data)
    done = lbtool(command, path)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("flags", [(), ("--folded",), ("--no-names",)])
def test_wat_prints_what_assembles_to_the_same_bytes(
    tmp_path: Path, flags: tuple[str, ...]
) -> None:
    path = write_module(tmp_path, (EXAMPLES / "hello.wat").read_text())
    printed = output(lbtool("wat", path, *flags))
    data = path.read_bytes()
    if "--no-names" in flags:
        data = data[: len(wasmtime.wat2wasm(printed))]
    assert bytes(wasmtime.wat2wasm(printed)) == data


def test_names_in_printed_text_are_escaped(tmp_path: Path) -> None:
    text = '(module (func (export "\\1b[31m\\u{202e}")))'
    printed = output(lbtool("wat", write_module(tmp_path, text)))
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert bytes(wasmtime.wat2wasm(printed)) == bytes(wasmtime.wat2wasm(text))


def test_wast_runs_a_script_and_fails_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.wast"
    module = '(module (func (export "f") (result i32) (i32.const 7)))'
    path.write_text(f'{module} (assert_return (invoke "f") (i32.const 7))')
    assert "a.wast" in output(lbtool("wast", "--backend", "cranelift", path))
    path.write_text(f'{module} (assert_return (invoke "f") (i32.const 8))')
    done = lbtool("wast", "--backend", "cranelift", "--format", "json", path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["schema"] == 1


def test_no_engine_is_recommended_for_components(tmp_path: Path) -> None:
    path = tmp_path / "c.wasm"
    path.write_bytes(b"\0asm\x0d\0\1\0")
    for command in ("check", "build", "run"):
        done = lbtool(command, path)
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert b"error[E0300]: unsupported proposal component-model" in said
        assert b"--backend auto" not in said
        assert b"running on" not in said
    done = lbtool("run", "--backend", "cranelift", path)
    assert b"WebAssembly module: expected a WebAssembly module but" in done.stderr


def test_check_and_build_show_the_same_place_in_what_is_no_module(
    tmp_path: Path,
) -> None:
    path = tmp_path / "elf.wasm"
    path.write_bytes(b"\x7fELF\2\1\1\0")
    excerpt = b"elf.wasm:0x0\n    |\n0x0 | 7f 45 4c 46 02 01 01 00\n"
    assert excerpt in lbtool("check", path).stdout
    assert excerpt in lbtool("build", path).stderr


def test_files_that_are_not_there_are_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "absent.wat"
    assert b"valid" not in lbtool("check", path).stderr
    done = lbtool("build", path)
    assert done.stdout.startswith(b"missing ")
    assert b"\n1 file failed; " in done.stderr


def test_wast_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    done = lbtool("wast", tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Is a directory" in done.stderr
    done = lbtool("wast", "--format", "json", tmp_path / "absent.wast")
    assert (done.returncode, done.stderr) == (2, b"")
    assert json.loads(done.stdout)["message"].endswith("No such file or directory")


@pytest.mark.parametrize("form", [("--format", "json"), ("--format=json",)])
def test_a_command_line_that_cannot_be_read_is_json_too(form: tuple[str, ...]) -> None:
    for command in ("run", "check", "build"):
        done = lbtool(command, "--nosuch", "x", *form)
        assert (done.returncode, done.stderr) == (2, b"")
        assert "--nosuch" in json.loads(done.stdout)["message"]
