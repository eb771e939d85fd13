"""When the kernel watches no more: files are compared instead, and the user is told."""

from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING

import pytest

from lbtool.watch.events import Kernel, LimitError
from lbtool.watch.watcher import Watcher
from tests.watch.mirror import EVENTS, Mirror

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.watch.changes import Changes


@pytest.mark.parametrize(
    ("number", "name", "call"),
    [
        (errno.ENOSPC, "max_user_watches", "add"),
        (errno.EMFILE, "max_user_instances", "__init__"),
    ],
)
def test_no_watch_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, name: str, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise LimitError(number, "limit reached")

    monkeypatch.setattr(Kernel, call, refuse)
    with Mirror(tmp_path) as mirror:
        (tmp_path / "a.wat").write_text("1")
        mirror.settled()
        (note,) = mirror.notes
        assert f"fs.inotify.{name}=" in note
        assert f"sysctl fs.inotify.{name}=N" in note
        assert "every 0.5 s" in note


@pytest.mark.parametrize("when", ["before", "after"])
def test_no_watch_for_a_folder_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """At the start, and for one that is made later."""
    add, below = Kernel.add, tmp_path / "d"

    def refuse(self: Kernel, path: str, mask: int) -> int:
        if path == str(below):
            raise LimitError(errno.ENOSPC, "limit reached")
        return add(self, path, mask)

    monkeypatch.setattr(Kernel, "add", refuse)
    if when == "before":
        below.mkdir()
    with Mirror(tmp_path) as mirror:
        below.mkdir(exist_ok=True)
        (below / "a.wat").write_text("1")
        mirror.settled()
        assert mirror.until(lambda: bool(mirror.notes))
        (below / "b.wat").write_text("1")
        mirror.settled()
        assert len(mirror.notes) == 1


def test_a_system_without_inotify(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    with pytest.raises(LimitError, match="there is no inotify"):
        Kernel()


def test_other_errors_are_said_as_they_are() -> None:
    assert "Input/output error" in LimitError(5, "Input/output error").advice()


def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    """It has nothing to build as long as that is so."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.wat").write_text("1")
    closed.chmod(0)
    try:
        with Mirror(tmp_path) as mirror:
            (tmp_path / "b.wat").write_text("1")
            assert mirror.until(lambda: str(tmp_path / "b.wat") in mirror.state)
    finally:
        closed.chmod(0o755)


def test_batches_in_an_asyncio_program(tmp_path: Path) -> None:
    async def main() -> list[Changes]:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Changes] = asyncio.Queue()

        def on_batch(batch: Changes) -> None:
            loop.call_soon_threadsafe(queue.put_nowait, batch)

        watcher = Watcher([tmp_path], on_batch, EVENTS).start()
        found = [await queue.get()]
        (tmp_path / "a.wat").write_text("1")
        found.append(await queue.get())
        await asyncio.to_thread(watcher.stop)
        return found

    first, second = asyncio.run(main())
    assert (first.first, first.changed) == (True, ())
    assert second.changed == (str(tmp_path / "a.wat"),)
