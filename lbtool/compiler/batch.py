"""Many functions in a row without the GIL: what a compiling thread runs.

Scan, generate and store are repeated over a run of bodies; results collect in flat
buffers, and become `CompiledFunction` objects when the run is over. The GIL is needed
only to grow a buffer.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import cython

from lbtool.compiler.artifact import Artifact, CompiledFunction
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.env import ModuleEnv
    from lbtool.compiler.target import Target


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
        self.done = self.status = self.n_bytes = self.n_words = 0
        self.bytes = memoryview(bytearray(1 << 16))
        self.words = memoryview(array("I", bytes(1 << 16)))

    def compile(
        self, bodies: Sequence[tuple[int, int]], types: Sequence[int]
    ) -> list[CompiledFunction]:
        """Compile bodies (byte ranges of the env's data) of these type indices.

        Stops at the first one that is not valid or not supported: fewer results than
        bodies, and `status` says why. RuntimeError for a bug in the generator.
        """
        n = len(bodies)
        self.starts = _ints(start for start, _ in bodies)
        self.ends = _ints(end for _, end in bodies)
        self.types = _ints(types)
        self.records = _ints([0] * (BATCH_FIELDS * n))
        self.done = self.n_bytes = self.n_words = 0
        self.scanned = False
        self.status = OK
        longest = max((end - start for start, end in bodies), default=0)
        self.scanner.reserve(longest)
        self.generator.reserve(longest)
        while self.done < n and self.status == OK:
            with cython.nogil:
                self.run(n)
            if self.status == RESTART:
                self.grow()
                self.status = OK
        return self.results()

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
            code, words = (
                bytearray(2 * len(self.bytes)),
                array("I", bytes(8 * len(self.words))),
            )
            code[: self.n_bytes] = bytes(self.bytes[: self.n_bytes])
            words[: self.n_words] = array("I", bytes(self.words[: self.n_words]))
            self.bytes, self.words = memoryview(code), memoryview(words)

    def run(self, last: int) -> int:
        """Compile on until body `last`, or until something needs the GIL."""
        while self.done < last and self.status == OK:
            self.one(self.done)
        return 0

    def one(self, k: int) -> int:
        if not self.scanned:
            self.status = self.scanner.run(self.types[k], self.starts[k], self.ends[k])
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

    def results(self) -> list[CompiledFunction]:
        """The flat buffers as objects."""
        data = bytes(self.bytes[: self.n_bytes])
        words = bytes(self.words[: self.n_words])
        found = []
        at = word = 0
        for k in range(self.done):
            record = BATCH_FIELDS * k
            code = at + self.records[record]
            kinds = code + self.records[record + 4]
            end = kinds + self.records[record + 4]
            relocs = word + 4 * self.records[record + 2]
            sites = relocs + 4 * self.records[record + 3]
            slots = sites + 4 * self.records[record + 4]
            artifact = Artifact(
                data[at:code],
                self.records[record + 1],
                words[word:relocs],
                words[relocs:sites],
            )
            found.append(
                CompiledFunction(
                    artifact, words[sites:slots], data[code:kinds], data[kinds:end]
                )
            )
            at, word = end, slots
        return found
