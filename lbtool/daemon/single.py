"""How one process becomes the daemon: the lock decides, the socket follows.

The lock's file is never removed, for a lock on a removed file excludes nobody. The
socket is bound under a name of its own and renamed, so whoever finds the name finds a
daemon that listens, or a stale one whose successor replaces it.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.daemon.place import NotPrivateError, check_peer

if TYPE_CHECKING:
    from types import FrameType

    from lbtool.daemon.place import Place

BACKLOG = 128
FILE = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


def connect(place: Place, timeout: float | None = None) -> socket.socket:
    """A connection to who listens at `place`; OSError when nobody does.

    Raises `NotPrivateError` for a directory or a daemon of somebody else.
    """
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(timeout)
        with place.opened() as directory:
            connection.connect(f"{directory}/{place.socket}")
        check_peer(connection)
    except (OSError, NotPrivateError):
        connection.close()
        raise
    return connection


def lock(path: str, patience: float) -> int:
    """Take the lock of the file `path`; gives the descriptor whose closing frees it.

    Waits for `patience` seconds, then raises TimeoutError. Only for the main thread of
    a process that has no other: the wait ends by a signal.
    """

    def late(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"another process holds the lock {path}")

    fd = os.open(path, FILE, 0o600)
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
    except TimeoutError:
        os.close(fd)
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return fd


def is_served(place: Place) -> bool:
    """Whether somebody listens at `place`."""
    try:
        connect(place, timeout=1).close()
    except OSError:
        return False
    return True


def listen(directory: str, place: Place) -> socket.socket:
    """The daemon's socket; only for the holder of the lock."""
    own = f"{directory}/{place.socket}.{os.getpid()}"
    listener = socket.socket(socket.AF_UNIX)
    umask = os.umask(0o177)
    try:
        listener.bind(own)
    finally:
        os.umask(umask)
    listener.listen(BACKLOG)
    listener.setblocking(False)  # positional only
    Path(own).rename(f"{directory}/{place.socket}")
    return listener
