"""Compiling while the bytes of a module arrive.

Function bodies have their length in front, so a function can be compiled as soon as its
last byte is there. Everything that bodies refer to stands in sections before the code,
and is decoded and validated when the code section begins. Nothing is handed out as a
module before the whole of it has arrived and is valid.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.wasm import decode, require_valid
from lbtool.wasm.leb import unsigned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.compiler.target import Target
    from lbtool.wasm.module import Module

__all__ = ["StreamCompiler", "compile_stream"]

HEADER = 8
CODE_SECTION = 10
DATA_SECTION = 11
DATA_COUNT_SECTION = 12
EMPTY_BODY = b"\x02\x00\x0b"
EMPTY_SEGMENT = b"\x01\x00"
MOST = 1_000_000  # of functions or segments that a count may promise
NOT_YET = (-1, -1)


def _section(number: int, count: int, item: bytes) -> bytes:
    """A section of `count` equal items."""
    content = unsigned(count) + item * min(count, MOST)
    return bytes([number]) + unsigned(len(content)) + content


class StreamCompiler:
    """Feed it a module piece by piece.

    functions   compiled so far, in order of the defined functions; their bytes are
    those
                of `compile_module`

    >>> from lbtool.compiler import Target
    >>> from lbtool.wasm import read
    >>> stream = StreamCompiler(Target())
    >>> stream.feed(read(b'(module (func) (func (result i32) i32.const 7))')[:-1])
    >>> len(stream.functions)
    1
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.data = bytearray()
        self.functions: list[CompiledFunction] = []
        self._at = HEADER
        self._bodies = 0
        self._segments: int | None = None
        self._compiler: FunctionCompiler | None = None
        self._partial: Module | None = None

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes and compile every function that is now complete.

        Raises the `lbtool.errors.ModuleError` of the part that has arrived, as soon as
        it shows; malformed structure may show only in `finish`.
        """
        self.data += chunk
        while self._partial is None and self._next_section():
            pass
        while self._bodies and self._next_body():
            pass

    def finish(self) -> tuple[Module, list[CompiledFunction]]:
        """The decoded, wholly validated module and its functions.

        Raises `lbtool.errors.ModuleError` when it is not valid.
        """
        module = decode(bytes(self.data))
        require_valid(module, self.target.profile)
        if len(self.functions) != len(module.bodies):
            raise AssertionError("a function was complete and not compiled")
        return module, self.functions

    # ---- sections

    def _leb_at(self, at: int) -> tuple[int, int]:
        """An unsigned number and the position behind it; NOT_YET if it is
        incomplete."""
        value = shift = 0
        while at < len(self.data) and shift < 35:
            byte = self.data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value, at
        return NOT_YET

    def _next_section(self) -> bool:
        """Step over a complete section, or open the code section."""
        if self._at >= len(self.data):
            return False
        size, start = self._leb_at(self._at + 1)
        if start < 0:
            return False
        if self.data[self._at] == CODE_SECTION:
            return self._open_code(start)
        if start + size > len(self.data):
            return False
        if self.data[self._at] == DATA_COUNT_SECTION:
            # what is no number is `decode`'s to report, when the code begins
            self._segments = max(0, self._leb_at(start)[0])
        self._at = start + size
        return True

    def _open_code(self, start: int) -> bool:
        count, at = self._leb_at(start)
        if at < 0:
            return False
        # the part before the code is a module of its own with empty bodies and segments
        rest = _section(CODE_SECTION, count, EMPTY_BODY)
        if self._segments is not None:
            rest += _section(DATA_SECTION, self._segments, EMPTY_SEGMENT)
        module = decode(bytes(self.data[: self._at]) + rest)
        require_valid(module, self.target.profile)
        self._partial = module
        self._at = at
        self._bodies = count
        env = ModuleEnv(module, self.target.profile)
        self._compiler = FunctionCompiler(env, self.target)
        return False

    def _next_body(self) -> bool:
        size, start = self._leb_at(self._at)
        if start < 0 or start + size > len(self.data):
            return False
        assert self._compiler is not None
        assert self._partial is not None
        funcidx = self._partial.n_imported_funcs + len(self.functions)
        body = bytes(self.data[start : start + size])
        if not self._compiler.valid(body, self._partial, funcidx):
            # once more where it stands, for an error with the right position
            bodies = list(self._partial.bodies)
            bodies[len(self.functions)] = (start, start + size)
            whole = replace(
                self._partial,
                data=bytes(self.data[: start + size]),
                bodies=tuple(bodies),
            )
            self._compiler.env = self._compiler.env.with_data(whole.data)
            self._compiler.scan(whole, funcidx)
        self.functions.append(self._compiler.emit())
        self._at = start + size
        self._bodies -= 1
        return True


def compile_stream(
    chunks: Iterable[bytes], target: Target
) -> tuple[Module, list[CompiledFunction]]:
    """Compile a module from its bytes in pieces; see `StreamCompiler`."""
    stream = StreamCompiler(target)
    for chunk in chunks:
        stream.feed(chunk)
    return stream.finish()
