"""Whatever is done to a cache: nothing runs, nothing is raised, no answer is wrong."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from lbtool.cache.kinds import IMAGE, MEMO, TEXT
from tests.cache.damage import DAMAGES, Trial
from tests.cache.places import Place, a_key, compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MUTATIONS = int(os.environ.get("LBTOOL_CACHE_MUTATIONS", "600"))
PARTS = 6  # so that several processes share them
FILES = {(IMAGE, a_key(1)): b"image" * 900, (TEXT, a_key(2)): b"\0asm text" * 90}
MEMOS = {a_key(n): b"memo" * n for n in range(3, 40)}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cache in which everything is."""
    folder = tmp_path_factory.mktemp("full", numbered=True)
    with pytest.MonkeyPatch.context() as patch:
        place = Place(folder / "box" / "cache", folder / "box" / "state")
        place.use(patch)
        with place.open() as cache:
            cache.put_artifacts(compiled())
            cache.put_records(MEMO, MEMOS)
            for (kind, key), payload in FILES.items():
                cache.put_file(kind, key, payload)
            assert cache.stats.written == len(compiled()) + len(MEMOS) + len(FILES)
    assert not place.warnings
    return folder / "box"


def answers(place: Place) -> Counter[str]:
    """Read everything, write everything, read again; all that is given is right."""
    seen: Counter[str] = Counter()
    expected = compiled()
    for _ in range(2):
        with place.open() as cache:
            found = cache.artifacts(list(expected))
            assert all(expected[key] == artifact for key, artifact in found.items())
            memos = cache.records(MEMO, list(MEMOS))
            assert all(MEMOS[key] == payload for key, payload in memos.items())
            for (kind, key), payload in FILES.items():
                file = cache.file(kind, key)
                assert file is None or file == payload
                seen["hits"] += file is not None
            seen["hits"] += len(found) + len(memos)
            cache.put_artifacts(expected)
            for (kind, key), payload in FILES.items():
                cache.put_file(kind, key, payload)
            seen["rejected"] += sum(cache.stats.rejected.values())
            seen["failures"] += sum(cache.stats.failures.values())
            # Now it is there, in memory or on disk; where a page of an index that still
            # reads is wrong, some of it may not be found.
            again = cache.artifacts(list(expected))
            assert all(expected[key] == artifact for key, artifact in again.items())
            seen["not kept"] += again != expected
            seen["in memory"] += cache.directory is None
    return seen


@pytest.mark.parametrize("part", range(PARTS))
def test_damage_is_a_miss(
    part: int,
    full: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    total: Counter[str] = Counter()
    for number in range(part, MUTATIONS, PARTS):
        box = tmp_path / str(number) / "box"
        shutil.copytree(full, box)
        place = Place(box / "cache", box / "state")
        place.use(monkeypatch)
        victim = box.parent / "victim"
        victim.write_text("untouched")
        trial = Trial(place, Random(number), box.parent / "mark", victim)
        damage = DAMAGES[number // PARTS % len(DAMAGES)]
        damage(trial)
        seen = answers(place)
        assert not trial.mark.exists(), f"{damage.__name__} {number}: code ran"
        assert victim.read_text() == "untouched"
        assert len(place.warnings) <= 2
        total += seen
        total["trials"] += 1
        total["with misses"] += seen["hits"] < 2 * (
            len(compiled()) + len(MEMOS) + len(FILES)
        )
        shutil.rmtree(box.parent, onerror=lambda *_: None)
    assert total["with misses"] > total["trials"] // 2
    assert total["not kept"] <= 1 + total["trials"] // 500
    record_property(
        "summary",
        f"cache mutations, part {part + 1} of {PARTS}: {total['trials']} trials, "
        f"{total['rejected']} records rejected, {total['failures']} failures; "
        f"{total['not kept']} times not all was kept afterwards; "
        "0 executed, 0 exceptions, 0 wrong answers",
    )
