"""Random edits of a module, as saves of a file: what an editor or a compiler does.

Each is one save, mostly of one body. The results may be invalid, unsupported or, after
`damage`, no module at all: a build has to say so as if it saw the file for the first
time.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lbtool.abi import V128
from tests.property.generate import generate
from tests.reference.binary import Body, decode, encode
from tests.scan import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.reference.binary import RawModule

NOP, DROP, END = (0x01,), (0x1A,), (0x0B,)


def _body(rng: Random, m: RawModule) -> Body:
    return rng.choice(m.bodies)


def grow(rng: Random, m: RawModule) -> None:
    """Another length, another code."""
    body = _body(rng, m)
    constant = [(0x41, rng.randrange(-(1 << 31), 1 << 31)), DROP]
    body.code[0:0] = constant * rng.randrange(1, 40)


def same_length(rng: Random, m: RawModule) -> None:
    body = _body(rng, m)
    body.code[0:0] = [(0x41, rng.randrange(64)), DROP]


def shrink(rng: Random, m: RawModule) -> None:
    body = _body(rng, m)
    if len(body.code) > 2 and body.code[1] == DROP and body.code[0][0] == 0x41:
        del body.code[:2]


def several(rng: Random, m: RawModule) -> None:
    for _ in range(rng.randrange(2, 6)):
        grow(rng, m)


def swap(rng: Random, m: RawModule) -> None:
    """Two bodies of one type change places, and nothing else does."""
    a, b = rng.randrange(len(m.bodies)), rng.randrange(len(m.bodies))
    if m.funcs[a] == m.funcs[b]:
        m.bodies[a], m.bodies[b] = m.bodies[b], m.bodies[a]


def copy_body(rng: Random, m: RawModule) -> None:
    a, b = rng.randrange(len(m.bodies)), rng.randrange(len(m.bodies))
    if m.funcs[a] == m.funcs[b]:
        m.bodies[a] = deepcopy(m.bodies[b])


def invalid(rng: Random, m: RawModule) -> None:
    _body(rng, m).code.insert(0, DROP)


def vector(rng: Random, m: RawModule) -> None:
    _body(rng, m).locals.append(V128)


def add_function(rng: Random, m: RawModule) -> None:
    del rng
    edits.func_back(m)


def insert_function(rng: Random, m: RawModule) -> None:
    del rng
    edits.func_front(m)


def data(rng: Random, m: RawModule) -> None:
    """What stands behind the code."""
    del rng
    edits.data_contents(m)


def renumber(rng: Random, m: RawModule) -> None:
    rng.choice(edits.RENUMBER)(m)


def fact(rng: Random, m: RawModule) -> None:
    rng.choice(edits.FACTS)(m)


EDITS: tuple[Callable[[Random, RawModule], None], ...] = (
    grow, grow, same_length, same_length, shrink, several, swap, copy_body, invalid,
    vector, add_function, insert_function, data, renumber, fact,
)  # fmt: skip


def damage(rng: Random, contents: bytes) -> bytes:
    """A few bytes changed, taken out or put in."""
    found = bytearray(contents)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(8, len(found))
        kind = rng.randrange(3)
        if kind == 0:
            found[at] = rng.randrange(256)
        elif kind == 1:
            del found[at : at + rng.randrange(1, 4)]
        else:
            found[at:at] = rng.randbytes(rng.randrange(1, 4))
    return bytes(found)


def saves(rng: Random, count: int) -> Iterator[bytes]:
    """Contents of a file, save after save; now and then an earlier one again."""
    module = decode(generate(rng.randrange(4000)).wasm)
    versions = [module]
    for _ in range(count):
        chance = rng.random()
        if chance < 0.1:
            module = rng.choice(versions)
        elif chance < 0.15:
            yield damage(rng, encode(module))
            continue
        else:
            module = deepcopy(module)
            rng.choice(EDITS)(rng, module)
            if len(versions) < 8:
                versions.append(module)
        yield encode(module)
