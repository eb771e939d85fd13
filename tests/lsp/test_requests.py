"""Each request, once, over a session: shapes and places as the protocol has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.lsp.client import Client, edit
from tests.lsp.texts import ADD, ADD_LINE, CALL, DIV, GET_A, URI, many

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
TREE = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}}


def place(line: int, start: int, end: int) -> Json:
    return {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": end},
    }


def test_hover_has_bytes_and_a_range(new: Client) -> None:
    new.initialize({"textDocument": {"hover": {"contentFormat": ["markdown"]}}})
    new.open(URI, ADD)
    found = new.at("hover", URI, ADD_LINE, 5)
    assert found["range"] == place(ADD_LINE, 4, 11)
    assert found["contents"]["kind"] == "markdown"
    assert "```x86asm" in found["contents"]["value"]


def test_hover_as_plain_text(client: Client) -> None:
    client.open(URI, ADD)
    found = client.at("hover", URI, ADD_LINE, 5)["contents"]
    assert found["kind"] == "plaintext"
    assert "`" not in found["value"]
    assert "i32.add" in found["value"]


def test_hover_between_things(client: Client) -> None:
    client.open(URI, ADD)
    assert client.at("hover", URI, ADD_LINE, 1) is None


def test_lenses(client: Client) -> None:
    client.open(URI, ADD)
    found = client.of("codeLens", URI)
    assert not any("command" in each for each in found)
    runs = [each for each in found if "export" in each["data"]]
    sizes = [each for each in found if each not in runs]
    assert len(sizes) == 5
    assert runs[0]["range"] == place(3, 2, 7)
    resolved = client.request("codeLens/resolve", sizes[0])
    assert resolved["range"] == sizes[0]["range"]
    assert "bytes" in resolved["command"]["title"]
    assert resolved["command"]["command"] == ""
    commands = [client.request("codeLens/resolve", each)["command"] for each in runs]
    assert [each["title"] for each in commands] == [
        "▶ run add(i32, i32)", "▶ run div(i32)", "▶ run inner(i32)", "▶ run spin()",
    ]  # fmt: skip
    assert commands[0]["arguments"] == [
        {"uri": URI, "export": "add", "params": ["i32", "i32"], "args": None}
    ]
    whole = {"range": runs[0]["range"], "command": commands[0]}
    assert client.request("codeLens/resolve", whole) == whole


def test_lenses_that_are_out_of_date_resolve_to_something(client: Client) -> None:
    client.open(URI, ADD)
    lenses = client.of("codeLens", URI)
    *_, last = (each for each in lenses if "export" not in each["data"])
    client.change(URI, 2, {"text": "(module)"})
    odd: list[Any] = [
        last["data"],
        None,
        3,
        {},
        {"uri": 3},
        {"uri": URI, "funcidx": -1},
        {"uri": URI, "funcidx": 9, "export": "add"},
        {"uri": "file:///else.wat", "funcidx": 0},
    ]
    for data in odd:
        lens = client.request(
            "codeLens/resolve", {"range": last["range"], "data": data}
        )
        assert lens["command"]["title"] == ""


def test_no_lenses(new: Client) -> None:
    new.initialize(codeLens=False)
    new.open(URI, ADD)
    assert new.of("codeLens", URI) is None


def test_why_there_are_no_buttons_is_said_once(new: Client) -> None:
    new.initialize(trusted=False)
    new.open(URI, ADD)
    found = new.of("codeLens", URI)
    (why,) = (each for each in found if "export" in each["data"])
    assert len(found) == 6
    command = new.request("codeLens/resolve", why)["command"]
    assert command == {"title": "▶ run: only in a trusted workspace", "command": ""}


REFRESHED = {
    "workspace": {
        "codeLens": {"refreshSupport": True},
        "diagnostics": {"refreshSupport": True},
    }
}


def refreshes(client: Client) -> int:
    """Requests to ask for lenses again that have come so far."""
    client.at("hover", "file:///none.wat", 0, 0)  # what was sent before has come
    methods = [each["method"] for each in client.asked]
    return methods.count("workspace/codeLens/refresh")


def test_lenses_are_asked_for_again_when_a_broken_function_is_well(new: Client) -> None:
    """A client that resolved a lens between two edits does not ask by itself."""
    new.initialize({**REFRESHED, "textDocument": {"diagnostic": {}}})
    new.open(URI, ADD)
    lens = new.of("codeLens", URI)[0]
    assert "stale" not in new.request("codeLens/resolve", lens)["command"]["title"]
    new.change(URI, 2, edit(ADD_LINE, 4, 11, "i64.add"))
    assert "stale" in new.request("codeLens/resolve", lens)["command"]["title"]
    assert refreshes(new) == 0
    new.change(URI, 3, edit(ADD_LINE, 4, 11, "i32.add"))
    new.until(lambda: refreshes(new) == 1)
    assert "stale" not in new.request("codeLens/resolve", lens)["command"]["title"]
    new.change(URI, 4, edit(ADD_LINE, 4, 11, "i32.sub"))
    new.of("diagnostic", URI)
    assert refreshes(new) == 1


def test_lenses_of_many_functions_follow_the_cursor(new: Client) -> None:
    """All of ten thousand would be megabytes after each edit."""
    new.initialize({**REFRESHED, "textDocument": {"diagnostic": {}}})
    new.open(URI, many(3000))
    found = new.of("codeLens", URI)
    indices = {each["data"]["funcidx"] for each in found}
    assert indices == set(range(1000))
    assert len(json.dumps(found)) < 400_000
    assert new.at("hover", URI, 2 + 7 * 2500 + 3, 6) is not None
    new.until(lambda: refreshes(new) == 1)
    found = new.of("codeLens", URI)
    assert {each["data"]["funcidx"] for each in found} == set(range(2000, 3000))


def test_document_symbols_as_a_tree(new: Client) -> None:
    new.initialize(TREE)
    new.open(URI, ADD)
    (module,) = new.of("documentSymbol", URI)
    named = {each["name"]: each for each in module["children"]}
    add = named["$add"]
    assert add["range"]["start"] == {"line": 3, "character": 2}
    assert add["selectionRange"] == place(3, 8, 12)
    assert {"$g", "$twice"} <= set(named)


def test_document_symbols_as_a_list(client: Client) -> None:
    client.open(URI, ADD)
    found = client.of("documentSymbol", URI)
    add = next(each for each in found if each["name"] == "$add")
    assert add["location"]["uri"] == URI
    assert add["location"]["range"]["start"]["line"] == 3
    assert "children" not in add


def test_definition_references_highlights(client: Client) -> None:
    client.open(URI, ADD)
    name = place(3, 8, 12)
    assert client.at("definition", URI, CALL, 12) == [{"uri": URI, "range": name}]
    both = [name, place(CALL, 10, 14)]
    for declared, wanted in ((True, both), (False, both[1:])):
        found = client.at(
            "references", URI, 3, 9, context={"includeDeclaration": declared}
        )
        assert [each["range"] for each in found] == wanted
    found = client.at("documentHighlight", URI, GET_A, 15)
    assert [each["range"]["start"]["line"] for each in found] == [3, GET_A]
    assert {each["kind"] for each in found} <= {1, 2, 3}


def test_folding(new: Client) -> None:
    new.initialize({"textDocument": {"foldingRange": {"lineFoldingOnly": True}}})
    new.open(URI, ADD)
    found = new.of("foldingRange", URI)
    assert {"startLine": 3, "endLine": ADD_LINE} in found
    assert all(each["startLine"] < each["endLine"] for each in found)


def test_folding_with_characters(client: Client) -> None:
    client.open(URI, ";; a\n;; b\n" + ADD)
    found = client.of("foldingRange", URI)
    assert any(each.get("kind") == "comment" for each in found)
    assert all("startCharacter" in each for each in found)


def test_selection_grows(client: Client) -> None:
    client.open(URI, ADD)
    position = {"line": CALL, "character": 12}
    (found,) = client.of("selectionRange", URI, positions=[position])
    ranges = []
    while found is not None:
        ranges.append(found["range"])
        found = found.get("parent")
    assert ranges[0] == place(CALL, 10, 14)
    assert ranges[-1]["start"] == {"line": 0, "character": 0}
    starts = [(r["start"]["line"], r["start"]["character"]) for r in ranges]
    assert starts == sorted(starts, reverse=True)


def test_semantic_tokens(new: Client) -> None:
    legend = new.initialize()["capabilities"]["semanticTokensProvider"]["legend"]
    text = "(module (func $é\U0001f600 i32.const 1 drop) (; a\nbc ;))"
    new.open(URI, text)

    def decoded(data: list[int]) -> list[tuple[int, int, int, str]]:
        line = column = 0
        found = []
        for i in range(0, len(data), 5):
            line += data[i]
            column = data[i + 1] + (0 if data[i] else column)
            kind = legend["tokenTypes"][data[i + 3]]
            found.append((line, column, data[i + 2], kind))
        return found

    full = decoded(new.of("semanticTokens/full", URI)["data"])
    assert (0, 14, 4, "function") in full  # the name counts in UTF-16
    assert [each[:3] for each in full if each[3] == "comment"] == [
        (0, 37, 4),
        (1, 0, 5),
    ]
    second = place(1, 0, 3) | {"end": {"line": 1, "character": 5}}
    some = decoded(new.of("semanticTokens/range", URI, range=second)["data"])
    assert set(some) <= set(full)
    assert any(each[0] == 1 for each in some)


def test_workspace_symbols(new: Client, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.wat").write_text("(module (func $on_disk))")
    (tmp_path / "c.wat").write_text("(module (func $closed_add))")
    new.request(
        "initialize",
        {
            "processId": None,
            "rootUri": tmp_path.as_uri(),
            "capabilities": {},
            "workspaceFolders": [{"uri": tmp_path.as_uri(), "name": "w"}],
        },
    )
    new.notify("initialized", {})
    new.open((tmp_path / "c.wat").as_uri(), ADD)

    def names(query: str) -> set[str]:
        found = new.request("workspace/symbol", {"query": query})
        return {each["name"] for each in found}

    assert names("disk") == {"$on_disk"}
    assert "$add" in names("ad")
    assert "$closed_add" not in names("add")
    assert {"$on_disk", "$add"} <= names("")
    new.notify(
        "workspace/didChangeWorkspaceFolders",
        {"event": {"added": [], "removed": [{"uri": tmp_path.as_uri(), "name": "w"}]}},
    )
    assert names("disk") == set()


def test_the_map_of_the_machine_code(client: Client) -> None:
    client.open(URI, ADD)
    found = client.request("lbtool/assembly", {"textDocument": {"uri": URI}})
    lines = found["text"].split("\n")
    shown = [
        (each["range"]["start"]["line"], lines[each["line"]]) for each in found["lines"]
    ]
    for line, op in ((ADD_LINE, "i32.add"), (DIV, "i32.div_u"), (CALL, "call")):
        assert any(op in text for number, text in shown if number == line)
    assert not any(each["stale"] for each in found["lines"])
    command = {"command": "lbtool.assembly", "arguments": [URI]}
    assert client.request("workspace/executeCommand", command) == found
    client.change(URI, 2, edit(ADD_LINE, 4, 11, "i64.add"))
    later = client.request("lbtool/assembly", {"textDocument": {"uri": URI}})
    stale = {each["range"]["start"]["line"] for each in later["lines"] if each["stale"]}
    assert ADD_LINE in stale
    assert DIV not in stale
    none = {"textDocument": {"uri": "file:///nowhere.wat"}}
    assert client.request("lbtool/assembly", none) is None


def test_asm_only_from_the_start(new: Client) -> None:
    offered = new.initialize(features="asm-only")["capabilities"]
    assert "hoverProvider" in offered
    assert "codeLensProvider" in offered
    for name in ("definitionProvider", "documentSymbolProvider", "foldingRangeProvider",
                 "referencesProvider", "semanticTokensProvider",
                 "workspaceSymbolProvider"):  # fmt: skip
        assert name not in offered
    new.open(URI, "(module (func i32.add))")
    told = new.next("textDocument/publishDiagnostics")
    assert told["diagnostics"] == []


def test_asm_only_later(client: Client) -> None:
    client.open(URI, ADD)
    assert client.of("documentSymbol", URI)
    client.notify(
        "workspace/didChangeConfiguration",
        {"settings": {"lbtool": {"features": "asm-only"}}},
    )
    assert client.of("documentSymbol", URI) is None
    assert client.at("hover", URI, ADD_LINE, 5)
