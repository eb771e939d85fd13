"""The VS Code extension: types, bundle, package, grammars; in a copy of its folder.

Node and npm come from the wheel of the environment, packages from npm's registry or
its cache. The extension in a real VS Code: ``make test-vscode``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.lsp.configuration import schema
from lbtool.wasm.opcodes import BY_MNEMONIC
from tests.editors.tools import EDITORS, absent, nodejs

if TYPE_CHECKING:
    from collections.abc import Sequence

    Token = tuple[str, str]

SOURCE = EDITORS / "vscode"
TOKENS = Path(__file__).with_name("tokens.cjs")
ASSERTIONS = 3  # of a test, about
# How npm says that it reached nobody.
OFFLINE = re.compile(
    r"code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|"
    r"ERR_SOCKET_TIMEOUT|ENOTCACHED|E5\d\d)"
)
CONTENT = {
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/icon.png",
    "extension/assembly-configuration.json",
    "extension/dist/NOTICES.txt",
    "extension/dist/extension.js",
    "extension/language-configuration.json",
    "extension/package.json",
    "extension/readme.md",
    "extension/syntaxes/lbtool-asm.tmLanguage.json",
    "extension/syntaxes/wat.tmLanguage.json",
    "extension/walkthrough/assembly.md",
    "extension/walkthrough/hover.md",
    "extension/walkthrough/install.md",
    "extension/walkthrough/run.md",
}
MANIFEST: dict[str, Any] = json.loads((SOURCE / "package.json").read_text())

pytestmark = pytest.mark.xdist_group("vscode")


def npm(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    beside = Path(sys.executable).parent
    return subprocess.run(
        [str(beside / "npm"), *arguments],
        cwd=folder,
        env=os.environ | {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with what npm installs from the lock file."""
    copy = tmp_path_factory.mktemp("vscode") / "extension"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    quick = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")
    options = ("--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
    made = npm(copy, "ci", *options, *quick)
    if made.returncode and OFFLINE.search(made.stdout):
        absent(ASSERTIONS, "npm reaches no registry, and its cache has not everything")
    assert made.returncode == 0, made.stdout
    return copy


def tokens(extension: Path, grammar: str, lines: Sequence[str]) -> list[list[Token]]:
    """What VS Code would make of the lines."""
    node = str(nodejs() / "bin/node")
    path = extension / "syntaxes" / f"{grammar}.tmLanguage.json"
    made = subprocess.run(
        [node, str(TOKENS), str(extension / "node_modules"), str(path)],
        input="\n".join(lines),
        capture_output=True,
        check=True,
        text=True,
    )
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    return [[(text, scope) for text, scope in row] for row in rows]


def scopes(row: list[Token]) -> dict[str, str]:
    return {text.strip(): scope.rpartition(".")[0] for text, scope in row}


def test_types_and_package(extension: Path) -> None:
    # vsce runs the type check and the bundler before it packs.
    made = npm(extension, "run", "package")
    assert made.returncode == 0, made.stdout
    with zipfile.ZipFile(extension / "dist/lbtool.vsix") as packed:
        names = set(packed.namelist())
        bundle = packed.read("extension/dist/extension.js").decode()
        notices = packed.read("extension/dist/NOTICES.txt").decode()
    assert {each for each in names if each.startswith("extension/")} == CONTENT
    assert "lbtool/linked" in bundle
    for name in MANIFEST["dependencies"]:
        assert f"{name} " in notices
    assert "MIT" in notices


def test_wrong_types_are_found(extension: Path) -> None:
    wrong = extension / "src/wrong.ts"
    wrong.write_text("export const wrong: number = 'text';\n")
    try:
        made = npm(extension, "run", "check")
    finally:
        wrong.unlink()
    assert made.returncode != 0
    assert "wrong.ts" in made.stdout


def test_instructions_are_told_from_names(extension: Path) -> None:
    lines = [f"({each} $x)" for each in BY_MNEMONIC]
    plain = [
        name
        for name, row in zip(BY_MNEMONIC, tokens(extension, "wat", lines), strict=True)
        if scopes(row).get(name) not in ("support.function", "keyword.control")
        or scopes(row).get("$x") != "variable.other"
    ]
    assert not plain


def test_comments_strings_and_numbers(extension: Path) -> None:
    text = [
        '(data "i32.add \\00 ;;" (; i32.sub (; nested ;) "',
        "i32.sub ;) (i32.const -0x1_f) ;; i32.add",
        "(f64.const nan:0x7) (i32.load offset=16) (func $i32.add)",
    ]
    first, second, third = tokens(extension, "wat", text)
    assert ("\\00", "constant.character.escape.wat") in first
    assert not any(scope.startswith("support") for _, scope in first)
    assert scopes(second)["-0x1_f"] == "constant.numeric"
    functions = [text for text, scope in second if scope.startswith("support")]
    assert functions == ["i32.const"]
    assert scopes(third)["nan:0x7"] == "constant.numeric"
    assert scopes(third)["$i32.add"] == "variable.other"


def test_assembly_is_highlighted(extension: Path) -> None:
    from lbtool.service.analysis import Analysis  # noqa: PLC0415
    from lbtool.service.assembly import around, assembly  # noqa: PLC0415
    from lbtool.service.options import Options  # noqa: PLC0415
    from tests.editors.demo import DEMO  # noqa: PLC0415

    analysis = Analysis.open(DEMO, Options())
    lines = assembly(analysis, around(analysis, 0)).text.split("\n")
    rows = list(map(scopes, tokens(extension, "lbtool-asm", lines)))
    assert rows[0] == {lines[0]: "entity.name.function"}
    division = next(row for row in rows if "idiv" in row)
    assert division["idiv"] == "keyword.mnemonic"
    assert division["f7fe"] == "comment.bytes"
    assert division["esi"] == "variable.language.register"
    free = next(row for row in rows if "local.get $a" in row)
    assert free["local.get $a"] == "support.function.wasm"
    assert any(scope == "comment.reason" for scope in free.values())


def test_settings_are_those_of_the_server() -> None:
    own = {"lbtool.command", "lbtool.trace.server"}
    rows = {
        name.removeprefix("lbtool."): row
        for name, row in MANIFEST["contributes"]["configuration"]["properties"].items()
        if name not in own
    }
    for row in rows.values():
        row.pop("enumDescriptions", None)
    assert rows == schema()["properties"]


def test_lock_names_no_registry() -> None:
    lock = json.loads((SOURCE / "package-lock.json").read_text())
    assert not [name for name, each in lock["packages"].items() if "resolved" in each]
    root = lock["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert root[kind] == MANIFEST[kind]


def test_what_it_contributes_is_there() -> None:
    contributes = MANIFEST["contributes"]
    for each in (*contributes["grammars"], *contributes["languages"]):
        for key in ("path", "configuration"):
            if key in each:
                assert (SOURCE / each[key]).is_file()
    for walkthrough in contributes["walkthroughs"]:
        for step in walkthrough["steps"]:
            assert (SOURCE / step["media"]["markdown"]).is_file()
    code = "".join(path.read_text() for path in (SOURCE / "src").glob("*.ts"))
    for command in contributes["commands"]:
        assert f"registerCommand('{command['command']}'" in code
