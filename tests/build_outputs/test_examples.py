"""The examples for Make and Ninja: what is built, when, and when not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data import ROOT

LBTOOL = f"{sys.executable} -m lbtool.cli"
OUTPUTS = ("count.o", "count.s", "sum.o", "sum.s")


class Project:
    """A copy of both examples, with a cache of its own, and one of the two tools."""

    def __init__(self, folder: Path, tool: str) -> None:
        for each in ("make", "ninja"):
            shutil.copytree(ROOT / "examples" / each, folder / each)
        self.folder, self.sources = folder / tool, folder / "make" / "src"
        self.build = self.folder / "build"
        self.command = ["make", f"LBTOOL={LBTOOL}"]
        if tool == "ninja":
            rules = self.folder / "build.ninja"
            text = rules.read_text()
            assert "lbtool = lbtool\n" in text
            rules.write_text(text.replace("lbtool = lbtool", f"lbtool = {LBTOOL}"))
            self.command = ["ninja", "-v"]
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        home = {
            name: str(folder / name)
            for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith("LBTOOL_")}
        self.env = clean | home | {"PATH": path, "PYTHONPATH": str(ROOT)}

    def make(self) -> str:
        """Run the tool; what it said."""
        done = subprocess.run(
            self.command,
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def edit(self, old: str, new: str) -> None:
        """Change a source. Its time is later: a run of the tool lies in between."""
        path = self.sources / "sum.wat"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.fixture
def make(tmp_path: Path) -> Project:
    return Project(tmp_path, "make")


@pytest.fixture
def ninja(tmp_path: Path) -> Project:
    return Project(tmp_path, "ninja")


def test_make(make: Project) -> None:
    config = make.folder / "lbtool.toml"
    config.write_text('bounds = "guard"\n')
    assert make.make().count(" build --quiet") == 2
    assert all((make.build / each).stat().st_size for each in OUTPUTS)
    assert "Nothing to be done" in make.make()
    # The same contents, saved again: built, and then done.
    before = {each: (make.build / each).stat().st_ino for each in OUTPUTS}
    (make.sources / "sum.wat").touch()
    said = make.make()
    assert "src/sum.wat" in said
    assert "src/count.wat" not in said
    assert before == {each: (make.build / each).stat().st_ino for each in OUTPUTS}
    assert "Nothing to be done" in make.make()
    # The configuration is an input; and it may go.
    config.unlink()
    assert make.make().count(" build --quiet") == 2
    assert "Nothing to be done" in make.make()


def test_make_stops_at_an_error_and_goes_on_when_it_is_gone(make: Project) -> None:
    path = make.sources / "sum.wat"
    right = path.read_text()
    path.write_text(right.replace("i32.add (local.get 0)", "i32.add (f32.const 0)"))
    done = subprocess.run(
        [*make.command, "-k"],
        cwd=make.folder,
        env=make.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "src/sum.wat:3:" in done.stderr
    assert "error[E0210]" in done.stderr
    assert not (make.build / "sum.o").exists()
    assert (make.build / "count.o").exists()
    path.write_text(right)
    make.make()
    assert (make.build / "sum.o").exists()


def test_ninja(ninja: Project) -> None:
    said = ninja.make()
    assert said.count(" build --quiet") == 4
    assert all((ninja.build / each).stat().st_size for each in OUTPUTS)
    assert "no work to do" in ninja.make()
    # A comment moves lines of the listing; the object stays, so the archive does.
    before = (ninja.build / "sum.o").stat().st_mtime_ns
    ninja.edit("(module", ";; a comment\n(module")
    said = ninja.make()
    assert said.count(" build --quiet") == 2
    assert "ar rcs" not in said
    assert (ninja.build / "sum.o").stat().st_mtime_ns == before
    assert "no work to do" in ninja.make()
    # Other code: another archive.
    ninja.edit("(i32.const 1)", "(i32.const 2)")
    assert "ar rcs" in ninja.make()
    assert "no work to do" in ninja.make()
