"""docs/language-server.md says what the tables of the server say."""

from __future__ import annotations

import re

import pytest

from lbtool.lsp.configuration import SETTINGS, Setting
from lbtool.lsp.features import COMMANDS, FEATURES
from tests.data import ROOT

TEXT = (ROOT / "docs/language-server.md").read_text()


def row(name: str) -> list[str]:
    found = re.search(rf"^\| `{name}` \|.*$", TEXT, re.MULTILINE)
    assert found, name
    return [each.strip() for each in found[0].strip("|").split("|")]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.name)
def test_settings(setting: Setting) -> None:
    _, values, default, text = row(setting.name)
    if setting.choices:
        assert values == ", ".join(f"`{each}`" for each in setting.choices)
        assert default == f"`{setting.default}`"
    else:
        assert default == str(setting.default).lower()
    assert text == setting.help


def test_requests() -> None:
    """Every method is in the table, and what `asm-only` leaves out is not marked."""
    rows = re.findall(r"^\| (`[^|]*) \|[^|]*\| ?([^|]*)\|$", TEXT, re.MULTILINE)
    named = {}
    for methods, mark in rows:
        prefix = ""
        for each in re.findall(r"`([^`]+)`", methods):
            prefix = each.rpartition("/")[0] or prefix
            full = each if "/" in each else f"{prefix}/{each}"
            named[full] = bool(mark.strip())
    for method, feature in FEATURES.items():
        assert named[method] == feature.code, method
    for command in COMMANDS:
        assert f"`{command}`" in TEXT
