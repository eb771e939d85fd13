"""A writer that is killed at any moment: nothing acknowledged is lost.

The writer says after every batch that it was stored. It is killed at random moments;
then everything it said is there, and whatever else is there is right.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

from lbtool.cache.contents import row_store
from lbtool.cache.kinds import IMAGE, MEMO
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cache.places import Place

KILLS = int(os.environ.get("LBTOOL_CACHE_KILLS", "25"))
BATCH = 40
WRITER = """
import sys
from lbtool.cache.cache import open_cache
from lbtool.cache.kinds import IMAGE, MEMO
from tests.cache.test_kill import BATCH, key, payload
warnings = []
with open_cache(warn=warnings.append, limit=int(sys.argv[2])) as cache:
    print("ready", flush=True)
    for n in range(int(sys.argv[1]), 1 << 30):
        numbers = range(n * BATCH, (n + 1) * BATCH)
        cache.put_records(MEMO, {key(k): payload(k) for k in numbers})
        cache.put_file(IMAGE, key(n), payload(n) * 20)
        assert not warnings, warnings
        print(n, flush=True)
"""


def key(n: int) -> bytes:
    return n.to_bytes(32, "big")


def payload(n: int) -> bytes:
    return Random(n).randbytes(50 + n % 900)


def killed_writer(first: int, delay: float, limit: int, log: Path) -> list[int]:
    """Numbers of the batches that a writer acknowledged before it was killed."""
    with log.open("w") as out:
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(first), str(limit)],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        while "ready" not in log.read_text():
            assert writer.poll() is None, log.read_text()
            os.sched_yield()
        try:
            writer.wait(delay)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL, log.read_text()
    lines = log.read_text().split("\n")
    assert lines[0] == "ready", lines
    return [int(line) for line in lines[1:-1]]


def test_a_killed_writer_loses_nothing(
    place: Place, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    random = Random(11)
    acknowledged: list[int] = []
    more = first = 0
    for _ in range(KILLS):
        done = killed_writer(first, random.random() / 8, 1 << 30, tmp_path / "log")
        acknowledged += done
        first = max([first, *done]) + 2
        with place.open() as cache:
            wanted = [k for n in done for k in range(n * BATCH, (n + 1) * BATCH)]
            found = cache.records(MEMO, [key(k) for k in wanted])
            assert found == {key(k): payload(k) for k in wanted}
            for n in done:
                assert bytes(cache.file(IMAGE, key(n)) or b"") == payload(n) * 20
            # what was on its way is whole or not there
            late = range((first - 1) * BATCH, first * BATCH)
            found = cache.records(MEMO, [key(k) for k in late])
            assert found in ({}, {key(k): payload(k) for k in late})
            more += bool(found)
            assert not cache.stats.rejected
            assert not row_store(cache).quarantined()
            assert cache.lock()
    everything = [k for n in acknowledged for k in range(n * BATCH, (n + 1) * BATCH)]
    with place.open() as cache:
        assert len(cache.records(MEMO, [key(k) for k in everything])) == len(everything)
    assert len(acknowledged) > KILLS
    assert not place.warnings
    record_property(
        "summary",
        f"cache: {KILLS} writers killed, {len(everything)} records acknowledged, "
        f"0 lost, 0 wrong; {more} batches stored and not acknowledged",
    )


def test_killed_while_removing(place: Place, tmp_path: Path) -> None:
    """The same with a limit that makes every few batches evict."""
    random, limit, first = Random(12), 600_000, 0
    for _ in range(max(3, KILLS // 8)):
        done = killed_writer(first, random.random() / 8, limit, tmp_path / "log")
        first = max([first, *done]) + 2
        with place.open(limit=limit) as cache:
            numbers = range(max(0, first - 60) * BATCH, first * BATCH)
            found = cache.records(MEMO, [key(k) for k in numbers])
            assert all(found[key(k)] == payload(k) for k in numbers if key(k) in found)
            assert not cache.stats.rejected
            assert not row_store(cache).quarantined()
    assert not place.warnings
