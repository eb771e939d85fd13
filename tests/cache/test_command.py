"""`lbtool cache`: what it says, as text and as JSON, and how it ends."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.build import Builder, Options
from lbtool.cache import last
from lbtool.cache.keys import Env, last_key
from lbtool.cache.kinds import LAST, MEMO
from lbtool.cli.main import dispatch
from lbtool.compiler import Target, compile_module
from lbtool.compiler.artifact import Artifact
from lbtool.wasm import decode
from tests.cache.places import a_key
from tests.compiler.sources import many
from tests.scan.scanning import scan_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cache.places import Place

COUNT = 30
UNIQUE = len({each.key for each in scan_all(decode(many(COUNT)))})


@pytest.fixture
def module(place: Place, tmp_path: Path) -> Path:
    """A module which was built: its artifacts and its record are in the cache."""
    path = tmp_path / "many.wasm"
    path.write_bytes(many(COUNT))
    found = decode(path.read_bytes())
    env, target = Env(Target()), Target()
    scanned = {1 + k: each.key for k, each in enumerate(scan_all(found))}
    compiled = compile_module(found, target)
    entries = [
        last.entry(last.function_name(found, k), env.key(c), c)
        for k, c in scanned.items()
    ]
    with place.open() as cache:
        cache.put_artifacts(
            {
                env.key(c): f.artifact
                for c, f in zip(scanned.values(), compiled, strict=True)
            }
        )
        record = last.record(env, str(path), entries)
        cache.put_records(LAST, {last_key(str(path)): record})
    return path


class Run:
    """Runs the command and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def text(self, *arguments: str, code: int = 0) -> str:
        assert dispatch(["cache", *arguments]) == code
        captured = self.capsys.readouterr()
        return captured.out or captured.err

    def json(self, *arguments: str, code: int = 0) -> Any:
        found = json.loads(self.text(*arguments, "--format", "json", code=code))
        assert found["schema"] == 1
        return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


def test_dir(place: Place, run: Run) -> None:
    found = run.json("dir")
    assert found["cache"] == str(place.cache)
    assert found["state"] == str(place.state)
    assert str(place.cache) in run.text("dir")
    assert run.json("dir", "--cache-dir", "/elsewhere")["cache"] == "/elsewhere"
    assert not place.cache.exists()


def test_stats(place: Place, module: Path, run: Run) -> None:
    assert module.exists()
    found = run.json("stats")
    counts = {each["name"]: each["records"] for each in found["kinds"]}
    assert counts["artifact"] == UNIQUE
    assert counts["last"] == 1
    assert found["writer"] is None
    assert found["limit"] == 1 << 29
    text = run.text("stats")
    assert str(place.cache) in text
    assert "each may have 512.0 MiB" in text
    with place.open() as cache:
        assert cache.lock()
        assert run.json("stats")["writer"] > 0
        assert "writes" in run.text("stats")


def test_stats_of_a_damaged_store(place: Place, module: Path, run: Run) -> None:
    assert module.exists()
    (place.cache / "rows" / "cache.db").write_bytes(b"damage" * 1000)
    assert run.json("stats")["problem"] == "file is not a database"
    assert "cannot be read: file is not a database" in run.text("stats")
    assert "cannot be read: DatabaseError" in run.text("verify", code=1)


def test_files_in_the_place_of_folders(place: Place, run: Run) -> None:
    place.cache.mkdir(mode=0o700)
    for name in ("rows", "files"):
        (place.cache / name).write_text("a plain file")
    assert "rows is not a folder" in run.text("stats")
    run.text("clear")
    assert not {each.name for each in place.cache.iterdir()} & {"rows", "files"}
    assert run.json("stats")["problem"] is None


def test_a_place_that_cannot_be_used(place: Place, run: Run) -> None:
    place.cache.mkdir(mode=0o755)
    for command in ("stats", "verify", "prune", "clear"):
        text = run.text(command, code=2)
        assert "is open to others: chmod 700" in text


def test_prune_and_clear(place: Place, module: Path, run: Run) -> None:
    assert module.exists()
    assert run.json("prune")["removed"] == 0
    with place.open() as cache:
        cache.put_records(MEMO, {a_key(n): bytes(4000) for n in range(99)})
    size = run.json("stats")["database"]  # half of it is for rows
    found = run.json("prune", "--size", str(size))
    assert 20 < found["removed"] < UNIQUE + 100
    assert found["freed"] > size // 3
    assert found["records"] == UNIQUE + 100 - found["removed"]
    (place.cache / "rows.bad-1").mkdir()
    text = run.text("clear")
    assert f"removed {found['records']} records" in text
    assert text.rstrip().endswith("0 records left")
    assert sorted(path.name for path in place.cache.iterdir()) == ["store.lock"]
    assert run.json("clear")["removed"] == 0
    assert "--size must be" in run.text("prune", "--size", "much", code=2)


def test_nothing_is_removed_while_somebody_writes(place: Place, run: Run) -> None:
    with place.open() as cache:
        assert cache.lock()
        for command in ("prune", "clear"):
            text = run.text(command, code=2)
            assert "is being written by" in text
            assert "daemon stop" in text


def test_verify_records(place: Place, module: Path, run: Run) -> None:
    assert module.exists()
    assert run.json("verify")["records"] == UNIQUE + 1
    with closing(sqlite3.connect(place.cache / "rows" / "cache.db")) as other:
        other.execute("UPDATE Cache SET value = zeroblob(200) WHERE rowid < 3")
        other.commit()
    found = run.json("verify", code=1)
    assert found["rejected"] == {"tag": 2}
    said = run.text("verify", code=1)
    assert "2 records not believed: tag" in said
    assert "`lbtool cache clear` removes everything" in said


def test_verify_a_module(place: Place, module: Path, run: Run) -> None:
    (found,) = run.json("verify", str(module))["files"]
    assert found["compared"] == COUNT
    assert found["different"] == []
    (found,) = run.json("verify", str(module), "--sample", "7")["files"]
    assert found["compared"] == 7
    (found,) = run.json("verify", str(module), "--bounds", "explicit")["files"]
    assert found["absent"] == COUNT
    # an artifact that is sealed, linkable, and not what the compiler makes
    data = decode(module.read_bytes())
    key = Env(Target()).key([*scan_all(data)][4].key)
    with place.open() as cache:
        cache.put_artifacts({key: Artifact(b"\xc3", 0, b"", b"")})
    (found,) = run.json("verify", str(module), code=1)["files"]
    assert found["different"] == ["func[5]"]
    assert "1 differ" in run.text("verify", str(module), code=1)


def test_verify_an_invalid_module(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "m.wat"
    path.write_text("(module (func (result i32)))")
    found = run.json("verify", str(path), code=1)
    assert [each["code"] for each in found["diagnostics"]] == ["E0210"]


def test_verify_all_that_was_built(
    place: Place, module: Path, tmp_path: Path, run: Run
) -> None:
    other = tmp_path / "other.wat"
    other.write_text("(module (func (result i32) (i32.const 77)))")
    with place.open() as cache, Builder(cache, Options(bounds="explicit")) as builder:
        key = builder.build(other).keys[0]
    found = run.json("verify")
    assert {each["path"]: each["compared"] for each in found["files"]} == {
        str(module): COUNT,
        str(other): 1,
    }
    assert f"{COUNT + 1} artifacts of 2 files compared, 0 differ" in run.text("verify")
    with place.open() as cache:
        cache.put_artifacts({key: Artifact(b"\xc3", 0, b"", b"")})
    text = run.text("verify", code=1)
    assert "1 differ\n" in text
    assert f"{other}: 1 artifact compared, 1 differ" in text
    other.unlink()
    module.write_bytes(b"\0asm")
    assert run.json("verify")["missing"] == [str(module), str(other)]
    assert "2 files not there any more, or with errors" in run.text("verify")


def test_why(place: Place, module: Path, run: Run) -> None:
    found = run.json("why", str(module), "--func", "3")
    assert found["state"] == "hit"
    assert "is in the cache" in run.text("why", str(module), "--func", "3")
    found = run.json("why", str(module), "--func", "3", "--bounds", "explicit")
    assert found["state"] == "changed"
    assert [each["component"] for each in found["changes"]] == ["option bounds"]
    text = run.text("why", str(module), "--func", "3", "--bounds", "explicit")
    assert "was 'guard'" in text
    assert "is  'explicit'" in text
    changed = bytearray(module.read_bytes())
    changed[-2] = 3  # the last call is of another function of the same type
    module.write_bytes(changed)
    assert run.json("why", str(module), "--func", str(COUNT))["state"] == "hit"
    with closing(sqlite3.connect(place.cache / "rows" / "cache.db")) as other:
        other.execute("DELETE FROM Cache WHERE tag = 'artifact'")
        other.commit()
    assert run.json("why", str(module), "--func", "3")["state"] == "lost"
    run.text("clear")
    found = run.json("why", str(module), "--func", "3")
    assert found["state"] == "unknown"
    assert "`lbtool build`" in found["text"]


def test_why_something_that_is_not_there(module: Path, run: Run) -> None:
    assert "there is no function" in run.text(
        "why", str(module), "--func", "nobody", code=2
    )
    assert "is imported" in run.text("why", str(module), "--func", "0", code=2)
    assert "No such file" in run.text("why", "/nowhere.wasm", "--func", "0", code=2)
    module.write_bytes(b"\0asm\1\0\0\0\xff")
    assert "error[E0" in run.text("why", str(module), "--func", "0", code=1)
    assert "error[E0" in run.text("verify", str(module), code=1)
