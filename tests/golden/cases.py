"""Golden cases: one ``.wat`` per behaviour, its assembly as comments in the same file.

::

    ;; What this shows, in one line.
    ;; target bounds=explicit      options of code generation that differ
    ;; json                        the explanation as JSON is kept beside
    ;; invoke f 1 2 -> 3           a call, its results, or "trap " and a message
    (module ...)
    ;; ==== x86-64 ====            from here on written by `make bless`

Code is for the x86-64-v2 baseline unless features are named: it does not depend on the
machine. Values are written as ``lbtool run --invoke`` takes and prints them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lbtool.compiler import Target
from lbtool.compiler.explain import explain_function
from lbtool.compiler.listing import Listing, listing
from lbtool.compiler.listing_json import SCHEMA, listing_json
from lbtool.compiler.listing_text import listing_lines
from lbtool.wasm import Module, decode, read, require_valid

FOLDER = Path(__file__).resolve().parent
BLESSING = bool(os.environ.get("LBTOOL_BLESS"))
RULE = ";; ==== x86-64 ===="
HOST = FOLDER / "host.wat"
PATHS = sorted(FOLDER.glob("*/*.wat"))


@dataclass(frozen=True)
class Call:
    """Arguments and expected results as text; `trap` is the message of a trap."""

    name: str
    args: tuple[str, ...]
    results: tuple[str, ...]
    trap: str | None


@dataclass(frozen=True)
class Case:
    """One file, taken apart."""

    path: Path
    source: str
    assembly: str
    title: str
    calls: tuple[Call, ...]
    options: dict[str, Any]
    has_json: bool

    @property
    def json_path(self) -> Path:
        return self.path.with_suffix(".json")

    def module(self) -> Module:
        module = decode(read(self.path), path=str(self.path))
        require_valid(module, Target().profile)
        return module

    def listings(self) -> list[Listing]:
        module = self.module()
        target = Target(**self.options)
        defined = range(module.n_imported_funcs, len(module.func_types))
        return [
            listing(module, each, explain_function(module, each, target))
            for each in defined
        ]

    def made_assembly(self) -> str:
        parts = ["\n".join(listing_lines(each)) for each in self.listings()]
        lines = "\n\n".join(parts).split("\n")
        return "".join(f";; {line}".rstrip() + "\n" for line in lines)

    def made_json(self) -> str:
        functions = [listing_json(each) for each in self.listings()]
        document = {"schema": SCHEMA, "functions": functions}
        return json.dumps(document, indent=1) + "\n"

    def write(self) -> None:
        """Bless what the compiler makes today."""
        text = f"{self.source}{RULE}\n{self.made_assembly()}"
        if text != self.source + RULE + "\n" + self.assembly:
            self.path.write_text(text)


def case(path: Path) -> Case:
    """Read one file."""
    source, _, assembly = path.read_text().partition(RULE + "\n")
    comments = [line[3:] for line in source.splitlines() if line.startswith(";; ")]
    titles = [each for each in comments if each[0].isupper() or each[0].isdigit()]
    words = [each.split() for each in comments]
    options = [each[1:] for each in words if each[0] == "target"]
    return Case(
        path,
        source,
        assembly,
        titles[0] if titles else comments[0],
        tuple(_call(each[1:]) for each in words if each[0] == "invoke"),
        {"features": frozenset(), **dict(_option(o) for each in options for o in each)},
        ["json"] in words,
    )


def _call(words: list[str]) -> Call:
    arrow = words.index("->")
    args, expected = tuple(words[1:arrow]), words[arrow + 1 :]
    if expected[:1] == ["trap"]:
        return Call(words[0], args, (), " ".join(expected[1:]))
    return Call(words[0], args, tuple(expected), None)


def _option(word: str) -> tuple[str, Any]:
    name, _, value = word.partition("=")
    if name == "features":
        return name, frozenset(value.split(","))
    if name == "pins":
        return name, tuple(map(int, value.split(",")))
    if name == "strict":
        return name, bool(int(value))
    return name, int(value) if value.isdigit() else value
