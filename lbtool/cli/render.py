"""The one way in which diagnostics, errors and hints look as text and as JSON.

::

    error[E0210]: type mismatch: expected i32, found f32
      --> fib.wat:5:9
       |
     5 |     (i32.add (f32.const 1) (i32.const 2))
       |     ^
       = function 3 ($fib), instruction 7 (i32.add)
    hint: lbtool explain E0210

For binary modules the place is a byte offset and the excerpt is in hexadecimal. All
text of the module passes through `printable`. What a diagnostic is, is in
``lbtool.errors``.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from lbtool.cli.terminal import Style, printable, width
from lbtool.errors import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lbtool.errors import Diagnostic

SCHEMA = 1
EXCERPT_WIDTH = 96
BYTES_BEFORE, BYTES_AFTER = 8, 8
TAB = "    "


def hint(text: str, style: Style) -> str:
    """One ``hint:`` line, without a newline."""
    return f"{style.severity('hint', 'hint')}: {text}"


def headline(severity: str, message: str, style: Style, code: str = "") -> str:
    """``error[E0100]: message``, without a newline; several lines become one."""
    label = f"{severity}[{code}]" if code else severity
    message = "; ".join(filter(None, map(str.strip, message.split("\n"))))
    return f"{style.severity(severity, label)}: {style.bold(printable(message))}"


def diagnostic(
    each: Diagnostic,
    style: Style,
    *,
    source: bytes | None = None,
    names: Mapping[int, str] | None = None,
) -> str:
    """Several lines without a last newline.

    `source` is the content of the file, text or binary, whichever `each` points into;
    `names` are the module's function names, as far as `each` does not say them.
    """
    lines = [headline(each.severity, each.message, style, each.code)]
    place = _place(each)
    number = str(each.line) if each.line is not None else ""
    if each.line is None and each.offset is not None:
        number = f"{each.offset:#x}"
    margin = " " * max(1, len(number))
    rule = style.dim("|")
    if place:
        lines.append(f"{margin} {style.dim('-->')} {place}")
    excerpt = _excerpt(each, source) if source is not None else None
    if excerpt is not None:
        text, pad, marks = excerpt
        lines += [
            f"{margin} {rule}",
            f"{style.dim(number or ' ')} {rule} {text}",
            f"{margin} {rule} {' ' * pad}{style.severity(each.severity, marks)}",
        ]
    inside = _inside(each, names or {})
    if inside:
        lines.append(f"{margin} {style.dim('=')} {inside}")
    return "\n".join(lines)


def _place(each: Diagnostic) -> str:
    where = printable(each.path or "")
    if each.line is not None:
        return f"{where or '<text>'}:{each.line}:{each.column or 1}"
    if each.offset is not None:
        return f"{where or '<module>'}:{each.offset:#x}"
    return where


def _inside(each: Diagnostic, names: Mapping[int, str]) -> str:
    parts = []
    if each.section is not None and each.funcidx is None:
        parts.append(f"{each.section} section")
    if each.funcidx is not None:
        name = names.get(each.funcidx) or each.function
        shown = f" (${printable(name)})" if name else ""
        parts.append(f"function {each.funcidx}{shown}")
    if each.ordinal is not None:
        mnemonic = f" ({each.mnemonic})" if each.mnemonic else ""
        parts.append(f"instruction {each.ordinal}{mnemonic}")
    return ", ".join(parts)


def _excerpt(each: Diagnostic, source: bytes) -> tuple[str, int, str] | None:
    """Text of the excerpt, columns before the marks, the marks."""
    if each.line is not None:
        return _text_excerpt(source, each.line, each.column or 1)
    if each.offset is not None and 0 <= each.offset < len(source):
        return _hex_excerpt(source, each.offset)
    return None


def _text_excerpt(source: bytes, line: int, column: int) -> tuple[str, int, str] | None:
    lines = source.decode("utf-8", "replace").split("\n")
    if not 1 <= line <= len(lines):
        return None
    text = lines[line - 1].rstrip("\r")
    start = max(0, column - 1 - EXCERPT_WIDTH // 2)
    before, after = text[start : column - 1], text[column - 1 : start + EXCERPT_WIDTH]
    before, after = (printable(part.replace("\t", TAB)) for part in (before, after))
    lead = "…" if start else ""
    tail = "…" if start + EXCERPT_WIDTH < len(text) else ""
    return f"{lead}{before}{after}{tail}", width(lead + before), "^"


def _hex_excerpt(source: bytes, offset: int) -> tuple[str, int, str]:
    start = max(0, offset - BYTES_BEFORE)
    end = min(len(source), offset + BYTES_AFTER)
    text = source[start:end].hex(" ")
    return text, 3 * (offset - start), "^^"


def hints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """What to do about them, a line each."""
    found = list(diagnostics)
    codes = list(dict.fromkeys(each.code for each in found if each.code))
    if not codes:
        return []
    lines = [f"`lbtool explain {codes[0]}` tells more"]
    if len(codes) > 1:
        lines = [f"`lbtool explain CODE` tells more about {', '.join(codes)}"]
    if any(each.code == "E0300" and each.proposal != COMPONENTS for each in found):
        lines.append("`lbtool run --backend auto` runs it on another engine")
    return lines


def as_json(each: Diagnostic) -> dict[str, str | int]:
    """Every known field; unknown ones are left out."""
    fields: dict[str, str | int | None] = dataclasses.asdict(each)
    return {name: value for name, value in fields.items() if value is not None}


def all_text(
    diagnostics: Iterable[Diagnostic],
    style: Style,
    read: Callable[[str], bytes | None],
    names: Mapping[int, str] | None = None,
) -> str:
    """Every diagnostic, an empty line between them; `read` gives a file's content."""
    return "\n\n".join(
        diagnostic(
            each,
            style,
            source=read(each.path) if each.path else None,
            names=names,
        )
        for each in diagnostics
    )
