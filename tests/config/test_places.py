"""Errors of a configuration stand where the mistake is, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.config import load
from lbtool.config.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def mistakes(folder: Path, name: str, data: str | bytes) -> ConfigError:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(ConfigError) as caught:
        load(folder, environ={})
    assert {each.path for each in caught.value.diagnostics} == {str(path)}
    return caught.value


# Files with `bonds` in them, and the line and the column of it.
SPELLINGS = [
    ("[tool.lbtool]\nbonds = 1", 2, 1),
    ("[tool.lbtool]\r\n\r\n\tbonds = 1\r\n", 3, 2),
    ("# bonds\n[tool.lbtool]\nwasm = '1.0'\nbonds = 1", 4, 1),
    ("[x]\nbonds = 1\ny = ['bonds',\n'bonds']\n[tool.lbtool]\nbonds = 2", 6, 1),
    ("# tool.lbtool\n[tool]\nlbtool.bonds = 1", 3, 8),
    ("tool.lbtool.bonds = 1", 1, 13),
    ("tool.lbtool = { threads = 1, bonds = 2 }", 1, 30),
    ('# tool.lbtool\n[ tool . "lbtool" ]\n"bonds" = 1', 3, 2),
    ("[tool.lbtool]\nbonds = '''\n\n'''", 2, 1),
    ("[tool.lbtool]\nbonds = [\n  1,\n]\n", 2, 1),
    ("[tool.lbtool.bonds]\nx = 1", 1, 14),
    ('[tool.lbtool]\nx = """\nbonds = 2\n"""\nbonds = 3', 5, 1),
    ('[tool.lbtool]\n  "b\\u006fnds" = 1', 2, 3),
]


@pytest.mark.parametrize(("text", "line", "column"), SPELLINGS)
def test_places(tmp_path: Path, text: str, line: int, column: int) -> None:
    error = mistakes(tmp_path, "pyproject.toml", text)
    found = {
        each.message: (each.code, each.line, each.column) for each in error.diagnostics
    }
    assert found["unknown setting: bonds"] == ("E0501", line, column)
    assert "did you mean `bounds`?" in error.hints


def test_what_is_meant_is_said(tmp_path: Path) -> None:
    error = mistakes(tmp_path, "lbtool.toml", "wasm = 2.0")
    assert error.hints == ('write it as text: wasm = "2.0"',)
    error = mistakes(tmp_path, "lbtool.toml", "[tool.lbtool]\nthreads = 1")
    assert error.hints == (
        "in lbtool.toml settings stand at the top, without [tool.lbtool]",
    )


def test_all_mistakes_are_said(tmp_path: Path) -> None:
    text = 'zzz = 1\nthreads = "4"\nwasm = "1.0"\ncache_dir = "x"\n'
    error = mistakes(tmp_path, "lbtool.toml", text)
    places = [(each.code, each.line) for each in error.diagnostics]
    assert places == [("E0501", 1), ("E0502", 2), ("E0501", 4)]
    assert error.hints == (
        "`lbtool config show` lists the settings",
        "did you mean `cache-dir`?",
    )


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"wasm = '1.0'\nbounds == 1", (2, 9)),
        (b"wasm = '1.0'\nbounds = \"", (2, 11)),
        (b"wasm = '1.0'\nwasm = '2.0'", (2, 13)),
        ("# é\n# é".encode() + b"\xff", (2, 4)),
    ],
)
def test_malformed_files(tmp_path: Path, data: bytes, place: tuple[int, int]) -> None:
    (one,) = mistakes(tmp_path, "lbtool.toml", data).diagnostics
    assert (one.code, (one.line, one.column)) == ("E0500", place)


@pytest.mark.parametrize(
    ("text", "line"),
    [("[tool]\nlbtool = 3 # tool.lbtool", 2), ("tool = 1 # tool.lbtool", 1)],
)
def test_the_table_is_a_table(tmp_path: Path, text: str, line: int) -> None:
    (one,) = mistakes(tmp_path, "pyproject.toml", text).diagnostics
    assert (one.code, one.line) == ("E0502", line)
    assert "must be a table" in one.message
