"""What a bridge remembers: a new server is told all that holds, and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lbtool.lsp.journal import Journal
from tests.lsp.client import edit
from tests.lsp.texts import URI

Json = dict[str, Any]


def body(**message: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode()


def begun(encoding: str = "utf-16") -> Journal:
    journal = Journal()
    journal.from_client(body(id=0, method="initialize", params={"capabilities": {}}))
    answer = {"capabilities": {"positionEncoding": encoding}}
    assert journal.from_server(body(id=0, result=answer)) == (True, None)
    journal.from_client(body(method="initialized", params={}))
    return journal


def restarted(journal: Journal) -> tuple[list[Json], list[Json]]:
    to_server, to_client = journal.restart()
    return [json.loads(x) for x in to_server], [json.loads(x) for x in to_client]


def opened(journal: Journal, uri: str, text: str) -> None:
    item = {"uri": uri, "languageId": "wat", "version": 1, "text": text}
    journal.from_client(
        body(method="textDocument/didOpen", params={"textDocument": item})
    )


def changed(journal: Journal, uri: str, version: int, *changes: Json) -> None:
    params = {
        "textDocument": {"uri": uri, "version": version},
        "contentChanges": list(changes),
    }
    journal.from_client(body(method="textDocument/didChange", params=params))


def test_nothing_was_said() -> None:
    assert restarted(Journal()) == ([], [])


def test_the_beginning_is_said_again_under_another_id() -> None:
    journal = begun()
    (initialize, initialized), to_client = restarted(journal)
    assert initialize["method"] == "initialize"
    assert initialize["params"] == {"capabilities": {}}
    assert initialized["method"] == "initialized"
    assert not to_client
    # its answer is not the client's
    answer = body(id=initialize["id"], result={"capabilities": {}})
    assert journal.from_server(answer) == (False, None)
    (again, _), _ = restarted(journal)
    assert again["id"] != initialize["id"]


def test_initialize_without_an_answer_is_asked_again() -> None:
    journal = Journal()
    message = body(id="x", method="initialize", params={})
    journal.from_client(message)
    to_server, to_client = restarted(journal)
    assert to_server == [json.loads(message)]
    assert not to_client
    assert journal.from_server(body(id="x", result={})) == (True, None)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3)])
def test_texts_are_as_edited(encoding: str, column: int) -> None:
    journal = begun(encoding)
    opened(journal, URI, "a\U0001f600b\nc")
    changed(journal, URI, 2, edit(0, column, column, "<"), edit(1, 0, 1, "d"))
    changed(journal, URI, 9, edit(1, 1, 1, ">"))
    opened(journal, "file:///b", "closed")
    journal.from_client(
        body(
            method="textDocument/didClose",
            params={"textDocument": {"uri": "file:///b"}},
        )
    )
    (*_, last), _ = restarted(journal)
    assert last["method"] == "textDocument/didOpen"
    assert last["params"]["textDocument"] == {
        "uri": URI, "languageId": "wat", "version": 9, "text": "a\U0001f600<b\nd>",
    }  # fmt: skip


def test_the_last_settings_and_every_change_of_folders() -> None:
    journal = begun()
    for value in (1, 2):
        journal.from_client(
            body(method="workspace/didChangeConfiguration", params={"settings": value})
        )
        journal.from_client(
            body(method="workspace/didChangeWorkspaceFolders", params={"event": value})
        )
    (_, _, *rest), _ = restarted(journal)
    assert [each["params"] for each in rest] == [
        {"event": 1}, {"event": 2}, {"settings": 2},
    ]  # fmt: skip


def test_requests_without_an_answer_get_one() -> None:
    journal = begun()
    for id_, method in (
        (1, "textDocument/hover"),
        ("d", "textDocument/diagnostic"),
        (3, "textDocument/hover"),
        (4, "shutdown"),
    ):
        journal.from_client(body(id=id_, method=method, params={}))
    journal.from_server(body(id=1, result=None))
    _, to_client = restarted(journal)
    found = {each["id"]: each for each in to_client}
    assert set(found) == {"d", 3, 4}
    assert found[3]["error"]["code"] == -32802
    assert found["d"]["error"]["data"] == {"retriggerRequest": True}
    assert found[4]["result"] is None
    assert restarted(journal)[1] == []


def test_registrations_are_not_repeated() -> None:
    journal = begun()
    params = {"registrations": [{"id": "files", "method": "x"}]}
    first = body(id="s1", method="client/registerCapability", params=params)
    assert journal.from_server(first) == (True, None)
    assert journal.from_client(body(id="s1", result=None))
    restarted(journal)
    again = body(id="s2", method="client/registerCapability", params=params)
    told, answer = journal.from_server(again)
    assert not told
    assert answer is not None
    assert json.loads(answer) == {"jsonrpc": "2.0", "id": "s2", "result": None}
    gone = {"unregisterations": [{"id": "files", "method": "x"}]}
    journal.from_server(
        body(id="s3", method="client/unregisterCapability", params=gone)
    )
    assert journal.from_server(again) == (True, None)


def test_answers_to_a_server_that_is_gone_are_dropped() -> None:
    journal = begun()
    journal.from_server(body(id="s1", method="workspace/configuration", params={}))
    restarted(journal)
    assert not journal.from_client(body(id="s1", result=[{}]))
    journal.from_server(body(id="s2", method="workspace/configuration", params={}))
    assert journal.from_client(body(id="s2", result=[{}]))


def test_progress_that_was_begun_ends() -> None:
    journal = begun()
    for token, kind in (("a", "begin"), ("b", "begin"), ("b", "report"), ("b", "end")):
        journal.from_server(
            body(method="$/progress", params={"token": token, "value": {"kind": kind}})
        )
    _, to_client = restarted(journal)
    assert [each["params"] for each in to_client] == [
        {"token": "a", "value": {"kind": "end"}}
    ]
    assert restarted(journal)[1] == []


def test_the_end_is_noticed() -> None:
    journal = begun()
    assert (journal.tidy, journal.ended) == (False, False)
    journal.from_client(body(id=9, method="shutdown"))
    journal.from_client(body(method="exit"))
    assert (journal.tidy, journal.ended) == (True, True)


@pytest.mark.parametrize(
    "message",
    [
        b"", b"{", b"[]", b"3", b'"x"', b"null", b"{}", b'{"id":[],"method":"x"}',
        b'{"method":"textDocument/didOpen"}', b'{"method":3,"id":{}}',
        b'{"method":"textDocument/didChange","params":{"textDocument":{"uri":"?"}}}',
        b'{"method":"textDocument/didClose","params":[]}', b"\xff" * 20,
        b"[" * 100_000,
    ],
    ids=range(14),
)  # fmt: skip
def test_garbage_is_the_servers_business(message: bytes) -> None:
    journal = begun()
    before = restarted(journal)[0][1:]
    journal.from_client(message)
    journal.from_server(message)
    assert restarted(journal)[0][1:] == before
