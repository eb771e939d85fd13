"""Compile time over the size of a module, three decades of it: is it linear?

Synthetic modules grow in two ways, more functions and one longer function; both are
made of the same statements with other constants. Real modules are those of
`compile_bench`. The exponent of a power law is fitted: 1 is linear. Ours only.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lbtool.compiler import Target, compile_module
from lbtool.wasm import decode, require_valid
from tests.bench.engines import one_core
from tests.bench.stats import Table, exponent, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Points = list[tuple[int, float]]  # bytes of code section, seconds

# A function body has at most 7,654,321 bytes.
SIZES = (7_500, 25_000, 75_000, 250_000, 750_000, 2_500_000, 7_500_000)
QUICK_SIZES = SIZES[:5]
PER_FUNCTION = 10  # statements in a body of "more functions"
SHAPES = {"functions": "more functions", "body": "a longer function"}
REAL = "real modules"


def leb(value: int) -> bytes:
    """Unsigned LEB128."""
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    made.append(value)
    return bytes(made)


def statement(k: int) -> bytes:
    """A loop with a load, arithmetic, a store and a branch; `k` varies it.

    Locals: 0 is the parameter, 1 and 2 are i32, 3 is i64.
    """
    number_ = leb(64 + k % 8000)[:2]
    offset = leb(8 * (k % 500))
    return b"".join((
        b"\x20\x00\x41" + number_ + b"\x71\x21\x01",  # local 1 = local 0 & number
        b"\x03\x40",  # loop
        b"\x20\x01\x28\x02" + offset + b"\x20\x02\x6a\x21\x02",  # local 2 += [local 1]
        b"\x20\x03\x20\x01\xad\x7c\x21\x03",  # local 3 += local 1
        b"\x20\x01\x20\x02\x36\x02" + offset,  # [local 1] = local 2
        b"\x20\x01\x41\x04\x6b\x22\x01\x41\x00\x4a\x0d\x00",  # until it is negative
        b"\x0b",
        b"\x20\x02\x04\x40\x20\x00\x20\x02\x6a\x21\x00\x0b",  # if: local 0 += it
    ))  # fmt: skip


def body(first: int, count: int) -> bytes:
    """A function body with its size."""
    code = b"".join(statement(first + k) for k in range(count))
    made = b"\x02\x02\x7f\x01\x7e" + code + b"\x20\x02\x0b"
    return leb(len(made)) + made


def synthetic(shape: str, size: int) -> bytes:
    """A module whose code section has about `size` bytes; `shape` is of `SHAPES`."""
    if shape == "body":
        bodies = [body(0, max(1, size // len(statement(100))))]
    else:
        kinds = [body(k * PER_FUNCTION, PER_FUNCTION) for k in range(50)]
        count = max(1, size // len(kinds[1]))
        bodies = [kinds[k % len(kinds)] for k in range(count)]
    n = leb(len(bodies))

    def section(number_: int, content: bytes) -> bytes:
        return bytes([number_]) + leb(len(content)) + content

    return b"".join((
        b"\0asm\1\0\0\0",
        section(1, b"\x01\x60\x01\x7f\x01\x7f"),
        section(3, n + bytes(len(bodies))),
        section(5, b"\x01\x00\x01"),
        section(10, n + b"".join(bodies)),
    ))  # fmt: skip


def seconds(data: bytes, repeats: int) -> float:
    """CPU time of compiling on one thread, the least of `repeats`."""
    target, spent = Target(), []
    for _ in range(repeats):
        start = time.process_time()
        module = decode(data)
        require_valid(module, target.profile)
        compile_module(module, target)
        spent.append(time.process_time() - start)
    return min(spent)


def measure(
    real: Mapping[str, tuple[int, float]], repeats: int, sizes: Sequence[int] = SIZES
) -> dict[str, Points]:
    """Points of each shape, and of real modules from what was measured before."""
    found: dict[str, Points] = {}
    with one_core("lbtool"):
        for shape, title in SHAPES.items():
            points = found[title] = []
            for size in sizes:
                data = synthetic(shape, size)
                start, stop = decode(data).bodies[0][0], decode(data).bodies[-1][1]
                points.append((stop - start, seconds(data, repeats)))
    if real:
        found[REAL] = sorted(real.values())
    return found


def table(found: Mapping[str, Points]) -> Table:
    """The fitted exponents, and throughput at both ends."""
    made = Table(
        "Compile time over size",
        ("what grows", "modules", "from kB", "to kB", "exponent", "MB/s first", "last"),
        note="Time is proportional to size to the power of the exponent, by least "
        "squares over the logarithms; doubling the size takes 2 to this power times as "
        "long. Synthetic modules: the least of several runs.",
    )
    for name, points in found.items():
        (first, at_first), (last, at_last) = points[0], points[-1]
        made.add(
            name,
            number(len(points), 0),
            number(first / 1e3, 0),
            number(last / 1e3, 0),
            number(exponent(points), 3) if len(points) > 1 else number(None),
            number(first / 1e6 / at_first, 1),
            number(last / 1e6 / at_last, 1),
        )
    return made
