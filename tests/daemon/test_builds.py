"""Builds and watches through the daemon."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.build import Builder, FileReport, Summary
from lbtool.cache.cache import open_cache
from lbtool.daemon import builds as daemon_builds
from lbtool.daemon import client
from lbtool.daemon.client import Event
from lbtool.daemon.protocol import Fault
from lbtool.daemon.requests import BuildOptions
from tests.daemon.helpers import finished, functions

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from lbtool.daemon.client import Client
    from lbtool.daemon.place import Place


def reports(events: list[Event]) -> dict[str, FileReport]:
    found = [each.data for each in events if each.name == "report"]
    return {
        each["path"].rpartition("/")[2]: FileReport.from_json(each) for each in found
    }


def tree(folder: Path) -> Path:
    made = folder / "tree"
    (made / "sub").mkdir(parents=True)
    (made / "a.wat").write_text(functions(10, 1))
    (made / "sub" / "b.wat").write_text(functions(10, 2))
    (made / "bad.wat").write_text("(module\n  (func (result i32)))")
    return made


def test_a_tree(daemon: Client, tmp_path: Path) -> None:
    folder = str(tree(tmp_path))
    events, value = finished(daemon.stream("build", paths=[folder]))
    summary = Summary.from_json(value)
    assert (summary.files, summary.built, summary.failed) == (3, 2, 1)
    progress = [each.data for each in events if each.name == "progress"]
    assert progress == [{"done": k, "total": 3} for k in range(3)]
    found = reports(events)
    assert found["a.wat"].compiled + found["b.wat"].compiled == summary.compiled
    assert found["bad.wat"].diagnostics[0].line == 2
    # again: nothing is compiled, and the answer is the same
    events, value = finished(daemon.stream("build", paths=[folder]))
    assert Summary.from_json(value).compiled == 0
    assert reports(events)["a.wat"].state == "unchanged"
    assert reports(events)["bad.wat"].state == "failed"


def test_reports_equal_those_of_this_process(daemon: Client, tmp_path: Path) -> None:
    folder = tree(tmp_path)
    events, _ = finished(daemon.stream("build", paths=[str(folder)]))
    with open_cache(enabled=False) as cache:
        builder = Builder(cache)
        for report in reports(events).values():
            here = builder.build(report.path).report.as_json()
            assert report.as_json() | {"seconds": 0} == here | {"seconds": 0}


def test_what_cannot_be_built(daemon: Client, tmp_path: Path) -> None:
    paths = [str(tmp_path / "absent.wat")]
    events, _ = finished(daemon.stream("build", paths=paths))
    assert reports(events)["absent.wat"].state == "gone"
    for given in (
        {"paths": ["relative"]},
        {"paths": ["/\0"]},
        {"paths": "/"},
        {"paths": [], "options": {"profile": "9.0"}},
        {"paths": [], "options": {"cache": "relative"}},
        {"paths": [], "options": {"threads": -1}},
        {"paths": [], "more": 1},
    ):
        with pytest.raises(Fault) as caught:
            daemon.request("build", **given)
        assert caught.value.code == "params"


def test_caches_by_directory(daemon: Client, tmp_path: Path) -> None:
    folder = str(tree(tmp_path))
    for name in ("one", "two"):
        options = {"cache": str(tmp_path / name)}
        _, value = finished(daemon.stream("build", paths=[folder], options=options))
        assert Summary.from_json(value).compiled > 0
    caches = daemon.request("status")["builds"]["caches"]
    assert [each["directory"] for each in caches] == [
        str(tmp_path / "one"),
        str(tmp_path / "two"),
    ]
    assert all(each["writable"] for each in caches)
    # the lock of the store is the daemon's: others read, and compile nothing
    with open_cache(tmp_path / "one") as cache:
        assert not cache.writable
        report = Builder(cache).build(f"{folder}/a.wat").report
        assert (report.compiled, report.reused) == (0, 10), cache.stats.as_json()


def test_a_cache_that_is_removed(daemon: Client, tmp_path: Path, place: Place) -> None:
    folder = tree(tmp_path)
    finished(daemon.stream("build", paths=[str(folder)]))
    shutil.rmtree(place.directory.parent / "cache")
    for k in range(3):
        (folder / "a.wat").write_text(functions(10, 100 + k))
        events, _ = finished(daemon.stream("build", paths=[str(folder)]))
        assert reports(events)["a.wat"].compiled == 10


def test_cancel(daemon: Client, tmp_path: Path) -> None:
    for k in range(300):
        (tmp_path / f"{k}.wat").write_text(functions(5, k))
    stream = daemon.stream("build", paths=[str(tmp_path)])
    next(stream)
    stream.close()
    summary = daemon.request("build", paths=[str(tmp_path / "1.wat")])
    assert summary["files"] == 1


def test_memory_of_shared_builders_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon_builds, "REMEMBERED", 20_000)
    builds = daemon_builds.Builds()
    builder = builds.shared(BuildOptions(cache=str(tmp_path / "cache")))
    for k in range(30):
        (tmp_path / f"{k}.wat").write_text(functions(5, k))
        builder.build(tmp_path / f"{k}.wat")
    (found,) = builds.status()["remembered"]
    assert 0 < found["files"] < 30
    assert found["bytes"] <= 20_000
    builds.close()


def test_what_edits_leave_is_written_when_a_build_ends(
    daemon: Client, tmp_path: Path
) -> None:
    """A process that builds the same file knows that it has nothing to do."""
    path = tmp_path / "a.wat"
    options = {"cache": str(tmp_path / "cache"), "threads": 1}
    for text in (functions(9), functions(9).replace("(i32.const 3)", "(i32.const 9)")):
        save(path, text)
        daemon.request("build", paths=[str(path)], options=options)
    with open_cache(tmp_path / "cache") as cache, Builder(cache) as builder:
        assert builder.build(path).report.state == "unchanged"


def test_what_edits_leave_is_written_when_a_watch_ends(
    daemon: Client, tmp_path: Path
) -> None:
    path = tmp_path / "a.wat"
    save(path, functions(9))
    options = {"cache": str(tmp_path / "cache")}
    stream = daemon.stream("watch", paths=[str(path)], options=options)
    batch(stream)
    save(path, functions(9).replace("(i32.const 3)", "(i32.const 9)"))
    assert reports(batch(stream))["a.wat"].compiled == 1
    stream.close()
    with open_cache(tmp_path / "cache") as cache, Builder(cache) as builder:
        assert builder.build(path).report.state == "unchanged"


# ---- watching


def batch(stream: Generator[Event, None, Any]) -> list[Event]:
    """Events until a batch is finished."""
    events: list[Event] = []
    while not events or events[-1].name != "finished":
        events.append(next(stream))
    return events


def save(path: Path, text: str) -> None:
    """As editors do: in one step, so that it is one batch."""
    path.with_suffix(".new").write_text(text)
    path.with_suffix(".new").rename(path)


def test_watch(daemon: Client, tmp_path: Path) -> None:
    folder = tree(tmp_path)
    stream = daemon.stream("watch", paths=[str(folder)])
    first = batch(stream)
    assert first[0] == Event("began", {"files": 3, "first": True})
    assert set(reports(first)) == {"a.wat", "b.wat", "bad.wat"}
    text = functions(10, 1).replace("(i32.const 3)", "(i32.const 33)", 1)
    save(folder / "a.wat", text)
    events = batch(stream)
    assert events[0] == Event("began", {"files": 1, "first": False})
    report = reports(events)["a.wat"]
    assert (report.compiled, [each.name for each in report.changes]) == (1, ["f3"])
    (folder / "a.wat").unlink()
    assert reports(batch(stream))["a.wat"].state == "gone"
    assert daemon.request("status")["builds"]["watches"] == 1
    stream.close()
    assert daemon.request("status")["builds"]["watches"] == 0


def test_watches_do_not_take_each_others_news(
    daemon: Client, place: Place, tmp_path: Path
) -> None:
    """Two watch the same file, a third builds it: each compares with its own past."""
    folder = tree(tmp_path)
    with client.greeted(place) as other, client.greeted(place) as third:
        streams = [
            each.stream("watch", paths=[str(folder)]) for each in (daemon, other)
        ]
        for stream in streams:
            batch(stream)
        save(folder / "a.wat", functions(10, 77))
        third.request("build", paths=[str(folder)])
        for stream in streams:
            report = reports(batch(stream))["a.wat"]
            assert report.state == "built"
            assert len(report.changes) == 10
        for stream in streams:
            stream.close()


def test_a_watcher_that_does_not_read_sees_the_last_state(
    daemon: Client, place: Place, tmp_path: Path
) -> None:
    folder = tree(tmp_path)
    stream = daemon.stream("watch", paths=[str(folder)])
    batch(stream)
    with client.greeted(place) as other:
        for k in range(200):
            (folder / "a.wat").write_text(functions(40, k))
            other.request("build", paths=[str(folder)])
        (folder / "a.wat").write_text(functions(3, 1))
    last = None
    while last is None or last.functions != 3:
        last = reports(batch(stream)).get("a.wat")
    stream.close()
