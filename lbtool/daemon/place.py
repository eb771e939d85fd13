"""Where a daemon is found: its private directory, socket, locks and log; peers.

The directory is the runtime directory of ``lbtool.cache.private``, which also checks
it. What is in it is reached through a descriptor of the directory, so its path may be
longer than the 107 bytes of a socket's. Names carry the version of lbtool: versions do
not meet.
"""

from __future__ import annotations

import os
import socket
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool import __version__
from lbtool.cache import private
from lbtool.errors import LbtoolError

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECTORY = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class NotPrivateError(LbtoolError):
    """A directory or a peer that belongs to somebody else, or is open to others."""


@dataclass(frozen=True, slots=True)
class Place:
    """The files of the daemon of one version.

    socket   what it listens on; absent or stale when there is none
    lock     held by the daemon while it lives: who has it is the daemon
    start    held by whoever is starting a daemon
    log      what it has to say
    guests   an empty directory, where guests begin
    """

    directory: Path
    version: str

    @property
    def socket(self) -> str:
        """Name of the socket."""
        return f"daemon-{self.version}.sock"

    @property
    def lock(self) -> str:
        """Name of the daemon's lock."""
        return f"daemon-{self.version}.lock"

    @property
    def start(self) -> str:
        """Name of the lock of those who start one."""
        return f"start-{self.version}.lock"

    @property
    def log(self) -> str:
        """Name of the log."""
        return f"daemon-{self.version}.log"

    guests = "guests"

    def path(self, name: str) -> Path:
        """For messages and for opening regular files."""
        return self.directory / name

    @contextmanager
    def opened(self, *, create: bool = False) -> Iterator[str]:
        """A path to the directory that stays its own inside of the ``with`` block.

        Raises `NotPrivateError`, or OSError (there is none and `create` is false).
        """
        if not create:
            self.directory.lstat()
        try:
            private.prepare(str(self.directory))
        except private.Unusable as error:
            raise NotPrivateError(str(error)) from None
        fd = os.open(self.directory, DIRECTORY)
        try:
            yield f"/proc/self/fd/{fd}"
        finally:
            os.close(fd)


def here() -> Place:
    """The place of this user's daemon of this version."""
    return Place(Path(private.runtime_directory()), __version__)


def peer(connection: socket.socket) -> tuple[int, int]:
    """Process and user of the other end, as the kernel knows them."""
    size = struct.calcsize("3i")
    found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    pid, uid, _ = struct.unpack("3i", found)
    return pid, uid


def check_peer(connection: socket.socket) -> int:
    """Process of the other end; raises `NotPrivateError` if it is not this user's."""
    pid, uid = peer(connection)
    if uid != os.geteuid():
        raise NotPrivateError(f"process {pid} belongs to user {uid}")
    return pid
