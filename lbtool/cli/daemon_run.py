"""A run in the daemon's sandbox, for ``lbtool watch --run``.

What the guest prints comes out here, in a thread of its own; nothing that it does
reaches this process but bytes. It is `lbtool.cli.watch_run.Run` in all that a session
asks of it.
"""

from __future__ import annotations

import base64
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from lbtool.daemon import params, requests
from lbtool.daemon.client import Client, DaemonGone, running
from lbtool.daemon.protocol import Fault
from lbtool.daemon.requests import Limits, Order, RunOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.cli.watch_run import Run, Runner

AT_FAULT, INTERNAL, TRAPPED = 1, 2, 134
SIGNALLED = 128
# Nothing is kept: a guest writes as fast as it is read.
ENDLESS = 1 << 62


class DaemonRun:
    """One guest; `on_end` is called in another thread when it has ended."""

    def __init__(
        self,
        client: Client,
        order: Order,
        runner: Runner,
        on_end: Callable[[Run], None],
    ) -> None:
        self.command = runner.command
        self.code: int | None = None
        self.seconds = 0.0
        self.stopped = False
        self._client = client
        self._on_end = on_end
        self._stdout = 2 if runner.quiet else 1
        self._began = time.monotonic()
        self._stream = client.stream("run", **params.write(requests.Run(order)))
        self.pid: int = next(self._stream).data["pid"]
        self._thread = threading.Thread(target=self._follow, name="run", daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        try:
            self.code = self._pass_on()
        except (DaemonGone, Fault) as error:
            if not self.stopped:
                sys.stderr.write(f"the run was lost: {error}\n")
            self.code = INTERNAL
        self.seconds = time.monotonic() - self._began
        self._on_end(self)

    def _pass_on(self) -> int:
        """Output to where ours goes; gives the exit code."""
        while True:
            try:
                output = next(self._stream).data
            except StopIteration as end:
                return code_of(end.value, self._stdout)
            target = self._stdout if output["stream"] == "stdout" else 2
            data = base64.b64decode(output["data"])
            while data:
                data = data[os.write(target, data) :]

    def stop(self) -> None:
        """End it; returns when nothing of it is shown any more."""
        self.stopped = self._thread.is_alive()
        self.kill()
        self._thread.join()
        self._client.close()

    def kill(self) -> None:
        """Hang up, which ends it."""
        self._client.hang_up()


def code_of(ending: dict[str, Any], stdout: int = 1) -> int:
    """Say how a guest ended, as ``lbtool run`` does; gives its exit code.

    Results go to the descriptor `stdout`.
    """
    how = ending["ended"]
    if how == "returned":
        stream = sys.stdout if stdout == 1 else sys.stderr
        stream.write("".join(f"{each['value']}\n" for each in ending["results"]))
        stream.flush()
        return 0
    if how in ("exit", "vanished"):
        return int(ending["code"])
    sys.stderr.write(f"{ending.get('report') or _said(ending)}\n")
    if how == "crashed":
        import signal  # noqa: PLC0415  # rarely needed

        name = ending["signal"]
        return SIGNALLED + signal.Signals[name or "SIGKILL"]
    codes = {"trap": TRAPPED, "time": TRAPPED, "refused": AT_FAULT}
    return codes.get(how, INTERNAL)


def _said(ending: dict[str, Any]) -> str:
    """Endings that have no report of their own."""
    texts = {
        "crashed": f"its process crashed ({ending.get('signal') or 'with its parent'})",
        "memory": "it used more memory than it may",
        "time": "it was ended after its time",
        "output": "it printed more than it may",
    }
    return f"error: {texts.get(ending['ended'], ending['ended'])}"


def start(runner: Runner, on_end: Callable[[Run], None]) -> DaemonRun | None:
    """Begin a run in the daemon; None when there is no daemon, or it cannot."""
    client = running()
    if client is None:
        return None
    settings = runner.settings
    wasm = settings.wasm if settings.is_given("wasm") else None
    order = Order(
        os.path.abspath(runner.path),  # noqa: PTH100 - no links are followed
        tuple(runner.arguments),
        runner.invoke,
        options=RunOptions(settings.backend, wasm, settings.bounds),
        limits=Limits(time=settings.timeout, output=ENDLESS),
    )
    try:
        return DaemonRun(client, order, runner, on_end)
    except (DaemonGone, Fault):
        client.close()
        return None
