"""What one sees in an editor, as docs/editors shows it. LBTOOL_BLESS=1 writes it.

There is one for the version that Debian has; others draw hovers in other ways.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["check_transcript", "compare"]

FOLDER = ROOT / "docs/editors"


def compare(name: str, sections: Mapping[str, str]) -> None:
    """What a session gave, by what was done, with the document of this name."""
    rows = (
        row
        for done, text in sections.items()
        for row in (
            f"---- {done}",
            "",
            *(f"  {each}".rstrip() for each in text.split("\n")),
            "",
        )
    )
    text = "\n".join(rows)
    path = FOLDER / f"{name}.txt"
    if os.environ.get("LBTOOL_BLESS"):
        path.write_text(text)
    assert path.read_text() == text


def check_transcript(name: str, done: Mapping[str, str], seen: dict[str, Any]) -> None:
    """Compare with the document; `done` is what the user did, by what it showed."""
    text = "\n".join(_lines(done, seen)) + "\n"
    path = FOLDER / f"{name}-{seen['version']}.txt"
    if os.environ.get("LBTOOL_BLESS"):
        path.write_text(text)
    if not path.is_file():
        pytest.skip(f"docs/editors has no transcript of {name} {seen['version']}")
    assert path.read_text() == text


def _lines(done: Mapping[str, str], seen: dict[str, Any]) -> Iterator[str]:
    for what, how in done.items():
        yield f"---- {how}"
        yield ""
        linked = set(seen["linked"]) if what == "assembly" else set()
        for line in _text(seen[what]).rstrip().split("\n"):
            mark = ">" if line in linked or f"{line}\n" in linked else " "
            yield f"{mark} {line}".rstrip()
        yield ""


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
