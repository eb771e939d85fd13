"""Diagnostics are pulled or pushed, never both; configuration at any time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.client import Client, edit
from tests.lsp.texts import ADD, ADD_LINE, CALL, GET_B, URI, many

Json = dict[str, Any]
PUSHED = "textDocument/publishDiagnostics"
PULLS: Json = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}
TWO = ADD.replace("local.get $b", "local.get $c").replace("call $add", "call $ad")


def test_pushed_with_version_range_and_code(client: Client) -> None:
    client.open(URI, TWO, 5)
    told = client.next(PUSHED)
    assert (told["uri"], told["version"]) == (URI, 5)
    places = {
        each["range"]["start"]["line"]: (each["code"], each["severity"], each["source"])
        for each in told["diagnostics"]
    }
    assert places == {GET_B: ("E0206", 1, "lbtool"), CALL: ("E0202", 1, "lbtool")}
    client.change(URI, 6, {"text": ADD})
    told = client.next(PUSHED)
    assert (told["version"], told["diagnostics"]) == (6, [])


def test_pulled_and_not_pushed(new: Client) -> None:
    offered = new.initialize(PULLS)["capabilities"]["diagnosticProvider"]
    assert offered["workspaceDiagnostics"] is False
    new.open(URI, TWO)
    first = new.of("diagnostic", URI)
    assert first["kind"] == "full"
    assert len(first["items"]) == 2
    again = new.of("diagnostic", URI, previousResultId=first["resultId"])
    assert again == {"kind": "unchanged", "resultId": first["resultId"]}
    new.change(URI, 2, edit(CALL, 10, 13, "$add"))
    later = new.of("diagnostic", URI, previousResultId=first["resultId"])
    assert [each["code"] for each in later["items"]] == ["E0206"]
    new.shut(URI)
    new.open(URI, ADD)
    last = new.of("diagnostic", URI, previousResultId=later["resultId"])
    assert last["items"] == []
    assert not new.heard(PUSHED)


def test_pull_is_not_offered_to_who_is_pushed(new: Client) -> None:
    assert "diagnosticProvider" not in new.initialize({})["capabilities"]


def test_edits_faster_than_builds_are_one(client: Client) -> None:
    """Whatever is pushed in between, the last is of the last text."""
    client.open(URI, many(2000))
    for version in range(2, 60):
        client.change(URI, version, edit(5, 4, 4, "nop "))
    versions = [client.next(PUSHED)["version"]]
    while versions[-1] != 59:
        versions.append(client.next(PUSHED)["version"])
    assert versions == sorted(set(versions))
    assert len(versions) < 30


def test_pull_while_typing_is_of_the_last_text(new: Client) -> None:
    new.initialize(PULLS)
    new.open(URI, many(1000))
    asked = []
    for version in range(2, 20):
        new.change(URI, version, edit(5, 4, 11 if version == 2 else 4, ""))
        asked.append(
            new.begin("textDocument/diagnostic", {"textDocument": {"uri": URI}})
        )
    counts = [len(new.result(id_)["items"]) for id_ in asked]
    assert counts[-1] == 1


def test_pushed_to_who_cannot_be_told_to_pull_again(new: Client) -> None:
    """Neovim 0.10: a trap, which comes without an edit, was never seen there."""
    capabilities = new.initialize({"textDocument": {"diagnostic": {}}})["capabilities"]
    assert not capabilities.get("diagnosticProvider")
    new.open(URI, TWO)
    assert len(new.next(PUSHED)["diagnostics"]) == 2


def test_configuration_that_comes_late(new: Client) -> None:
    """Answers change when the settings do, and the client is told to ask again."""
    new.answers["workspace/configuration"] = [{"syntax": "att"}]
    capabilities = {
        **PULLS,
        "workspace": {
            "configuration": True,
            "codeLens": {"refreshSupport": True},
            "diagnostics": {"refreshSupport": True},
        },
    }
    new.initialize(capabilities)
    new.open(URI, ADD)
    while "%e" not in str(new.at("hover", URI, ADD_LINE, 5)):
        pass
    new.answers["workspace/configuration"] = [{"syntax": None, "wasm": "3.1"}]
    new.notify("workspace/didChangeConfiguration", {"settings": None})
    while "%e" in str(new.at("hover", URI, ADD_LINE, 5)):
        pass
    warned = new.next("window/showMessage")
    assert "lbtool.wasm must be one of 1.0, 2.0" in warned["message"]
    methods = [each["method"] for each in new.asked]
    assert methods.count("workspace/diagnostic/refresh") == 2
    assert methods.count("workspace/codeLens/refresh") == 2


LOAD = "(module (memory 1)\n (func (result i32)\n  i32.const 8\n  i32.load8_s))"
EXTEND = "(module (func (param i32) (result i32) local.get 0\n i32.extend8_s))"


def settings(client: Client, **values: object) -> None:
    given: Json = {"settings": {"lbtool": values}}
    client.notify("workspace/didChangeConfiguration", given)


@pytest.mark.parametrize("pulls", [True, False])
def test_another_version_of_wasm_is_another_verdict(
    new: Client, *, pulls: bool
) -> None:
    new.initialize(PULLS if pulls else {})
    new.open(URI, EXTEND)
    before = None

    def codes() -> list[str]:
        nonlocal before
        if not pulls:
            return [each["code"] for each in new.next(PUSHED)["diagnostics"]]
        found = new.of("diagnostic", URI, previousResultId=before)
        assert found["kind"] == "full"
        before = found["resultId"]
        return [each["code"] for each in found["items"]]

    assert codes() == []
    settings(new, wasm="1.0")
    assert len(codes()) == 1
    settings(new, wasm="2.0")
    assert codes() == []


def test_settings_change_open_texts(client: Client) -> None:
    client.open(URI, LOAD)

    def hover() -> str:
        return str(client.at("hover", URI, 3, 4))

    plain = hover()
    settings(client, bounds="explicit")
    checked = hover()
    assert checked != plain
    settings(client, bounds="maybe", syntax="att")
    assert "%" in hover()
    assert "cmp" in hover()  # as it was: explicit
    settings(client, bounds=None, syntax=None)
    assert hover() == plain
    settings(client, features="asm-only")
    assert client.of("documentSymbol", URI) is None
    assert hover() == plain
    settings(client, features="full", codeLens=False)
    assert client.of("documentSymbol", URI)
    assert client.of("codeLens", URI) is None


def test_what_is_wrong_is_said_once(new: Client) -> None:
    new.initialize(bounds="none", runTimeout="x")
    for _ in range(3):
        settings: Json = {"lbtool": {"bounds": "none"}}
        new.notify("workspace/didChangeConfiguration", {"settings": settings})
    new.open(URI, ADD)
    new.next(PUSHED)
    said = [each["message"] for each in new.heard("window/showMessage")]
    assert len(said) == len(set(said)) == 2


def test_null_settings(new: Client) -> None:
    params: Json = {"processId": None, "rootUri": None, "capabilities": {}}
    new.request("initialize", {**params, "initializationOptions": None})
    new.notify("initialized", {})
    odd: list[Any] = [None, {"lbtool": None}, {}, []]
    for settings in odd:
        new.notify("workspace/didChangeConfiguration", {"settings": settings})
    new.open(URI, ADD)
    assert new.at("hover", URI, ADD_LINE, 5)
    assert not new.heard("window/showMessage")
    assert new.run(URI, "add", "1 2")["status"] == "error"  # nobody said trusted
