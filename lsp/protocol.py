"""Messages and the life of a session, over pygls' types and requests of its own.

pygls reads and writes the types and sends requests; what is here instead of its own:
every request gets exactly one answer, whatever it is (malformed, too early, too late,
unknown, of wrong parameters, with an id in use); texts are kept by ``documents``;
nothing that has ended is remembered. Handlers of requests are coroutines, so they can
be cancelled; those of notifications are plain functions and quick.

Source: LSP 3.18 "Base Protocol", "Lifecycle Messages".
"""

from __future__ import annotations

import inspect
import json
import logging
from asyncio import Task, wait
from typing import TYPE_CHECKING, Any

from lsprotocol import types as t
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol

from lbtool.lsp.framing import MalformedFrame, frame
from lbtool.lsp.messages import is_id, parsed, reason
from lbtool.lsp.writing import Written, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from lbtool.lsp.server import Server

    Json = dict[str, Any]
    Id = int | str

log = logging.getLogger("lbtool.lsp")
# It logs what clients send, and every request that is refused.
logging.getLogger("pygls").setLevel(logging.CRITICAL)

# Handled without the types of lsprotocol: they are read as they come.
RAW = frozenset(
    {
        t.EXIT,
        t.INITIALIZED,
        t.SHUTDOWN,
        t.TEXT_DOCUMENT_DID_CHANGE,
        t.TEXT_DOCUMENT_DID_OPEN,
        t.WORKSPACE_DID_CHANGE_CONFIGURATION,
    }
)


class Protocol(LanguageServerProtocol):
    """One session's messages. `state` is ``new``, ``ready`` or ``ended``."""

    _server: Server
    state = "new"

    def _register_builtin_features(self) -> None:
        """What every session has; the rest is in ``features``."""
        handlers: dict[str, Callable[..., object]] = {
            t.INITIALIZE: self._initialize,
            t.INITIALIZED: self._initialized,
            t.SHUTDOWN: self._end,
            t.EXIT: self._exit,
            t.SET_TRACE: self.lsp_set_trace,
            t.TEXT_DOCUMENT_DID_OPEN: self._opened,
            t.TEXT_DOCUMENT_DID_CHANGE: self._changed,
            t.TEXT_DOCUMENT_DID_CLOSE: self._closed,
            t.WINDOW_WORK_DONE_PROGRESS_CANCEL: self._progress_cancelled,
            t.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (
                self.lsp_workspace__did_change_workspace_folders
            ),
            t.WORKSPACE_EXECUTE_COMMAND: self._command,
        }
        for method, handler in handlers.items():
            self.fm.add_builtin_feature(method, handler)

    # ---- in

    def receive(self, body: bytes | MalformedFrame) -> None:
        """Take one message; its answer comes when it is ready."""
        id_: Id | None = None
        try:
            message = parsed(body)
            method = message.get("method")
            if method is None:
                self._answered(message)
                return
            if "id" not in message:
                self._notified(method, message.get("params"))
                return
            if message["id"] in self._request_futures:
                raise JsonRpcInvalidRequest(f"id {message['id']!r} is in use")
            id_ = message["id"]
            self._admit(method)
            self._get_handler(method)  # raises for unknown methods
            params = self._typed(method, message.get("params"))
            self._handle_request(id_, method, params)
        except JsonRpcException as problem:
            self._send_response(id_, error=problem.to_response_error())

    def _admit(self, method: str) -> None:
        """Raise unless such a request may begin now."""
        starts = method == t.INITIALIZE
        if self.state == "new" and not starts:
            raise JsonRpcServerNotInitialized("initialize comes first")
        if self.state == "ended" or (self.state == "ready" and starts):
            raise JsonRpcInvalidRequest(f"{method} in a session that is {self.state}")

    def _notified(self, method: str, params: object) -> None:
        if self.state != "ready" and method != t.EXIT:
            return
        try:
            if method == t.CANCEL_REQUEST:
                self._cancel(params)
                return
            handler = self._get_handler(method)
        except JsonRpcMethodNotFound:
            return
        try:
            steps = handler(self._typed(method, params))
            if inspect.isgenerator(steps):  # pygls' own are
                list(steps)
        except Exception:
            log.exception("notification %s", method)

    def _cancel(self, params: object) -> None:
        id_: Any = params.get("id") if isinstance(params, dict) else None
        future = self._request_futures.get(id_) if is_id(id_) else None
        if future is not None:
            future.cancel()

    def _answered(self, message: Json) -> None:
        """Take the client's answer to a request of ours."""
        id_ = message.get("id")
        if not is_id(id_) or id_ not in self._result_types:
            return
        kind = self._result_types.pop(id_)
        future = self._request_futures.get(id_)
        if future is not None and future.done():
            # nobody waits for it any more
            del self._request_futures[id_]
            return
        try:
            if message.get("error") is not None:
                error = self._converter.structure(message["error"], t.ResponseError)
                self._handle_response(id_, None, error)
                return
            result = message.get("result")
            if kind is not None:
                result = self._converter.structure(
                    {"id": id_, "jsonrpc": "2.0", "result": result}, kind
                ).result
        except Exception as problem:  # noqa: BLE001 - whatever the client sent
            error = t.ResponseError(t.ErrorCodes.ParseError, f"no answer: {problem}")
            self._handle_response(id_, None, error)
            return
        self._handle_response(id_, result)

    def _typed(self, method: str, params: object) -> Any:  # noqa: ANN401
        kind = self.get_message_type(method)
        if kind is None or method in RAW:
            return params
        message: Json = {"id": 0, "jsonrpc": "2.0", "method": method}
        if params is not None:
            message["params"] = params
        try:
            return self._converter.structure(message, kind).params
        except Exception as problem:  # noqa: BLE001 - cattrs raises many
            raise JsonRpcInvalidParams(f"{method}: {reason(problem)}") from None

    # pygls keeps these in a cache that would keep every session.

    def get_message_type(self, method: str) -> type[Any] | None:  # type: ignore[override]
        """Type of a method's message."""
        return t.METHOD_TO_TYPES.get(method, (None,))[0]

    def get_result_type(self, method: str) -> type[Any] | None:  # type: ignore[override]
        """Type of the answer to a method."""
        return t.METHOD_TO_TYPES.get(method, (None, None))[1]

    # ---- out

    def _send_response(
        self,
        msg_id: Id | None,
        result: object = None,
        error: t.ResponseError | None = None,
    ) -> None:
        message: Json = {"jsonrpc": "2.0", "id": msg_id}
        if isinstance(result, Written):
            answer = record(message, "result", result)
            self._server.send(frame(*answer.parts))
            return
        if error is None:
            message["result"] = result
        else:
            message["error"] = error
        self._send(message)

    def _send_handler_result(self, future: Future[Any], *, msg_id: Id) -> None:
        """Answer a request, however it ended."""
        self._request_futures.pop(msg_id, None)
        try:
            if future.cancelled():
                raise JsonRpcRequestCancelled  # noqa: TRY301 - one way to answer
            self._send_response(msg_id, future.result())
        except JsonRpcException as problem:
            self._send_response(msg_id, error=problem.to_response_error())
        except Exception as problem:
            log.exception("request %s", msg_id)
            text = f"{type(problem).__name__}: {problem}"
            error = t.ResponseError(t.ErrorCodes.InternalError, text)
            self._send_response(msg_id, error=error)

    def _send_data(self, data: Any) -> None:  # noqa: ANN401 - a message of lsprotocol
        message = self._converter.unstructure(data)
        # what an answer or a bridge is looking for comes first
        first = {k: message.pop(k) for k in ("id", "method") if k in message}
        self._send({"jsonrpc": "2.0", **first, **message})

    def tell(self, method: str, params: Json) -> None:
        """Send a notification that is JSON already."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message: Json) -> None:
        body = json.dumps(
            message, default=self._converter.unstructure, separators=(",", ":")
        )
        self._server.send(frame(body.encode()))

    # ---- the life of a session

    def _initialize(self, params: t.InitializeParams) -> t.InitializeResult:
        """Agree on what each side can do."""
        self._server.begin(params)
        steps = super().lsp_initialize(params)
        try:
            next(steps)
        except StopIteration as end:
            result: t.InitializeResult = end.value
        self.state = "ready"
        return self._server.offer(result)

    def _initialized(self, *_: object) -> None:
        """The client is ready for requests of ours."""
        self._server.initialized()

    def _end(self, *_: object) -> None:
        """Cancel what is under way."""
        self.state = "ended"
        self.cancel_all()
        self._server.finish()

    def _exit(self, *_: object) -> None:
        """End the session; 1 is the code when no shutdown came before."""
        self._server.leave(0 if self.state == "ended" else 1)

    def cancel_all(self) -> None:
        """Cancel every request of either side."""
        for future in list(self._request_futures.values()):
            future.cancel()

    async def settle(self, patience: float) -> None:
        """Wait until what was cancelled is answered, for so many seconds."""
        futures: list[object] = [*self._request_futures.values()]
        tasks = [each for each in futures if isinstance(each, Task)]
        if tasks:
            await wait(tasks, timeout=patience)

    # ---- texts

    def _opened(self, params: Json) -> None:
        """A text is the client's from now on."""
        item = params["textDocument"]
        self._server.opened(item["uri"], item["version"], item["text"])

    def _changed(self, params: Json) -> None:
        """It was edited."""
        which = params["textDocument"]
        self._server.changed(
            which["uri"], which.get("version") or 0, params["contentChanges"]
        )

    def _closed(self, params: t.DidCloseTextDocumentParams) -> None:
        """The file has the text again."""
        self._server.closed(params.text_document.uri)

    async def _command(self, params: t.ExecuteCommandParams) -> object:
        """Run a command of the table."""
        command = self.fm.commands.get(params.command)
        if command is None:
            raise JsonRpcInvalidParams(f"no such command: {params.command}")
        return await command(params)

    def _progress_cancelled(self, params: t.WorkDoneProgressCancelParams) -> None:
        """Somebody pressed cancel."""
        self._server.progress_cancelled(params.token)
