"""Save patterns: whatever a program does to save, the final state is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.watch.mirror import BOTH, EVENTS, POLLING, Mirror, quick
from tests.watch.patterns import OLD, SAID, UNSAID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lbtool.watch.changes import Settings

    Pattern = Callable[[Path], None]

MODES = {
    "events": (EVENTS, SAID),
    "polling": (POLLING, SAID + UNSAID),
    "both": (BOTH, SAID + UNSAID),
}
CASES = [
    pytest.param(settings, pattern, id=f"{mode}-{pattern.__name__}")
    for mode, (settings, patterns) in MODES.items()
    for pattern in patterns
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "src"
    (made / "d").mkdir(parents=True)
    for name in ("a.wat", "b.wat", "d/c.wat"):
        (made / name).write_text(OLD)
    return made


@pytest.mark.parametrize(("settings", "pattern"), CASES)
def test_the_final_state_is_built(
    folder: Path, settings: Settings, pattern: Pattern
) -> None:
    with Mirror(folder, settings=settings) as mirror:
        mirror.settled()
        pattern(folder)
        mirror.settled()


@pytest.mark.parametrize("pattern", SAID + UNSAID, ids=lambda each: each.__name__)
def test_single_files(folder: Path, pattern: Pattern) -> None:
    """Only a.wat is watched, by its folder; other files are not reported."""
    path = folder / "a.wat"
    with Mirror(path, settings=BOTH) as mirror:
        pattern(folder)
        wanted = {str(path): path.read_bytes()} if path.is_file() else {}
        assert mirror.until(lambda: mirror.state == wanted), mirror.state


def test_a_count_of_all(record_property: pytest.RecordProperty[str]) -> None:
    record_property(
        "summary",
        f"watch: {len(SAID) + len(UNSAID)} save patterns in {len(MODES)} modes and for "
        f"single files: {len(CASES) + len(SAID) + len(UNSAID)} final states built",
    )


def test_one_save_is_one_batch(folder: Path) -> None:
    """The quiet period takes the events of one save together."""
    with Mirror(folder) as mirror:
        for pattern in SAID:
            if pattern.__name__ in ("vim_rename", "vim_copy", "atomic", "jetbrains"):
                (folder / "a.wat").write_text(pattern.__name__)
                mirror.settled()
                before = len(mirror.batches)
                pattern(folder)
                mirror.settled()
                (batch,) = mirror.batches[before:]
                assert batch.changed == (str(folder / "a.wat"),)
                assert not batch.gone


def test_what_is_not_built_makes_no_batch(folder: Path) -> None:
    with Mirror(folder, settings=quick(EVENTS)) as mirror:
        (folder / ".git").mkdir()
        for name in (".git/x.wat", "a.c", ".x.wat.swp", "a.wat~", "#b.wat#", ".b.wat"):
            (folder / name).write_text(OLD)
        (folder / "last.wat").write_text(OLD)
        mirror.settled()
        assert [batch.changed for batch in mirror.batches[1:]] == [
            (str(folder / "last.wat"),)
        ]
