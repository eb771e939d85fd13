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
    from tests.watch.patterns import Pattern

ALL = SAID + UNSAID
MODES: dict[str, tuple[Settings, tuple[Pattern, ...]]] = {
    "events": (EVENTS, SAID),
    "polling": (POLLING, ALL),
    "both": (BOTH, ALL),
}


def prepared(tmp_path: Path) -> Path:
    made = tmp_path / "src"
    (made / "d").mkdir(parents=True)
    for name in ("a.wat", "b.wat", "d/c.wat"):
        (made / name).write_text(OLD)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared(tmp_path)


@pytest.mark.parametrize("mode", MODES)
def test_the_final_state_is_built(
    tmp_path: Path, mode: str, record_property: Callable[[str, object], None]
) -> None:
    settings, patterns = MODES[mode]
    built = 0
    for pattern in patterns:
        folder = prepared(tmp_path / pattern.__name__)
        with Mirror(folder, settings=settings) as mirror:
            mirror.settled()
            pattern(folder)
            try:
                mirror.settled()
            except AssertionError as error:
                raise AssertionError(f"{pattern.__name__}: {error}") from None
        built += 1
    record_property(
        "summary", f"watch ({mode}): {built} save patterns, {built} final states built"
    )


def test_single_files(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Only a.wat is watched, by its folder; other files are not reported."""
    for pattern in ALL:
        path = prepared(tmp_path / pattern.__name__) / "a.wat"
        with Mirror(path, settings=BOTH) as mirror:
            pattern(path.parent)
            wanted = {str(path): path.read_bytes()} if path.is_file() else {}
            assert mirror.until(lambda: mirror.state == wanted), pattern.__name__  # noqa: B023
    record_property(
        "summary", f"watch (single files): {len(ALL)} save patterns, as many built"
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
