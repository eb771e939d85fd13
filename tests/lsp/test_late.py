"""What comes too late: closing, cancelling, and answers to what nobody waits for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.client import Client, Later, Refused, edit
from tests.lsp.test_large import LARGE, PULLS, giant
from tests.lsp.texts import ADD, ADD_LINE, URI, many

Json = dict[str, Any]
CANCELLED, MODIFIED = -32800, -32801
OF: Json = {"textDocument": {"uri": URI}}
SLOW = [
    "textDocument/diagnostic", "textDocument/codeLens", "textDocument/documentSymbol",
    "textDocument/semanticTokens/full", "textDocument/foldingRange", "lbtool/assembly",
]  # fmt: skip
HOVER: Json = {**OF, "position": {"line": 5, "character": 6}}
IN_LARGE: Json = {
    "textDocument": {"uri": LARGE},
    "position": {"line": 7000, "character": 6},
}


@pytest.fixture
def pulling(new: Client) -> Client:
    new.initialize(PULLS)
    return new


def no_more(client: Client, ids: list[Any]) -> None:
    """No second answer has come, nor an answer to anything else."""
    client.request("workspace/symbol", {"query": "nothing has this name"})
    for id_ in ids:
        assert client.replies[id_].empty()


def test_closing_answers_everything_once(pulling: Client) -> None:
    pulling.open(URI, many(3000))
    ids = [pulling.begin(method, OF) for method in SLOW]
    ids.append(pulling.begin("textDocument/hover", HOVER))
    pulling.shut(URI)
    for id_ in ids:
        reply = pulling.reply(id_)
        assert reply.get("error", {}).get("code") in (None, MODIFIED)
    pulling.open(URI, ADD)
    assert "i32.add" in str(pulling.at("hover", URI, ADD_LINE, 5))
    assert len(pulling.of("documentSymbol", URI)) < 20
    no_more(pulling, ids)


def test_opened_again_while_the_old_text_is_read(pulling: Client) -> None:
    """Nothing of the old text is said of the new one."""
    pulling.open(URI, many(3000) + ")")
    old = [pulling.begin(method, OF) for method in SLOW]
    pulling.shut(URI)
    pulling.open(URI, ADD)
    assert pulling.of("diagnostic", URI)["items"] == []
    assert len(pulling.of("foldingRange", URI)) < 20
    for id_ in old:
        pulling.reply(id_)
    no_more(pulling, old)


@pytest.mark.parametrize("method", SLOW)
def test_cancelling_while_a_text_is_read(pulling: Client, method: str) -> None:
    pulling.open(URI, many(3000))
    id_ = pulling.begin(method, OF)
    pulling.notify("$/cancelRequest", {"id": id_})
    pulling.notify("$/cancelRequest", {"id": id_})
    assert pulling.reply(id_)["error"]["code"] == CANCELLED
    assert pulling.request(method, OF) is not None
    no_more(pulling, [id_])


def test_cancelling_what_is_done_in_a_thread(pulling: Client) -> None:
    pulling.open(LARGE, giant(20_000))
    id_ = pulling.begin("textDocument/hover", IN_LARGE)
    pulling.notify("$/cancelRequest", {"id": id_})
    assert pulling.reply(id_)["error"]["code"] == CANCELLED
    pulling.change(LARGE, 2, edit(7000, 14, 99, "4098"))
    assert "4098" in str(pulling.request("textDocument/hover", IN_LARGE))
    no_more(pulling, [id_])


def test_the_session_ends_while_a_thread_works(pulling: Client) -> None:
    pulling.open(LARGE, giant(20_000))
    id_ = pulling.begin("textDocument/hover", IN_LARGE)
    pulling.finish()
    assert "error" in pulling.reply(id_)


def test_answers_of_the_client_that_come_late(new: Client) -> None:
    """Requests of ours that were cancelled by then, answered once or twice."""
    new.answers["workspace/codeLens/refresh"] = Later()
    new.initialize({"workspace": {"codeLens": {"refreshSupport": True}}})
    new.open(URI, many(3000))
    new.at("hover", URI, 2 + 7 * 2500, 6)  # lenses are elsewhere now
    while not new.asked:
        new.at("hover", URI, 0, 0)
    (asked,) = new.asked
    new.request("shutdown")
    for answer in ({"result": None}, {"error": {"code": 1, "message": "x"}}, {}):
        new.send({"id": asked["id"], **answer})
    with pytest.raises(Refused):
        new.of("codeLens", URI)
    new.notify("exit")
    assert new.ended.wait(60)
