"""A place for a daemon of the test's own, and nobody left in it afterwards."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lbtool.daemon import client
from lbtool.daemon.place import Place, here

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = 30.0


def processes(folder: Path) -> dict[int, str]:
    """Processes that work in `folder` or were told of it, with their command lines."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        try:
            inside = str((each / "cwd").readlink()).startswith(str(folder))
            told = f"={folder}/".encode() in (each / "environ").read_bytes()
            line = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if (inside or told) and int(each.name) != os.getpid():
            found[int(each.name)] = line
    return found


def wait_for_end(pid: int) -> bool:
    """Wait until a process, not necessarily our child, has ended."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], ENDING)[0])
    finally:
        os.close(watch)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Where the test's daemon is; it is stopped, and all it started has ended."""
    folder = tmp_path / "places"
    for name in ("runtime", "cache", "state"):
        monkeypatch.setenv(f"LBTOOL_{name.upper()}_DIR", str(folder / name))
    yield here()
    client.dismiss(here())
    left = {
        pid: line for pid, line in processes(folder).items() if not wait_for_end(pid)
    }
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


@pytest.fixture
def daemon(place: Place) -> Iterator[client.Client]:
    """A connection to a daemon of the test's own."""
    with client.connect(place, idle=60) as connection:
        yield connection
