"""Texts that take long: others are answered meanwhile, and progress is shown."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lbtool.lsp import progress
from lbtool.service.assembly import MOST_OF_ONE
from tests.lsp.client import Client, edit
from tests.lsp.texts import ADD, ADD_LINE, URI, many

Json = dict[str, Any]
LARGE = "file:///w/large.wat"
PULLS: Json = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}


def giant(instructions: int) -> str:
    """One function of so many instructions, one a line, from line 2."""
    body = "    i32.const 4097\n    drop\n" * (instructions // 2)
    return f"(module\n  (func $giant (param $p i32)\n{body}  )\n)\n"


@pytest.fixture
def two(new: Client) -> Client:
    """A small text and one with a giant function."""
    new.initialize(PULLS)
    new.open(URI, ADD)
    new.open(LARGE, giant(20_000))
    return new


def position(line: int) -> Json:
    return {"line": line, "character": 6}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {"position": position(7000)}),
        ("lbtool/assembly", {}),
        ("lbtool/linked", {"position": position(7000)}),
    ],
)
def test_a_giant_function_holds_nobody_up(
    two: Client, method: str, params: Json
) -> None:
    of = {"textDocument": {"uri": LARGE}}
    slow = two.begin(method, {**of, **params})
    assert "i32.add" in str(two.at("hover", URI, ADD_LINE, 5))
    assert slow not in two.replies
    assert two.result(slow) is not None


def test_edits_of_a_giant_function(two: Client) -> None:
    """It is read again and compiled again; nobody is told of code of an old text."""
    assert "0x1001" in str(two.at("hover", LARGE, 7000, 6))
    for version in range(2, 6):
        two.change(LARGE, version, edit(7000, 14, 99, f"409{version}"))
    slow = two.begin(
        "textDocument/hover",
        {"textDocument": {"uri": LARGE}, "position": position(7000)},
    )
    assert "i32.add" in str(two.at("hover", URI, ADD_LINE, 5))
    assert "4095" in str(two.result(slow))


def test_closing_a_giant_function(two: Client) -> None:
    params = {"textDocument": {"uri": LARGE}, "position": position(7000)}
    slow = two.begin("textDocument/hover", params)
    two.shut(LARGE)
    assert two.reply(slow)["error"]["code"] == -32801
    assert two.at("hover", LARGE, 7000, 6) is None


def test_the_assembly_of_a_function_has_an_end(client: Client) -> None:
    client.open(LARGE, giant(MOST_OF_ONE + 2))
    params = {"textDocument": {"uri": LARGE}}
    found = client.request("lbtool/assembly", params)
    assert "instructions are too many to show here" in found["text"]
    assert found["lines"] == []


@pytest.mark.parametrize("pulls", [True, False])
def test_progress_is_shown(
    new: Client, monkeypatch: pytest.MonkeyPatch, *, pulls: bool
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.0)
    enter = progress.Progress.__aenter__

    async def shown(self: progress.Progress) -> progress.Progress:
        await enter(self)
        while not self._shown:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)
        return self

    monkeypatch.setattr(progress.Progress, "__aenter__", shown)
    window: Json = {"window": {"workDoneProgress": True}}
    new.initialize({**window, **(PULLS if pulls else {})})
    new.open(URI, many(2000))
    if pulls:
        assert new.of("diagnostic", URI)["items"] == []
    else:
        assert new.next("textDocument/publishDiagnostics")["diagnostics"] == []
    told: dict[str, list[Json]] = {}
    ends = 0
    while ends < 2:
        each = new.next("$/progress")
        told.setdefault(each["token"], []).append(each["value"])
        ends += each["value"]["kind"] == "end"
    titles = {some[0]["title"]: some for some in told.values()}
    assert set(titles) == {"Reading", "Checking"}
    for some in titles.values():
        assert some[-1] == {"kind": "end"}
    shares = [each["percentage"] for each in titles["Checking"][1:-1]]
    assert shares == sorted(shares)
    assert shares
