"""A problem of a module or a file, as data; and what a code means.

Exceptions that carry diagnostics and the table of codes are in ``lbtool.errors``, which
has these names too.
"""

from __future__ import annotations

from lbtool.records import record

__all__ = ["Code", "Diagnostic"]


@record(frozen=True, slots=True)
class Diagnostic:
    """One problem with its position; unknown parts are None.

    severity     ``error``, ``warning`` or ``note``
    code         stable, a key of `CODES`
    offset       bytes from the start of the binary module
    line/column  in text, both from 1
    section      name of the section (``type``, ``code``, ...)
    funcidx      the function, imports counted
    ordinal      the instruction in the function's body, from 0
    mnemonic     of that instruction
    proposal     what the module needs, for E0300
    function     name of the function, where whoever found the problem knew it
    """

    severity: str
    code: str
    message: str
    path: str | None = None
    offset: int | None = None
    line: int | None = None
    column: int | None = None
    section: str | None = None
    funcidx: int | None = None
    ordinal: int | None = None
    mnemonic: str | None = None
    proposal: str | None = None
    function: str | None = None

    def place(self) -> str:
        """Where, in words: ``a.wasm:0x1f: function 3, instruction 7 (i32.add)``."""
        where = self.path or ""
        if self.line is not None:
            where += f"{':' if where else ''}{self.line}:{self.column}"
        elif self.offset is not None:
            where += f":{self.offset:#x}" if where else f"{self.offset:#x}"
        parts = [where] if where else []
        inner = []
        if self.section is not None and self.funcidx is None:
            inner.append(f"{self.section} section")
        if self.funcidx is not None:
            inner.append(f"function {self.funcidx}")
        if self.ordinal is not None:
            name = f" ({self.mnemonic})" if self.mnemonic else ""
            inner.append(f"instruction {self.ordinal}{name}")
        if inner:
            parts.append(", ".join(inner))
        return ": ".join(parts)

    def __str__(self) -> str:
        place = self.place()
        text = f"{self.severity}[{self.code}]: {self.message}"
        return f"{place}: {text}" if place else text


@record(frozen=True, slots=True)
class Code:
    """A stable code: the phrase that messages begin with, and what it means."""

    code: str
    phrase: str
    explanation: str
