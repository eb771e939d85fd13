"""Canonical bytes of many functions in a row without the GIL: what a cache asks for.

The bytes are those of ``canonical.canonical_bytes``, written straight from the scan
into one flat buffer, with the bindings of the functions beside them. Unlike `Batch` it
does not stop at a body that is not valid: that one has a status and no bytes. What a
digest of the bytes is good for is not known here.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import cython

from lbtool.buffers import grown, ints, octets
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.records import NamedTuple

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.compiler.env import ModuleEnv

__all__ = ["Keyed", "Keyer"]


class Keyed(NamedTuple):
    """What a scan says of one body.

    status      OK, INVALID or UNSUPPORTED
    canonical   `canonical_bytes`, empty unless OK
    binding     as in `CompiledFunction`; so are `slot_kinds` and `imported`
    """

    status: int
    canonical: bytes
    binding: bytes
    slot_kinds: bytes
    imported: bytes


class Keyer:
    """Scanner and canonical function of one thread, with room for what they give."""

    def __init__(self, env: ModuleEnv) -> None:
        self.scanner = Scanner()
        self.function = Function()
        self.scanner.bind(env, self.function)
        self.done = self.status = 0
        self.out = octets(1 << 16)
        self.indices = ints(1 << 12)
        self.n_out = self.n_indices = 0
        self.part = octets(1 << 10)
        self.n_part = 0
        self.env = env
        self.ranges = self.types = ints(1)
        self.statuses = self.sizes = self.counts = ints(1)

    def scan(
        self, bodies: Sequence[tuple[int, int]], types: Sequence[int]
    ) -> list[Keyed]:
        """Scan bodies (byte ranges of the env's data) of these type indices.

        A type index that does not exist makes its body INVALID.
        """
        n = len(bodies)
        self.ranges = memoryview(array("i", [at for each in bodies for at in each]))
        known = self.env.type_nparams
        usable = {t for t in range(len(known)) if known[t] >= 0}
        self.types = memoryview(array("i", [t if t in usable else -1 for t in types]))
        self.statuses, self.sizes, self.counts = ints(n + 1), ints(n + 1), ints(n + 1)
        self.done = self.n_out = self.n_indices = 0
        self.status = OK
        self.scanner.reserve(max((end - start for start, end in bodies), default=0))
        while self.done < n:
            with cython.nogil:
                self.run(n)
            if self.status == RESTART:
                self.grow()
        return list(self.results())

    def run(self, last: int) -> int:
        """Scan on until body `last`, or until a buffer is too small."""
        self.status = OK
        while self.done < last and self.status != RESTART:
            self.one(self.done)
        return 0

    def one(self, k: int) -> int:
        if self.types[k] < 0:
            self.status = INVALID
        else:
            self.status = self.scanner.run(
                self.types[k], self.ranges[2 * k], self.ranges[2 * k + 1]
            )
        if self.status == RESTART or (self.status == OK and self.write(k)):
            return 0
        self.statuses[k] = self.status
        self.done = k + 1
        return 0

    # ---- room

    def needed(self) -> int:
        """Bytes that all parts but the body can take, five for every number."""
        types = 5 + 10 * self.function.n_types + self.function.n_vals
        return types + 6 * self.function.n_locals + 15 * (self.function.n_slots + 1)

    def grow(self) -> None:
        """Make room for whatever the body at hand needs."""
        if self.scanner.status == RESTART:
            self.scanner.grow()
            return
        need = self.needed()
        if need > len(self.part):
            self.part = octets(2 * need)
        self.out = grown(
            self.out, 2 * len(self.out) + 2 * (need + self.function.body_len)
        )
        self.indices = grown(
            self.indices, 2 * len(self.indices) + self.function.n_slots
        )

    # ---- writing

    def write(self, k: int) -> int:
        """Append what is known of the function at hand; 1 if there is no room."""
        n = self.function.n_slots
        need = self.needed()
        room = need + self.function.body_len + 25 + 2 * n
        if (
            need > len(self.part)
            or self.n_out + room > len(self.out)
            or self.n_indices + n > len(self.indices)
        ):
            self.status = RESTART
            return 1
        start = self.n_out
        self.types_part()
        self.locals_part()
        self.leb_out(self.function.body_len)
        self.out[self.n_out : self.n_out + self.function.body_len] = self.function.body[
            : self.function.body_len
        ]
        self.n_out += self.function.body_len
        self.slots_part()
        self.leb(self.function.memory0_slot + 1)
        self.flush()
        at = self.n_out
        for s in range(n):
            self.out[at + s] = self.function.slot_kind[s]
            self.out[at + n + s] = self.function.slot_flags[s] & 1
            self.indices[self.n_indices + s] = self.function.slot_index[s]
        self.n_out = at + 2 * n
        self.n_indices += n
        self.sizes[k] = at - start
        self.counts[k] = n
        return 0

    def types_part(self) -> int:
        self.leb(self.function.n_types)
        for t in range(self.function.n_types):
            first = self.function.type_start[t]
            self.vals(first, self.function.type_nparams[t])
            self.vals(
                first + self.function.type_nparams[t], self.function.type_nresults[t]
            )
        return self.flush()

    def vals(self, first: int, n: int) -> int:
        """A vector of value types."""
        self.leb(n)
        for i in range(first, first + n):
            self.part[self.n_part] = self.function.type_vals[i]
            self.n_part += 1
        return 0

    def locals_part(self) -> int:
        """Runs of declared locals of one type, as long as they can be."""
        i = self.function.n_params
        while i < self.function.n_locals:
            first = i
            while (
                i < self.function.n_locals
                and self.function.local_type[i] == self.function.local_type[first]
            ):
                i += 1
            self.leb(i - first)
            self.part[self.n_part] = self.function.local_type[first]
            self.n_part += 1
        return self.flush()

    def slots_part(self) -> int:
        self.leb(self.function.n_slots)
        for s in range(self.function.n_slots):
            self.leb(self.function.slot_kind[s])
            self.leb(self.function.slot_flags[s])
            self.leb(self.function.slot_type[s])
        return self.flush()

    def leb(self, value: int) -> int:
        """A number at the end of the part."""
        while value >= 0x80:
            self.part[self.n_part] = value & 0x7F | 0x80
            self.n_part += 1
            value >>= 7
        self.part[self.n_part] = value
        self.n_part += 1
        return 0

    def leb_out(self, value: int) -> int:
        """A length at the end of the output."""
        while value >= 0x80:
            self.out[self.n_out] = value & 0x7F | 0x80
            self.n_out += 1
            value >>= 7
        self.out[self.n_out] = value
        self.n_out += 1
        return 0

    def flush(self) -> int:
        """The part that was written goes out with its length in front."""
        n = self.n_part
        self.leb_out(n)
        at = self.n_out
        for i in range(n):
            self.out[at + i] = self.part[i]
        self.n_out = at + n
        self.n_part = 0
        return 0

    # ---- results

    def results(self) -> Iterator[Keyed]:
        """The flat buffers as objects."""
        data, indices = bytes(self.out[: self.n_out]), self.indices
        at = word = 0
        for k in range(self.done):
            n = self.counts[k]
            kinds = at + self.sizes[k]
            flags = kinds + n
            yield Keyed(
                self.statuses[k],
                data[at:kinds],
                bytes(indices[word : word + n]),
                data[kinds:flags],
                data[flags : flags + n],
            )
            at, word = flags + n, word + n
