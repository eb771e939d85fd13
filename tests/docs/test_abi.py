"""docs/abi.md says what lbtool/abi.py says. LBTOOL_BLESS=1 writes it anew."""

from __future__ import annotations

import ast
import inspect
import os
import re

from lbtool import abi
from tests.data import ROOT

DOCUMENT = ROOT / "docs" / "abi.md"
HEADER = """# The machine-level contract

Written from `lbtool/abi.py` by `make bless`; a test compares them. Compiler, runtime, C
code and the explanations read the same table.
"""
SECTION = re.compile(r"# -{4} (.*)")
REGISTERS = (
    *("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"),
    *(f"r{n}" for n in range(8, 16)),
)
ROW = re.compile(r"([A-Z][A-Z0-9_]*) = (.*?)(?:\s+# (.*))?$")


def prose() -> str:
    """The module's docstring; its indented blocks become code."""
    text = inspect.cleandoc(ast.get_docstring(ast.parse(inspect.getsource(abi))) or "")
    _, _, rest = text.partition("\n")
    lines, code = [], False
    for line in rest.strip().splitlines():
        if line.startswith(("    [", "    F ")):
            if not code:
                lines.append("```")
            code = True
            lines.append(line[4:])
            continue
        if code and line.strip():
            lines.append("```")
            lines.append("")
            code = False
        lines.append(line if code else line.strip())
    text = "\n".join(lines).replace("::\n", ":\n")
    text = re.sub(r"\n\n+```", "\n```", text)
    # A line that heads an indented paragraph, as in a definition list.
    return re.sub(r"^(Registers)$", r"## \1\n", text, flags=re.MULTILINE)


def shown(name: str) -> str:
    """Value of a constant; sequences of registers by their names."""
    value = getattr(abi, name)
    if not isinstance(value, tuple):
        return f"`{value}`"
    if name.startswith("FLOAT"):
        return ", ".join(f"`xmm{each}`" for each in value)
    return ", ".join(f"`{REGISTERS[each]}`" for each in value)


def tables() -> str:
    """One table per section of constants, with values as Python computes them."""
    parts: list[str] = []
    for line in inspect.getsource(abi).splitlines():
        section = SECTION.match(line)
        if section:
            title = re.split(": |, numbered|, addressed|, per ", section[1])[0]
            parts.append(f"\n## {title[0].upper()}{title[1:]}\n")
            parts.append("| name | value | |\n|---|---|---|")
            continue
        row = ROW.match(line)
        if row and parts:
            note = (row[3] or "").replace("|", "\\|")
            parts.append(f"| `{row[1]}` | {shown(row[1])} | {note} |")
    return "\n".join(parts)


def document() -> str:
    return f"{HEADER}\n{prose()}\n{tables()}\n"


def test_document_matches_the_table() -> None:
    if os.environ.get("LBTOOL_BLESS"):
        DOCUMENT.write_text(document())
    assert DOCUMENT.read_text() == document(), "run `make bless`"


def test_every_constant_is_in_the_document() -> None:
    text = DOCUMENT.read_text()
    for name, value in vars(abi).items():
        # Registers 0 to 15 are given as ranges, in the order of Intel's manual.
        single = isinstance(value, int) and re.fullmatch(
            r"R[A-D]X|R[SB]P|R[SD]I|R\d+", name
        )
        if name.isupper() and not single:
            assert f"`{name}`" in text, name
