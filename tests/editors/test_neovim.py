"""Neovim with our plugin, as a user has it: hover, assembly, diagnostics, runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lbtool.wasm.opcodes import BY_MNEMONIC
from tests.editors.demo import write_demo
from tests.editors.tools import EDITORS, need, private
from tests.editors.transcript import check_transcript

PLUGIN = EDITORS / "neovim"
DRIVE = Path(__file__).with_name("drive.lua")
ASSERTIONS = 2  # of a test, about
DEADLINE = 120  # seconds


def neovim(*arguments: str, env: dict[str, str]) -> bytes:
    """What it said."""
    program = need("nvim", "neovim", ASSERTIONS)
    done = subprocess.run(
        [program, "--headless", "--clean", *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=DEADLINE,
        check=True,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script saw."""
    folder = tmp_path_factory.mktemp("neovim")
    text = write_demo(folder)
    out = folder / "seen.json"
    with private(folder) as env:
        path = f"set runtimepath+={PLUGIN}"
        script = f"luafile {DRIVE}"
        env["SEEN"] = str(out)
        neovim("--cmd", path, str(text), "-c", script, env=env)
    found: dict[str, Any] = json.loads(out.read_text())
    assert "problem" not in found, found
    return found


pytestmark = pytest.mark.xdist_group("neovim")


def test_hover_shows_the_machine_code(seen: dict[str, Any]) -> None:
    assert "i32.div_s" in seen["hover"]
    assert "idiv esi" in seen["hover"]


def test_assembly_is_of_all_functions(seen: dict[str, Any]) -> None:
    assert 'func 0 (param i32 i32) (result i32) (export "div")' in seen["assembly"]
    assert "func 1 $fib" in seen["assembly"]


def test_assembly_of_the_cursor_is_highlighted(seen: dict[str, Any]) -> None:
    assert any("idiv esi" in line for line in seen["linked"])
    assert not any("local.get" in line for line in seen["linked"])


def test_assembly_follows_an_edit(seen: dict[str, Any]) -> None:
    assert "i32.rem_u" in seen["edited"]
    assert "idiv" not in seen["edited"]


def test_diagnostics_come_and_go(seen: dict[str, Any]) -> None:
    assert any("expected i64, found i32" in each for each in seen["diagnostics"])


def test_exports_run(seen: dict[str, Any]) -> None:
    result, trap, lens = seen["runs"]
    assert result == "lbtool: fib(20) = 6765: i32"
    assert "integer divide by zero" in trap
    assert "integer divide by zero" in seen["trap"]["message"]
    assert seen["trap"]["lnum"] == 5
    assert seen["asked"] == "fib (i32): "
    assert lens == "lbtool: fib(21) = 10946: i32"


def test_machine_code_has_one_window(seen: dict[str, Any]) -> None:
    assert seen["windows"] == 0


def test_nothing_is_called_that_is_to_go(seen: dict[str, Any]) -> None:
    assert not seen["deprecated"]


def test_absent_program_is_said_once(tmp_path: Path) -> None:
    """And nothing else: no stack trace, no question."""
    text = write_demo(tmp_path)
    out = tmp_path / "said"
    collect = "lua said = {}; vim.notify = function(text) table.insert(said, text) end"
    script = f"lua vim.fn.writefile(said, '{out}')"
    commands = ("-c", "LbtoolAssembly", "-c", script, "-c", "checkhealth lbtool")
    health = tmp_path / "health"
    with private(tmp_path) as env:
        env["PATH"] = "/usr/bin:/bin"
        setup = ("--cmd", f"set runtimepath+={PLUGIN}", "--cmd", collect)
        last = ("-c", f"write {health}", "-c", "qa!")
        neovim(*setup, str(text), *commands, *last, env=env)
    (said,) = out.read_text().splitlines()
    assert said.startswith("lbtool: there is no program 'lbtool' on the PATH")
    assert "require('lbtool').setup(" in health.read_text()


def test_binary_opens_as_text(seen: dict[str, Any]) -> None:
    assert seen["binary"].startswith("(module")
    assert seen["readonly"]
    assert "idiv esi" in seen["binary_hover"]


@pytest.mark.parametrize(
    ("program", "reason"),
    [("lbtool", "error[E0"), ("no-lbtool", "there is no program 'no-lbtool'")],
)
def test_binary_that_cannot_be_shown_is_not_written(
    tmp_path: Path, program: str, reason: str
) -> None:
    """The buffer says why, and no write touches the file."""
    contents = b"\0asm\1\0\0\0\x63\xff\r\n"
    path, out = tmp_path / "bad.wasm", tmp_path / "shown"
    path.write_bytes(contents)
    setup = f"lua require('lbtool').setup({{ cmd = {{ '{program}', 'lsp' }} }})"
    shown = f"call writefile(getline(1, '$'), '{out}')"
    with private(tmp_path) as env:
        said = neovim(
            *("--cmd", f"set runtimepath+={PLUGIN}", "--cmd", setup, str(path)),
            *("-c", shown, "-c", "silent! write!", "-c", "edit!", "-c", "silent! x"),
            *("-c", "qa!"),
            env=env,
        )
    assert reason in out.read_text()
    assert path.read_bytes() == contents
    assert b"Error detected" not in said


def test_run_without_a_name_lets_choose(seen: dict[str, Any]) -> None:
    assert seen["choices"] == ["div", "fib"]
    assert seen["chosen"] == "lbtool: fib(20) = 6765: i32"


def test_transcript(seen: dict[str, Any]) -> None:
    done = {
        "hover": "cursor on i32.div_s, K",
        "assembly": ":LbtoolAssembly; the lines of the instruction are highlighted",
        "diagnostics": "i32.div_s replaced by i64.add",
        "runs": ":LbtoolRun fib 20, :LbtoolRun div 1 0, "
        "and ▶ of fib (:lua vim.lsp.codelens.run()), 21",
    }
    check_transcript("neovim", done, seen)


def test_every_instruction_is_highlighted(tmp_path: Path) -> None:
    text = tmp_path / "all.wat"
    text.write_text("".join(f"({each})\n" for each in BY_MNEMONIC))
    out = tmp_path / "groups"
    script = (
        "lua vim.fn.writefile(vim.tbl_map(function(n) return vim.fn.synIDattr("
        "vim.fn.synID(n, 2, 1), 'name') end, vim.fn.range(1, vim.fn.line('$'))), "
        f"'{out}')"
    )
    setup = ("--cmd", f"set runtimepath^={PLUGIN}", "--cmd", "let g:loaded_lbtool = 1")
    with private(tmp_path) as env:
        neovim(*setup, str(text), "-c", "syntax on", "-c", script, "-c", "qa!", env=env)
    groups = out.read_text().split("\n")
    plain = [
        name
        for name, group in zip(BY_MNEMONIC, groups, strict=False)
        if group not in ("watInstruction", "watControl")
    ]
    assert not plain
