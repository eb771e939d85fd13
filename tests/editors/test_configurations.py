"""Configurations of editors that are not run: what they start, and what comes back.

The client says that it can do what the editor's own client says, as far as our server
looks at it, from published sources: kakoune-lsp ``src/capabilities.rs`` (020cf336),
Sublime's LSP ``plugin/core/sessions.py`` (0014a4db), Zed ``crates/lsp/src/lsp.rs``
(00674967). docs/editors shows the sessions.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.editors.demo import write_demo
from tests.editors.tools import EDITORS, private
from tests.editors.transcript import compare
from tests.lsp.client import Process, edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Json = dict[str, Any]

COMMAND = ["lbtool", "lsp"]
HOVER = {"contentFormat": ["markdown", "plaintext"]}
TREE = {"hierarchicalDocumentSymbolSupport": True}
CAPABILITIES: dict[str, Json] = {
    "kakoune": {
        "textDocument": {
            "hover": HOVER,
            "documentSymbol": TREE,
            "publishDiagnostics": {"relatedInformation": True},
        },
        "window": {"workDoneProgress": True},
        "workspace": {"configuration": True},
    },
    "sublime": {
        "textDocument": {
            "hover": HOVER,
            "documentSymbol": TREE,
            "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        },
        "window": {"workDoneProgress": True},
        "workspace": {"configuration": True, "codeLens": {"refreshSupport": True}},
    },
    "zed": {
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "hover": {"contentFormat": ["markdown"]},
            "diagnostic": {"relatedDocumentSupport": True},
            "publishDiagnostics": {"relatedInformation": True},
        },
        "window": {"workDoneProgress": True},
        # The name that the crate lsp-types gives to "diagnostics": no refresh, then.
        "workspace": {"configuration": True, "diagnostic": {"refreshSupport": True}},
    },
}


def commented(path: Path) -> Json:
    """JSON with lines of comment."""
    lines = path.read_text().splitlines()
    found: Json = json.loads(
        "\n".join(each for each in lines if not each.startswith("//"))
    )
    return found


def kakoune() -> tuple[list[str], Json]:
    text = (EDITORS / "kakoune/kak-lsp.kak").read_text()
    match = re.search(r"lsp_servers %\{(.*?)\n    \}", text, re.DOTALL)
    assert match
    server = tomllib.loads(match[1])["lbtool"]
    # kakoune-lsp sends the settings of the section as initialization options.
    return [server["command"], *server["args"]], server["settings"]["lbtool"]


def sublime() -> tuple[list[str], Json]:
    path = EDITORS / "sublime/LSP-lbtool.sublime-settings"
    client = commented(path)["clients"]["lbtool"]
    syntax = (EDITORS / "sublime/WAT.sublime-syntax").read_text()
    assert f"\nscope: {client['selector']}\n" in syntax
    return client["command"], client["initializationOptions"]


def zed() -> tuple[list[str], Json]:
    (server,) = commented(EDITORS / "zed/settings.json")["lsp"].values()
    binary = server["binary"]
    return [binary["path"], *binary["arguments"]], server["initialization_options"]


@pytest.mark.parametrize("read", [kakoune, sublime, zed])
def test_session(read: Callable[[], tuple[list[str], Json]], tmp_path: Path) -> None:
    command, options = read()
    assert command == COMMAND
    assert options["trusted"] is True
    name = read.__name__
    demo = write_demo(tmp_path)
    with private(tmp_path) as env, Process(env=env) as client:
        client.answers["workspace/configuration"] = [None]
        client.request(
            "initialize",
            {
                "processId": None,
                "rootUri": tmp_path.as_uri(),
                "capabilities": CAPABILITIES[name],
                "initializationOptions": options,
            },
        )
        client.notify("initialized", {})
        uri, text = demo.as_uri(), demo.read_text()
        client.open(uri, text)
        done = {}
        done["hover over i32.div_s"] = client.at("hover", uri, 5, 6)["contents"][
            "value"
        ]
        found = client.of("documentSymbol", uri)
        done["symbols"] = "\n".join(_names(found))
        calls = client.at(
            "references", uri, 11, 18, context={"includeDeclaration": True}
        )
        done["references of $fib"] = "\n".join(
            f"line {each['range']['start']['line'] + 1}" for each in calls
        )
        ran = client.run(uri, "fib", "20")
        done["lbtool.run of fib with 20"] = ran["text"]
        client.heard("textDocument/publishDiagnostics")
        client.change(uri, 2, edit(5, 4, 13, "i64.add"))
        told = client.next("textDocument/publishDiagnostics")["diagnostics"]
        done["i32.div_s replaced by i64.add"] = "\n".join(
            f"{each['code']}: {each['message']}" for each in told
        )
        client.finish()
        assert not client.heard("window/showMessage")
    assert "idiv esi" in done["hover over i32.div_s"]
    compare(f"{name}-protocol", done)


def _names(symbols: list[Json], indent: str = "") -> list[str]:
    return [
        line
        for each in symbols
        for line in (
            f"{indent}{each['name']}",
            *_names(each.get("children") or [], f"{indent}  "),
        )
    ]
