"""Exports run away from the session: in the daemon's sandbox, or in a child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lbtool.daemon.client import DaemonGone
from lbtool.lsp import running
from tests.lsp.client import Client, Refused, edit
from tests.lsp.texts import ADD, CALL_DIV, DIV, URI, WASI

if TYPE_CHECKING:
    from lbtool.daemon.client import Client as Daemon

Json = dict[str, Any]
PUSHED = "textDocument/publishDiagnostics"
RELATED: Json = {
    "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
    "window": {"workDoneProgress": True},
}


@pytest.fixture(params=["daemon", "child"])
def runner(
    request: pytest.FixtureRequest, new: Client, monkeypatch: pytest.MonkeyPatch
) -> Client:
    """A client of a session that runs guests in the daemon, or cannot."""

    def none() -> Daemon:
        raise DaemonGone("not here")

    if request.param == "child":
        monkeypatch.setattr(running, "connect", none)
    new.initialize(RELATED, runTimeout=20)
    return new


def test_results_and_arguments(runner: Client) -> None:
    runner.open(URI, ADD)
    for args in (["40", "2"], "40 2", " 40   2 ", [40, 2], ["0x28", "2"]):
        found = runner.run(URI, "add", args)
        assert found["status"] == "returned"
        assert found["text"].endswith(" = 42: i32")
    assert runner.run(URI, "add", ["-1", "1"])["text"] == "add(-1, 1) = 0: i32"


@pytest.mark.parametrize(
    ("export", "args", "part"),
    [
        ("add", ["1"], "add takes 2 arguments (i32 i32), not 1"),
        ("spin", ["1"], "spin takes no arguments, not 1"),
        ("add", None, "add takes 2"),
        ("add", ["x", "1"], "not an integer"),
        ("none", [], "no function 'none'"),
    ],
)
def test_what_cannot_be_called(
    runner: Client, export: str, args: object, part: str
) -> None:
    runner.open(URI, ADD)
    found = runner.run(URI, export, args)
    assert found["status"] == "error"
    assert part in found["text"]
    assert "--" not in found["text"]  # options are the command line's


def test_a_text_that_is_no_module(runner: Client) -> None:
    runner.open(URI, ADD.replace("i32.add)", "i32.ad)"))
    found = runner.run(URI, "add", ["1", "2"])
    assert found["status"] == "error"
    assert "unknown operator i32.ad" in found["text"]


def test_the_present_text_is_run(runner: Client) -> None:
    runner.open(URI, ADD)
    runner.change(URI, 2, {"text": ADD.replace("i32.add)", "i32.mul)")})
    assert runner.run(URI, "add", "6 7")["text"] == "add(6, 7) = 42: i32"


def test_a_trap_is_a_diagnostic_with_a_backtrace(runner: Client) -> None:
    runner.open(URI, ADD)
    assert runner.next(PUSHED)["diagnostics"] == []
    found = runner.run(URI, "inner", ["0"])
    assert found["status"] == "trapped"
    assert "integer divide by zero" in found["text"]
    (trap,) = runner.next(PUSHED)["diagnostics"]
    assert trap["code"] == "trap"
    assert trap["range"] == {
        "start": {"line": DIV, "character": 4},
        "end": {"line": DIV, "character": 13},
    }
    places = [
        each["location"]["range"]["start"]["line"]
        for each in trap["relatedInformation"]
    ]
    assert places == [DIV, CALL_DIV]
    # an edit before it moves it
    runner.change(URI, 2, edit(0, 0, 0, "\n\n"))
    (trap,) = runner.next(PUSHED)["diagnostics"]
    assert trap["range"]["start"]["line"] == DIV + 2
    # a run that ends well takes it away
    assert runner.run(URI, "inner", ["3"])["text"] == "inner(3) = 3: i32"
    assert runner.next(PUSHED)["diagnostics"] == []
    # and so does an edit of its function
    runner.run(URI, "inner", ["0"])
    assert runner.next(PUSHED)["diagnostics"]
    runner.change(URI, 3, edit(DIV + 2, 0, 0, " "))
    assert runner.next(PUSHED)["diagnostics"] == []


def test_output_is_collected_and_not_in_the_protocol(runner: Client) -> None:
    """What the guest prints looks like a message, and is none."""
    runner.open(URI, WASI)
    found = runner.run(URI, "say")
    assert found["status"] == "returned"
    assert found["text"] == "say() = 3: i32"
    assert found["output"].count("Content-Length: 5") >= 1
    logged = runner.next("window/logMessage")["message"]
    assert "hello" in logged


def test_a_flood_ends(runner: Client) -> None:
    runner.open(URI, WASI)
    found = runner.run(URI, "flood")
    assert found["status"] == "error"
    assert "printed more than it may" in found["text"]
    assert len(found["output"]) <= running.MOST_OUTPUT


def test_a_loop_ends_in_time(runner: Client) -> None:
    runner.notify(
        "workspace/didChangeConfiguration",
        {"settings": {"lbtool": {"runTimeout": 0.3}}},
    )
    runner.open(URI, ADD)
    found = runner.run(URI, "spin")
    assert found["status"] == "trapped"
    assert "interrupt" in found["text"]


def test_cancelled_by_its_id(runner: Client) -> None:
    runner.open(URI, ADD)
    given = {"uri": URI, "export": "spin", "args": []}
    params = {"command": "lbtool.run", "arguments": [given]}
    id_ = runner.begin("workspace/executeCommand", params)
    assert runner.at("hover", URI, DIV, 6)  # the session goes on meanwhile
    runner.notify("$/cancelRequest", {"id": id_})
    with pytest.raises(Refused) as refused:
        runner.result(id_)
    assert refused.value.code == -32800
    assert runner.run(URI, "add", "1 2")["status"] == "returned"


@pytest.mark.parametrize("token", ["mine", None])
def test_cancelled_from_its_progress(runner: Client, token: str | None) -> None:
    runner.open(URI, ADD)
    given = {"uri": URI, "export": "spin", "args": []}
    params: Json = {"command": "lbtool.run", "arguments": [given]}
    if token is not None:
        params["workDoneToken"] = token
    id_ = runner.begin("workspace/executeCommand", params)
    begun = runner.next("$/progress")
    assert begun["value"]["kind"] == "begin"
    assert begun["value"]["cancellable"]
    runner.notify("window/workDoneProgress/cancel", {"token": begun["token"]})
    assert runner.result(id_)["status"] == "cancelled"
    assert runner.next("$/progress")["value"]["kind"] == "end"
    if token is None:
        assert runner.asked[-1]["method"] == "window/workDoneProgress/create"


def test_shutdown_ends_what_runs(runner: Client) -> None:
    runner.open(URI, ADD)
    given = {"uri": URI, "export": "spin", "args": []}
    params = {"command": "lbtool.run", "arguments": [given]}
    id_ = runner.begin("workspace/executeCommand", params)
    runner.finish()
    assert runner.reply(id_)["error"]["code"] == -32800


@pytest.mark.parametrize(
    "arguments",
    [None, [], [3], [{}], [{"uri": URI}], [{"uri": "file:///no", "export": "x"}],
     [{"uri": URI, "export": 3}], [{"uri": URI, "export": "add", "args": 3}]],
    ids=range(8),
)  # fmt: skip
def test_odd_arguments(client: Client, arguments: object) -> None:
    client.open(URI, ADD)
    params = {"command": "lbtool.run", "arguments": arguments}
    with pytest.raises(Refused) as refused:
        client.request("workspace/executeCommand", params)
    assert refused.value.code == -32602


def test_nothing_is_run_without_trust(
    new: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "run", None)  # would fail if it were called
    new.initialize(trusted=False)
    new.open(URI, ADD)
    found = new.run(URI, "add", "1 2")
    assert found["status"] == "error"
    assert "not trusted" in found["text"]


def test_unknown_commands(client: Client) -> None:
    with pytest.raises(Refused) as refused:
        client.request("workspace/executeCommand", {"command": "rm"})
    assert refused.value.code == -32602
