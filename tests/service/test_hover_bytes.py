"""What hovers say is the code: every instruction of real modules and of the suites.

The bytes of each hover are compared with the compiled function at that place and cut by
another disassembler; the hovers of a function, its prologue and its data make up all of
its code. Where values are is checked by ``tests/explain``, from the same records.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import capstone
import pytest

from lbtool.service.analysis import Analysis
from lbtool.service.instruction_hover import instruction_hover
from lbtool.service.options import Options
from lbtool.wasm import decode, print_module
from lbtool.wast.script import ModuleCommand, ModuleSource, parse_script
from tests.data import CORPUS, SPEC_TESTSUITE, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lbtool.compiler.listing import Listing

    Record = Callable[[str, object], None]

SPEC_MODULES = 200
FENCE = re.compile(r"```x86asm\n(.*?)\n```", re.DOTALL)
ROW = re.compile(r" *\+([0-9a-f]+)  ((?:[0-9a-f]{2} ?)+?)  ")
DECODER = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)


def rows(markdown: str) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each machine instruction in a hover."""
    found = FENCE.search(markdown)
    assert found is not None
    for line in found[1].splitlines():
        row = ROW.match(line + "  ")
        if row is not None:
            yield int(row[1], 16), bytes.fromhex(row[2])
        else:
            assert line.startswith("; no code: ") or line.endswith(":"), line


def check_function(made: Listing, count: Counter[str]) -> None:
    code = made.code
    covered = bytearray(len(code))

    def take(offset: int, data: bytes) -> None:
        assert code[offset : offset + len(data)] == data
        assert not any(covered[offset : offset + len(data)])
        covered[offset : offset + len(data)] = b"\1" * len(data)

    for ordinal in range(len(made.lines)):
        for offset, data in rows(instruction_hover(made, ordinal)):
            (cut,) = DECODER.disasm_lite(data, offset)
            assert cut[1] == len(data)
            take(offset, data)
            count["machine instructions"] += 1
        count["hovers"] += 1
    for part in made.prologue:
        for each in part.code:
            take(each.offset, each.bytes)
    for datum in made.data:
        take(datum.offset, datum.bytes)
    assert all(covered)


def check_text(text: str, count: Counter[str]) -> None:
    analysis = Analysis.open(text, Options())
    for function in analysis.functions():
        if function.state in ("imported", "unsupported"):
            continue
        assert function.state == "fresh", (function.name, function.code.problems)
        made = function.listing()
        assert made is not None
        check_function(made, count)
        count["functions"] += 1


@pytest.mark.slow
def test_hovers_of_the_corpus(record_property: Record) -> None:
    count: Counter[str] = Counter()
    for path in sorted(require(CORPUS).rglob("*.wasm")):
        check_text(print_module(decode(path.read_bytes())), count)
        count["modules"] += 1
    assert count["functions"] > 500
    record_property("summary", f"hovers of the corpus: {shown(count)}")


@pytest.mark.slow
def test_hovers_of_spec_modules(record_property: Record) -> None:
    count: Counter[str] = Counter()
    suite = require(SPEC_TESTSUITE) / "2.0"
    modules = (each for path in sorted(suite.rglob("*.wast")) for each in texts(path))
    for text in islice(modules, SPEC_MODULES):
        check_text(text, count)
        count["modules"] += 1
    assert count["modules"] == SPEC_MODULES
    record_property("summary", f"hovers of spec modules: {shown(count)}")


def texts(path: Path) -> Iterator[str]:
    """Modules of a script that are in text and valid."""
    for command in parse_script(path.read_bytes()):
        module = command.module if isinstance(command, ModuleCommand) else None
        if isinstance(module, ModuleSource) and module.format == "text":
            yield module.source.decode()


def shown(count: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in sorted(count.items()))
