"""A place for a daemon of the test's own, and nobody left in it afterwards."""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from lbtool.daemon import client
from lbtool.daemon.place import Place, here

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = 30.0
AGAIN = 1.0  # seconds until who has not ended by then is asked again


def processes(folder: Path) -> dict[int, str]:
    """Processes that work in `folder` or were told of it, with their command lines."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        try:
            inside = str((each / "cwd").readlink()).startswith(str(folder))
            told = f"={folder}/".encode() in (each / "environ").read_bytes()
            line = (
                (each / "cmdline")
                .read_bytes()
                .replace(b"\0", b" ")
                .decode(errors="replace")
            )
        except OSError:
            continue
        if (inside or told) and int(each.name) != os.getpid():
            found[int(each.name)] = line
    return found


def wait_for_end(pid: int, patience: float = ENDING) -> bool:
    """Wait until a process, not necessarily our child, has ended."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], patience)[0])
    finally:
        os.close(watch)


def leave(folder: Path) -> dict[int, str]:
    """Stop the daemon and see to it that nobody is left; gives who had to be killed.

    A daemon that is just being started is nobody to ask yet, and forks: both are done
    again until nobody is found.
    """
    killed: dict[int, str] = {}
    late = monotonic() + ENDING
    while found := processes(folder):
        with suppress(client.Silent):
            client.dismiss(here())
        for pid, line in found.items():
            if not wait_for_end(pid, AGAIN) and monotonic() > late:
                killed[pid] = line
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    return killed


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Where the test's daemon is; it is stopped, and all it started has ended."""
    folder = tmp_path / "places"
    for name in ("runtime", "cache", "state"):
        monkeypatch.setenv(f"LBTOOL_{name.upper()}_DIR", str(folder / name))
    yield here()
    left = leave(folder)
    assert not left


@pytest.fixture
def daemon(place: Place) -> Iterator[client.Client]:
    """A connection to a daemon of the test's own."""
    with client.connect(place, idle=60) as connection:
        yield connection
