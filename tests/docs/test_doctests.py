"""The examples in docstrings, and every module's own docstring."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil

import pytest

import lbtool
from tests.data import ROOT

MODULES = sorted(
    each.name
    for each in pkgutil.walk_packages(lbtool.__path__, "lbtool.")
    if not each.name.endswith("__main__")
)
# Docstrings of the core say what goes where; packages say who else belongs there.
SHORT = 1


def sources() -> list[str]:
    found = [*ROOT.glob("lbtool/**/*.py"), *ROOT.glob("lsp/**/*.py")]
    found += ROOT.glob("cache/**/*.py")
    return sorted(str(path.relative_to(ROOT)) for path in found)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert not failed


@pytest.mark.parametrize("path", sources())
def test_modules_say_what_they_are_for(path: str) -> None:
    text = (ROOT / path).read_text()
    if not text.strip():
        return
    assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
