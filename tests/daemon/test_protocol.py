"""Lines, requests, parameters and sessions, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lbtool.daemon import params, protocol, requests
from lbtool.daemon.protocol import BadRequest, Fault, Lines
from lbtool.daemon.session import Call, Method, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

Json = dict[str, Any]


# ---- lines and requests


@given(
    st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b""))),
    st.integers(1, 20),
)
def test_lines_come_out_however_they_come_in(lines: list[bytes], size: int) -> None:
    stream = b"".join(line + b"\n" for line in lines)
    reader = Lines(30)
    found: list[bytes | BadRequest] = []
    for start in range(0, len(stream), size):
        found += reader.feed(stream[start : start + size])
    expected = [
        line if len(line) <= 30 else None
        for line in lines
        if line.strip() or len(line) > 30
    ]
    assert [each if isinstance(each, bytes) else None for each in found] == expected


def test_memory_of_a_long_line_is_bounded() -> None:
    reader = Lines(1000)
    faults = [each for _ in range(1000) for each in reader.feed(b"x" * 1000)]
    assert [each.code for each in faults if isinstance(each, BadRequest)] == [
        "too-long"
    ]
    assert len(reader._rest) <= 1000
    assert list(reader.feed(b"end\n{}\n")) == [b"{}"]


@pytest.mark.parametrize(
    ("line", "code", "id_"),
    [
        (b"", "frame", None),
        (b"\xff\xfe", "frame", None),
        (b"[1]", "frame", None),
        (b"nonsense", "frame", None),
        (b"[" * 100_000, "frame", None),
        (b"{}", "request", None),
        (b'{"id": null, "method": "x"}', "request", None),
        (b'{"id": true, "method": "x"}', "request", None),
        (b'{"id": 1.5, "method": "x"}', "request", None),
        (b'{"id": 1}', "request", 1),
        (b'{"id": "a", "method": 2}', "request", "a"),
        (b'{"id": 1, "method": "x", "params": []}', "request", 1),
    ],
)
def test_bad_requests(line: bytes, code: str, id_: protocol.Id | None) -> None:
    with pytest.raises(BadRequest) as caught:
        protocol.parse_request(line)
    assert (caught.value.code, caught.value.id) == (code, id_)


@given(st.binary(max_size=60))
def test_any_line_is_a_request_or_a_fault(line: bytes) -> None:
    try:
        request = protocol.parse_request(line)
    except BadRequest:
        return
    assert isinstance(request.method, str)


# ---- parameters

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["paths", "options", "order", "path", "limits", "time", "env"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
SHAPES = [requests.Run, requests.Build, requests.Watch, requests.Hello, requests.Log]


@settings(max_examples=300)
@given(st.sampled_from(SHAPES), st.dictionaries(st.text(max_size=7), JSON) | JSON)
def test_any_parameters_are_read_or_are_a_fault(shape: Any, values: Any) -> None:
    if not isinstance(values, dict):
        return
    try:
        read = params.read(shape, values)
    except Fault:
        return
    assert params.read(shape, json.loads(json.dumps(params.write(read)))) == read


def test_parameters_there_and_back() -> None:
    order = requests.Order(
        "/m.wasm",
        ("a", "b"),
        "f",
        (("K", "V"),),
        (("/d", "."),),
        requests.RunOptions("winch", "1.0"),
        requests.Limits(time=None, memory=5),
    )
    asked = requests.Run(order, "aGk=")
    assert params.read(requests.Run, params.write(asked)) == asked
    assert params.write(requests.Order("/m")) == {"path": "/m"}


# ---- sessions


@dataclass(frozen=True, slots=True)
class Number:
    n: int = 0


@dataclass
class Memory:
    """A sink that keeps what is sent, and has room when `open` is set."""

    sent: list[Json] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def post(self, message: Json) -> None:
        self.sent.append(message)

    async def room(self) -> None:
        await self.open.wait()


async def greet(call: Call[None], _: Number) -> Json:
    call.session.greeted = True
    return {}


async def double(_: Call[None], given: Number) -> Json:
    return {"n": 2 * given.n}


async def forever(call: Call[None], given: Number) -> Json:
    while True:
        await call.event("tick", {"n": given.n})
        await asyncio.sleep(0)


async def silent(_: Call[None], __: Number) -> Json:
    await asyncio.Event().wait()
    return {}


async def broken(_: Call[None], given: Number) -> Json:
    return {"n": 1 // given.n}


TABLE = {
    "hello": Method(greet, Number, first=True),
    "double": Method(double, Number),
    "forever": Method(forever, Number, endless=True),
    "silent": Method(silent, Number),
    "broken": Method(broken, Number),
}


def session(
    body: Callable[
        [Session[None], Memory, list[BaseException]], Coroutine[Any, Any, Any]
    ],
) -> list[Json]:
    """What was sent in the course of `body`."""
    memory = Memory()
    errors: list[BaseException] = []

    async def main() -> None:
        memory.open.set()
        log = lambda _, error: errors.append(error)  # noqa: E731
        await body(Session(TABLE, None, memory, log, Counter()), memory, errors)

    asyncio.run(main())
    return memory.sent


def line(id_: protocol.Id, method: str, **values: Any) -> bytes:
    return json.dumps({"id": id_, "method": method, "params": values}).encode()


def codes(sent: list[Json]) -> dict[Any, str]:
    return {each["id"]: each["error"]["code"] for each in sent if "error" in each}


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_session_begins_with_hello() -> None:
    async def body(s: Session[None], _: Memory, __: object) -> None:
        await s.receive(line(1, "double", n=4))
        await s.receive(line(2, "hello"))
        await s.receive(line(3, "double", n=4))
        await s.receive(line(4, "treble", n=4))
        await s.receive(line(5, "double", n="4"))
        await s.receive(line(6, "double", m=4))
        await settle()

    sent = session(body)
    assert codes(sent) == {1: "hello", 4: "method", 5: "params", 6: "params"}
    assert {"id": 3, "result": {"n": 8}} in sent


def test_requests_side_by_side_and_cancel() -> None:
    async def body(s: Session[None], _: Memory, __: object) -> None:
        await s.receive(line("h", "hello"))
        await s.receive(line("a", "forever", n=1))
        await s.receive(line("b", "silent"))
        await s.receive(line("c", "double", n=1))
        await s.receive(line("a", "double", n=1))
        await s.receive(line("d", "cancel", id="b"))
        await s.receive(line("e", "cancel", id="nobody"))
        await settle()
        assert not s.busy
        assert not s.idle
        await s.close(Fault("stopping"))
        assert s.idle

    sent = session(body)
    assert {"id": "c", "result": {"n": 2}} in sent
    assert {"id": "d", "result": {"found": True}} in sent
    assert {"id": "e", "result": {"found": False}} in sent
    assert codes(sent) == {"a": "stopping", "b": "cancelled", None: "request"}


def test_cancelled_before_it_began() -> None:
    async def body(s: Session[None], _: Memory, __: object) -> None:
        await s.receive(line(0, "hello"))
        await s.receive(line(1, "silent"))
        await s.receive(line(2, "cancel", id=1))
        await settle()
        assert s.idle

    assert codes(session(body)) == {1: "cancelled"}


def test_a_bug_of_a_method_is_logged_and_answered() -> None:
    async def body(s: Session[None], _: Memory, errors: list[BaseException]) -> None:
        await s.receive(line(0, "hello"))
        await s.receive(line(1, "broken"))
        await settle()
        assert isinstance(errors[0], ZeroDivisionError)

    assert codes(session(body)) == {1: "failed"}


def test_a_client_that_does_not_read_holds_up_itself_within_bounds() -> None:
    async def body(s: Session[None], memory: Memory, _: object) -> None:
        await s.receive(line(0, "hello"))
        memory.open.clear()
        reading = asyncio.create_task(flood(s))
        await settle()
        before = len(memory.sent)
        await settle()
        assert len(memory.sent) == before
        memory.open.set()
        await reading
        await s.close(Fault("stopping"))

    async def flood(s: Session[None]) -> None:
        for k in range(1, 500):
            await s.receive(line(k, "double", n=k))

    assert len(session(body)) == 500


def test_no_more_requests_than_allowed() -> None:
    async def body(s: Session[None], _: Memory, __: object) -> None:
        await s.receive(line("h", "hello"))
        for k in range(protocol.IN_FLIGHT + 5):
            await s.receive(line(k, "silent"))
        await s.close(Fault("stopping"))

    found = Counter(codes(session(body)).values())
    assert found == {"busy": 5, "stopping": protocol.IN_FLIGHT}


def test_draining_waits_for_what_will_end() -> None:
    async def body(s: Session[None], _: Memory, __: object) -> None:
        await s.receive(line(0, "hello"))
        await s.receive(line(1, "forever"))
        await s.receive(line(2, "silent"))
        draining = asyncio.create_task(s.drain(Fault("stopping")))
        await settle()
        assert s.busy
        await s.receive(line(3, "double"))
        await s.receive(line(4, "cancel", id=2))
        await draining
        assert s.idle

    sent = session(body)
    assert codes(sent) == {1: "stopping", 2: "stopping", 3: "stopping"}
