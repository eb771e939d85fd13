"""Documents: links resolve, no machine's paths, tests named by invariants exist."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.data import ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
)


def anchors(text: str) -> set[str]:
    """Anchors that a forge makes from the headings."""
    headings = re.findall(r"^#+ +(.*)$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_resolve(document: str) -> None:
    path = ROOT / document
    for target in LINK.findall(path.read_text()):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file) if file else path
        assert linked.exists(), f"{document}: {target}"
        if anchor:
            assert anchor in anchors(linked.read_text()), f"{document}: {target}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_tests_exist(document: str) -> None:
    text = (ROOT / document).read_text()
    for name in re.findall(r"`(tests/[\w/.\-]+)(?:::(\w+))?`", text):
        path = ROOT / name[0]
        assert path.exists(), f"{document}: {name[0]}"
        if name[1]:
            assert f"def {name[1]}(" in path.read_text(), f"{document}: {name}"


def test_no_path_of_a_machine_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: 1 assertion did not run")
    # Spelt in pieces, so that this file passes.
    forbidden = re.compile("|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/")))
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_symlink() or not path.is_file():
            continue
        found = forbidden.search(path.read_text(errors="replace"))
        assert found is None, f"{name}: {found}"
