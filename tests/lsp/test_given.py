"""Parameters of our own requests and commands, right and wrong; URIs of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp.client import Client, Refused
from tests.lsp.texts import ADD, ADD_LINE, URI

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
PARAMS = -32602
OF = {"textDocument": {"uri": URI}}


def refused(client: Client, method: str, params: object) -> str:
    with pytest.raises(Refused) as caught:
        client.request(method, params)
    assert caught.value.code == PARAMS
    return str(caught.value.message)


def command(client: Client, name: str, *arguments: object) -> Any:
    params = {"command": name, "arguments": list(arguments)}
    return client.request("workspace/executeCommand", params)


@pytest.mark.parametrize("given", [URI, {"uri": URI}, OF])
def test_assembly_takes_a_uri_in_every_form(client: Client, given: object) -> None:
    client.open(URI, ADD)
    wanted = client.request("lbtool/assembly", OF)
    assert wanted["lines"]
    assert command(client, "lbtool.assembly", given) == wanted
    if isinstance(given, dict):
        assert client.request("lbtool/assembly", given) == wanted


ODD: list[object] = [None, 3, [], {}, {"textDocument": 3}, {"uri": 3}, {"uri": None}]
NO_URI = "needs the URI of a document: {textDocument: {uri}}"
ONE = "takes one argument, not "
WRONG: list[tuple[str, object, str]] = [
    *(
        (method, given, NO_URI)
        for method in ("lbtool/assembly", "lbtool/linked")
        for given in ODD
    ),
    ("lbtool/linked", OF, "needs a position, or a line of the machine code"),
    ("lbtool/linked", {**OF, "line": "x"}, "line is a number from 0"),
    ("lbtool/linked", {**OF, "line": -1}, "line is a number from 0"),
    ("lbtool/linked", {**OF, "line": True}, "line is a number from 0"),
    *(
        ("lbtool/linked", {**OF, "position": where}, "both numbers from 0")
        for where in (3, {}, {"line": 1}, {"line": -1, "character": 0},
                      {"line": 1, "character": 1e10}, {"line": "1", "character": 0})
    ),
    ("textDocument/hover", OF, "position is missing"),
    ("textDocument/hover", None, "params is missing"),
    ("textDocument/hover", {**OF, "position": {"line": -1, "character": 0}}, "range"),
    ("textDocument/hover", {"textDocument": 3}, "textDocument/hover: "),
]  # fmt: skip


@pytest.mark.parametrize(("method", "given", "sentence"), WRONG)
def test_what_is_wrong_is_said(
    client: Client, method: str, given: object, sentence: str
) -> None:
    client.open(URI, ADD)
    said = refused(client, method, given)
    assert said.startswith(method)
    assert sentence in said
    assert "Error" not in said
    assert "NoneType" not in said


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("lbtool.assembly", None, ONE),
        ("lbtool.assembly", [], ONE),
        ("lbtool.assembly", [URI, 2], ONE),
        ("lbtool.assembly", [3], NO_URI),
        ("lbtool.run", None, ONE),
        ("lbtool.run", [3], NO_URI),
        ("lbtool.run", [{}], NO_URI),
        ("lbtool.run", [URI], NO_URI),
        ("lbtool.run", [{"uri": URI}], "needs the name of an export"),
        ("lbtool.run", [{"uri": URI, "export": 3}], "needs the name of an export"),
        ("lbtool.run", [{"uri": URI, "export": "add", "args": {}}], "args is a list"),
        (
            "lbtool.run",
            [{"uri": "file:///no", "export": "add"}],
            "file:///no is not open and cannot be read",
        ),
        ("lbtool.nothing", [], "no such command"),
    ],
)
def test_what_is_wrong_with_a_command_is_said(
    client: Client, name: str, arguments: object, sentence: str
) -> None:
    client.open(URI, ADD)
    params = {"command": name, "arguments": arguments}
    said = refused(client, "workspace/executeCommand", params)
    assert name in said
    assert sentence in said


URIS = [
    "untitled:Untitled-1", "untitled:/a%20b.wat", "file:///a%20b%25c/%C3%A9.wat",
    "file:///a b%c/é.wat", "file://localhost/w/b.wat", "file:///c%3A/x/y.wat",
    "file:///C:/x/y.wat", "file://host/x.wat", "http://[/b.wat", "file:///%00x.wat",
    "file:///%ff.wat", "vscode-vfs://github/a/b.wat", "x", "", "file:",
]  # fmt: skip


@pytest.mark.parametrize("uri", URIS)
def test_uris_of_every_kind(client: Client, uri: str) -> None:
    """Open texts are what the client says they are, wherever they are from."""
    client.open(uri, ADD)
    assert "i32.add" in str(client.at("hover", uri, ADD_LINE, 5))
    assert client.of("definition", uri, position={"line": 8, "character": 11})
    told = client.next("textDocument/publishDiagnostics")
    assert (told["uri"], told["diagnostics"]) == (uri, [])
    assert command(client, "lbtool.assembly", uri)["lines"]
    lens = client.of("codeLens", uri)[0]
    assert "bytes" in client.request("codeLens/resolve", lens)["command"]["title"]
    client.shut(uri)
    assert client.at("hover", uri, ADD_LINE, 5) is None
    assert command(client, "lbtool.assembly", uri) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("file:///a%20b.wat", "file:///a b.wat"),
        ("file:///%C3%A9.wat", "file:///é.wat"),
        ("file://localhost/x.wat", "file:///x.wat"),
        ("file:///c%3A/x.wat", "file:///c:/x.wat"),
    ],
)
def test_spellings_of_one_uri(client: Client, one: str, other: str) -> None:
    client.open(one, ADD)
    assert "i32.add" in str(client.at("hover", other, ADD_LINE, 5))
    client.shut(other)
    assert client.at("hover", one, ADD_LINE, 5) is None


def test_files_with_odd_names(client: Client, tmp_path: Path) -> None:
    for name in ("a b.wat", "50%.wat", "é \U0001f600.wat", "a#b?c.wat", "%41.wat"):
        path = tmp_path / name
        path.write_text(ADD)
        assert command(client, "lbtool.assembly", path.as_uri())["lines"], name
