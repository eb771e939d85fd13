"""``python -m lbtool.daemon.forkserver FD``: forks a process for every guest.

It has imported all that a run needs and made nothing: no engine, no thread, no
database, so that forking is safe. FD is its end of a socket pair whose other end is the
daemon's (``guests``). It is asked to start and to kill, and tells when a guest is gone;
only a parent can kill a child and be sure that it is that child. When the daemon is
gone the socket says so, and all guests go too.

Messages are JSON, one per packet: ``{"run": N}`` with five descriptors (order, stdin,
stdout, stderr, report), ``{"kill": N}``; back: ``{"ready": PID}``, ``{"started": N,
"pid": PID}``, ``{"ended": N, "status": WAIT_STATUS}``.
"""

from __future__ import annotations

import importlib
import json
import os
import selectors
import signal
import socket
import sys
from typing import TYPE_CHECKING

from lbtool.orphans import die_with_parent

if TYPE_CHECKING:
    from lbtool.daemon.protocol import Json

PACKET = 4096
FILES = 5
REFUSED = 70 << 8  # wait status of what could not be forked: exit code 70
# What a run imports; our engine, its WASI and the assembler of text.
PRELOADED = (
    "lbtool.cli.running",
    "lbtool.cli.guest_lbtool",
    "lbtool.cli.guest_wasmtime",
    "lbtool.cli.trap_report",
    "lbtool.compiler",
    "lbtool.daemon.guest",
    "lbtool.engines.wasmtime_engine",
    "lbtool.runtime.wasi_link",
    "lbtool.wasm",
    "lbtool.wat.locate",
    "wasmtime",
)


def main() -> None:
    """Serve until the daemon is gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for name in PRELOADED:
        importlib.import_module(name)
    Server(control).serve()


class Server:
    """The loop: requests of the daemon, ends of children."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        self.pids: dict[int, int] = {}  # number of the run -> its process

    def serve(self) -> None:
        """Until the daemon is gone; then no guest is left."""
        self.send({"ready": os.getpid()})
        try:
            while True:
                for key, _ in self.selector.select():
                    if key.fileobj is not self.control:
                        self.reap(*key.data)
                    elif not self.receive():
                        return
        finally:
            for number in list(self.pids):
                self.kill(number)

    def send(self, message: Json) -> None:
        """Tell the daemon."""
        self.control.send(json.dumps(message).encode())

    def receive(self) -> bool:
        """Take one request; False when the daemon is gone."""
        try:
            data, fds, _, _ = socket.recv_fds(self.control, PACKET, FILES)
        except ConnectionError:
            return False
        if not data:
            return False
        message = json.loads(data)
        if "run" in message:
            self.start(message["run"], fds)
        elif message["kill"] in self.pids:
            self.kill(message["kill"])
        for fd in fds:
            os.close(fd)
        return True

    def start(self, number: int, fds: list[int]) -> None:
        """Fork a guest; what cannot be forked has ended at once."""
        try:
            if len(fds) != FILES or threads() != 1:
                raise OSError("not in a state to fork")  # noqa: TRY301
            pid = os.fork()
        except OSError as error:
            print(f"fork: {error}", file=sys.stderr)  # noqa: T201  # the daemon's log
            self.send({"ended": number, "status": REFUSED})
            return
        if pid == 0:
            become_guest(fds, os.getppid())
        self.pids[number] = pid
        self.send({"started": number, "pid": pid})
        watch = os.pidfd_open(pid)
        self.selector.register(watch, selectors.EVENT_READ, (number, pid, watch))

    def reap(self, number: int, pid: int, watch: int) -> None:
        """Tell that a guest is gone, and how."""
        _, status = os.waitpid(pid, 0)
        self.selector.unregister(watch)
        os.close(watch)
        del self.pids[number]
        self.send({"ended": number, "status": status})

    def kill(self, number: int) -> None:
        """End a guest that has not been waited for yet."""
        os.kill(self.pids[number], signal.SIGKILL)


def threads() -> int:
    """How many threads this process has."""
    with os.scandir("/proc/self/task") as tasks:
        return sum(1 for _ in tasks)


def become_guest(fds: list[int], parent: int) -> None:
    """Be a guest's process; does not return.

    It has a process group of its own, no descriptors but its own, and does not outlive
    its parent.
    """
    code = 1
    try:
        os.setsid()
        alive = die_with_parent(parent)
        order, *streams, report = fds
        with os.fdopen(order, "rb", closefd=False) as file:
            text = json.loads(file.read())
        # first out of the way of each other, for they may be 0 to 3 already
        for target, fd in enumerate([os.dup(fd) for fd in (*streams, report)]):
            os.dup2(fd, target)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        if alive and os.getppid() == parent:
            from lbtool.daemon import guest  # noqa: PLC0415  # it is loaded

            guest.run(text, 3)
            code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
