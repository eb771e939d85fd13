"""Long modules that are run without being read: their data comes from their file."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lbtool import Engine, Instance, Module, Store, Trap
from lbtool.cache.tree import CHUNK, digest
from lbtool.cli.modules import ModuleFile
from lbtool.runtime import image
from lbtool.wasm import read
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LONG = "x" * 70_000  # longer than what is read at once
# Segments in and out of order, over each other, empty, long, at an offset of a global.
TEXT = f"""(module
  (memory (export "mem") 30)
  (global $g i32 (i32.const 8))
  (func $trap (export "trap") unreachable)
  (data (i32.const 100) "first")
  (data (i32.const 4096) "{LONG}")
  (data (i32.const 103) "over")
  (data (i32.const 0) "")
  (data (i32.const 65536) "{"yz" * 3000}")
  (data (i32.const 66000) "later")
  (data (i32.const 200000) "{"q" * (CHUNK + 1)}"))"""
PASSIVE = TEXT.replace(
    '(data (i32.const 0) "")',
    '(data $p "passive") (func (export "init")'
    " (memory.init $p (i32.const 0) (i32.const 0) (i32.const 7)))",
)
OUTSIDE = TEXT.replace("66000", "1966079")


def opened(tmp_path: Path, data: bytes) -> ModuleFile:
    path = tmp_path / "m.wasm"
    path.write_bytes(data)
    file = ModuleFile(str(path))
    file.digest = digest(data)
    return file


def made(text: str, tmp_path: Path) -> tuple[Module, Module, ModuleFile]:
    """A module, the same out of its image without its bytes, and their file."""
    engine, data = Engine(), read(text.encode())
    module = Module(engine, data)
    file = opened(tmp_path, data)
    payload = image.encode(module)
    return module, image.decode(memoryview(payload), file, engine), file


def memory_after(module: Module) -> bytes | str:
    try:
        instance = Instance(Store(module.engine), module)
    except Trap as trap:
        return trap.kind
    exports = instance.exports
    if "init" in exports:
        exports["init"]()
    found: bytes = exports["mem"].read()
    return found


@pytest.mark.parametrize("text", [TEXT, PASSIVE, OUTSIDE])
def test_data_comes_from_the_file(tmp_path: Path, text: str) -> None:
    module, again, _ = made(text, tmp_path)
    wanted = memory_after(module)
    assert [memory_after(again) for _ in range(2)] == [wanted, wanted]
    assert (wanted == "out of bounds memory access") == (text is OUTSIDE)


def test_frames_have_names_as_long_as_the_file_is_there(tmp_path: Path) -> None:
    def frame(module: Module) -> tuple[object, ...]:
        instance = Instance(Store(module.engine), module)
        with pytest.raises(Trap) as caught:
            instance.exports["trap"]()
        (found,) = caught.value.frames
        return found.funcidx, found.ordinal, found.name, found.offset is None

    module, again, file = made(TEXT, tmp_path)
    assert frame(again) == frame(module) == (0, 0, "trap", False)
    _, again, file = made(TEXT, tmp_path)
    instance = Instance(Store(again.engine), again)
    path = tmp_path / "m.wasm"
    path.write_bytes(bytes(len(file)))
    with pytest.raises(Trap) as caught:
        instance.exports["trap"]()
    (found,) = caught.value.frames
    assert (found.funcidx, found.ordinal, found.name) == (0, 0, None)


@pytest.mark.parametrize("what", ["shorter", "rewritten"])
@pytest.mark.parametrize("text", [TEXT, PASSIVE])
def test_what_is_no_longer_the_module_is_not_run(
    tmp_path: Path, text: str, what: str
) -> None:
    _, again, file = made(text, tmp_path)
    path = tmp_path / "m.wasm"
    path.write_bytes(bytes(10 if what == "shorter" else len(file)))
    os.utime(path, ns=(0, 0))
    with pytest.raises(OSError, match=r"changed|shorter"):
        Instance(Store(again.engine), again)


RUN = """
import sys
from lbtool.cli import fast, modules
modules.SETTLED_NS = -1  # the file is a moment old
if {unread}:
    modules.ModuleFile.start = modules.Modules.make = None
sys.argv = ["lbtool", "run", "--invoke", "at-103", {path!r}]
fast.main()
"""


def test_a_run_does_not_read_what_it_knows(tmp_path: Path) -> None:
    places = {f"LBTOOL_{each}_DIR": str(tmp_path / each) for each in ("CACHE", "STATE")}
    path = tmp_path / "m.wasm"
    load = '(func (export "at-103") (result i32) (i32.load8_u (i32.const 103)))'
    path.write_bytes(read(TEXT.replace("(func $trap", f"{load} (func $trap").encode()))
    for unread in (False, False, True):
        done = subprocess.run(
            [sys.executable, "-c", RUN.format(unread=unread, path=str(path))],
            env=os.environ | places | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (f"{ord('o')}\n", "")
