"""Reports from a daemon and from this process: one list, whatever the daemon does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import pytest

from lbtool.build import FileReport
from lbtool.build.outputs import plan
from lbtool.cli.building import Request, reports_of
from lbtool.config import load
from lbtool.daemon import client
from lbtool.daemon.protocol import Fault
from lbtool.errors import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lbtool.build.report import State

NAMES = ("a.wat", "b.wat", "c.wat")


class FakeDaemon:
    """Reports the first `n` files to be in a state, then ends as it is told."""

    def __init__(
        self, n: int, end: Exception | None, state: State = "unchanged"
    ) -> None:
        self.n, self.end, self.state = n, end, state
        self.asked: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def patience(self, seconds: float, *, while_busy: bool) -> None:
        assert seconds > 0
        assert while_busy

    def stream(self, method: str, **params: Any) -> Iterator[client.Event]:
        assert method == "build"
        self.asked.append(params)
        for number, path in enumerate(params["paths"]):
            if number == self.n:
                break
            yield client.Event("progress", {"done": number, "total": 3})
            problem = Diagnostic("warning", "E0300", "unsupported: x", path=path)
            report = FileReport(path, self.state, diagnostics=(problem,))
            yield client.Event("report", report.as_json())
        if self.end:
            raise self.end


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        (tmp_path / name).write_text("(module (func))")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def request(folder: Path, **line: object) -> Request:
    given: dict[str, object] = {"cache_dir": str(folder / "cache"), "threads": 3}
    return Request(plan(NAMES, [], None), load(folder, given | line, {}))


def states(request: Request) -> list[tuple[str, str]]:
    return [(report.path, report.state) for report, _ in reports_of(request)]


@pytest.mark.parametrize("n", range(4))
@pytest.mark.parametrize(
    "end", [None, client.DaemonGone("gone"), Fault("failed", "no")], ids=str
)
def test_what_the_daemon_did_not_report_is_built_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch, n: int, end: Exception | None
) -> None:
    daemon = FakeDaemon(n, end)
    monkeypatch.setattr(client, "running", lambda: daemon)
    found = states(request(folder, bounds="explicit"))
    wanted = ["unchanged"] * n + ["built"] * (3 - n)
    assert found == list(zip(NAMES, wanted, strict=True))
    (asked,) = daemon.asked
    assert asked["paths"] == [str(folder / name) for name in NAMES]
    assert asked["options"] == {
        "profile": "2.0",
        "bounds": "explicit",
        "threads": 3,
        "cache": str(folder / "cache"),
        "cache_size": 1 << 30,
    }


def test_reports_of_the_daemon_name_files_as_the_command_line_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "running", lambda: FakeDaemon(3, None))
    for report, _ in reports_of(request(folder)):
        assert report.path in NAMES
        assert [each.path for each in report.diagnostics] == [report.path]


def test_nobody_is_asked_when_there_is_no_daemon_or_none_is_wanted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built, known = ([(name, s) for name in NAMES] for s in ("built", "unchanged"))
    monkeypatch.setattr(client, "running", lambda: None)
    assert states(request(folder)) == built
    monkeypatch.setattr(client, "running", lambda: pytest.fail("it was asked"))
    assert states(request(folder, daemon=False)) == known
    assert states(request(folder, cache=False)) == built


def test_outputs_are_made_here_of_what_the_daemon_built(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it said stands, unless the file is another one since."""

    def with_outputs(**line: object) -> list[tuple[str, int, list[bool]]]:
        outputs = plan(NAMES, ["obj"], str(folder / "out"))
        found = reports_of(replace(request(folder, **line), plan=outputs))
        return [(r.state, r.compiled, [each.changed for each in w]) for r, w in found]

    assert with_outputs(daemon=False) == [
        ("built", 1, [True]),
        ("built", 0, [True]),
        ("built", 0, [True]),
    ]
    monkeypatch.setattr(client, "running", lambda: FakeDaemon(3, None, "built"))
    (folder / "c.wat").write_text("(module (func) (func (result i32) i32.const 7))")
    assert with_outputs() == [
        ("built", 0, [False]),
        ("built", 0, [False]),
        ("built", 1, [True]),
    ]
    monkeypatch.setattr(client, "running", lambda: FakeDaemon(3, None, "failed"))
    assert with_outputs() == [("failed", 0, [])] * 3


def test_a_file_that_is_gone_is_said_to_be_by_both(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_method: str, **params: Any) -> Iterator[client.Event]:
        for path in params["paths"]:
            yield client.Event("report", FileReport(path, "gone").as_json())

    daemon = FakeDaemon(0, None)
    monkeypatch.setattr(daemon, "stream", gone)
    for name in NAMES:
        (folder / name).unlink()
    found = []
    for running in (daemon, None):
        monkeypatch.setattr(client, "running", lambda found=running: found)
        found.append([report for report, _ in reports_of(request(folder))])
    assert found[0] == found[1]
    assert not any(each.accessible for each in found[0])
