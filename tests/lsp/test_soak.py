"""Random requests and edits over clients side by side in one daemon.

``LBTOOL_LSP_SOAK`` says how many messages (`make soak`: 20,000). No request is answered
by an error that is not the client's fault, texts stay those of the clients, and memory
does not grow with the number of messages.
"""

from __future__ import annotations

import os
import random
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lbtool.daemon import client as daemon_client
from lbtool.lsp.positions import applied, position_of
from lbtool.wat.document import Document
from tests.lsp.client import Client, Process
from tests.lsp.texts import ADD, WASI, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.daemon.place import Place

Json = dict[str, Any]
CLIENTS = 3
MESSAGES = int(os.environ.get("LBTOOL_LSP_SOAK", "600"))
# Bytes that may stay however many messages there are: allocators keep what they had.
SLACK = 64 << 20
CANCELLED, MODIFIED = -32800, -32801
PIECES = [
    "(", ")", '"', "\n", ";;", "(;", "$add", "i32.add", "local.get 0", "\U0001f600",
    "(func (result i32) i32.const 1)", "\r\n", "drop", " ", "i32.const 7", "(loop",
    "é", "end",
]  # fmt: skip
ASKS = [
    "hover", "definition", "documentHighlight", "references", "documentSymbol",
    "foldingRange", "codeLens", "semanticTokens/full", "selectionRange", "assembly",
    "diagnostic", "workspace/symbol", "content",
]  # fmt: skip


class Editor:
    """One client that types, asks, cancels, closes and opens at random."""

    def __init__(self, client: Client, name: str, seed: int) -> None:
        self.client = client
        self.chance = random.Random(seed)
        self.name = name
        self.encoding = self.chance.choice(["utf-8", "utf-16", "utf-32"])
        self.uris = [f"file:///{name}/{i}.wat" for i in range(3)]
        self.texts: dict[str, Document] = {}
        self.version = 0
        self.waiting: list[int] = []
        self.errors: list[Json] = []

    def run(self, messages: int) -> None:
        for _ in range(messages):
            self.act()
            while len(self.waiting) > 8:
                self.collect()
        while self.waiting:
            self.collect()

    def collect(self) -> None:
        reply = self.client.reply(self.waiting.pop(0))
        if reply.get("error", {}).get("code") not in (None, CANCELLED, MODIFIED):
            self.errors.append(reply)

    def act(self) -> None:
        uri = self.chance.choice(self.uris)
        kind = self.chance.random()
        if uri not in self.texts:
            start = self.chance.choice([ADD, WASI, many(20), ""])
            self.texts[uri] = Document(start)
            self.client.open(uri, start)
        elif kind < 0.4:
            self.edit(uri)
        elif kind < 0.42:
            del self.texts[uri]
            self.client.shut(uri)
        elif kind < 0.47 and self.waiting:
            self.client.notify(
                "$/cancelRequest", {"id": self.chance.choice(self.waiting)}
            )
        else:
            self.ask(uri)

    def edit(self, uri: str) -> None:
        document = self.texts[uri]
        if self.chance.random() < 0.05:
            changes: list[Json] = [{"text": self.chance.choice([ADD, WASI, many(20)])}]
        else:
            start = self.chance.randrange(len(document.text) + 1)
            end = min(len(document.text), start + self.chance.choice([0, 0, 1, 5]))
            where = {"start": self.place(uri, start), "end": self.place(uri, end)}
            changes = [{"range": where, "text": self.chance.choice([*PIECES, "", ""])}]
        self.version += 1
        self.texts[uri] = applied(document, changes, self.encoding)
        self.client.change(uri, self.version, *changes)

    def place(self, uri: str, offset: int) -> Json:
        line, column = position_of(self.texts[uri], offset, self.encoding)
        return {"line": line, "character": column}

    def ask(self, uri: str) -> None:
        what = self.chance.choice(ASKS)
        offset = self.chance.randrange(len(self.texts[uri].text) + 1)
        params: Json = {
            "textDocument": {"uri": uri},
            "position": self.place(uri, offset),
        }
        method = f"textDocument/{what}"
        match what:
            case "references":
                params["context"] = {"includeDeclaration": True}
            case "selectionRange":
                params["positions"] = [params.pop("position")]
            case "assembly":
                method = "lbtool/assembly"
            case "workspace/symbol":
                method, params = what, {"query": "a"}
            case "content":
                method = "workspace/textDocumentContent"
                params = {"uri": f"lbtool-asm:/x.s?{quote(uri, safe='')}"}
        self.waiting.append(self.client.begin(method, params))

    def check(self) -> None:
        """The server has the texts that the client has."""
        for uri, document in self.texts.items():
            virtual = {"uri": f"lbtool-wat:/x?{quote(uri, safe='')}"}
            found = self.client.request("workspace/textDocumentContent", virtual)
            assert found["text"] == document.text


def in_threads(editors: list[Editor], messages: int) -> None:
    threads = [threading.Thread(target=each.run, args=[messages]) for each in editors]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_soak(place: Place, record_property: Callable[[str, object], None]) -> None:
    daemon_client.connect(place).close()
    processes = [Process() for _ in range(CLIENTS)]
    editors = []
    for number, process in enumerate(processes):
        editor = Editor(process.client, f"w{number}", number)
        capabilities: Json = {
            "general": {"positionEncodings": [editor.encoding]},
            "textDocument": {"diagnostic": {}},
            "workspace": {
                "diagnostics": {"refreshSupport": True},
                "textDocumentContent": {},
            },
        }
        process.client.initialize(capabilities)
        editors.append(editor)
    share = MESSAGES // CLIENTS
    with daemon_client.connect(place) as daemon:
        in_threads(editors, share // 2)
        half = daemon.request("status")["resident"]
        in_threads(editors, share // 2)
        end = daemon.request("status")["resident"]
    for editor in editors:
        editor.check()
        assert not editor.errors
    for process in processes:
        process.client.finish()
        assert process.end() == (0, "")
    record_property(
        "summary",
        f"language server: {MESSAGES} random messages of {CLIENTS} clients, "
        f"daemon {half / 1e6:.0f} MB at half, {end / 1e6:.0f} MB at the end",
    )
    assert end < half + SLACK
