"""Emacs with eglot and our package: eldoc, assembly, flymake, runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lbtool.wasm.opcodes import BY_MNEMONIC
from tests.editors.demo import write_demo
from tests.editors.tools import EDITORS, absent, need, private
from tests.editors.transcript import check_transcript

PACKAGE = EDITORS / "emacs"
DRIVE = Path(__file__).with_name("drive.el")
ASSERTIONS = 2  # of a test, about
DEADLINE = 120  # seconds

pytestmark = pytest.mark.xdist_group("emacs")


def emacs(*arguments: str, env: dict[str, str] | None = None) -> str:
    """Run it in batch; what it says."""
    program = need("emacs", "emacs-nox", ASSERTIONS)
    return subprocess.run(
        [program, "--batch", *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=DEADLINE,
        check=True,
        text=True,
    ).stdout


@pytest.fixture(scope="module")
def eglot() -> None:
    found = emacs(
        *("--eval", "(package-initialize)"),
        *("--eval", "(princ (if (locate-library \"eglot\") 'present 'absent))"),
    )
    if "present" not in found:
        absent(ASSERTIONS, "eglot is absent; fetch: apt-get install elpa-eglot")


@pytest.fixture(scope="module")
def seen(eglot: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script saw."""
    del eglot
    folder = tmp_path_factory.mktemp("emacs")
    mnemonics = folder / "mnemonics"
    mnemonics.write_text("".join(f"({each})\n" for each in BY_MNEMONIC))
    out = folder / "seen.json"
    with private(folder) as env:
        env |= {
            "DEMO": str(write_demo(folder)),
            "MNEMONICS": str(mnemonics),
            "PACKAGE": str(PACKAGE),
            "SEEN": str(out),
        }
        emacs("-l", str(DRIVE), env=env)
    found: dict[str, Any] = json.loads(out.read_text())
    assert "problem" not in found, found
    return found


def test_mode_is_ours(seen: dict[str, Any]) -> None:
    assert seen["mode"] == "lbtool-wat-mode"


def test_eldoc_shows_the_machine_code(seen: dict[str, Any]) -> None:
    assert "i32.div_s" in seen["hover"]
    assert "idiv esi" in seen["hover"]


def test_assembly_is_of_all_functions(seen: dict[str, Any]) -> None:
    assert 'func 0 (param i32 i32) (result i32) (export "div")' in seen["assembly"]
    assert "func 1 $fib" in seen["assembly"]


def test_assembly_of_point_is_highlighted(seen: dict[str, Any]) -> None:
    assert any("idiv esi" in line for line in seen["linked"])
    assert not any("local.get" in line for line in seen["linked"])


def test_assembly_is_coloured(seen: dict[str, Any]) -> None:
    function, keyword, constant = (
        f"font-lock-{each}-face" for each in ("function-name", "keyword", "constant")
    )
    assert seen["faces"] == [function, function, keyword, "shadow", constant]


def test_absent_program_is_said(seen: dict[str, Any]) -> None:
    """And the bytes of a binary stay what they were."""
    for said in (seen["absent"], seen["ensured"]):
        assert said.startswith("lbtool: no program `lbtool-is-not-there'")
    assert seen["kept"] == "asm"


def test_assembly_follows_an_edit(seen: dict[str, Any]) -> None:
    assert "i32.rem_u" in seen["edited"]
    assert "idiv" not in seen["edited"]


def test_diagnostics_come_and_go(seen: dict[str, Any]) -> None:
    assert any("expected i64, found i32" in each for each in seen["diagnostics"])


def test_exports_run(seen: dict[str, Any]) -> None:
    assert seen["exports"] == ["memory", "div", "fib"]
    assert seen["result"] == "lbtool: fib(20) = 6765: i32"
    assert "integer divide by zero" in seen["trapped"]
    assert any("integer divide by zero" in each for each in seen["trap"])


def test_binary_opens_as_text(seen: dict[str, Any]) -> None:
    assert seen["binary"].startswith("(module")
    assert seen["readonly"] is True
    assert "idiv esi" in seen["binary_hover"]


def test_transcript(seen: dict[str, Any]) -> None:
    done = {
        "hover": "point on i32.div_s, M-x eldoc-doc-buffer",
        "assembly": "M-x lbtool-assembly; the lines of the instruction are highlighted",
        "diagnostics": "i32.div_s replaced by i64.add",
        "result": "M-x lbtool-run RET fib RET 20",
        "trapped": "M-x lbtool-run RET div RET 1 0",
    }
    check_transcript("emacs", done, seen)


def test_every_instruction_is_highlighted(seen: dict[str, Any]) -> None:
    assert not seen["plain"]


def test_package_compiles_without_warnings(eglot: None, tmp_path: Path) -> None:
    del eglot
    target = tmp_path / "lbtool.el"
    target.write_bytes((PACKAGE / "lbtool.el").read_bytes())
    said = emacs(
        *("--eval", "(package-initialize)"),
        *("--eval", "(setq byte-compile-error-on-warn t)"),
        *("-f", "batch-byte-compile", str(target)),
    )
    assert target.with_suffix(".elc").is_file(), said
