"""What a bridge remembers, so that a server that dies can be replaced unnoticed.

That is: how the session was begun, the client's settings, the texts that it has open
with their edits applied, requests without an answer, what the server has registered,
and progress that it has begun. Messages are the bodies of frames. Not here: processes
and streams (``bridge``).
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from itertools import count
from typing import Any

from lbtool.lsp import positions
from lbtool.wat.document import Document

__all__ = ["Journal"]

Json = dict[str, Any]

SERVER_CANCELLED = -32802
# Notifications of the client that hold until the next: by method, the last one is kept.
LASTING = ("workspace/didChangeConfiguration", "$/setTrace")
# How the server's messages begin (``protocol`` writes them so).
_HEAD = re.compile(
    rb'\{"jsonrpc":"2\.0"(?:,"id":(?P<id>"(?:[^"\\]|\\.)*"|-?\d+|null))?'
    rb'(?:,"method":"(?P<method>[^"]*)")?'
)
_READ = (b"client/registerCapability", b"client/unregisterCapability", b"$/progress")


def _body(message: Json) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode()


class Journal:
    """What the messages of one session said that must hold for the next server.

    ended   the client has sent ``exit``
    tidy    and ``shutdown`` before
    """

    def __init__(self) -> None:
        self.ended = False
        self.tidy = False
        self._initialize: Json | None = None
        self._begun: bytes | None = None  # the client's `initialized`
        self._encoding = positions.DEFAULT
        self._folders: list[bytes] = []
        self._lasting: dict[str, bytes] = {}
        self._open: dict[str, tuple[Json, Document]] = {}
        self._pending: dict[int | str, str] = {}  # id -> method
        self._asked: set[int | str] = set()  # requests of the server
        self._registered: set[str] = set()
        self._progress: set[int | str] = set()
        self._replays = count(1)
        self._own: set[int | str] = set()  # ids of requests that are the bridge's

    # ---- messages of the client

    def from_client(self, body: bytes) -> bool:
        """Note a message; whether it is for the server."""
        try:
            message = json.loads(body)
            method = message.get("method")
            id_ = message.get("id")
        except (ValueError, AttributeError, RecursionError):
            return True  # the server says what is wrong with it
        if method is None:
            known = id_ in self._asked if isinstance(id_, int | str) else False
            self._asked.discard(id_)
            return known  # or it is the answer to a server that is gone
        if isinstance(id_, int | str):
            self._pending[id_] = method
        with suppress(KeyError, TypeError, AttributeError):  # the server complains
            self._noted(method, message, body)
        return True

    def _noted(self, method: str, message: Json, body: bytes) -> None:
        params = message.get("params") or {}
        match method:
            case "initialize":
                self._initialize = self._initialize or message
            case "initialized":
                self._begun = body
            case "shutdown":
                self.tidy = True
            case "exit":
                self.ended = True
            case "textDocument/didOpen":
                item = params["textDocument"]
                self._open[item["uri"]] = (item, Document(item["text"]))
            case "textDocument/didChange":
                which = params["textDocument"]
                item, document = self._open[which["uri"]]
                changes = params["contentChanges"]
                after = positions.applied(document, changes, self._encoding)
                item = {**item, "version": which.get("version"), "text": ""}
                self._open[which["uri"]] = (item, after)
            case "textDocument/didClose":
                self._open.pop(params["textDocument"]["uri"], None)
            case "workspace/didChangeWorkspaceFolders":
                self._folders.append(body)
            case lasting if lasting in LASTING:
                self._lasting[lasting] = body

    # ---- messages of the server

    def from_server(self, body: bytes) -> tuple[bool, bytes | None]:
        """Note a message; whether it is for the client, and an answer to the server."""
        head = _HEAD.match(body)
        if head is None:
            return True, None
        method = head["method"]
        id_ = json.loads(head["id"] or b"null")
        if method is None:
            asked = self._pending.pop(id_, None)
            if asked == "initialize":
                self._agreed(json.loads(body))
            if id_ in self._own:
                self._own.discard(id_)
                return False, None
            return True, None
        if method in _READ:
            message = json.loads(body)
            if not self._is_new(method.decode(), message):
                return False, _body({"id": id_, "result": None})
        if id_ is not None:
            self._asked.add(id_)
        return True, None

    def _agreed(self, answer: Json) -> None:
        found = answer.get("result") or {}
        capabilities = found.get("capabilities", {})
        self._encoding = capabilities.get("positionEncoding", positions.DEFAULT)

    def _is_new(self, method: str, message: Json) -> bool:
        """Whether a registration is one that the client does not know yet."""
        params = message["params"]
        if method == "$/progress":
            begins = params["value"]["kind"]
            if begins == "begin":
                self._progress.add(params["token"])
            elif begins == "end":
                self._progress.discard(params["token"])
            return True
        if method == "client/unregisterCapability":
            for each in params["unregisterations"]:
                self._registered.discard(each["id"])
            return True
        ids = {each["id"] for each in params["registrations"]}
        known = ids <= self._registered
        self._registered |= ids
        return not known

    # ---- another server

    def restart(self) -> tuple[list[bytes], list[bytes]]:
        """Messages that make a new server what the last was; and those for the client.

        Requests without an answer are answered: the client may ask again.
        """
        to_server, to_client = [], []
        pending = {i: m for i, m in self._pending.items() if i not in self._own}
        self._pending.clear()
        self._asked.clear()
        self._own.clear()
        if self._initialize is not None:
            to_server += self._replayed(pending)
        for id_, method in pending.items():
            if method == "shutdown":
                to_client.append(_body({"id": id_, "result": None}))
                continue
            error = {"code": SERVER_CANCELLED, "message": "the server was restarted"}
            if method == "textDocument/diagnostic":
                error["data"] = {"retriggerRequest": True}
            to_client.append(_body({"id": id_, "error": error}))
        for token in self._progress:
            params = {"token": token, "value": {"kind": "end"}}
            to_client.append(_body({"method": "$/progress", "params": params}))
        self._progress.clear()
        return to_server, to_client

    def _replayed(self, pending: dict[int | str, str]) -> list[bytes]:
        assert self._initialize is not None
        id_ = self._initialize["id"]
        if pending.pop(id_, None) is None:
            id_ = f"lbtool-bridge-{next(self._replays)}"
            self._own.add(id_)
        self._pending[id_] = "initialize"
        made = [_body({**self._initialize, "id": id_})]
        if self._begun is not None:
            made.append(self._begun)
        made += [*self._folders, *self._lasting.values()]
        for item, document in self._open.values():
            params = {"textDocument": {**item, "text": document.text}}
            made.append(_body({"method": "textDocument/didOpen", "params": params}))
        return made
