"""The fib of the README, counted exactly: instructions and memory accesses per call.

A forked child calls the function while its parent steps it, one instruction at a time
(ptrace). Executed instructions inside the function are counted by address; pushes,
pops, calls and returns are memory accesses, as `lbtool.x64.disassemble` says. The
addresses need no help of the engine: the function is what its own recursive call
reaches.

Run as a program (``python -m tests.bench.fib_bench ENGINE``) it prints one line of
JSON; `measure` starts it so, as each engine wants a process of its own.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.wasm import read
from lbtool.x64.disassemble import disassemble
from tests.bench import hosts
from tests.bench.elf import Elf
from tests.bench.engines import TITLES
from tests.bench.programs import HERE
from tests.bench.stats import Table, number
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = ("native", "lbtool", "strict", "winch", "cranelift")
ARGUMENT = 14
RESULT = 610
PTRACE_TRACEME, PTRACE_PEEKUSER, PTRACE_SINGLESTEP = 0, 3, 9
RIP = 16 * 8  # offset in struct user
LONGEST = 15  # bytes of an x86 instruction
# Published figures (instructions, bytes, executed and accesses per call) of others that
# cannot be stepped here; the design notes of the project say how they were measured.
PUBLISHED = {
    "Lightbeam (published listing, no stack check)": (19, 58, 18.6, 7.0),
    "Liftoff (measured earlier)": (46, 152, 33.4, 15.4),
}


@dataclass(frozen=True)
class FibFigures:
    """Static size and dynamic counts of one engine's fib; `listing` is assembly."""

    instructions: int
    size: int
    executed: float
    accesses: float
    listing: list[str]


def step(call: Callable[[], object]) -> tuple[Counter[int], Counter[tuple[int, int]]]:
    """Run `call` in a child; how often each address, and each jump, was executed.

    A jump is a pair of addresses that do not follow one another.
    """
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    ptrace.argtypes, ptrace.restype = [ctypes.c_long] * 4, ctypes.c_long
    child = os.fork()
    if child == 0:
        call()  # what a first call of a process does is not stepped
        ptrace(PTRACE_TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            call()
        finally:
            os._exit(0)
    addresses: Counter[int] = Counter()
    jumps: Counter[tuple[int, int]] = Counter()
    previous = 0
    _, status = os.waitpid(child, 0)
    while os.WIFSTOPPED(status):
        here = ptrace(PTRACE_PEEKUSER, child, RIP, 0)
        addresses[here] += 1
        if not 0 < here - previous <= LONGEST:
            jumps[previous, here] += 1
        previous = here
        given = os.WSTOPSIG(status)
        given = 0 if given in (signal.SIGTRAP, signal.SIGSTOP) else given
        if ptrace(PTRACE_SINGLESTEP, child, 0, given) < 0:
            raise OSError(ctypes.get_errno(), "single-stepping is not possible here")
        _, status = os.waitpid(child, 0)
    if status:
        raise OSError(f"the stepped process ended with status {status}")
    return addresses, jumps


def foreign(address: int) -> bool:
    """Whether an address is in a file that is not generated code."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        fields = line.split(maxsplit=5)
        low, high = (int(part, 16) for part in fields[0].split("-"))
        if low <= address < high:
            name = fields[5] if len(fields) > 5 else ""
            return name.startswith(("/", "[")) and not any(
                part in name for part in ("-native.so", "memfd:", "[anon")
            )
    return True


def find_entry(jumps: Counter[tuple[int, int]]) -> int:
    """Where the hottest call inside generated code goes."""
    for (source, target), _ in jumps.most_common():
        if source == 0 or foreign(source) or foreign(target):
            continue
        (first, *_) = disassemble(ctypes.string_at(source, LONGEST))
        if first.text.startswith("call"):
            return target
    raise LookupError("no call was seen in generated code")


def count(code: bytes, call: Callable[[], object]) -> FibFigures:
    """Step `call`, whose function is `code`."""
    addresses, jumps = step(call)
    entry = find_entry(jumps)
    if ctypes.string_at(entry, 4) != code[:4]:
        raise LookupError("the stepped function is not the expected one")
    instructions = disassemble(code)
    calls = addresses[entry]
    executed = accesses = 0
    for each in instructions:
        times = addresses[entry + each.offset]
        executed += times
        accesses += times * each.accesses
    listing = [f"{each.offset:4x}  {each.text}" for each in instructions]
    per_call = executed / calls, accesses / calls
    return FibFigures(len(instructions), len(code), *per_call, listing)


def of_engine(engine: str) -> FibFigures:
    """The figures of an engine, in this process."""
    host = hosts.make(engine)
    with tempfile.TemporaryDirectory() as folder:
        if isinstance(host, hosts.NativeHost):
            return _native(Path(folder))
        path = Path(folder) / "fib.wasm"
        text = (ROOT / "examples" / "fib.wat").read_text()
        text = text.replace('(export "fib")', '(export "run")')
        path.write_bytes(read(text.encode()))
        run = host.load(path)
        module = host.compile(path.read_bytes())
    if isinstance(host, hosts.LbtoolHost):
        code = module[1][0].artifact.code
    else:
        symbols = Elf(bytes(module.serialize())).symbols
        code = next(v for k, v in symbols.items() if "wasm[0]::function[0]" in k)
    return count(code, lambda: _checked(run))


def build(made: Path) -> None:
    """Compile fib in C to a shared library as `hosts.native_library` does."""
    command = ["gcc", *hosts.C_FLAGS, str(HERE / "fib.c"), "-o", str(made)]
    subprocess.run(command, check=True, timeout=60)


def _native(folder: Path) -> FibFigures:
    made = folder / "fib.so"
    build(made)
    run = hosts.native_library(HERE / "fib.c").run
    code = Elf(made.read_bytes()).symbols["fib"]
    return count(code, lambda: _checked(run))


def _checked(run: Callable[[int], int]) -> None:
    if run(ARGUMENT) != RESULT:
        raise ValueError("fib is wrong")


def measure(problems: list[str]) -> dict[str, FibFigures]:
    """The figures of each engine whose process can be stepped here."""
    found = {}
    for engine in ENGINES:
        command = [sys.executable, "-m", "tests.bench.fib_bench", engine]
        done = subprocess.run(
            command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            problems.append(f"fib, {TITLES[engine]}: {reason}")
        else:
            found[engine] = FibFigures(**json.loads(done.stdout))
    return found


def table(figures: dict[str, FibFigures]) -> Table:
    """Ours beside the others."""
    made = Table(
        "The recursive fib of the README",
        ("code", "instructions", "bytes", "executed per call", "accesses per call"),
        note="Every instruction of the function counts, in the first two columns "
        "out-of-line trap stubs, too; pushes, pops, calls and returns are memory "
        f"accesses. Stepped: fib({ARGUMENT}).",
    )
    rows = {TITLES[engine]: _row(each) for engine, each in figures.items()}
    for name, row in (rows | PUBLISHED).items():
        instructions, size, executed, accesses = row
        figures_ = (number(instructions, 0), number(size, 0))
        made.add(name, *figures_, number(executed, 1), number(accesses, 1))
    return made


def _row(each: FibFigures) -> tuple[int, int, float, float]:
    return each.instructions, each.size, each.executed, each.accesses


if __name__ == "__main__":
    print(json.dumps(asdict(of_engine(sys.argv[1]))))
