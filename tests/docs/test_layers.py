"""Who may import whom, read from the sources."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# Folder -> the parts of lbtool that its modules may import. `abi`, `errors` and the
# package itself are open to everyone.
OPEN = {"abi", "errors", "_pure"}
# The compiled core is one extension module with the assembler in it: whoever imports
# one of its modules brings it in.
CORE = {"lbtool.x64": {"lbtool.compiler._core"}}
ALLOWED = {
    "wasm": {"wasm"},
    "wat": {"wasm", "wat"},
    "x64": {"x64"},
    "compiler": {"wasm", "x64", "compiler"},
    "runtime": {"wasm", "compiler", "runtime"},
    "engines": {"wasm", "compiler", "runtime", "engines"},
    "wast": {"wasm", "wat", "compiler", "runtime", "engines", "wast"},
    "cache": {"wasm", "compiler", "cache"},
    "config": {"config"},
    "build": {"wasm", "wat", "x64", "compiler", "cache", "runtime", "watch", "build"},
    "watch": {"watch"},
    "service": {"wasm", "wat", "compiler", "service"},
    "daemon": {
        "wasm",
        "runtime",
        "engines",
        "cache",
        "config",
        "build",
        "watch",
        "cli",
        "daemon",
        "lsp",
    },
}
# Packages of others, and the only folders that may import them.
FOREIGN = {
    "pygls": {"lsp"},
    "lsprotocol": {"lsp"},
    "diskcache": {"cache"},
    "watchdog": {"watch"},
    "click": {"cli"},
    "iced_x86": {"x64"},
    "capstone": set(),
    "wasmtime": {"cli", "engines", "runtime", "wasm", "wast"},
}
SOURCES = sorted(ROOT.glob("lbtool/*/*.py"))


def imports(path: Path) -> set[str]:
    """Dotted names of everything that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found |= {f"{module}.{each.name}" for each in node.names}
    return found


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_layers(path: Path) -> None:
    folder = path.parent.name
    allowed = ALLOWED.get(folder)
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for each in imports(path) - CORE.get(package, set()):
        top, _, rest = each.partition(".")
        if top == "lbtool" and rest and allowed is not None:
            part = rest.partition(".")[0]
            known = (ROOT / "lbtool" / part).is_dir()
            assert part in allowed | OPEN or not known, f"{name(path)} imports {each}"
        if top in FOREIGN:
            assert folder in FOREIGN[top], f"{name(path)} imports {each}"


def test_every_folder_has_a_rule() -> None:
    folders = {path.parent.name for path in SOURCES}
    assert folders <= set(ALLOWED) | {"cli", "lsp"}
