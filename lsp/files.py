"""Modules on disk that are not open: read when asked for, kept while unchanged.

Binary modules are read as the text that they print as. What cannot be read is told in
the text that takes its place, as a comment.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from lbtool.errors import LbtoolError, ModuleError
from lbtool.lsp.documents import OpenDocument, key

if TYPE_CHECKING:
    from lbtool.errors import Diagnostic
    from lbtool.service.options import Options

__all__ = ["Files", "Printed", "path_of", "printed"]

LARGEST = 64 << 20  # bytes of a file that is read
KEPT = 16  # files that are kept, with what they became
MAGIC = b"\0asm"


def path_of(uri: str) -> Path | None:
    """The path that a ``file:`` URI names."""
    try:
        parts = urlsplit(uri)
    except ValueError:  # brackets that are no address
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = unquote(parts.path)
    return Path(path) if path.startswith("/") and "\0" not in path else None


class Printed(NamedTuple):
    """A module as text; what is wrong with a binary that cannot be, which text says."""

    text: str
    faults: tuple[Diagnostic, ...] = ()


def printed(path: Path) -> Printed:
    """A module as text; a comment that says why not. Raises OSError."""
    if path.stat().st_size > LARGEST:
        return Printed(f";; {path.name} is larger than {LARGEST >> 20} MiB\n")
    data = path.read_bytes()
    if not data.startswith(MAGIC[:1]):
        return Printed(data.decode(errors="replace"))
    from lbtool.wasm import decode, print_module  # noqa: PLC0415 - binaries only

    try:
        return Printed(print_module(decode(data, path=str(path))))
    except LbtoolError as error:
        lines = [f";; {each}" for each in str(error).splitlines()]
        head = f";; {path.name} is no module that can be read:"
        faults = error.diagnostics if isinstance(error, ModuleError) else ()
        return Printed("\n".join((head, *lines, "")), faults)


class Files:
    """What files would be if they were open, by URI."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, OpenDocument]] = {}

    def document(
        self, uri: str, options: Options, encoding: str
    ) -> OpenDocument | None:
        """Of the file as it is now; None when there is none that can be read."""
        path = path_of(uri)
        if path is None:
            return None
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            kept = self._kept.pop(key(uri), None)
            if kept is None or kept[0] != stamp:
                made = printed(path)
                kept = (stamp, OpenDocument(uri, 0, made.text, options, encoding))
                kept[1].faults = made.faults
        except OSError:
            return None
        kept[1].configure(options)
        self._kept[key(uri)] = kept
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return kept[1]

    def forget(self, uri: str) -> None:
        """The file has changed."""
        self._kept.pop(key(uri), None)
