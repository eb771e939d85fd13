"""Single steps through compiled code: builds ``stepper.c`` and gives it its tables.

A `Probe` says what to note, a point is a code offset with its probes, and a trace is
the list of visits to points in order. What the noted words mean is ``claims``' matter.
"""

from __future__ import annotations

import ctypes
import subprocess
from array import array
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lbtool import abi
from lbtool.runtime.func import Func

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOURCE = Path(__file__).with_name("stepper.c")
LOG_WORDS = 1 << 20


class Kind(IntEnum):
    """Where a probe looks; numbered as in ``stepper.c``."""

    GPR = 0
    XMM = 1
    STACK = 2
    HEAP = 3
    FLAGS = 4


Probe = tuple[Kind, int, int]
"""(kind, register or -1, displacement)"""


@dataclass(frozen=True, slots=True)
class Visit:
    """The machine at a point: `words` has one 64-bit word per probe of the point."""

    point: int
    rsp: int
    words: Sequence[int]


@dataclass(frozen=True, slots=True)
class Trace:
    """`cut`: the call went on after the last visit, unobserved."""

    visits: list[Visit]
    cut: bool


@cache
def _library() -> ctypes.CDLL:
    with TemporaryDirectory() as folder:
        path = f"{folder}/stepper.so"
        options = ["-O2", "-Wall", "-Werror", "-shared", "-fPIC"]
        subprocess.run(["gcc", *options, str(SOURCE), "-o", path], check=True)
        library = ctypes.CDLL(path)
    word, pointer = ctypes.c_uint64, ctypes.c_void_p
    library.stepper_begin.argtypes = [word] * 3 + [pointer] * 3 + [word] * 2
    library.stepper_log.argtypes = [pointer, word, word]
    library.stepper_used.restype = word
    return library


@cache
def _log() -> array[int]:
    """One for all runs."""
    return array("Q", bytes(8 * LOG_WORDS))


def _address(data: array[Any]) -> int:
    return data.buffer_info()[0]


class Stepper:
    """Traces calls of one instance whose code has points.

    `base` is the machine address of the code, `points` maps offsets to probes.
    """

    def __init__(self, base: int, size: int, points: dict[int, list[Probe]]) -> None:
        self.base, self.size = base, size
        self.points = points
        self._at = array("i", [-1]) * (size + 1)
        spans, probes = array("I"), array("i")
        for number, (offset, wanted) in enumerate(points.items()):
            self._at[offset] = number
            spans.extend((len(probes) // 3, len(wanted)))
            for probe in wanted:
                probes.extend(probe)
        self._spans, self._probes = spans, probes
        self._counts = [len(wanted) for wanted in points.values()]

    def traced(self, func: Func, steps: int) -> Func:
        """The same function by an entry that starts the steps; one call at a time."""
        code, context = (
            ctypes.c_uint64.from_address(func.cell_address() + field).value
            for field in (abi.REF_CODE, abi.REF_VMCTX)
        )
        self._begin(code, steps)
        entry = ctypes.cast(_library().stepper_entry, ctypes.c_void_p).value
        assert entry is not None
        return Func.from_native(func.store, func.type, entry, context, func)

    def _begin(self, code: int, steps: int) -> None:
        _library().stepper_begin(
            code,
            self.base,
            self.size,
            _address(self._at),
            _address(self._spans),
            _address(self._probes),
            abi.VM_CELLS,
            abi.MEM_SIZE,
        )
        _library().stepper_log(_address(_log()), LOG_WORDS, steps)

    def trace(self) -> Trace:
        """What the last call left behind."""
        log, used = _log(), _library().stepper_used()
        visits, at = [], 0
        while at < used:
            end = at + 2 + self._counts[log[at]]
            visits.append(Visit(log[at], log[at + 1], log[at + 2 : end]))
            at = end
        return Trace(visits, bool(_library().stepper_cut()))


@contextmanager
def installed() -> Iterator[None]:
    """Steps are possible inside; the SIGTRAP handler of before comes back."""
    assert _library().stepper_install() == 0
    try:
        yield
    finally:
        assert _library().stepper_restore() == 0
