"""Make and Ninja read in a depfile the names that were written into it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lbtool.build.depfile import depfile, escaped

BIN = Path(sys.executable).parent
# The make that runs the tests is none of the one that is tested.
ENV = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL")}
ENV |= {"PATH": f"{BIN}:{os.environ['PATH']}", "LC_ALL": "C"}
NAMES = (
    *("plain.wat", "a b", "a  b", " a", "a#b", "#", "a$b", "$", "$$", "a:b", ":a"),
    *("a\\b", "a\\ b", "a\\\\ b", "a\\\\b", "é", "~a", "a~b", "a,b", "a!b", "[a]"),
    *("@a", "-a", "a-b", "a+b", "{a}", "a/b c/d#e.wat", "a b#c$d:e.wat"),
)
UNSAYABLE = (
    *("a\nb", "a\tb", "a'b", 'a"b', "a(b)", "a=b", "a;b", "a|b", "a%b", "a*b", "a?b"),
    *("a&b", "a<b", "a>b", "a`b", "a^b", "a\\", "a ", "a:", "a\\#b", "a\\:b", "a\\$b"),
)

RULES = """
rule make
  command = cp made $out.d && touch $out
  depfile = $out.d
  deps = gcc
build out: make
"""


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=ENV, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_ninja_reads_the_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "build.ninja").write_text(RULES)
    (tmp_path / "made").write_text(depfile({"out": [name, "other"]}))
    run(tmp_path, "ninja")
    lines = run(tmp_path, "ninja", "-t", "deps", "out").splitlines()
    assert [line[4:] for line in lines if line.startswith("    ")] == [name, "other"]


@pytest.mark.parametrize("name", NAMES)
def test_make_reads_the_name_as_input_and_as_output(tmp_path: Path, name: str) -> None:
    output = f"o{name}"
    for time, each in enumerate((name, "other", output), 1):
        path = tmp_path / each
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("")
        os.utime(path, (time, time))
    text = depfile({output: [name, "other"]})
    (tmp_path / "Makefile").write_text(text)
    said = run(tmp_path, "make", "-d", "--", output)
    for each in (name, "other"):
        assert f"Prerequisite '{each}' is older than target '{output}'." in said


def test_make_goes_on_without_an_input_that_was_removed(tmp_path: Path) -> None:
    text = depfile({"out": ["gone.wat", "lbtool.toml"]})
    (tmp_path / "Makefile").write_text(f"{text}out: ; @echo made\n")
    (tmp_path / "out").write_text("")
    assert run(tmp_path, "make", "out") == "made\n"


@pytest.mark.parametrize("name", UNSAYABLE)
def test_names_that_are_read_differently_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="read it differently"):
        escaped(name)


def test_inputs_are_listed_once() -> None:
    text = depfile({"a.o": ["a.wat", "x"], "a.s": ["a.wat", "x"]})
    assert text == "a.o: a.wat x\na.s: a.wat x\na.wat:\nx:\n"
