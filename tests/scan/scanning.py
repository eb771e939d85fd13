"""Helpers of the tests of the scan: modules in, scanned functions out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool.compiler.canonical import canonical_bytes, summary
from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import INVALID
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.compiler.scan_codes import ERR_SIZE
from lbtool.wasm import Module, Profile, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Scanned:
    """What the scan says of one function; `key` and `summary` of valid ones only."""

    funcidx: int
    status: int
    key: bytes
    summary: dict[str, Any]
    slot_index: tuple[int, ...]
    errors: tuple[tuple[int, ...], ...]
    work: int


def error_rows(scanner: Scanner) -> tuple[tuple[int, ...], ...]:
    rows = list(scanner.errors[: scanner.n_errors * ERR_SIZE])
    return tuple(tuple(rows[k : k + ERR_SIZE]) for k in range(0, len(rows), ERR_SIZE))


def scan_all(module: Module, profile: str = "2.0") -> Iterator[Scanned]:
    """Scan every body of a decoded module, with one scanner, as the compiler does."""
    env = ModuleEnv(module, Profile(profile))
    scanner, function = Scanner(), Function()
    for k, body in enumerate(module.bodies):
        funcidx = module.n_imported_funcs + k
        before = scanner.work
        status = scan_body(scanner, env, module.func_types[funcidx], body, function)
        key: bytes = b""
        facts: dict[str, Any] = {}
        indices: tuple[int, ...] = ()
        if status != INVALID:
            key, facts = canonical_bytes(function), summary(function)
            indices = tuple(function.slot_index[: function.n_slots])
        work = scanner.work - before
        errors = error_rows(scanner)
        yield Scanned(funcidx, status, key, facts, indices, errors, work)


def scan_wat(text: str, profile: str = "2.0") -> list[Scanned]:
    """Scan a module in text."""
    return list(scan_all(decode(read(text.encode())), profile))


def scan_one(text: str) -> Scanned:
    """Scan the first function of a module in text, which has to be valid."""
    found = scan_wat(text)[0]
    assert not found.errors, found.errors
    return found


def corpus_modules(corpus: Path) -> list[tuple[str, bytes]]:
    """Every module of the corpus by name."""
    paths = sorted(corpus.glob("*/*.wasm"))
    assert paths
    return [(path.stem, path.read_bytes()) for path in paths]
