"""Every request gets one answer, whatever it is and whenever it comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.lsp.framing import frame
from tests.lsp.client import Client, Later, Refused
from tests.lsp.texts import ADD, ADD_LINE, URI

if TYPE_CHECKING:
    from collections.abc import Callable

PARSE, INVALID_REQUEST, METHOD, PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800
HOVER = {"textDocument": {"uri": URI}, "position": {"line": ADD_LINE, "character": 5}}


def code(ask: Callable[[], object]) -> int:
    with pytest.raises(Refused) as refused:
        ask()
    found: int = refused.value.code
    return found


def test_string_ids_and_numbers_are_given_back(client: Client) -> None:
    client.open(URI, ADD)
    for id_ in ("a", "", "1", 0, -5, 2**53, "\U0001f600"):
        client.begin("textDocument/hover", HOVER, id_)
        reply = client.reply(id_)
        assert reply["id"] == id_
        assert type(reply["id"]) is type(id_)
        assert "result" in reply


def test_before_initialize(new: Client) -> None:
    assert code(lambda: new.request("textDocument/hover", HOVER)) == NOT_INITIALIZED
    assert code(lambda: new.request("shutdown")) == NOT_INITIALIZED
    new.open(URI, ADD)  # dropped
    new.notify("$/cancelRequest", {"id": 1})
    new.initialize()
    assert new.request("textDocument/hover", HOVER) is None


def test_initialize_comes_once(client: Client) -> None:
    assert code(client.initialize) == INVALID_REQUEST


def test_after_shutdown(client: Client) -> None:
    client.open(URI, ADD)
    assert client.request("shutdown") is None
    assert code(lambda: client.request("textDocument/hover", HOVER)) == INVALID_REQUEST
    assert code(lambda: client.request("shutdown")) == INVALID_REQUEST
    assert code(client.initialize) == INVALID_REQUEST
    client.notify("exit")
    assert client.ended.wait(30)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"", PARSE),
        (b"{", PARSE),
        (b'{"jsonrpc":"2.0","id":1,', PARSE),
        (b"\xff\xfe{}", PARSE),
        (b"[" * 100_000, PARSE),
        (b"[]", INVALID_REQUEST),
        (b"3", INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":1,"method":3}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":[1],"method":"shutdown"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":true,"method":"shutdown"}', INVALID_REQUEST),
        (b'{"jsonrpc":"2.0","id":null,"method":"shutdown"}', INVALID_REQUEST),
    ],
)
def test_malformed_messages(client: Client, body: bytes, wanted: int) -> None:
    client.raw(frame(body))
    reply = client.reply(None)
    assert reply["error"]["code"] == wanted
    assert reply["error"]["message"]
    client.open(URI, ADD)
    assert client.request("textDocument/hover", HOVER)


def test_malformed_headers(client: Client) -> None:
    client.raw(b"Content-Type: nothing\r\n\r\n")
    assert client.reply(None)["error"]["code"] == PARSE
    client.raw(b"Content-Length: 99999999999999\r\n\r\n"[:10])
    client.raw(b"x\r\n\r\n")
    assert client.reply(None)["error"]["code"] == PARSE
    client.open(URI, ADD)
    assert client.request("textDocument/hover", HOVER)


def test_unknown_methods(client: Client) -> None:
    assert code(lambda: client.request("textDocument/rename", HOVER)) == METHOD
    assert code(lambda: client.request("$/nothing")) == METHOD
    assert code(lambda: client.request("")) == METHOD
    client.notify("$/nothing", {"x": 1})
    client.notify("workspace/nothing")
    assert client.request("textDocument/hover", HOVER) is None


# Whatever stands for parameters.
ODD: list[Any] = [None, [], {}, 3, "x", {"textDocument": None}, {"textDocument": {}}]
REQUESTS = [
    *(
        f"textDocument/{each}"
        for each in (
            "hover", "definition", "references", "documentHighlight", "codeLens",
            "documentSymbol", "foldingRange", "selectionRange", "semanticTokens/full",
            "semanticTokens/range",
        )
    ),
    "codeLens/resolve", "workspace/symbol", "workspace/executeCommand",
    "workspace/textDocumentContent", "lbtool/assembly",
]  # fmt: skip


@pytest.mark.parametrize("method", REQUESTS)
def test_parameters_that_are_none(client: Client, method: str) -> None:
    for params in ODD:
        assert code(lambda p=params: client.request(method, p)) == PARAMS  # type: ignore[misc]


def test_notifications_with_odd_parameters(client: Client) -> None:
    client.open(URI, ADD)
    for name in ("didOpen", "didChange", "didClose"):
        for params in ODD:
            client.notify(f"textDocument/{name}", params)
    change = {"range": {"start": {"line": "x"}}, "text": None}
    client.change(URI, 2, change)
    for method in ("workspace/didChangeConfiguration", "$/setTrace", "$/cancelRequest",
                   "workspace/didChangeWatchedFiles", "window/workDoneProgress/cancel",
                   "workspace/didChangeWorkspaceFolders", "initialized"):  # fmt: skip
        for params in ODD:
            client.notify(method, params)
    assert client.request("textDocument/hover", HOVER)["contents"]


def test_an_id_in_use(client: Client) -> None:
    """A second request of the same id is refused, and the first is not lost."""
    client.open(URI, ADD)
    params = {"command": "lbtool.run", "arguments": [{"uri": URI, "export": "spin"}]}
    client.begin("workspace/executeCommand", params, "same")
    client.begin("textDocument/hover", HOVER, "same")
    assert client.reply(None)["error"]["code"] == INVALID_REQUEST
    client.notify("$/cancelRequest", {"id": "same"})
    assert client.reply("same")["error"]["code"] == CANCELLED


def test_answers_to_nothing(client: Client) -> None:
    client.send({"id": "nobody asked", "result": {}})
    client.send({"id": 3, "error": {"code": 1, "message": "x"}})
    client.send({"id": None, "error": {"code": 1, "message": "x"}})
    client.send({})
    client.open(URI, ADD)
    assert client.request("textDocument/hover", HOVER)


@pytest.mark.parametrize(
    "answer",
    [None, [], [None], {}, 3, Later(), [{"runTimeout": None}], [3]],
    ids=range(8),
)
def test_odd_answers_to_configuration(new: Client, answer: object) -> None:
    new.answers["workspace/configuration"] = answer
    new.initialize({"workspace": {"configuration": True}})
    new.open(URI, ADD)
    assert new.request("textDocument/hover", HOVER)
    assert [each["method"] for each in new.asked] == ["workspace/configuration"]


def test_end_of_the_stream_ends_the_session(new: Client) -> None:
    new.initialize()
    new.open(URI, ADD)
    new.raw(b"Content-Length: 100\r\n\r\n{")
    new.close()
    assert new.ended.wait(30)


def test_many_messages_in_one_packet(client: Client) -> None:
    client.open(URI, ADD)
    ids = [f"r{i}" for i in range(200)]
    data = b""
    for id_ in ids:
        message = {"jsonrpc": "2.0", "id": id_, "method": "textDocument/hover"}
        data += frame(json.dumps({**message, "params": HOVER}).encode())
    client.raw(data)
    answers = [client.reply(id_)["result"] for id_ in ids]
    assert answers == [answers[0]] * 200


def test_each_request_is_about_the_text_when_it_was_sent(client: Client) -> None:
    """Requests and edits in one packet are taken one after another."""
    client.open(URI, ADD)
    data, wanted = b"", []
    for version, op in enumerate(["add", "sub", "mul", "and", "or"], 2):
        where = {
            "start": {"line": ADD_LINE, "character": 4},
            "end": {"line": ADD_LINE, "character": 99},
        }
        edit = {
            "textDocument": {"uri": URI, "version": version},
            "contentChanges": [{"range": where, "text": f"i32.{op})"}],
        }
        for message in (
            {"method": "textDocument/didChange", "params": edit},
            {"id": op, "method": "textDocument/hover", "params": HOVER},
        ):
            data += frame(json.dumps({"jsonrpc": "2.0", **message}).encode())
        wanted.append(op)
    client.raw(data)
    for op in wanted:
        assert f"i32.{op}" in str(client.result(op)["contents"])
