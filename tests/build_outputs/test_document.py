"""Commands in docs/building.md give what it shows; every event and field is told of."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from lbtool.build import FileReport, Summary
from tests.data import ROOT

TEXT = (ROOT / "docs" / "building.md").read_text()
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_commands_show_what_the_document_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "make" / "src", tmp_path / "src")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LBTOOL_")}
    clean |= {
        name: str(tmp_path / name)
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    }
    clean["PATH"] = f"{Path(sys.executable).parent}:{clean['PATH']}"
    blocks = CONSOLE.findall(TEXT)
    assert blocks
    parts = [re.split(r"^\$ (.*)\n", each, flags=re.MULTILINE) for each in blocks]
    commands = [
        pair for each in parts for pair in zip(each[1::2], each[2::2], strict=True)
    ]
    for command, expected in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=clean,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        pattern = re.escape(expected).replace(re.escape("..."), ".*")
        assert re.fullmatch(pattern, done.stdout), f"$ {command}\n{done.stdout}"


def test_the_document_tells_of_every_field() -> None:
    for record, event in ((FileReport, "file"), (Summary, "summary")):
        (row,) = re.findall(rf"^\| `{event}` \| (.*) \|$", TEXT, re.MULTILINE)
        for each in dataclasses.fields(record):
            assert f"`{each.name}`" in row, f"{event}: {each.name}"
