"""The source of events for other systems: each kind of change becomes a hint."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

from lbtool.watch.elsewhere import Events
from lbtool.watch.roots import Layout, Root

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20.0


def test_hints(tmp_path: Path) -> None:
    hints: queue.Queue[tuple[str, bool]] = queue.Queue()

    def hinted(*names: str) -> None:
        """Wait until all these files were spoken of."""
        missing = {str(tmp_path / name) for name in names}
        while missing:
            path, is_folder = hints.get(timeout=PATIENCE)
            if not is_folder:
                missing.discard(path)

    events = Events(lambda path, folder: hints.put((path, folder)), lambda _: None)
    try:
        folders = Layout.of({Root.of(str(tmp_path)): None}).folders
        events.watch(folders)
        events.watch(folders)
        (tmp_path / "a.wat").write_text("(module)")
        hinted("a.wat")
        (tmp_path / "a.wat").rename(tmp_path / "b.wat")
        hinted("a.wat", "b.wat")
        (tmp_path / "b.wat").unlink()
        hinted("b.wat")
        events.watch(frozenset())
        (tmp_path / "c.wat").write_text("(module)")
    finally:
        events.stop()
    assert all("c.wat" not in path for path, _ in hints.queue)
