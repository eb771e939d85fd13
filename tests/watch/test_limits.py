"""When the kernel watches no more: files are compared instead, and the user is told."""

from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING, Any

import pytest
from watchdog.observers.api import BaseObserver

from lbtool.watch import events
from lbtool.watch.watcher import Watcher
from tests.watch.mirror import EVENTS, Mirror

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.watch.changes import Changes


def refusing(number: int, *, but: str = "") -> object:
    """Scheduling that fails for every path but those that begin with `but`."""
    schedule = BaseObserver.schedule

    def refuse(self: BaseObserver, handler: Any, path: str, **given: Any) -> object:
        if but and path.startswith(but):
            return schedule(self, handler, path, **given)
        raise OSError(number, "limit reached")

    return refuse


@pytest.mark.parametrize(
    ("number", "name"),
    [(errno.ENOSPC, "max_user_watches"), (errno.EMFILE, "max_user_instances")],
)
def test_no_watch_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, name: str
) -> None:
    monkeypatch.setattr(BaseObserver, "schedule", refusing(number))
    with Mirror(tmp_path) as mirror:
        (tmp_path / "a.wat").write_text("1")
        mirror.settled()
        (note,) = mirror.notes
        assert f"fs.inotify.{name}=" in note
        assert f"sysctl fs.inotify.{name}=N" in note
        assert "every 0.5 s" in note


def test_no_observer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    monkeypatch.setattr(events, "Observer", refuse)
    with Mirror(tmp_path) as mirror:
        (tmp_path / "a.wat").write_text("1")
        mirror.settled()
        assert "max_user_instances" in mirror.notes[0]


def test_no_watch_for_a_folder_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The observer swallows it; that not one watch more can be had gives it away."""
    below = tmp_path / "d"
    with Mirror(tmp_path) as mirror:
        refuse = refusing(errno.ENOSPC, but=str(tmp_path))
        monkeypatch.setattr(BaseObserver, "schedule", refuse)
        below.mkdir()
        (below / "a.wat").write_text("1")
        mirror.settled()
        assert mirror.until(lambda: bool(mirror.notes))
        (below / "b.wat").write_text("1")
        mirror.settled()


def test_other_errors_are_said_as_they_are() -> None:
    assert "Input/output error" in events.LimitError(5, "Input/output error").advice()


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
