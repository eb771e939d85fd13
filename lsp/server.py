"""One language session: what a client has told, and what is done on its behalf.

Made anew for every connection; sessions share nothing. Not here: messages
(``protocol``), streams (``door``), what is answered to which request (``features``).
"""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types as t
from pygls.lsp.server import LanguageServer

import lbtool
from lbtool.lsp import features
from lbtool.lsp.client import Client
from lbtool.lsp.configuration import Configuration
from lbtool.lsp.documents import Documents, OpenDocument
from lbtool.lsp.files import Files
from lbtool.lsp.following import Following
from lbtool.lsp.protocol import Protocol
from lbtool.lsp.virtual import ASSEMBLY_SCHEME, SCHEMES, Virtual, binary_of
from lbtool.lsp.watched_files import watch
from lbtool.lsp.workspace_configuration import fetch, initial

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    Json = dict[str, Any]

log = logging.getLogger("lbtool.lsp")


class Server(LanguageServer):
    """The state of a session.

    client         what the client can do
    configuration  what it has configured
    trusted        whether exports may be run
    documents      what it has open
    files          what it asks about and has not open
    virtual        documents made of others that it shows
    following      the work that an edit begins
    """

    protocol: Protocol

    def __init__(
        self, send: Callable[[bytes], None], leave: Callable[[int], None]
    ) -> None:
        super().__init__("lbtool", lbtool.__version__, protocol_cls=Protocol)
        self.send = send
        self.leave = leave
        self.client = Client()
        self.configuration = Configuration()
        self.trusted = False
        self.documents = Documents()
        self.files = Files()
        self.virtual = Virtual()
        self.following = Following(self)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._complained: set[str] = set()
        self._asking: dict[object, bool] = {}
        self._cancels: dict[str | int, Callable[[], object]] = {}

    # ---- the life of a session

    def begin(self, params: t.InitializeParams) -> None:
        """Take what the client says of itself; features follow from that."""
        self.client = Client.of(params.capabilities)
        self.trusted, self.configuration = initial(self, params.initialization_options)
        features.register(self)

    def offer(self, result: t.InitializeResult) -> t.InitializeResult:
        """Complete what pygls makes of the features."""
        workspace = result.capabilities.workspace
        assert workspace is not None
        workspace.text_document_content = t.TextDocumentContentOptions(schemes=SCHEMES)
        result.capabilities.position_encoding = self.client.encoding
        return result

    def initialized(self) -> None:
        """Ask what only a client that is ready can be asked."""
        self.spawn(fetch(self))
        self.spawn(watch(self))

    def finish(self) -> None:
        """End what is under way."""
        for task in list(self._tasks):
            task.cancel()

    # ---- texts

    def opened(self, uri: str, version: int, text: str) -> None:
        """A document is the client's; machine code has no answers of its own."""
        if uri.startswith(f"{ASSEMBLY_SCHEME}:"):
            return
        options = self.configuration.options()
        document = OpenDocument(uri, version, text, options, self.client.encoding)
        self.documents.open(document)
        self.following.follow(document)

    def changed(self, uri: str, version: int, changes: Sequence[Json]) -> None:
        """It was edited; edits of what is not open are the client's fault."""
        document = self.documents.get(uri)
        if document is None:
            log.warning("an edit of %s, which is not open", uri)
            return
        document.change(version, changes)
        self.following.follow(document)

    def closed(self, uri: str) -> None:
        """The file has the text."""
        document = self.documents.close(uri)
        if document is not None:
            self.following.forget(document)
            gc.unfreeze()  # what was frozen of it may be garbage now, see ``pacing``

    def configure(self, configured: Configuration) -> None:
        """Answer by these settings from now on."""
        before, self.configuration = self.configuration, configured
        if configured == before:
            return
        for document in self.documents:
            document.configure(configured.options())
            self.following.follow(document)
        for method in self.client.refreshes:
            self.refresh(method)

    def find(self, uri: str) -> OpenDocument | None:
        """What a URI names: an open document, else a file, or one printed as text."""
        document = self.documents.get(uri)
        if document is not None:
            return document
        return self.on_disk(uri)

    def on_disk(self, uri: str) -> OpenDocument | None:
        """The file that a URI names, or that is printed as the text that it names."""
        uri = binary_of(uri) or uri
        options = self.configuration.options()
        return self.files.document(uri, options, self.client.encoding)

    # ---- the client's side

    def spawn(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[Any]:
        """Do something beside; it ends with the session."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("task", exc_info=task.exception())

    async def ask(self, method: str, params: object) -> Any:  # noqa: ANN401
        """The client's answer to a request; None when it refuses."""
        try:
            return await self.protocol.send_request_async(method, params)
        except Exception as problem:  # noqa: BLE001 - whatever it answers
            log.info("the client refuses %s: %s", method, problem)
            return None

    def refresh(self, method: str, params: object = None, about: str = "") -> None:
        """Have the client ask again, for everything or `about` something.

        One request at a time, and one more for all that came meanwhile. Clients that
        cannot be asked for everything are not.
        """
        if not about and method not in self.client.refreshes:
            return
        key = (method, about)
        asking = key in self._asking
        self._asking[key] = asking
        if not asking:
            self.spawn(self._refresh(method, params, key))

    async def _refresh(self, method: str, params: object, key: object) -> None:
        try:
            again = True
            while again:
                self._asking[key] = False
                await self.ask(method, params)
                again = self._asking[key]
        finally:
            del self._asking[key]

    def look(self, document: OpenDocument, funcidx: int) -> None:
        """The user looks at a function: lenses are of those around it."""
        document.attention.note(funcidx)
        if document.attention.lens(funcidx):
            self.refresh(t.WORKSPACE_CODE_LENS_REFRESH)

    def complain(self, text: str) -> None:
        """Tell the user that something is wrong; the same only once."""
        log.warning("%s", text)
        if text not in self._complained:
            self._complained.add(text)
            self.window_show_message(
                t.ShowMessageParams(t.MessageType.Warning, f"lbtool: {text}")
            )

    def report_server_error(self, error: Exception, source: object) -> None:
        """Requests are answered; nothing else is the user's business."""
        log.error("%s: %s", source, error)

    # ---- progress

    def on_cancel(self, token: str | int, cancel: Callable[[], object] | None) -> None:
        """Call `cancel` when the user cancels this progress; None: not any more."""
        if cancel is None:
            self._cancels.pop(token, None)
        else:
            self._cancels[token] = cancel

    def progress_cancelled(self, token: str | int) -> None:
        """The user has pressed cancel."""
        cancel = self._cancels.pop(token, None)
        if cancel is not None:
            cancel()
