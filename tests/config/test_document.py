"""docs/configuration.md lists the settings that there are. LBTOOL_BLESS=1 writes it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from lbtool.config import SETTINGS, Setting
from tests.data import ROOT

DOCUMENT = ROOT / "docs" / "configuration.md"
TABLE = re.compile(r"(?<=`make bless`\. -->\n\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD = "| in a file | values | default | what | commands |\n|---|---|---|---|---|\n"
CONSOLE = re.compile(r"^```console\n\$ (.*?)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def row(each: Setting) -> str:
    names = f"`{each.name}`<br>`{each.variable}`<br>`{each.option}`"
    expected = each.expected.removeprefix("one of ")
    default = f"`{each.default_text}`"
    commands = ", ".join(each.commands)
    return f"| {names} | {expected} | {default} | {each.help} | {commands} |\n"


def test_the_table_is_the_table() -> None:
    made = HEAD + "".join(map(row, SETTINGS)) + "\n"
    text = DOCUMENT.read_text()
    if os.environ.get("LBTOOL_BLESS"):
        DOCUMENT.write_text(TABLE.sub(lambda _: made, text))
        return
    found = TABLE.search(text)
    assert found is not None
    assert found[0] == made


def test_commands_show_what_the_document_shows() -> None:
    text = DOCUMENT.read_text()
    found = CONSOLE.findall(text)
    assert found
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LBTOOL_")}
    clean["PATH"] = f"{Path(sys.executable).parent}:{clean['PATH']}"
    for command, expected in found:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env=clean,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == expected
