"""The explanation is complete, and looking changes nothing.

For every function of the examples and golden files, and samples of the corpus and the
spec suite: the bytes are those of a compilation without the sink; prologue,
instructions and data tile the code, without a gap or an overlap; every instruction has
code or a reason; the disassembly in the listing is the code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from lbtool.compiler import Target
from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import Reason, explain_function
from lbtool.compiler.listing import Listing, listing
from lbtool.compiler.listing_json import json_text, listing_json
from lbtool.compiler.listing_text import listing_lines
from lbtool.compiler.target import USED_FEATURES
from lbtool.errors import ModuleError, UnsupportedError
from lbtool.wasm import Profile, decode, read, require_valid
from lbtool.wasm.instructions import instructions, local_decls
from tests.data import CORPUS, ROOT, require
from tests.golden.cases import PATHS
from tests.wasm.suites import cases, report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lbtool.wasm.module import Module

PROGRAM_FUNCTIONS = 16  # of each large module of the corpus
SUITE_STEP = 7
BASELINE = frozenset[str]()
TARGETS = {
    "default": Target(features=BASELINE),
    "explicit": Target(bounds="explicit", features=BASELINE),
    "strict": Target(strict=True, features=BASELINE),
    "few registers": Target(gprs=0b111, xmms=0b111, features=BASELINE),
    "features": Target(features=USED_FEATURES),
}


@dataclass
class Counts:
    """What was looked at; `refused` functions are validly not compiled."""

    functions: int = 0
    refused: int = 0
    lines: int = 0
    reasons: set[Reason | None] = field(default_factory=set)

    def check(self, module: Module, indices: Iterable[int], target: Target) -> None:
        env = ModuleEnv(module, target.profile)
        plain, explaining = (FunctionCompiler(env, target) for _ in range(2))
        for funcidx in indices:
            try:
                compiled = plain.compile(module, funcidx)
            except UnsupportedError:
                self.refused += 1
                with pytest.raises(UnsupportedError):
                    explain_function(module, funcidx, target, explaining)
                continue
            explained = explain_function(module, funcidx, target, explaining)
            assert explained.compiled == compiled
            made = listing(module, funcidx, explained)
            check_lines(made)
            check_tiles(made)
            check_listing(made)
            self.functions += 1
            self.lines += len(made.lines)
            self.reasons |= {line.explanation.reason for line in made.lines}


def check_lines(made: Listing) -> None:
    """Every instruction is there, with code or a reason."""
    start, end = made.module.bodies[made.funcidx - made.module.n_imported_funcs]
    _, first = local_decls(made.module.data, start, end)
    expected = [(o, at) for o, at, _, _ in instructions(made.module.data, first, end)]
    assert [(x.explanation.ordinal, x.offset) for x in made.lines] == expected
    for line in made.lines:
        each = line.explanation
        assert bool(each.ranges) is (each.reason is None)
        if each.reason is Reason.UNREACHABLE:
            assert each.before is each.after is None


def check_tiles(made: Listing) -> None:
    """Prologue, code and data cover the bytes exactly once."""
    each = made.explanation
    parts = [each.prologue, *each.data]
    parts += [each.overflow] if each.overflow else []
    parts += [part for line in made.lines for part in line.explanation.ranges]
    tiles = sorted(part for part in parts if part[0] != part[1])
    assert tiles[0][0] == 0
    assert tiles[-1][1] == len(made.code)
    for (_, end), (start, _) in pairwise(tiles):
        assert end == start
    inline = [
        part
        for line in made.lines
        for part in line.explanation.ranges
        if part[0] < each.body_end
    ]
    # In line, code is in the order of the instructions.
    assert inline == sorted(inline)


def check_listing(made: Listing) -> None:
    """The listing is made of the code's bytes, and jumps go to instructions."""
    parts = [*made.prologue, *(part for line in made.lines for part in line.parts)]
    codes = [code for part in parts for code in part.code]
    pieces = [(one.offset, one.bytes) for one in codes]
    pieces += [(one.offset, one.bytes) for one in made.data]
    assert b"".join(data for _, data in sorted(pieces)) == made.code
    starts = {code.offset for code in codes}
    for code in codes:
        assert code.text != "(bad)"
        assert "0x5a0" not in code.text or code.refers is None
        assert code.target is None or code.target in starts
    assert len(list(listing_lines(made))) > len(made.lines)
    whole = json.dumps(listing_json(made), separators=(",", ":"))
    assert "".join(json_text(made)) == whole


def defined(module: Module) -> range:
    return range(module.n_imported_funcs, len(module.func_types))


@pytest.mark.parametrize("name", TARGETS)
def test_golden_files_and_examples(name: str) -> None:
    counts = Counts()
    for path in [*PATHS, *sorted((ROOT / "examples").glob("*.wa*"))]:
        module = decode(read(path))
        counts.check(module, defined(module), TARGETS[name])
    assert counts.functions > 250
    assert counts.refused == 1  # the SIMD example
    if name == "default":
        # Every reason of the closed list occurs.
        assert counts.reasons == {None, *Reason}


def corpus_modules(folder: Path) -> list[Path]:
    return [
        path
        for part in ("micro", "kernels", "programs")
        for path in sorted((folder / part).glob("*.wasm"))
    ]


@pytest.mark.parametrize("name", ["default", "explicit", "few registers"])
def test_corpus(name: str) -> None:
    counts = Counts()
    for path in corpus_modules(require(CORPUS, assertions=1)):
        module = decode(read(path))
        indices = defined(module)
        step = max(1, len(indices) // PROGRAM_FUNCTIONS)
        counts.check(module, indices[::step], TARGETS[name])
    report(f"corpus: {counts.functions} functions, {counts.lines} instructions")
    assert counts.functions > 60
    assert counts.lines > 15_000


def test_spec_suite_sample(spec_testsuite: Path) -> None:
    counts = Counts()
    target = TARGETS["default"]
    modules = [each for each in cases(spec_testsuite, "2.0") if each.kind == "module"]
    for each in modules[::SUITE_STEP]:
        data = each.binary()
        if data is None:
            continue
        module = decode(data)
        try:
            require_valid(module, Profile("2.0"))
        except ModuleError:
            continue
        counts.check(module, defined(module), target)
    report(f"suite: {counts.functions} functions, {counts.lines} instructions")
    assert counts.functions > 500


def test_a_function_with_many_tables() -> None:
    """Each jump table is known, however many there are."""
    table = "(block (br_table 0 0 0 0 0 0 (local.get 0)))"
    module = decode(read(f"(module (func (param i32) {table * 300}))".encode()))
    counts = Counts()
    counts.check(module, [0], TARGETS["default"])
    assert counts.functions == 1
