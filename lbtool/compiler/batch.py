"""Many functions without the GIL: what compiling threads run.

A `Job` is bodies to compile and room for what is known of each; a `Worker` takes one
body after the other, scans it, generates its code and stores the result in flat
buffers (chunks) of its own. `compile_job` lets workers do that side by side, in native
threads that live as long as the job. The GIL is needed only when a buffer is too small,
and at the end, when every function becomes a `CompiledFunction` that leaves its parts
where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cython

from lbtool.buffers import ints, longs, octets, words
from lbtool.compiler.artifact import CompiledFunction
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403

    memcpy: Any = None  # only compiled code has these
    together = fetch_add = large_pages = open_crew = close_crew = memcpy
    PyByteArray_FromStringAndSize = PyByteArray_AS_STRING = memcpy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.env import ModuleEnv
    from lbtool.compiler.target import Target

CHUNK = 1 << 24  # bytes of code that are kept together, at most
FRESH, SCANNED, GENERATED = range(3)  # how far the body at hand is
ROOM = 1 << 12  # bytes of a body for which there is room from the beginning


def unset(n: int) -> memoryview[int]:
    """N bytes of anything, to be written before they are read.

    Memory that is not touched costs nothing: a generous guess is free. Zeroed pages
    instead (`octets`) made compiling 4 to 20 percent slower.
    """
    if not cython.compiled:
        return octets(n)
    found = PyByteArray_FromStringAndSize(cython.NULL, n)
    large_pages(PyByteArray_AS_STRING(found), n)
    return memoryview(found)


class Crew:
    """Native threads that wait for a job; they take time to start, so open it early."""

    def __init__(self, size: int) -> None:
        if cython.compiled:
            self.close()
            self.crew = open_crew(size)
            if self.crew == cython.NULL:
                raise MemoryError

    def __dealloc__(self) -> None:
        self.close()

    def close(self) -> None:
        """Send them home, if they have not worked yet."""
        if cython.compiled and self.crew != cython.NULL:
            close_crew(self.crew)
            self.crew = cython.NULL


class Job:
    """Bodies of one module, who takes which, and what became of them.

    ranges   start and end of each in the module's bytes; `types` its typeidx: C ints
    order    numbers of bodies, in the order in which they are taken
    records  BATCH_FIELDS per body, see `Worker.store`; the first is 0 until it is done
    failed   number of a body that cannot be compiled, or of bodies
    """

    def __init__(self, ranges: memoryview[int], types: memoryview[int]) -> None:
        n = len(ranges) // 2
        self.n = self.failed = n
        self.next = 0
        self.size = 0
        self.ranges, self.types, self.order = ranges, types, ints(n)
        self.records = ints(BATCH_FIELDS * n)
        self.chunks: list[tuple[memoryview[int], memoryview[int]]] = []
        for k in range(n):
            self.order[k] = k
            self.size += self.ranges[2 * k + 1] - self.ranges[2 * k]

    def arrange(self) -> int:
        """Large bodies first, by powers of two: no thread is left with one at the
        end."""
        at = ints(32)
        for k in range(self.n):
            at[self.scale(k)] += 1
        first = 0
        for s in range(31, -1, -1):
            first, at[s] = first + at[s], first
        for k in range(self.n):
            s = self.scale(k)
            self.order[at[s]] = k
            at[s] += 1
        return 0

    def scale(self, k: int) -> int:
        size = self.ranges[2 * k + 1] - self.ranges[2 * k]
        found = 0
        while size > 0 and found < 31:
            size >>= 1
            found += 1
        return found

    def take(self) -> int:
        """The next body that nobody has, -2 if there is none."""
        if cython.compiled:
            i = fetch_add(cython.address(self.next), 1)
        else:
            i = self.next
            self.next += 1
        return self.order[i] if i < self.n else -2

    def results(self) -> list[CompiledFunction]:
        """Objects for the functions up to the first that was not compiled."""
        found = []
        for k in range(self.n):
            record = BATCH_FIELDS * k
            n_code = self.records[record]
            if n_code == 0:
                break
            data, tables = self.chunks[self.records[record + 5]]
            f = CompiledFunction.__new__(CompiledFunction)
            f.lies(data, self.records[record + 6], n_code, self.records[record + 4])
            f.has(
                tables,
                self.records[record + 7],
                self.records[record + 1],
                self.records[record + 2],
                self.records[record + 3],
            )
            found.append(f)
        return found


class Worker:
    """Scanner, canonical function and generator of one thread, reused from body to body
    and from job to job."""

    def __init__(self, target: Target) -> None:
        self.scanner = Scanner()
        self.function = Function()
        self.generator = Generator(target)
        self.strict = target.strict
        self.job = Job(ints(0), ints(0))
        self.stage = FRESH
        self.room = self.k = self.status = self.share = 0
        self.chunk = self.n_bytes = self.n_words = 0
        self.bytes, self.words = octets(0), words(0)

    def begin(self, job: Job, env: ModuleEnv, target: Target, share: int) -> None:
        """Take the first body of a job; probably `share` bytes will be for this
        worker."""
        self.job, self.share = job, share
        self.generator.configure(target)
        self.strict = target.strict
        self.scanner.bind(env, self.function)
        self.k = job.take()
        self.stage = FRESH
        self.another()

    def end(self) -> None:
        """Let go of everything that belongs to the job."""
        self.job = Job(ints(0), ints(0))
        self.scanner.unbind()
        self.n_bytes = self.n_words = 0
        self.bytes, self.words = octets(0), words(0)

    # ---- with the GIL

    def reserve(self, body: int) -> None:
        """Room for a body of this many bytes, by experience; `grow` does the rest."""
        self.room = max(body, ROOM)
        self.scanner.reserve(self.room)
        self.generator.reserve(self.room)

    def grow(self) -> None:
        """Make room for whatever the body at hand needs."""
        generator = self.generator
        size = self.job.ranges[2 * self.k + 1] - self.job.ranges[2 * self.k]
        if size > self.room:
            self.reserve(size)
        elif self.stage == FRESH:
            self.scanner.grow()
        elif self.stage == GENERATED:
            self.another()
        elif generator.fits(self.function):
            generator.grow()
        else:
            generator.open(self.function)

    def another(self) -> None:
        """Begin a chunk with room for the function at hand and many more."""
        n = min(CHUNK, 5 * self.share // 2 + 4096)
        if self.stage == GENERATED:
            tables = self.generator.tables
            words = 4 * tables.n_relocs + 2 * tables.n_sites + self.function.n_slots
            code = self.generator.asm.n + 2 * self.function.n_slots
            n = max(n, code, 4 * words)
        n += -n & 3  # whole words
        chunk = unset(n), unset(n)
        self.chunk = len(self.job.chunks)
        self.job.chunks.append(chunk)
        self.bytes, self.words = chunk[0], chunk[1].cast("I")
        self.n_bytes = self.n_words = 0

    # ---- without

    def run(self) -> int:
        """Compile the body at hand, then take others until there are none left."""
        while self.k >= 0:
            self.one(self.k)
            if self.status == RESTART:
                with cython.gil:
                    self.grow()
            else:
                if self.status != OK and self.k < self.job.failed:
                    self.job.failed = self.k
                self.stage = FRESH
                self.k = self.job.take()
        return 0

    def one(self, k: int) -> int:
        """Compile body k, unless an earlier one has failed; RESTART without room."""
        self.status = OK
        if k > self.job.failed:
            return 0
        if self.stage == FRESH:
            start, end = self.job.ranges[2 * k], self.job.ranges[2 * k + 1]
            self.status = RESTART
            if end - start <= self.room:
                self.status = self.scanner.run(self.job.types[k], start, end)
            if self.status != OK:
                return 0
            if self.strict:
                self.function.assume_nothing()
            self.generator.fresh(self.function)
            self.stage = SCANNED
        if self.stage == SCANNED:
            self.status = RESTART
            if self.generator.fits(self.function):
                self.status = self.generator.run()
            if self.status != OK:
                return 0
            self.stage = GENERATED
        return self.store(k)

    def store(self, k: int) -> int:
        """Append the result of the function at hand to the chunk.

        Code, kinds of slots, origins of slots; relocations, sites, indices of slots.
        """
        n_code = self.generator.asm.n
        n_relocs = 4 * self.generator.tables.n_relocs
        n_sites = 2 * self.generator.tables.n_sites
        n_slots = self.function.n_slots
        at, word = self.n_bytes, self.n_words
        n_bytes = at + n_code + 2 * n_slots
        n_words = word + n_relocs + n_sites + n_slots
        if n_bytes > len(self.bytes) or n_words > len(self.words):
            self.status = RESTART
            return 0
        self.status = OK
        self.code_out(at, n_code)
        self.words_out(word, self.generator.tables.relocs, n_relocs)
        self.words_out(word + n_relocs, self.generator.tables.sites, n_sites)
        record = BATCH_FIELDS * k
        self.job.records[record + 1] = self.generator.driver.frame_size
        self.job.records[record + 2] = n_relocs
        self.job.records[record + 3] = n_sites
        self.job.records[record + 4] = n_slots
        self.job.records[record + 5] = self.chunk
        self.job.records[record + 6] = at
        self.job.records[record + 7] = word
        at += n_code
        word += n_relocs + n_sites
        i = 0
        while i < n_slots:
            self.words[word + i] = self.function.slot_index[i]
            self.bytes[at + i] = self.function.slot_kind[i]
            self.bytes[at + n_slots + i] = self.function.slot_flags[i] & 1
            i += 1
        self.n_bytes, self.n_words = n_bytes, n_words
        self.job.records[record] = n_code  # now it is done
        return 0

    def code_out(self, at: int, n: int) -> int:
        source = self.generator.asm.buf
        if not cython.compiled:
            self.bytes[at : at + n] = source[:n]
        elif 0 < n <= len(source) and n <= len(self.bytes) - at:
            memcpy(cython.address(self.bytes[at]), cython.address(source[0]), n)
        return 0

    def words_out(self, at: int, source: memoryview[int], n: int) -> int:
        if not cython.compiled:
            self.words[at : at + n] = source[:n]
        elif 0 < n <= len(source) and n <= len(self.words) - at:
            memcpy(cython.address(self.words[at]), cython.address(source[0]), 4 * n)
        return 0


def labour(worker: Any) -> int:
    """What a thread does: `worker` is the address of a `Worker`."""
    cython.cast(Worker, worker).run()
    return 0


def compile_job(
    job: Job, workers: Sequence[Worker], crew: Crew | None = None
) -> list[CompiledFunction]:
    """Results of a job that all these workers have begun.

    As many functions as there are before the first that is not valid or not supported.
    What goes wrong in a thread is written to stderr, and the function is missing. The
    crew has a thread for each worker, and is used up.
    """
    if not cython.compiled:
        for worker in workers:
            worker.run()
        return job.results()
    if crew is None:
        crew = Crew(len(workers))
    addresses = longs(len(workers))
    n = 0
    for each in workers:
        addresses[n] = id(each)  # the address
        n += 1
    used, crew.crew = crew.crew, cython.NULL
    with cython.nogil:
        together(used, labour, cython.address(addresses[0]), n)
    return job.results()
