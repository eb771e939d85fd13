"""Running an export away from this process: in the daemon's sandbox, or in a child.

A run gives how it ended, as the daemon's method `run` says it, and what the guest
printed. Cancelling the coroutine ends the guest. Not here: commands and diagnostics
(``execute_command``, ``traps``).
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from lbtool.daemon.client import Client, DaemonGone, connect
from lbtool.daemon.params import write
from lbtool.daemon.protocol import Fault
from lbtool.daemon.requests import Limits, Order, Run, RunOptions
from lbtool.lsp.files import path_of
from lbtool.lsp.virtual import binary_of

if TYPE_CHECKING:
    from lbtool.lsp.configuration import Configuration
    from lbtool.lsp.documents import OpenDocument

    Json = dict[str, Any]

__all__ = ["Ended", "run"]

MOST_OUTPUT = 1 << 20  # bytes that a guest may print
GRACE = 2.0  # seconds beyond the time limit in which a guest may still trap
TRAPPED = 134


@dataclass(slots=True)
class Ended:
    """How a run ended: `how` has ``ended``, see `lbtool.daemon.runs.run`."""

    how: Json = field(default_factory=dict)
    output: bytearray = field(default_factory=bytearray)


async def run(
    document: OpenDocument, export: str, args: list[str], settings: Configuration
) -> Ended:
    """Call an export of a document's present text."""
    with tempfile.TemporaryDirectory(prefix="lbtool-run-") as folder:
        order = Order(
            path=_path(document, folder),
            args=tuple(args),
            invoke=export,
            options=RunOptions(profile=settings.wasm, bounds=settings.bounds),
            limits=Limits(time=settings.run_timeout, output=MOST_OUTPUT),
        )
        guest = _Guest(order)
        work = asyncio.ensure_future(asyncio.to_thread(guest.run))
        try:
            ended = await asyncio.shield(work)
        except asyncio.CancelledError:
            guest.cancel()
            raise
        return ended or await _in_child(order)


def _path(document: OpenDocument, folder: str) -> str:
    """A file with the module: the binary that was printed, or the text as it is."""
    source = path_of(binary_of(document.uri) or document.uri)
    if source is not None and source.suffix == ".wasm":
        return str(source)
    path = Path(folder, f"{source.stem if source else 'module'}.wat")
    path.write_bytes(document.document.text.encode(errors="surrogatepass"))
    return str(path)


class _Guest:
    """A run in a sandboxed process of the daemon, from a thread."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._lock = Lock()
        self._client: Client | None = None
        self._cancelled = False

    def cancel(self) -> None:
        """End the guest; from any thread."""
        with self._lock:
            self._cancelled = True
            if self._client is not None:
                self._client.hang_up()  # which ends the guest

    def run(self) -> Ended | None:
        """Wait for its end; None when there is no daemon."""
        try:
            client = connect()
        except DaemonGone:
            return None
        with client:
            with self._lock:
                self._client = client
            ended = Ended({"ended": "failed", "report": "cancelled"})
            try:
                if not self._cancelled:
                    self._consume(client, ended)
            except (DaemonGone, Fault) as error:
                ended.how = {"ended": "failed", "report": str(error)}
            return ended

    def _consume(self, client: Client, ended: Ended) -> None:
        stream = client.stream("run", **write(Run(self._order)))
        while True:
            try:
                event = next(stream)
            except StopIteration as end:
                ended.how = end.value
                return
            if event.name == "output":
                ended.output += base64.b64decode(event.data["data"])


async def _in_child(order: Order) -> Ended:
    """In a process of ``lbtool run``."""
    assert order.invoke is not None
    assert order.limits.time is not None
    options = {
        "--format": "json",
        "--invoke": order.invoke,
        "--timeout": str(order.limits.time),
        "--wasm": order.options.profile or "2.0",
        "--bounds": order.options.bounds,
    }
    words = [word for pair in options.items() for word in pair]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "lbtool.cli", "run"),
        *(*words, "--", order.path, *order.args),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=os.path.dirname(order.path),  # noqa: PTH120
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        async with asyncio.timeout(order.limits.time + GRACE):
            out, err = await asyncio.gather(
                _bounded(process.stdout), _bounded(process.stderr)
            )
            await process.wait()
    except TimeoutError:
        return Ended({"ended": "time"})
    except _TooMuchError as much:
        return Ended({"ended": "output"}, bytearray(much.args[0]))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _of_child(process.returncode, out, err)


class _TooMuchError(Exception):
    """A guest has printed more than it may."""


async def _bounded(stream: asyncio.StreamReader) -> bytes:
    found = bytearray()
    while data := await stream.read(1 << 16):
        found += data
        if len(found) > MOST_OUTPUT:
            raise _TooMuchError(bytes(found[:MOST_OUTPUT]))
    return bytes(found)


def _of_child(code: int | None, out: bytes, err: bytes) -> Ended:
    """What ``lbtool run --format json`` has told: its last line, after the guest's."""
    printed, _, last = out.rstrip(b"\n").rpartition(b"\n")
    found: Json = {}
    with suppress(ValueError):
        said = json.loads(last)
        found = said if isinstance(said, dict) and "schema" in said else {}
    if not found:
        printed = out
    ended = Ended(output=bytearray(printed))
    if "trap" in found and code == TRAPPED:
        ended.how = {"ended": "trap", **found["trap"]}
    elif "results" in found and code == 0:
        ended.how = {"ended": "returned", **found}
    elif "error" in found:
        ended.how = {"ended": "refused", "report": found.get("message", "")}
    elif code == 0 or not err.startswith(b"error:"):
        ended.how = {"ended": "exit", "code": code}
        ended.output += err
    else:
        ended.how = {"ended": "failed", "report": err.decode(errors="replace").strip()}
    return ended
