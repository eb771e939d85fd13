"""Virtual documents: machine code beside its source, binaries as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import wasmtime

from tests.lsp.client import Client, Refused, edit
from tests.lsp.texts import ADD, ADD_LINE, DIV, URI

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
CONTENT = "workspace/textDocumentContent"
REFRESH = "workspace/textDocumentContent/refresh"
CAN: Json = {"workspace": {"textDocumentContent": {}}}


def asm(uri: str) -> str:
    return f"lbtool-asm:/w/a.wat.s?{quote(uri, safe='')}"


def refreshed(client: Client) -> list[str]:
    return [each["params"]["uri"] for each in client.asked if each["method"] == REFRESH]


def test_it_is_advertised(new: Client) -> None:
    offered = new.initialize(CAN)["capabilities"]["workspace"]
    assert offered["textDocumentContent"] == {"schemes": ["lbtool-asm", "lbtool-wat"]}


def test_machine_code_of_an_open_text_follows_edits(new: Client) -> None:
    new.initialize(CAN)
    new.open(URI, ADD)
    text = new.request(CONTENT, {"uri": asm(URI)})["text"]
    told = new.request("lbtool/assembly", {"textDocument": {"uri": URI}})
    assert text == told["text"]
    assert "i32.sub" not in text
    new.change(URI, 2, edit(ADD_LINE, 4, 11, "i32.sub"))
    new.next("textDocument/publishDiagnostics")
    while asm(URI) not in refreshed(new):
        new.at("hover", URI, 0, 0)
    assert "i32.sub" in new.request(CONTENT, {"uri": asm(URI)})["text"]


def test_who_has_not_asked_is_not_told(new: Client) -> None:
    new.initialize(CAN)
    new.open(URI, ADD)
    for version in range(2, 5):
        new.change(URI, version, edit(0, 0, 0, " "))
    while new.next("textDocument/publishDiagnostics")["version"] != 4:
        pass
    assert not refreshed(new)


def test_one_refresh_at_a_time(new: Client) -> None:
    """A client that is slow to answer is asked once more, not once per edit."""
    new.initialize(CAN)
    new.open(URI, ADD)
    new.request(CONTENT, {"uri": asm(URI)})
    held: list[Json] = []
    new.answers[REFRESH] = held.append  # answers null at once, all the same
    for version in range(2, 40):
        new.change(URI, version, edit(0, 0, 0, " "))
    while new.next("textDocument/publishDiagnostics")["version"] != 39:
        pass
    assert 1 <= len(held) <= 38


def test_a_binary_as_text(new: Client, tmp_path: Path) -> None:
    path = tmp_path / "a b.wasm"
    path.write_bytes(wasmtime.wat2wasm(ADD))
    source = path.as_uri()
    uri = f"lbtool-wat:{quote(str(path))}.wat?{quote(source, safe='')}"
    new.initialize(CAN)
    text = new.request(CONTENT, {"uri": uri})["text"]
    assert text.startswith("(module")
    new.open(uri, text)
    line = text.split("\n").index("    i32.div_u")
    assert "div" in str(new.at("hover", uri, line, 6))
    code = new.request(CONTENT, {"uri": asm(uri)})["text"]
    assert "i32.div_u" in code
    assert new.run(uri, "div", ["0"])["status"] == "trapped"
    told = new.next("textDocument/publishDiagnostics")
    while not told["diagnostics"]:
        told = new.next("textDocument/publishDiagnostics")
    assert told["uri"] == uri
    assert told["diagnostics"][0]["range"]["start"]["line"] == line

    path.write_bytes(wasmtime.wat2wasm("(module (func $later))"))
    changes = {"changes": [{"uri": source, "type": 2}]}
    new.notify("workspace/didChangeWatchedFiles", changes)
    while uri not in refreshed(new):
        new.at("hover", uri, 0, 0)
    assert "$later" in new.request(CONTENT, {"uri": uri})["text"]


@pytest.mark.parametrize("data", [b"\0asm\1\0\0\0\xff", b"\0asm", b"", b"\xff\xfe\0"])
def test_what_is_no_module(client: Client, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.wasm"
    path.write_bytes(data)
    uri = f"lbtool-wat:/x.wat?{quote(path.as_uri(), safe='')}"
    text = client.request(CONTENT, {"uri": uri})["text"]
    if data.startswith(b"\0asm"):
        assert all(line.startswith(";;") for line in text.splitlines())
    client.open(uri, text)
    assert client.at("hover", uri, 0, 0) is None
    (told,) = client.next("textDocument/publishDiagnostics")["diagnostics"]
    assert ("of the binary" in told["message"]) == data.startswith(b"\0")


def test_a_binary_that_gets_broken_and_well_again(new: Client, tmp_path: Path) -> None:
    """The diagnostic says where in the binary; hovers of what is well are all there."""
    path = tmp_path / "x.wasm"
    good = bytes(wasmtime.wat2wasm(ADD))
    path.write_bytes(good)
    uri = f"lbtool-wat:/x.wat?{quote(path.as_uri(), safe='')}"
    new.initialize(CAN)
    text = new.request(CONTENT, {"uri": uri})["text"]
    new.open(uri, text)
    assert new.next("textDocument/publishDiagnostics")["diagnostics"] == []
    line = text.split("\n").index("    i32.div_u")
    before = new.at("hover", uri, line, 6)
    assert before

    def saved(data: bytes, version: int) -> list[Json]:
        path.write_bytes(data)
        changes = {"changes": [{"uri": path.as_uri(), "type": 2}]}
        asked = len(refreshed(new))
        new.notify("workspace/didChangeWatchedFiles", changes)
        new.until(
            lambda: bool(new.at("hover", "x", 0, 0)) or len(refreshed(new)) > asked
        )
        text = new.request(CONTENT, {"uri": uri})["text"]
        new.change(uri, version, {"text": text})
        told = new.next("textDocument/publishDiagnostics")
        while told["version"] != version:
            told = new.next("textDocument/publishDiagnostics")
        found: list[Json] = told["diagnostics"]
        return found

    (wrong,) = saved(good[:40], 2)
    assert wrong["code"].startswith("E01")
    assert "at byte 0x" in wrong["message"]
    assert "of the binary" in wrong["message"]
    assert wrong["range"]["start"] == {"line": 0, "character": 0}
    assert saved(good, 3) == []
    assert new.at("hover", uri, line, 6) == before


@pytest.mark.parametrize(
    "uri", ["lbtool-asm:/x.s", "lbtool-wat:", "file:///x?file:///y", "x?y", ""]
)
def test_uris_that_are_made_of_nothing(client: Client, uri: str) -> None:
    with pytest.raises(Refused):
        client.request(CONTENT, {"uri": uri})


def test_machine_code_of_a_file_that_is_not_open(
    client: Client, tmp_path: Path
) -> None:
    path = tmp_path / "x.wat"
    path.write_text(ADD)
    found = client.request("lbtool/assembly", {"textDocument": {"uri": path.as_uri()}})
    assert DIV in {each["range"]["start"]["line"] for each in found["lines"]}
    uris = [
        "http://x/y.wat",
        "untitled:1",
        "file:///no",
        "file://other/x",
        "file:///%00",
    ]
    for uri in uris:
        none = client.request("lbtool/assembly", {"textDocument": {"uri": uri}})
        assert none is None


def test_files_are_watched_by_who_can(new: Client) -> None:
    watches = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    new.initialize({"workspace": watches})
    new.open(URI, ADD)
    new.next("textDocument/publishDiagnostics")
    (asked,) = new.asked
    assert asked["method"] == "client/registerCapability"
    (row,) = asked["params"]["registrations"]
    assert row["method"] == "workspace/didChangeWatchedFiles"
    assert row["registerOptions"]["watchers"] == [{"globPattern": "**/*.{wat,wasm}"}]
