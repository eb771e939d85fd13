"""Settings: typed, with a schema that says what reading accepts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from lbtool.lsp.configuration import SETTINGS, Configuration, read, schema
from tests.data import ROOT


def told(values: object) -> tuple[Configuration, list[str]]:
    said: list[str] = []
    return read(values, said.append), said


def test_values_are_taken() -> None:
    given = {
        "features": "asm-only", "syntax": "att", "wasm": "1.0", "bounds": "explicit",
        "codeLens": False, "runTimeout": 2,
    }  # fmt: skip
    found, said = told(given)
    assert not said
    assert found == Configuration("asm-only", "att", "1.0", "explicit", False, 2)
    options = found.options()
    assert (options.syntax, options.wasm, options.bounds) == ("att", "1.0", "explicit")


@pytest.mark.parametrize(
    "values",
    [
        None,
        {},
        [],  # an empty table of Lua
        dict.fromkeys(each.name for each in SETTINGS),
        {"command": ["lbtool"]},
    ],
)
def test_null_and_what_is_the_clients_own(values: object) -> None:
    assert told(values) == (Configuration(), [])


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("features", "most", "one of full, asm-only"),
        ("syntax", 3, "one of intel, att"),
        ("codeLens", "yes", "true or false"),
        ("runTimeout", True, "a number"),
        ("runTimeout", 0, "at least 0.1"),
        ("runTimeout", float("nan"), "a number"),
        ("wasm", ["2.0"], "one of 1.0, 2.0"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    name: str, value: object, part: str
) -> None:
    said: list[str] = []
    before = Configuration("asm-only", "att", "1.0", "guard", False, 3.0)
    found = read({name: value, "bounds": "explicit"}, said.append, before)
    bounds = before.bounds if name == "bounds" else "explicit"
    assert found == replace(before, bounds=bounds)
    (text,) = said
    assert f"lbtool.{name}" in text
    assert part in text


@pytest.mark.parametrize("values", [[1], "x", 3, True])
def test_no_object(values: object) -> None:
    found, said = told(values)
    assert found == Configuration()
    assert len(said) == 1


def test_absent_keeps_what_was_and_null_is_the_default() -> None:
    before = Configuration(syntax="att", wasm="1.0")
    assert read({"syntax": None}, print, before) == Configuration(wasm="1.0")


def test_schema_is_that_of_the_extension() -> None:
    """VS Code shows settings by its own copy of the schema."""
    package = json.loads((ROOT / "editors/vscode/package.json").read_text())
    shown: dict[str, Any] = package["contributes"]["configuration"]["properties"]
    for name, row in schema()["properties"].items():
        theirs = shown[f"lbtool.{name}"]
        assert {key: theirs.get(key) for key in row} == row
