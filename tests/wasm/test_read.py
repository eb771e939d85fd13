"""Modules from files and from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.errors import MalformedError
from lbtool.wasm import read

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = b"\0asm\x01\0\0\0"


def test_text_and_binary_in_memory() -> None:
    assert read(b"(module)") == EMPTY
    assert read(EMPTY) == EMPTY
    assert read(b"\0as") == b"\0as"  # cut off: a matter for the decoder


def test_files(tmp_path: Path) -> None:
    text, binary = tmp_path / "a.wat", tmp_path / "b.wasm"
    text.write_bytes(b"(module)")
    binary.write_bytes(b"no module at all")
    assert read(text) == EMPTY
    assert read(str(text)) == EMPTY
    assert read(binary) == b"no module at all"
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.wat")


def test_errors_have_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "bad.wat"
    path.write_text("(module\n  (func $f\n    i32.cost 1))\n")
    with pytest.raises(MalformedError) as caught:
        read(path)
    (problem,) = caught.value.diagnostics
    assert (problem.line, problem.column) == (3, 5)
    assert problem.code == "E0142"
    assert str(problem) == f"{path}:3:5: error[E0142]: unknown operator i32.cost"


def test_bad_utf8_has_line_and_column() -> None:
    with pytest.raises(MalformedError, match="malformed UTF-8 encoding") as caught:
        read(b'(module\n (export "\xc3\xa9\xff" (func 0)))')
    (problem,) = caught.value.diagnostics
    assert (problem.line, problem.column) == (2, 12)


def test_characters_that_turn_the_direction_are_allowed_in_strings() -> None:
    data = read('(module (func (export "a\u202eb")))'.encode())
    assert "a\u202eb".encode() in data
