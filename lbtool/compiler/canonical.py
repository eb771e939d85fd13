"""Canonical bytes of a function: what the compiler's result may depend on, and no more.

`canonical_bytes` is the input of cache keys; `load` scans it back into a `Function`, as
if the function came from a module whose index spaces are its slot table. So compilation
is a function of these bytes. Hashing, stores and the module's own index numbers are not
here.

Layout: five parts, each with its length as LEB128 in front::

    types     count, then per type: count and value types of parameters, of results;
              type 0 is the function's own signature
    locals    runs (count, value type) of declared locals, neighbours of one type merged
    body      canonical body; index immediates are slot numbers
    slots     count, then per slot: kind, flags, type (see `Function`)
    memory0   slot of memory 0 plus one, 0 if the body touches no memory
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lbtool.abi import (
    SLOT_DATA,
    SLOT_ELEM,
    SLOT_FUNC,
    SLOT_GLOBAL,
    SLOT_IMPORTED,
    SLOT_MEMORY,
    SLOT_MUTABLE,
    SLOT_TABLE,
    SLOT_TYPE,
)
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import INVALID
from lbtool.compiler.env import ABSENT, ModuleEnv, ints
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.compiler.scan_tables import VALIDATED
from lbtool.wasm.leb import unsigned
from lbtool.wasm.types import REFTYPES, VALTYPES, FuncType, valtype_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

__all__ = [
    "Canonical",
    "Slot",
    "canonical_bytes",
    "canonical_env",
    "describe",
    "load",
    "parse",
    "slot_text",
    "summary",
]

KIND_NAMES = {
    SLOT_FUNC: "function",
    SLOT_TYPE: "type",
    SLOT_TABLE: "table",
    SLOT_MEMORY: "memory",
    SLOT_GLOBAL: "global",
    SLOT_DATA: "data segment",
    SLOT_ELEM: "element segment",
}
TYPED = (SLOT_FUNC, SLOT_TYPE)
# Highest flags per kind; those of memories have the page size and more in them.
FLAGS = {
    SLOT_FUNC: SLOT_IMPORTED,
    SLOT_TYPE: 0,
    SLOT_TABLE: SLOT_IMPORTED,
    SLOT_MEMORY: 0xFFF,
    SLOT_GLOBAL: SLOT_IMPORTED | SLOT_MUTABLE,
    SLOT_DATA: 0,
    SLOT_ELEM: 0,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """What a body refers to: `type` as `Function.slot_type` has it."""

    kind: int
    flags: int
    type: int


@dataclass(frozen=True, slots=True)
class Canonical:
    """Parsed canonical bytes; `locals` are runs (count, value type)."""

    types: tuple[FuncType, ...]
    locals: tuple[tuple[int, int], ...]
    body: bytes
    slots: tuple[Slot, ...]
    memory0: int


# ---- writing


def _vector(items: bytes) -> bytes:
    return unsigned(len(items)) + items


def _type(function: Function, t: int) -> FuncType:
    start = function.type_start[t]
    middle = start + function.type_nparams[t]
    end = middle + function.type_nresults[t]
    vals = bytes(function.type_vals[start:end])
    return FuncType(tuple(vals[: middle - start]), tuple(vals[middle - start :]))


def _runs(function: Function) -> Iterator[tuple[int, int]]:
    types = bytes(function.local_type[function.n_params : function.n_locals])
    at = 0
    while at < len(types):
        rest = types[at:].lstrip(types[at : at + 1])
        n = len(types) - at - len(rest)
        yield n, types[at]
        at += n


def _slots(function: Function) -> Iterator[Slot]:
    for s in range(function.n_slots):
        kind, flags = function.slot_kind[s], function.slot_flags[s]
        yield Slot(kind, flags, function.slot_type[s])


def canonical_bytes(function: Function) -> bytes:
    """The key input of a scanned, valid function."""
    types = [_type(function, t) for t in range(function.n_types)]
    slots = list(_slots(function))
    parts = (
        unsigned(len(types))
        + b"".join(_vector(bytes(t.params)) + _vector(bytes(t.results)) for t in types),
        b"".join(unsigned(n) + bytes([valtype]) for n, valtype in _runs(function)),
        bytes(function.body[: function.body_len]),
        unsigned(len(slots))
        + b"".join(
            unsigned(s.kind) + unsigned(s.flags) + unsigned(s.type) for s in slots
        ),
        unsigned(function.memory0_slot + 1),
    )
    return b"".join(map(_vector, parts))


# ---- reading


class _Reader:
    """Strict reader of a part: anything unexpected is a ValueError."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pos = 0

    def leb(self) -> int:
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        if (
            value >> 31
            or unsigned(value) != self.data[self.pos - shift // 7 - 1 : self.pos]
        ):
            raise ValueError("not canonical: integer")
        return value

    def take(self, n: int) -> bytes:
        found = self.data[self.pos : self.pos + n]
        if len(found) != n:
            raise ValueError("not canonical: too short")
        self.pos += n
        return found

    def vector(self) -> bytes:
        return self.take(self.leb())

    def done(self) -> None:
        if self.pos != len(self.data):
            raise ValueError("not canonical: trailing bytes")


def _read_all(data: bytes, read: Callable[[_Reader], T]) -> T:
    reader = _Reader(data)
    found = read(reader)
    reader.done()
    return found


def _read_types(reader: _Reader) -> tuple[FuncType, ...]:
    n = reader.leb()
    types = tuple(
        FuncType(tuple(reader.vector()), tuple(reader.vector())) for _ in range(n)
    )
    if not types or not {v for t in types for v in (*t.params, *t.results)} <= {
        *VALTYPES
    }:
        raise ValueError("not canonical: types")
    return types


def _read_locals(reader: _Reader) -> tuple[tuple[int, int], ...]:
    runs = []
    while reader.pos < len(reader.data):
        runs.append((reader.leb(), reader.take(1)[0]))
    return tuple(runs)


def _read_slots(reader: _Reader) -> tuple[Slot, ...]:
    n = reader.leb()
    return tuple(Slot(reader.leb(), reader.leb(), reader.leb()) for _ in range(n))


def _plausible(slot: Slot, n_types: int) -> bool:
    if slot.flags > FLAGS.get(slot.kind, ABSENT):
        return False
    if slot.kind in TYPED:
        return slot.type < n_types
    if slot.kind == SLOT_GLOBAL:
        return slot.type in VALTYPES
    return slot.type in REFTYPES if slot.kind == SLOT_TABLE else slot.type == 0


def parse(data: bytes) -> Canonical:
    """Structure of canonical bytes; ValueError if they are none."""
    reader = _Reader(data)
    parts = [reader.vector() for _ in range(5)]
    reader.done()
    types = _read_all(parts[0], _read_types)
    slots = _read_all(parts[3], _read_slots)
    if not all(_plausible(slot, len(types)) for slot in slots):
        raise ValueError("not canonical: slot")
    memory0 = _read_all(parts[4], _Reader.leb) - 1
    if memory0 >= len(slots):
        raise ValueError("not canonical: memory 0")
    locals_ = _read_all(parts[1], _read_locals)
    return Canonical(types, locals_, parts[2], slots, memory0)


def canonical_env(canonical: Canonical) -> ModuleEnv:
    """Environment in which the canonical body is a body: slot i is index i of its kind.

    `ModuleEnv.data` is the local declarations and the body. The function's own
    signature is type ``len(slots)``. Everything the scan validates is on: a body is in
    canonical form only after it was valid under the profile of its module.
    """
    env = ModuleEnv.__new__(ModuleEnv)
    env.set_features(VALIDATED | {"multi-memory"})
    runs = canonical.locals
    decls = b"".join(unsigned(n) + bytes([valtype]) for n, valtype in runs)
    env.data = unsigned(len(runs)) + decls + canonical.body
    slots, n = canonical.slots, len(canonical.slots)

    def column(kind: int, of: Callable[[Slot], int]) -> memoryview:
        return ints(of(s) if s.kind == kind else ABSENT for s in slots)

    types = [canonical.types[s.type] if s.kind == SLOT_TYPE else None for s in slots]
    env.set_types([*types, *canonical.types])
    env.func_type = column(SLOT_FUNC, lambda s: n + s.type)
    env.func_flags = column(SLOT_FUNC, lambda s: s.flags)
    env.func_declared = b"\1" * n or b"\0"
    env.global_type = column(SLOT_GLOBAL, lambda s: s.type)
    env.global_flags = column(SLOT_GLOBAL, lambda s: s.flags)
    env.table_type = column(SLOT_TABLE, lambda s: s.type)
    env.table_flags = column(SLOT_TABLE, lambda s: s.flags)
    env.memory_flags = column(SLOT_MEMORY, lambda s: s.flags)
    env.elem_type = column(SLOT_ELEM, lambda _: 0)
    env.data_ok = column(SLOT_DATA, lambda _: 1)
    env.n_datas = n
    env.memory0 = canonical.memory0
    return env


def load(data: bytes, scanner: Scanner | None = None) -> Function:
    """Function with its summary from canonical bytes; ValueError if they are none.

    Slot i is bound to index i: `Function.slot_index` says nothing about a module.
    """
    canonical = parse(data)
    env = canonical_env(canonical)
    scanner, function = scanner or Scanner(), Function()
    own = len(canonical.slots)
    if scan_body(scanner, env, own, (0, len(env.data)), function) == INVALID:
        raise ValueError("not canonical: the body does not validate")
    if canonical_bytes(function) != data:
        raise ValueError("not canonical: slots or types in another order")
    return function


# ---- for people and tests


def slot_text(slot: Slot, types: Sequence[FuncType]) -> str:
    """A slot in words; other facts, other words."""
    words = [KIND_NAMES[slot.kind]]
    if slot.kind in TYPED:
        words.append(str(types[slot.type]))
    elif slot.type:
        words.append(valtype_name(slot.type))
    if slot.kind == SLOT_MEMORY and slot.flags & ~SLOT_IMPORTED:
        words.append(f"with flags {slot.flags & ~SLOT_IMPORTED:#x}")
    if slot.flags & SLOT_MUTABLE and slot.kind == SLOT_GLOBAL:
        words.append("mutable")
    if slot.flags & SLOT_IMPORTED:
        words.append("imported")
    return " ".join(words)


def describe(function: Function) -> tuple[str, ...]:
    """The facts of a key in words, one per line: signature, then slots."""
    types = [_type(function, t) for t in range(function.n_types)]
    head = f"signature {types[0]}, {function.n_locals} locals"
    slots = enumerate(_slots(function))
    return (head, *(f"slot {s}: {slot_text(slot, types)}" for s, slot in slots))


def summary(function: Function) -> dict[str, object]:
    """Every summary field of a scanned function, comparable."""
    n, loops, labels = function.n_locals, function.n_loops, function.n_labels
    return {
        "n_instr": function.n_instr,
        "n_params": function.n_params,
        "max_depth": function.max_depth,
        "n_calls": function.n_calls,
        "memory0_slot": function.memory0_slot,
        "unsupported": (function.unsupported, function.unsupported_ordinal),
        "local_type": bytes(function.local_type[:n]),
        "local_weight": tuple(function.local_weight[:n]),
        "local_first_write": tuple(function.local_first_write[:n]),
        "local_last_write": tuple(function.local_last_write[:n]),
        "local_last_use": tuple(function.local_last_use[:n]),
        "local_needs_zero": bytes(function.local_needs_zero[:n]),
        "loop_start": tuple(function.loop_start[:loops]),
        "loop_end": tuple(function.loop_end[:loops]),
        "loop_calls": tuple(function.loop_calls[:loops]),
        "label_branches": tuple(function.label_branches[:labels]),
        "label_else": tuple(function.label_else[:labels]),
        "label_end": tuple(function.label_end[:labels]),
    }
