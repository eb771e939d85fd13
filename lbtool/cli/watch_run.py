"""The run of ``lbtool watch --run``: the daemon's, or ``lbtool run`` beside us.

What the module writes goes where ours goes; it reads nothing. With a daemon it runs in
the daemon's sandbox (``daemon_run``), else in a process group of its own, which ends as
a whole: politely first, and after `GRACE` seconds for certain.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Protocol

from lbtool.config import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.config import Settings

GRACE = 1.0


class Run(Protocol):
    """One run; whoever began it is called in another thread when it has ended.

    command  as a user would write it
    code     its exit code, or 128 and the number of the signal that ended it
    stopped  whether it was ended from here
    """

    command: list[str]
    pid: int
    code: int | None
    seconds: float
    stopped: bool

    def stop(self) -> None:
        """End it; returns when it has ended, with all that it started."""

    def kill(self) -> None:
        """End it at once."""


class OwnRun:
    """A run in a process of ours; `on_end` is called when it has ended."""

    def __init__(self, runner: Runner, on_end: Callable[[Run], None]) -> None:
        self.command = runner.command
        self.code: int | None = None
        self.seconds = 0.0
        self.stopped = False
        self._began = time.monotonic()
        self._on_end = on_end
        python = [sys.executable, "-m", "lbtool.cli.watch_child", str(os.getpid())]
        self._process = subprocess.Popen(  # noqa: S603
            [*python, *runner.line],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno() if runner.quiet else None,
            env=os.environ | runner.environment,
            process_group=0,
        )
        self.pid = self._process.pid
        self._waiter = threading.Thread(target=self._wait, name="run", daemon=True)
        self._waiter.start()

    def _wait(self) -> None:
        code = self._process.wait()
        self.seconds = time.monotonic() - self._began
        self.code = 128 - code if code < 0 else code
        self._on_end(self)

    def stop(self) -> None:
        """End it; returns when it has ended, with all that it started."""
        self.stopped = self._waiter.is_alive()
        self._signal(signal.SIGTERM)
        self._waiter.join(GRACE)
        self.kill()
        self._waiter.join()

    def kill(self) -> None:
        """End it at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        # Neither when nobody is left in the group, nor when those left are others.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


class Runner:
    """How to run the module at `path`: `line` is what follows ``lbtool``.

    quiet  stdout is for events: what the module writes to it goes to stderr
    """

    def __init__(
        self,
        path: str,
        arguments: list[str],
        invoke: str | None,
        settings: Settings,
        *,
        quiet: bool = False,
    ) -> None:
        self.path, self.quiet = path, quiet
        self.arguments, self.invoke, self.settings = arguments, invoke, settings
        asked = [] if invoke is None else ["--invoke", invoke]
        path = path if not path.startswith("-") else os.path.join(".", path)  # noqa: PTH118
        self.line = ["run", *asked, path, "--", *arguments]
        self.command = [sys.executable, "-m", "lbtool.cli", *self.line]
        # What the command line said about settings holds for the run as well.
        self.environment = {
            each.variable: str(getattr(settings, each.attribute))
            for each in SETTINGS
            if {"run", "watch"} <= set(each.commands) and settings.is_given(each.name)
        }

    def start(self, on_end: Callable[[Run], None]) -> Run:
        """Begin a run."""
        if self.settings.daemon:
            from lbtool.cli.daemon_run import start  # noqa: PLC0415  # a daemon's

            run = start(self, on_end)
            if run is not None:
                return run
        return OwnRun(self, on_end)
