"""Many functions in a row without the GIL: what a compiling thread runs.

Scan, generate and store are repeated over a run of bodies. Results collect in flat
buffers; when one is full the functions in it become `CompiledFunction` objects, which
leave them there, and the next one is begun. The GIL is needed only for that.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any

import cython

from lbtool.buffers import ints, octets, words
from lbtool.compiler.artifact import CompiledFunction
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.env import ModuleEnv
    from lbtool.compiler.target import Target


CHUNK = 1 << 22  # bytes of code that are kept together


def _ints(values: Any) -> Any:
    return memoryview(array("i", values) or array("i", [0]))


class Batch:
    """Scanner, canonical function and generator of one thread, with room for
    results."""

    def __init__(self, env: ModuleEnv, target: Target) -> None:
        self.scanner = Scanner()
        self.function = Function()
        self.generator = Generator(target)
        self.strict = target.strict
        self.scanner.bind(env, self.function)
        self.scanned = False
        self.first = 0
        self.found: list[CompiledFunction] = []
        self.done = self.status = self.n_bytes = self.n_words = 0
        self.ranges = self.types = self.records = ints(1)
        self.bytes, self.words = octets(1), words(1)

    def compile(
        self, bodies: Sequence[tuple[int, int]], types: Sequence[int]
    ) -> list[CompiledFunction]:
        """Compile bodies (byte ranges of the env's data) of these type indices.

        Stops at the first one that is not valid or not supported: fewer results than
        bodies, and `status` says why. RuntimeError for a bug in the generator.
        """
        n = len(bodies)
        self.ranges = _ints(chain.from_iterable(bodies))
        self.types = _ints(types)
        self.records = ints(BATCH_FIELDS * n + 1)
        self.done = self.n_bytes = self.n_words = 0
        self.scanned = False
        self.status = OK
        self.first = 0
        self.found = []
        size = longest = 0
        for start, end in bodies:
            size += end - start
            longest = max(longest, end - start)
        # by experience; see `another`
        self.another(min(CHUNK, 5 * size // 2 + 4096))
        self.scanner.reserve(longest)
        self.generator.reserve(longest)
        while self.done < n and self.status == OK:
            with cython.nogil:
                self.run(n)
            if self.status == RESTART:
                self.grow()
                self.status = OK
        self.close()
        return self.found

    def grow(self) -> None:
        """Make room for whatever the function at hand needs."""
        if not self.scanned:
            self.scanner.grow()
            return
        generator = self.generator
        if not generator.fits(self.function):
            generator.open(self.function)
        elif generator.overflowed():
            generator.grow()
        else:
            self.close()
            needed = generator.asm.n + 2 * self.function.n_slots
            tables = 4 * generator.tables.n_relocs + 2 * generator.tables.n_sites
            self.another(max(CHUNK, needed, 4 * (tables + self.function.n_slots)))

    def another(self, n: int) -> None:
        """Begin buffers for n bytes of code, and a quarter as many words of tables."""
        self.n_bytes = self.n_words = 0
        self.bytes, self.words = octets(n), words(n // 4)

    def run(self, last: int) -> int:
        """Compile on until body `last`, or until something needs the GIL."""
        while self.done < last and self.status == OK:
            self.one(self.done)
        return 0

    def one(self, k: int) -> int:
        if not self.scanned:
            self.status = self.scanner.run(
                self.types[k], self.ranges[2 * k], self.ranges[2 * k + 1]
            )
            if self.status != OK:
                return 0
            if self.strict:
                self.function.assume_nothing()
            self.scanned = True
        if not self.generator.fits(self.function):
            self.status = RESTART
            return 0
        self.status = self.generator.run()
        if self.status == OK:
            self.store(k)
        return 0

    def store(self, k: int) -> int:
        """Append the result of the function at hand to the flat buffers."""
        n_code = self.generator.asm.n
        n_relocs = 4 * self.generator.tables.n_relocs
        n_sites = 2 * self.generator.tables.n_sites
        n_slots = self.function.n_slots
        n_bytes = self.n_bytes + n_code + 2 * n_slots
        n_words = self.n_words + n_relocs + n_sites + n_slots
        if n_bytes > len(self.bytes) or n_words > len(self.words):
            self.status = RESTART
            return 0
        at = self.n_bytes
        self.bytes[at : at + n_code] = self.generator.asm.buf[:n_code]
        at += n_code
        word = self.n_words
        self.words[word : word + n_relocs] = self.generator.tables.relocs[:n_relocs]
        word += n_relocs
        self.words[word : word + n_sites] = self.generator.tables.sites[:n_sites]
        word += n_sites
        i = 0
        while i < n_slots:
            self.words[word + i] = self.function.slot_index[i]
            self.bytes[at + i] = self.function.slot_kind[i]
            self.bytes[at + n_slots + i] = self.function.slot_flags[i] & 1
            i += 1
        self.n_bytes = n_bytes
        self.n_words = n_words
        record = BATCH_FIELDS * k
        self.records[record] = n_code
        self.records[record + 1] = self.generator.driver.frame_size
        self.records[record + 2] = n_relocs
        self.records[record + 3] = n_sites
        self.records[record + 4] = n_slots
        self.done = k + 1
        self.scanned = False
        return 0

    def close(self) -> None:
        """Objects for the functions in the buffers, which are not written any more."""
        data, tables = memoryview(self.bytes), memoryview(self.words).cast("B")
        at = word = 0
        for k in range(self.first, self.done):
            record = BATCH_FIELDS * k
            n_code, frame_size = self.records[record], self.records[record + 1]
            n_relocs, n_sites = self.records[record + 2], self.records[record + 3]
            n_slots = self.records[record + 4]
            f = CompiledFunction.__new__(CompiledFunction)
            f.lies(data, at, n_code, n_slots)
            f.has(tables, word, frame_size, n_relocs, n_sites)
            at += n_code + 2 * n_slots
            word += n_relocs + n_sites + n_slots
            self.found.append(f)
        self.first = self.done
