"""Open documents: what the client says holds, whatever is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.lsp.client import Client, edit
from tests.lsp.texts import ADD, ADD_LINE, GET_A, URI, many

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = "workspace/textDocumentContent"


def text_of(client: Client, uri: str) -> str:
    """The text that the server has."""
    virtual = f"lbtool-wat:/x.wat?{quote(uri, safe='')}"
    found: str = client.request(CONTENT, {"uri": virtual})["text"]
    return found


def test_edits_are_applied(client: Client) -> None:
    client.open(URI, "one\ntwo\nthree")
    client.change(URI, 2, edit(1, 0, 3, "2"), edit(0, 3, 0, "", 1), edit(0, 0, 0, "<"))
    assert text_of(client, URI) == "<one2\nthree"
    client.change(URI, 3, {"text": "new"}, edit(9, 9, 9, "\U0001f600x"))
    client.change(URI, 4, edit(0, 5, 5, "|"))
    assert text_of(client, URI) == "new\U0001f600|x"
    client.change(URI, 5)
    assert text_of(client, URI) == "new\U0001f600|x"


@pytest.mark.parametrize(
    ("offered", "agreed", "column"),
    [
        (["utf-32", "utf-16"], "utf-32", 7),
        (["utf-8"], "utf-8", 10),
        (["utf-16", "utf-8"], "utf-16", 8),
        (["utf-7"], "utf-16", 8),
        (None, "utf-16", 8),
    ],
)
def test_encodings(
    new: Client, offered: list[str] | None, agreed: str, column: int
) -> None:
    general = {} if offered is None else {"positionEncodings": offered}
    result = new.initialize({"general": general})
    assert result["capabilities"]["positionEncoding"] == agreed
    text = ADD.replace("    i32.add", "(;\U0001f600;) i32.add")
    new.open(URI, text)
    found = new.at("hover", URI, ADD_LINE, column + 3)
    assert found["range"]["start"] == {"line": ADD_LINE, "character": column - 1}
    new.change(URI, 2, edit(ADD_LINE, column - 1, column + 6, "i32.sub"))
    assert text_of(new, URI) == text.replace("i32.add", "i32.sub")


def test_opened_twice_the_last_one_holds(client: Client) -> None:
    client.open(URI, "(module)")
    client.open(URI, ADD, 7)
    assert client.at("hover", URI, ADD_LINE, 5)
    client.shut(URI)
    client.shut(URI)
    assert client.at("hover", URI, ADD_LINE, 5) is None


def test_edits_of_what_is_not_open_are_dropped(client: Client) -> None:
    client.change(URI, 2, {"text": ADD})
    assert client.at("hover", URI, ADD_LINE, 5) is None
    client.open(URI, ADD)
    assert client.at("hover", URI, ADD_LINE, 5)


def test_spellings_of_a_uri(client: Client) -> None:
    client.open("file:///a%20b/%C3%A9.wat", ADD)
    for uri in ("file:///a b/é.wat", "file:///a%20b/é.wat"):
        assert client.at("hover", uri, ADD_LINE, 5)
    assert client.at("hover", "file:///a%2520b/é.wat", ADD_LINE, 5) is None


def test_open_texts_win_over_files(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "x.wat"
    path.write_text("(module (; on disk ;))")
    uri = path.as_uri()
    assert text_of(client, uri) == path.read_text()
    client.open(uri, ADD)
    path.write_text("(module (; later ;))")
    client.notify(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]}
    )
    assert text_of(client, uri) == ADD
    client.shut(uri)
    assert text_of(client, uri) == path.read_text()
    path.unlink()
    assert "cannot be read" in text_of(client, uri)


def test_invalid_utf8_on_disk(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "x.wat"
    path.write_bytes(b'(module (data "\xff\xfe"))')
    assert "\ufffd" in text_of(client, path.as_uri())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "(",
        ")",
        "(module",
        '(module (func $a (export "',
        "\ufeff(module)",
        "(module)\r\n\t\r\r\n",
        "(" * 50_000,
        "(module (; ",
        "\0\1\2",
        "(module (func i32.const \ud83d))",
        "(module binary)",
        ";; \U0001f600" * 100_000,
        "(module (func " + "nop " * 10_000 + "))",
    ],
    ids=range(15),
)
def test_odd_texts(client: Client, text: str) -> None:
    """Every request is answered, and the next text is read as any."""
    client.open(URI, text)
    for line, column in ((0, 0), (0, 10), (0, 10**6), (2**31 - 1, 2**31 - 1)):
        for what in ("hover", "definition", "documentHighlight"):
            client.at(what, URI, line, column)
    client.at("references", URI, 0, 1, context={"includeDeclaration": True})
    for what in ("documentSymbol", "foldingRange", "codeLens", "semanticTokens/full"):
        client.of(what, URI)
    client.of("selectionRange", URI, positions=[{"line": 0, "character": 3}])
    client.request("lbtool/assembly", {"textDocument": {"uri": URI}})
    client.change(URI, 2, {"text": ADD})
    assert "add" in str(client.at("hover", URI, ADD_LINE, 5))
    assert client.next("textDocument/publishDiagnostics")


def test_every_prefix_while_typing(client: Client) -> None:
    """A function typed character by character into a module."""
    head, body, tail = ADD.partition("  (func $twice")
    typed = "(func $new (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))"
    client.open(URI, head + body + tail)
    line = head.count("\n")
    for version, character in enumerate(typed):
        client.change(URI, version + 2, edit(line, version, version, character))
        client.at("hover", URI, GET_A, 6)
    assert text_of(client, URI) == head + typed + body + tail
    assert "i32.add" in str(client.at("hover", URI, line, typed.index("i32.add") + 1))


def test_five_megabytes(client: Client) -> None:
    text = many(30_000)
    assert len(text) > 4_500_000
    client.open(URI, text)
    found = client.at("hover", URI, 7 * 20_000 + 5, 6)
    assert "i32.add" in str(found)
    client.change(URI, 2, edit(7 * 20_000 + 5, 4, 11, "i32.sub"))
    assert "i32.sub" in str(client.at("hover", URI, 7 * 20_000 + 5, 6))


def test_a_document_of_machine_code_is_no_module(client: Client) -> None:
    uri = f"lbtool-asm:/x.s?{quote(URI, safe='')}"
    client.open(uri, "mov eax, ecx")
    assert client.at("hover", uri, 0, 1) is None
    assert not client.heard("textDocument/publishDiagnostics")


def test_closing_takes_diagnostics_away(client: Client) -> None:
    client.open(URI, "(module (func i32.add))")
    first: dict[str, Any] = client.next("textDocument/publishDiagnostics")
    assert first["diagnostics"]
    client.shut(URI)
    assert client.next("textDocument/publishDiagnostics")["diagnostics"] == []
