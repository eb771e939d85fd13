"""Compiling on several threads: the same functions, the same first error, no GIL."""

from __future__ import annotations

import os
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from lbtool.abi import V128
from lbtool.compiler import Target, compile_module
from lbtool.compiler.batch import Job, Worker, compile_job
from lbtool.compiler.compile import IDLE, LEAST, _idle
from lbtool.compiler.env import ModuleEnv, ints
from lbtool.errors import ModuleError, UnsupportedError, ValidationError
from lbtool.wasm import Profile, decode, read
from lbtool.wasm.compact import ranges
from tests.compiler.sources import generated, many, real
from tests.reference.binary import Body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THREADS = (2, 4, 7)
COUNT = 400
INVALID = Body([], [(0x6A,), (0x0B,)])
SIMD = Body([V128], [(0x20, 0), (0x0B,)])


@pytest.mark.parametrize("threads", THREADS)
def test_threads_do_not_change_the_functions(threads: int) -> None:
    data = many(COUNT)
    module = decode(data)
    for target in (Target(), Target(bounds="explicit", strict=True)):
        expected = compile_module(module, target)
        assert len({f.artifact.code for f in expected}) > COUNT // 2
        for _ in range(3):
            assert compile_module(module, target, threads) == expected


def test_large_modules() -> None:
    n = 0
    for data in real(3_000_000).values():
        module = decode(data)
        expected = compile_module(module, Target())
        n += len(expected)
        for threads in THREADS:
            assert compile_module(module, Target(), threads) == expected
    assert n >= 500


def test_fewer_functions_than_threads() -> None:
    sources = [*generated(8).values(), *map(many, (1, 2, 7, 8, 9)), read(b"(module)")]
    for data in sources:
        module = decode(data)
        expected = compile_module(module, Target())
        assert len(expected) == len(module.bodies)
        assert compile_module(module, Target(), 4) == expected


def test_more_threads_than_processors() -> None:
    module = decode(many(3000))
    expected = compile_module(module, Target())
    allowed = os.sched_getaffinity(0)
    assert compile_module(module, Target(), 100) == expected
    assert os.sched_getaffinity(0) == allowed
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert compile_module(module, Target(), 5) == expected
        assert os.sched_getaffinity(0) == {min(allowed)}
    finally:
        os.sched_setaffinity(0, allowed)


def test_idle_workers_do_not_keep_much_memory() -> None:
    """Whatever was compiled, and by however many threads at a time."""
    huge = Body([], [*[(0x41, 0), (0x1A,)] * 400_000, (0x20, 0), (0x0B,)])
    for n, bodies in ((200, {}), (8, {3: huge}), (3000, {}), (200, {})):
        compile_module(decode(many(n, bodies)), Target(), 40)
        assert 0 < sum(max(each.room, LEAST) for each in _idle) <= IDLE


def test_one_huge_function_among_small_ones() -> None:
    """Cuts by size must neither lose a function nor repeat one."""
    huge = Body([], [*[(0x20, 0), (0x1A,)] * 20_000, (0x20, 0), (0x0B,)])
    for at in (0, 1, 20, 38, 39):
        module = decode(many(40, {at: huge}))
        expected = compile_module(module, Target())
        assert len(expected) == 40
        for threads in THREADS:
            assert compile_module(module, Target(), threads) == expected


@pytest.mark.parametrize("threads", [1, *THREADS])
@pytest.mark.parametrize(
    "places", [(0, 399), (1, 2), (137, 138), (137, 300), (250, 399), (399, 399)]
)
def test_the_first_function_that_fails_is_named(
    threads: int, places: tuple[int, int]
) -> None:
    module = decode(many(COUNT, dict.fromkeys(places, INVALID)))
    with pytest.raises(ValidationError) as caught:
        compile_module(module, Target(), threads)
    (found,) = {each.funcidx for each in caught.value.diagnostics}
    assert found == 1 + places[0]


@pytest.mark.parametrize("threads", [1, *THREADS])
def test_the_first_error_decides_its_kind(threads: int) -> None:
    first = decode(many(COUNT, {90: SIMD, 310: INVALID}))
    with pytest.raises(UnsupportedError) as unsupported:
        compile_module(first, Target(), threads)
    assert unsupported.value.diagnostics[0].funcidx == 91
    assert unsupported.value.proposal == "simd"
    other = decode(many(COUNT, {90: INVALID, 310: SIMD}))
    with pytest.raises(ModuleError) as invalid:
        compile_module(other, Target(), threads)
    assert not isinstance(invalid.value, UnsupportedError)
    assert invalid.value.diagnostics[0].funcidx == 91


def test_many_modules_at_once() -> None:
    """Threads that compile different modules share nothing that matters."""
    sources = [many(n) for n in range(50, 58)]
    expected = [compile_module(decode(data), Target()) for data in sources]
    found: dict[int, list[bool]] = {}

    def work(k: int) -> None:
        module = decode(sources[k])
        found[k] = [compile_module(module, Target()) == expected[k] for _ in range(15)]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(len(sources))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {k: [True] * 15 for k in range(len(sources))}


# ---- the GIL


class Counter(threading.Thread):
    """Counts while it has the GIL, and lets go of it after each step."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.count = 0
        self.started, self.stop = threading.Event(), False

    def run(self) -> None:
        self.started.set()
        while not self.stop:
            self.count += 1
            time.sleep(0)

    def during(self, work: Callable[[], object]) -> int:
        """Steps that this thread made while the caller worked."""
        before = self.count
        work()
        return self.count - before


@pytest.fixture
def counter() -> Iterator[Counter]:
    """A thread that gets the GIL only from someone who gives it away."""
    interval = sys.getswitchinterval()
    found = Counter()
    sys.setswitchinterval(3600)
    try:
        found.start()
        found.started.wait()
        yield found
    finally:
        found.stop = True
        sys.setswitchinterval(interval)
        found.join()


def test_the_gil_is_free_while_functions_are_compiled(counter: Counter) -> None:
    module = decode(many(3000))
    env = ModuleEnv(module, Profile())
    types = ints(module.func_types[module.n_imported_funcs :])
    worker = Worker(Target())

    def begun() -> Job:
        job = Job(ranges(module.bodies), types)
        worker.begin(job, env, Target(), job.size)
        return job

    compile_job(begun(), [worker])  # grows the buffers
    # Python code alone keeps the GIL: only compiling can let the counter run.
    assert counter.during(lambda: sum(range(1_000_000))) == 0
    steps = 0
    for _ in range(50):
        job = begun()
        steps += counter.during(partial(compile_job, job, [worker]))
        assert job.failed == 3000
        if steps:
            break
    assert steps > 0


def test_compiling_never_needs_the_gil() -> None:
    """One thread holds it all the time, and another one compiles 60,000 functions.

    So nothing of a scan, of code generation and of storing the results makes, looks at
    or counts references to Python objects, and no buffer grows once it is large enough.
    """
    module = decode(many(3000))
    env = ModuleEnv(module, Profile())
    bodies = [*module.bodies] * 20
    types = ints([*module.func_types[module.n_imported_funcs :]] * 20)
    worker = Worker(Target())

    def begun() -> Job:
        job = Job(ranges(bodies), types)
        worker.begin(job, env, Target(), 4 * job.size)
        return job

    compile_job(begun(), [worker])  # grows the buffers
    for _ in range(50):
        job = begun()
        first, last = watched(job, worker)
        assert job.failed == job.n
        if first < job.n // 2:  # else this thread slept until it was too late
            assert last == job.n + 1
            return
    pytest.fail("never in time to see a job that has just begun")


def watched(job: Job, worker: Worker) -> tuple[int, int]:
    """How far a thread is when the GIL is taken for good, and when it is given back."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    thread = threading.Thread(target=compile_job, args=(job, [worker]))
    try:
        thread.start()
        while job.next < 2:
            time.sleep(0)  # the only place where another thread can have it
        first = job.next
        end = time.monotonic() + 60
        while job.next <= job.n and time.monotonic() < end:
            pass
        return first, job.next
    finally:
        sys.setswitchinterval(interval)
        thread.join()
