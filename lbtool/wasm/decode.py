"""Bytes to `Module`: order and sizes of sections, then the checks across sections.

Everything of the 3.0 binary format is recognised. What the records cannot represent is
an `UnsupportedError` that names the proposal; anything else that is wrong a
`MalformedError` with the message of the specification's tests. Bodies are located, not
read.
"""

from __future__ import annotations

from lbtool.collection import no_collection
from lbtool.errors import (
    COMPONENTS,
    Diagnostic,
    MalformedError,
    UnsupportedError,
    code_for,
)
from lbtool.wasm.leb import FormatError, UnsupportedFormat, u32
from lbtool.wasm.module import SECTION_NAMES, CustomSection, Module, Section
from lbtool.wasm.names import Names
from lbtool.wasm.reader import name
from lbtool.wasm.sections import READERS, Parts

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from lbtool.errors import ModuleError

__all__ = ["MAGIC", "decode", "module_error"]

MAGIC = b"\0asm"
VERSION = b"\x01\0\0\0"

# Position of a section in the prescribed order (specification 5.5.16).
ORDER = (0, 1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11)


def module_error(
    error: FormatError,
    *,
    path: str | None = None,
    section: str | None = None,
    funcidx: int | None = None,
    ordinal: int | None = None,
) -> ModuleError:
    """The public error for `error`, with what is known about the place."""
    diagnostic = Diagnostic(
        "error",
        code_for(error.message, "E0100"),
        error.message,
        path=path,
        offset=error.offset,
        section=section,
        funcidx=funcidx,
        ordinal=ordinal,
        proposal=error.proposal if isinstance(error, UnsupportedFormat) else None,
    )
    if isinstance(error, UnsupportedFormat):
        return UnsupportedError(diagnostic, error.proposal)
    return MalformedError(diagnostic)


def _check_header(data: bytes) -> None:
    if len(data) < 4:
        raise FormatError("unexpected end", len(data))
    if data[:4] != MAGIC:
        raise FormatError("magic header not detected", 0)
    if len(data) < 8:
        raise FormatError("unexpected end", len(data))
    if data[4:8] == b"\x0d\0\x01\0":
        raise UnsupportedFormat("a component", 4, COMPONENTS)
    if data[4:8] != VERSION:
        raise FormatError("unknown binary version", 4)


def _section_header(data: bytes, pos: int) -> tuple[int, int, int]:
    """Id, start and end of the contents of the section at `pos`."""
    kind = data[pos]
    if kind >= len(SECTION_NAMES):
        raise FormatError(f"malformed section id {kind}", pos)
    size, start = u32(data, pos + 1, len(data))
    if size > len(data) - start:
        raise FormatError("length out of bounds", pos + 1)
    return kind, start, start + size


def _check_lengths(parts: Parts, end: int) -> None:
    defined = len(parts.func_types) - parts.n_imported["func"]
    if defined != len(parts.bodies):
        raise FormatError("function and code section have inconsistent lengths", end)
    if parts.data_count is not None and parts.data_count != len(parts.datas):
        at = parts.offsets[12][0]
        raise FormatError("data count and data section have inconsistent lengths", at)


class _Sections:
    """Walks the sections of one module; `current` tells where an error happened."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.parts = Parts()
        self.found: list[Section] = []
        self.customs: list[CustomSection] = []
        self.current: str | None = None

    def walk(self) -> None:
        data = self.data
        _check_header(data)
        pos, last, previous = 8, 0, 0
        while pos < len(data):
            self.current = None
            kind, start, end = _section_header(data, pos)
            self.current = SECTION_NAMES[kind]
            if kind == 0:
                text, at = name(data, start, end)
                self.customs.append(CustomSection(text, at, end, previous))
            else:
                if ORDER.index(kind) <= last:
                    raise FormatError("unexpected content after last section", pos)
                last, previous = ORDER.index(kind), kind
                self.found.append(Section(kind, start, end))
                at = READERS[kind](data, start, end, self.parts)
                if at != end:
                    raise FormatError("section size mismatch", at)
            pos = end
        self.current = None
        _check_lengths(self.parts, len(data))

    def names(self) -> Names:
        for custom in self.customs:
            if custom.name == "name":
                return Names(self.data, custom.start, custom.end)
        return Names()


def decode(data: bytes | memoryview, *, path: str | None = None) -> Module:
    """Decode a binary module; `path` is only mentioned in errors.

    Raises `MalformedError` or `UnsupportedError`, with one diagnostic: after the first
    malformed byte the rest has no meaning.
    """
    data = bytes(data)
    walk = _Sections(data)
    try:
        with no_collection():
            walk.walk()
    except FormatError as error:
        raise module_error(error, path=path, section=walk.current) from None
    parts = walk.parts
    return Module(
        data=data,
        path=path,
        types=tuple(parts.types),
        imports=tuple(parts.imports),
        func_types=tuple(parts.func_types),
        n_imported_funcs=parts.n_imported["func"],
        tables=tuple(parts.tables),
        n_imported_tables=parts.n_imported["table"],
        memories=tuple(parts.memories),
        n_imported_memories=parts.n_imported["memory"],
        globals=tuple(parts.globals),
        n_imported_globals=parts.n_imported["global"],
        global_inits=tuple(parts.global_inits),
        tags=tuple(parts.tags),
        n_imported_tags=parts.n_imported["tag"],
        exports=tuple(parts.exports),
        start=parts.start,
        elems=tuple(parts.elems),
        datas=parts.datas,
        data_count=parts.data_count,
        bodies=parts.bodies,
        names=walk.names(),
        customs=tuple(walk.customs),
        sections=tuple(walk.found),
        offsets=parts.offsets,
    )
