"""Thousands of files at once, and events that are lost.

``LBTOOL_WATCH_FILES`` says how many are created at once (`make soak`: 20,000); other
counts follow from it.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from lbtool.watch.watcher import Watcher
from tests.data import ROOT
from tests.watch.mirror import BOTH, DEADLINE, EVENTS, POLLING, Mirror, fresh, quick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lbtool.watch.changes import Changes

    Record = Callable[[str, object], None]

FILES = int(os.environ.get("LBTOOL_WATCH_FILES", "2000"))
CHECKED_OUT = FILES * 3 // 20
ROUNDS = max(20, FILES // 100)
# Events that the kernel keeps for one reader; two come with each new file.
QUEUE = 16_384
MANY = """
import os, sys
folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for each in range(first, last):
    with open(f"{folder}/{each}.wat", "w") as file:
        file.write(f"(module) ;; {each}")
"""


def create(folder: Path, count: int, processes: int = 3) -> None:
    """`count` files as fast as it goes."""
    bounds = [count * each // processes for each in range(processes + 1)]
    started = [
        subprocess.Popen([sys.executable, "-c", MANY, folder, str(low), str(high)])
        for low, high in itertools.pairwise(bounds)
    ]
    assert [each.wait() for each in started] == [0] * processes


@pytest.mark.parametrize("settings", [EVENTS, POLLING], ids=["events", "polling"])
def test_files_created_at_once(
    tmp_path: Path, settings: object, record_property: Record
) -> None:
    polling = settings is POLLING
    with Mirror(tmp_path, settings=POLLING if polling else EVENTS) as mirror:
        create(tmp_path, FILES)
        assert mirror.settled() == FILES
    how = "polling" if polling else "events"
    record_property(
        "summary",
        f"watch ({how}): {FILES} files created at once, all built, in "
        f"{len(mirror.batches) - 1} batches",
    )


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.email=a@b", "-c", "user.name=n", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_checkouts(tmp_path: Path, record_property: Record) -> None:
    """There and back: other contents, files that one side lacks, another folder."""
    git(tmp_path, "init", "-q", "-b", "one")
    for branch in ("one", "two"):
        for each in range(CHECKED_OUT):
            path = tmp_path / f"{each % 7}" / f"{each}.wat"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"(module) ;; {branch} {each}")
        (tmp_path / branch).mkdir()
        (tmp_path / branch / "only.wat").write_text(branch)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", branch)
        if branch == "one":
            git(tmp_path, "checkout", "-qb", "two")
            git(tmp_path, "rm", "-rq", "one")
    with Mirror(tmp_path) as mirror:
        mirror.settled()
        for branch in ("one", "two", "one"):
            git(tmp_path, "checkout", "-q", branch)
            assert mirror.settled() == CHECKED_OUT + 1
            assert mirror.state[str(tmp_path / branch / "only.wat")] == branch.encode()
        assert not any(
            "/.git/" in path for each in mirror.batches for path in each.changed
        )
    record_property(
        "summary", f"watch: 3 git checkouts of {CHECKED_OUT} files, each built"
    )


WATCH = """
import json, sys, threading
from tests.watch.mirror import EVENTS, Mirror
with Mirror(sys.argv[1], settings=EVENTS) as mirror:
    print(json.dumps([0, mirror.notes]), flush=True)
    for line in sys.stdin:
        mirror.until(lambda: len(mirror.state) == int(line))
        print(json.dumps([len(mirror.state), mirror.notes]), flush=True)
"""


def test_a_queue_that_overflows(tmp_path: Path, record_property: Record) -> None:
    """The watcher is stopped while more happens than the kernel keeps for it."""
    count = QUEUE // 2 + 500
    with subprocess.Popen(
        [sys.executable, "-c", WATCH, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert json.loads(process.stdout.readline()) == [0, []]
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        create(tmp_path, count)
        process.send_signal(signal.SIGCONT)
        process.stdin.write(f"{count}\n")
        process.stdin.flush()
        built, notes = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(DEADLINE) == 0
    assert built == count
    assert any("lost" in each for each in notes), notes
    record_property(
        "summary", f"watch: {built} files built after the kernel's queue overflowed"
    )


def test_lost_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the overflow is ever said; it is enough."""
    with Mirror(tmp_path) as mirror:
        monkeypatch.setattr(mirror.watcher._events, "_on_path", lambda *_: None)
        (tmp_path / "d").mkdir()
        (tmp_path / "d" / "a.wat").write_text("1")
        assert not mirror.until(lambda: bool(mirror.state), 0.2)
        mirror.watcher.doubt(lost=True)
        assert mirror.settled() == 1
        assert mirror.notes == ["events were lost: all files are compared"]


class Saves:
    """Random things that happen to a tree."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random = root, random.Random(seed)

    def one(self) -> None:
        kind = self.random.choice(
            ("write", "write", "write", "replace", "unlink", "move", "folder", "drop")
        )
        getattr(self, kind)()

    def _folder(self) -> Path:
        found = [self.root, *(each for each in self.root.rglob("*") if each.is_dir())]
        return self.random.choice(found)

    def _file(self) -> Path:
        return self._folder() / f"{self.random.choice('abcd')}.wat"

    def write(self) -> None:
        path = self._file()
        if not path.is_dir():
            path.write_bytes(self.random.randbytes(8))

    def replace(self) -> None:
        path, made = self._file(), self.root / ".tmp"
        made.write_bytes(self.random.randbytes(8))
        if path.is_dir():
            shutil.rmtree(path)
        made.replace(path)

    def unlink(self) -> None:
        path = self._file()
        if path.is_file():
            path.unlink()

    def move(self) -> None:
        old, new = self._folder(), self._folder()
        target = new / f"{self.random.choice('abcd')}.wat"
        if old not in (self.root, *new.parents, new) and not target.exists():
            old.rename(target)

    def folder(self) -> None:
        path = self._folder() / self.random.choice("uvwx")
        path.mkdir(exist_ok=True)

    def drop(self) -> None:
        path = self._folder()
        if path != self.root and self.random.random() < 0.5:
            shutil.rmtree(path)


@pytest.mark.parametrize("settings", [EVENTS, BOTH], ids=["events", "both"])
def test_random_saves(
    tmp_path: Path, settings: object, record_property: Record
) -> None:
    """Fifty things in a row as fast as it goes, then the state is compared."""
    happened = 0
    used = quick(EVENTS if settings is EVENTS else BOTH)
    for seed in range(ROUNDS // 10):
        root = tmp_path / f"{seed}"
        root.mkdir()
        saves = Saves(root, seed)
        with Mirror(root, settings=used) as mirror:
            for _ in range(10):
                for _ in range(50):
                    saves.one()
                    happened += 1
                try:
                    mirror.settled()
                except AssertionError as error:
                    raise AssertionError(f"seed {seed}: {error}") from None
        assert mirror.state == fresh(root)
    record_property(
        "summary",
        f"watch: {happened} random saves, {happened // 50} final states built",
    )


def test_stopping_from_anywhere(tmp_path: Path) -> None:
    """Twice, before the start, and from the callback."""
    never = Mirror(tmp_path)
    never.watcher.stop()
    for _ in range(5):
        with Mirror(tmp_path) as mirror:
            pass
        mirror.watcher.stop()
    ended = threading.Event()

    def stop(_: Changes) -> None:
        watcher.stop()
        ended.set()

    watcher = Watcher([tmp_path], stop, EVENTS).start()
    assert ended.wait(DEADLINE)
    watcher._thread.join(DEADLINE)
    assert not watcher._thread.is_alive()
