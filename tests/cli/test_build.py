"""``lbtool build``: what is built, written and said, and which code it ends with."""

from __future__ import annotations

import json
import os
import pty
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.cli.terminal import printable
from tests.cli.helpers import lbtool, output, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

ADD = (
    "(func (export {name}) (param i32) (result i32) (i32.add (local.get 0) ({value})))"
)
SIMD = "(module (func (result i32) (i32x4.extract_lane 0 (v128.const i64x2 0 0))))"
BROKEN = "(module\n  (func (result i32)\n    (i32.add (f32.const 1) (i32.const 2)))\n)"


def module(*values: int) -> str:
    functions = [
        ADD.format(name=f'"f{k}"', value=f"i32.const {value}")
        for k, value in enumerate(values)
    ]
    return f"(module {' '.join(functions)})"


class Folder:
    """A tree of modules with a cache of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.env = {
            name: str(path.parent / name)
            for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
        }
        path.mkdir()

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def build(self, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        return lbtool("build", *arguments, env=self.env, cwd=self.path)

    def events(self, *arguments: str | Path) -> list[dict[str, Any]]:
        done = self.build(*arguments, "--format", "json")
        assert done.returncode < 3
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert {each["schema"] for each in found} == {1}
        return found


@pytest.fixture
def tree(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "tree")
    made.write("a.wat", module(1, 2))
    made.write("below/b.wat", module(2, 3))
    made.write("below/notes.txt", "nothing")
    made.write(".git/c.wat", "rubbish")
    return made


def test_a_tree_is_built_once(tree: Folder) -> None:
    done = tree.build(".")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.decode().splitlines()
    # Of equal functions one is compiled, wherever they are.
    assert first.startswith("built      a.wat: 2 compiled, 0 reused; ")
    assert second.startswith("built      below/b.wat: 1 compiled, 1 reused; ")
    assert done.stderr.startswith(b"2 files, 4 functions: 3 compiled, 1 reused; ")
    again = tree.build(".")
    assert b"2 files, 4 functions: 0 compiled, 4 reused; " in again.stderr


def test_builds_side_by_side_all_fill_the_cache(tree: Folder) -> None:
    """As ``make -j`` starts them, on a cache that nobody has made yet."""
    paths = [
        tree.write(f"n{k}.wat", module(*range(9 * k, 9 * k + 9))) for k in range(8)
    ]
    with ThreadPoolExecutor(len(paths)) as pool:
        builds = [*pool.map(lambda path: tree.build("--no-daemon", path), paths)]
    assert not any(b"warning" in each.stderr for each in builds)
    assert sum(b": 9 compiled, 0 reused" in each.stdout for each in builds) == 8
    done = tree.build("--no-daemon", *paths)
    assert b"72 functions: 0 compiled, 72 reused" in done.stderr


def test_quiet_is_silent_when_nothing_changed(tree: Folder) -> None:
    assert tree.build(".", "--quiet").stdout
    done = tree.build(".", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    tree.write("below/b.wat", module(2, 4))
    done = tree.build(".", "-q")
    (line,) = done.stdout.decode().splitlines()
    assert "below/b.wat: 1 compiled, 1 reused" in line
    assert done.stderr.startswith(b"2 files, 4 functions: 1 compiled, 3 reused; ")


def test_without_the_cache_everything_is_compiled(tree: Folder) -> None:
    for _ in range(2):
        done = tree.build(".", "--no-cache")
        assert b"4 functions: 3 compiled, 1 reused" in done.stderr
    assert not (tree.path.parent / "XDG_CACHE_HOME").exists()


def test_json_is_events(tree: Folder) -> None:
    begin, *files, summary = tree.events(".", "--emit", "obj", "-o", "out")
    assert begin == {"schema": 1, "event": "begin", "files": 2}
    assert [(each["event"], each["path"], each["state"]) for each in files] == [
        ("file", "a.wat", "built"),
        ("file", "below/b.wat", "built"),
    ]
    assert files[1]["outputs"] == [{"path": "out/below/b.o", "changed": True}]
    assert (summary["event"], summary["files"], summary["compiled"]) == (
        "summary",
        2,
        3,
    )


def test_every_file_is_tried_and_errors_are_shown_in_place(tree: Folder) -> None:
    tree.write("a.wat", BROKEN)
    tree.write("aa.wat", "(module")
    done = tree.build(".")
    assert done.returncode == 1
    states = [line.split()[:2] for line in done.stdout.decode().splitlines()]
    assert states == [
        ["failed", "a.wat:"],
        ["failed", "aa.wat"],
        ["built", "below/b.wat:"],
    ]
    text = done.stderr.decode()
    assert "error[E0210]: type mismatch" in text
    assert "--> a.wat:3:6\n" in text
    assert "3 |     (i32.add (f32.const 1) (i32.const 2)))" in text
    assert "--> aa.wat:1:" in text
    assert "2 of 3 files failed, 3 functions: 2 compiled, 0 reused, 1 failed" in text
    assert text.count("hint: ") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none"], "No such file or directory"),
        (["a.wat", "none.wat"], "No such file or directory"),
        (["empty"], "there are no modules below empty"),
        (["a.wat", "-o", "x"], "-o is for outputs"),
        (["a.wat", "--depfile", "x"], "--depfile is for outputs"),
        (["a.wat", "a.wasm", "--emit", "obj", "-o", "out"], "would both be out/a.o"),
        (["a.wat", "--emit", "obj", "-o", "a=b", "--depfile", "d"], "read it differ"),
        (["a.wat", "--emit", "obj", "-o", "a.wat/x"], "a directory"),
        (["a.wat", "--emit", "asm", "-o", "/dev/full"], "/dev/full"),
        ([""], "No such file or directory"),
        ([], "Missing argument"),
    ],
)
def test_usage_and_unreadable_files_are_2(
    tree: Folder, arguments: list[str], words: str
) -> None:
    (tree.path / "empty").mkdir()
    (tree.path / "a.wasm").write_bytes(b"\0asm\1\0\0\0")
    done = tree.build(*arguments)
    assert done.returncode == 2
    text = done.stderr.decode()
    assert words in text
    assert "internal error" not in text


def test_a_file_that_cannot_be_read_is_2_and_the_others_are_built(tree: Folder) -> None:
    (tree.path / "a.wat").unlink()
    (tree.path / "a.wat").symlink_to("a.wat")
    done = tree.build(".")
    assert done.returncode == 2
    assert b"symbolic link" in done.stderr
    assert b"built      below/b.wat" in done.stdout


def test_an_output_that_cannot_be_written_is_2_and_the_others_are(tree: Folder) -> None:
    tree.write("out/a.o/b", "in the way")
    events = tree.events(".", "--emit", "asm", "--emit", "obj", "-o", "out")
    assert [each["event"] for each in events] == ["begin", "file", "file", "summary"]
    found = {each["path"]: each for each in events[1:3]}
    assert found["a.wat"]["state"] == "failed"
    (problem,) = found["a.wat"]["diagnostics"]
    assert (problem["path"], problem["code"]) == ("out/a.o", "")
    assert found["a.wat"]["outputs"] == [{"path": "out/a.s", "changed": True}]
    assert [each["path"] for each in found["below/b.wat"]["outputs"]] == [
        "out/below/b.s",
        "out/below/b.o",
    ]
    done = tree.build(".", "--emit", "obj", "-o", "out")
    assert done.returncode == 2
    assert b"wrote      out/below/b.o" not in done.stdout  # it is the same


def test_a_named_file_is_taken_as_it_is(tree: Folder) -> None:
    path = tree.write("module.txt", module(7))
    assert "module.txt: 1 compiled" in output(tree.build(path.name))


def test_outputs_repeat_the_folders(tree: Folder) -> None:
    output(tree.build(".", "--emit", "asm", "--emit", "obj", "-o", "out"))
    found = {str(p.relative_to(tree.path)) for p in tree.path.glob("out/**/*.?")}
    assert found == {"out/a.s", "out/a.o", "out/below/b.s", "out/below/b.o"}
    output(tree.build("below/b.wat", "--emit", "asm"))
    assert (tree.path / "below" / "b.s").read_bytes() == (
        tree.path / "out" / "below" / "b.s"
    ).read_bytes()
    output(tree.build("a.wat", "--emit", "obj", "-o", "new/name"))
    assert (tree.path / "new" / "name").read_bytes() == (
        tree.path / "out" / "a.o"
    ).read_bytes()


def test_the_listing_is_that_of_asm(tree: Folder) -> None:
    output(tree.build("a.wat", "--emit", "asm", "-o", "a.s"))
    shown = output(lbtool("asm", "a.wat", env=tree.env, cwd=tree.path))
    assert (tree.path / "a.s").read_text() == shown


def test_outputs_are_only_written_when_they_change(tree: Folder) -> None:
    made = tree.path / "a.o"
    arguments = ("a.wat", "--emit", "obj", "-o", "a.o")
    output(tree.build(*arguments))
    inode = made.stat().st_ino
    os.utime(made, (1, 1))
    assert "same       a.o" in output(tree.build(*arguments, "--restat"))
    assert made.stat().st_mtime == 1
    output(tree.build(*arguments))
    assert made.stat().st_mtime > 1
    assert made.stat().st_ino == inode
    tree.write("a.wat", module(1, 9))
    assert "wrote      a.o" in output(tree.build(*arguments, "--restat"))
    assert made.stat().st_ino != inode
    assert not [p.name for p in tree.path.iterdir() if p.name.endswith(".tmp")]


def test_links_are_written_through_and_devices_too(tree: Folder) -> None:
    (tree.path / "link.s").symlink_to("target.s")
    output(tree.build("a.wat", "--emit", "asm", "-o", "link.s"))
    assert (tree.path / "link.s").is_symlink()
    listed = output(tree.build("a.wat", "--emit", "asm", "-o", "/dev/stdout", "-q"))
    assert (tree.path / "target.s").read_text() in listed


def test_the_mode_of_outputs_is_that_of_any_new_file(tree: Folder) -> None:
    plain = tree.write("plain", "")
    output(tree.build("a.wat", "--emit", "obj", "-o", "a.o"))
    assert (tree.path / "a.o").stat().st_mode == plain.stat().st_mode


def test_a_failed_file_keeps_its_last_outputs(tree: Folder) -> None:
    output(tree.build("a.wat", "--emit", "obj"))
    before = (tree.path / "a.o").read_bytes()
    tree.write("a.wat", BROKEN)
    assert tree.build("a.wat", "--emit", "obj").returncode == 1
    assert (tree.path / "a.o").read_bytes() == before


def test_depfile(tree: Folder) -> None:
    config = tree.write("lbtool.toml", 'bounds = "explicit"')
    out = ("--emit", "obj", "-o", "out dir", "--depfile", "deps/x.d")
    output(tree.build("a.wat", "below", *out[:3], "out dir/", *out[4:]))
    assert (tree.path / "deps" / "x.d").read_text() == (
        f"out\\ dir/a.o: a.wat {config}\n"
        f"out\\ dir/b.o: below/b.wat {config}\n"
        f"a.wat:\n{config}:\nbelow/b.wat:\n"
    )


def test_settings_reach_the_compiler(tree: Folder) -> None:
    text = "(module (memory 1) (func (result i32) (i32.load (i32.const 70000))))"
    tree.write("m.wat", text)
    arguments = ("m.wat", "--emit", "obj", "-o", "m.o", "--no-cache")
    output(tree.build(*arguments))
    guarded = (tree.path / "m.o").read_bytes()
    tree.write("lbtool.toml", 'bounds = "explicit"')
    output(tree.build(*arguments))
    assert (tree.path / "m.o").read_bytes() != guarded
    output(tree.build(*arguments, "--bounds", "guard"))
    assert (tree.path / "m.o").read_bytes() == guarded
    assert tree.build("m.wat", "--wasm", "9").returncode == 2
    tree.write("lbtool.toml", "bonds = 1")
    done = tree.build(*arguments)
    assert done.returncode == 2
    assert b"error[E0501]: unknown setting: bonds" in done.stderr
    assert b"did you mean `bounds`?" in done.stderr


def test_what_lbtool_does_not_compile_builds_but_is_no_object(tree: Folder) -> None:
    tree.write("simd.wat", SIMD)
    done = tree.build("simd.wat")
    assert done.returncode == 0
    assert b"1 unsupported" in done.stdout
    assert b"warning[E0300]" in done.stderr
    done = tree.build("simd.wat", "--emit", "asm")
    assert done.returncode == 0
    assert "no code: unsupported" in (tree.path / "simd.s").read_text()
    done = tree.build("simd.wat", "--emit", "obj")
    assert done.returncode == 1
    assert b"error[E0300]" in done.stderr
    assert not (tree.path / "simd.o").exists()
    (tree.path / "simd.s").unlink()
    done = tree.build("simd.wat", "--emit", "asm", "--emit", "obj")
    assert done.returncode == 1
    assert b"there is no object file" in done.stderr
    assert (tree.path / "simd.s").exists()


def test_a_warning_is_the_same_from_the_cache(tree: Folder) -> None:
    tree.write("s.wat", SIMD.replace("(func", '(func (export "s")'))
    first, second = tree.build("s.wat"), tree.build("s.wat")
    assert b"built" in first.stdout
    assert b"unchanged" in second.stdout
    assert b"= function 0 ($s)" in first.stderr
    warnings = [each.stderr.splitlines()[:-1] for each in (first, second)]
    assert warnings[0] == warnings[1]


def test_names_of_a_module_reach_neither_terminal_nor_outputs_raw(tree: Folder) -> None:
    name = '"\\1b[2J"'
    path = write_module(
        tree.path, f"(module {ADD.format(name=name, value='f32.const 0')})"
    )
    done = tree.build(path)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr
    text = f"(module {ADD.format(name=name, value='i32.const 0')})"
    made = write_module(tree.path, text, "n")
    output(tree.build(made, "--emit", "asm", "--emit", "obj"))
    for each in ("n.s", "n.o"):
        data = (tree.path / each).read_bytes()
        assert b"\x1b[" not in data
        assert printable("\x1b[2J").encode() in data


def test_a_bar_on_a_terminal_and_lines_above_it(tree: Folder) -> None:
    for number in range(4):
        tree.write(f"c{number}.wat", module(number))
    shown = bytearray()

    def read(terminal: int) -> bytes:
        found = os.read(terminal, 4096)
        shown.extend(found)
        return b"."  # the test's own output stays as it is

    command = [sys.executable, "-m", "lbtool.cli", "build", ".", "--no-daemon"]
    env = {**os.environ, **tree.env, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    script = (
        "import os, sys; os.chdir(sys.argv[1]); os.execv(sys.argv[2], sys.argv[2:])"
    )
    before = dict(os.environ)
    os.environ.update(env)
    try:
        pty.spawn([sys.executable, "-c", script, str(tree.path), *command], read)
    finally:
        os.environ.clear()
        os.environ.update(before)
    text = shown.decode()
    assert "0/6" in text
    assert "6/6" in text
    assert "c3.wat: " in text
    assert "6 files, 8 functions" in text.splitlines()[-1]
