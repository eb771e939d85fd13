"""What the last build of a file was made of, so that a miss can be explained.

A LAST record has the file's name, the components of the environment and, per function,
its key and what is in it: the canonical bytes, with a digest in place of the body. So
the facts that changed can be named afterwards. Whoever builds writes one record per
file; nothing of this reaches a key or code.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from lbtool.cache.keys import H
from lbtool.cache.seal import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lbtool.cache.keys import Env
    from lbtool.wasm.module import Module

__all__ = [
    "Change",
    "Last",
    "Made",
    "changes",
    "entry",
    "function_name",
    "load",
    "made",
    "record",
]

BODY = 2  # which part of canonical bytes the body is
DIGEST = 8


class Made(NamedTuple):
    """What a function was made of.

    facts  its canonical bytes with an empty body
    body   digest of the canonical body, 8 bytes
    """

    key: bytes
    body: bytes
    facts: bytes


class Last(NamedTuple):
    """A build: the file, components of its `Env`, and its functions by name."""

    path: str
    components: dict[str, str]
    functions: dict[str, Made]


class Change(NamedTuple):
    """A component of a key that is not what it was; texts for people."""

    component: str
    before: str
    after: str


def function_name(module: Module, funcidx: int) -> str:
    """What a function is called in a record: its name, else its index."""
    return module.func_name(funcidx) or f"func[{funcidx}]"


# ---- bytes


def _joined(parts: Iterable[bytes]) -> bytes:
    return b"".join(
        piece for part in parts for piece in (len(part).to_bytes(4, "little"), part)
    )


def _split(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "little")
        if at + 4 > len(data) or end > len(data):
            raise Rejected("layout")
        yield data[at + 4 : end]
        at = end


def _leb(data: bytes, at: int) -> tuple[int, int]:
    """A number of canonical bytes and the position behind it."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def made(key: bytes, canonical: bytes) -> Made:
    """What to remember of a function with these canonical bytes."""
    at = begin = 0
    for _ in range(BODY):
        size, begin = _leb(canonical, at)
        at = begin + size
    size, begin = _leb(canonical, at)
    end = begin + size
    body = H(canonical[begin:end])[:DIGEST]
    return Made(key, body, canonical[:at] + b"\0" + canonical[end:])


def entry(name: str, key: bytes, canonical: bytes) -> bytes:
    """A function's part of a record; stays as it is while the function does."""
    return _joined((name.encode(errors="surrogatepass"), *made(key, canonical)))


def record(env: Env, path: str, entries: Iterable[bytes]) -> bytes:
    """Payload of a LAST record."""
    texts = (text.encode() for pair in env.components.items() for text in pair)
    place = os.fsencode(os.path.realpath(path))
    return _joined((_joined((place, *texts)), *entries))


def load(payload: bytes) -> Last:
    """The build of a payload; raises `Rejected` for what is none."""
    try:
        head, *entries = _split(payload)
        place, *rest = _split(head)
        texts = [text.decode() for text in rest]
        functions = {}
        for each in entries:
            name, *parts = _split(each)
            functions[name.decode(errors="surrogatepass")] = Made(*parts)
        components = dict(zip(texts[::2], texts[1::2], strict=True))
        return Last(os.fsdecode(place), components, functions)
    except (ValueError, TypeError) as error:
        raise Rejected("layout") from error


# ---- words


def _facts(each: Made) -> dict[str, str]:
    """Components of a function's own part of the key, in words."""
    from lbtool.compiler.canonical import parse, slot_text  # noqa: PLC0415 - heavy
    from lbtool.wasm.types import valtype_name  # noqa: PLC0415

    canonical = parse(each.facts)
    runs = (f"{n} x {valtype_name(valtype)}" for n, valtype in canonical.locals)
    memory0 = canonical.memory0
    found = {
        "signature": str(canonical.types[0]),
        "declared locals": ", ".join(runs) or "none",
        "body": each.body.hex(),
        "memory 0": "not used" if memory0 < 0 else f"slot {memory0}",
    }
    for k, slot in enumerate(canonical.slots):
        found[f"slot {k}"] = slot_text(slot, canonical.types)
    return found


def _different(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, "absent"), after.get(name, "absent")
        if old != new:
            yield Change(name, old, new)


def changes(last: Last, name: str, env: Env, now: Made) -> list[Change] | None:
    """What is new in the key of function `name`; None when it was not there before."""
    before = last.functions.get(name)
    if before is None:
        return None
    return [
        *_different(last.components, env.components),
        *_different(_facts(before), _facts(now)),
    ]
