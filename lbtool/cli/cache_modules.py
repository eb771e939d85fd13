"""The parts of ``lbtool cache`` that compile: checking artifacts, explaining misses.

Both go from a file to keys as a build does, but store nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from lbtool.cache import last
from lbtool.cache.keys import Env, last_key
from lbtool.cache.kinds import LAST
from lbtool.cache.seal import Rejected
from lbtool.cli.asm import find_function
from lbtool.compiler.codes import INVALID, OK
from lbtool.compiler.compile import compile_function
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.keying import Keyer
from lbtool.compiler.target import Target
from lbtool.errors import ModuleError
from lbtool.wasm import decode, read, require_valid
from lbtool.wasm.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.cache.cache import Cache
    from lbtool.config import Settings
    from lbtool.wasm.module import Module

    Bounds = Literal["guard", "explicit"]

__all__ = ["Reason", "Verified", "explain_miss", "verify_builds", "verify_file"]

SEED = 1


@dataclass(frozen=True, slots=True)
class Verified:
    """Artifacts of a file, compiled again; `different` are names of functions."""

    path: str
    compared: int
    absent: int
    different: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a function's artifact is there or is not.

    state    ``hit``; ``changed`` with `changes`; ``lost``: nothing changed, but the
             artifact is not there; ``unknown``: no build of this function is known
    """

    name: str
    key: str
    state: str
    text: str
    changes: tuple[last.Change, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        changes = [each._asdict() for each in self.changes]
        return {**asdict(self), "changes": changes}


class _Subject:
    """A module with what makes keys of its functions."""

    def __init__(
        self, path: str, settings: Settings, bounds: Bounds | None = None
    ) -> None:
        profile = Profile(settings.wasm)
        self.module: Module = decode(read(path), path=path)
        require_valid(self.module, profile)
        self.target = Target(bounds=bounds or settings.bounds, profile=profile)
        self.env = Env(self.target)
        self.keyer = Keyer(ModuleEnv(self.module, profile))

    def canonical(self, which: Iterable[int]) -> dict[int, bytes]:
        """Canonical bytes of those defined functions that we compile, by funcidx.

        Raises the `ModuleError` of a function that is not valid.
        """
        module, first = self.module, self.module.n_imported_funcs
        wanted = list(which)
        found = self.keyer.scan(
            [module.bodies[funcidx - first] for funcidx in wanted],
            [module.func_types[funcidx] for funcidx in wanted],
        )
        for funcidx, each in zip(wanted, found, strict=True):
            if each.status == INVALID:
                compile_function(module, funcidx, self.target)  # raises
        return {
            funcidx: each.canonical
            for funcidx, each in zip(wanted, found, strict=True)
            if each.status == OK
        }


def verify_builds(
    cache: Cache, settings: Settings, sample: int | None
) -> tuple[list[Verified], list[str]]:
    """`verify_file` for every file of which a build is recorded.

    What comes second are files that are not there any more, or no valid modules.
    """
    verified, missing = [], []
    records = cache.records(LAST, cache.keys(LAST))
    for build in sorted(_loaded(each) for each in records.values()):
        bounds: Bounds = "guard"
        if build.components.get("option bounds") == repr("explicit"):
            bounds = "explicit"
        try:
            verified.append(verify_file(cache, settings, build.path, sample, bounds))
        except (ModuleError, OSError):
            missing.append(build.path)
    return verified, missing


def verify_file(
    cache: Cache,
    settings: Settings,
    path: str,
    sample: int | None,
    bounds: Bounds | None = None,
) -> Verified:
    """Compile every function (or a sample) whose artifact is there, and compare.

    Raises the `ModuleError` of a module that is not valid, OSError for a file that
    cannot be read.
    """
    subject = _Subject(path, settings, bounds)
    first = subject.module.n_imported_funcs
    functions = range(first, first + len(subject.module.bodies))
    canonical = subject.canonical(functions)
    keys = {funcidx: subject.env.key(c) for funcidx, c in canonical.items()}
    there = cache.artifacts(list(keys.values()))
    hits = [funcidx for funcidx, key in keys.items() if key in there]
    chosen = hits
    if sample is not None and sample < len(hits):
        chosen = sorted(Random(SEED).sample(hits, sample))  # noqa: S311 - no secret
    different = []
    for funcidx in chosen:
        made = compile_function(subject.module, funcidx, subject.target)
        if made.artifact != there[keys[funcidx]]:
            different.append(last.function_name(subject.module, funcidx))
    return Verified(path, len(chosen), len(keys) - len(hits), tuple(different))


def explain_miss(cache: Cache, settings: Settings, path: str, wanted: str) -> Reason:
    """Why the artifact of a function (name, export, index) is there or is not.

    Raises `UsageFault` for no such function, the `ModuleError` of a function that is
    not compiled, OSError for a file that cannot be read.
    """
    subject = _Subject(path, settings)
    funcidx = find_function(subject.module, wanted)
    canonical = subject.canonical([funcidx]).get(funcidx)
    if canonical is None:
        compile_function(subject.module, funcidx, subject.target)  # raises
        raise ModuleError(())
    now = last.made(subject.env.key(canonical), canonical)
    name = last.function_name(subject.module, funcidx)
    key = now.key.hex()
    if now.key in cache.artifacts([now.key]):
        return Reason(name, key, "hit", "its code is in the cache")
    before = _last_build(cache, path)
    found = last.changes(before, name, subject.env, now) if before else None
    if found is None:
        text = "no earlier build of it is known: `lbtool build` makes one"
        return Reason(name, key, "unknown", text)
    if not found:
        text = "nothing changed, but its code is not kept any more: build it again"
        return Reason(name, key, "lost", text)
    parts = ", ".join(change.component for change in found)
    return Reason(
        name, key, "changed", f"new since the last build: {parts}", tuple(found)
    )


def _last_build(cache: Cache, path: str) -> last.Last | None:
    key = last_key(path)
    payload = cache.records(LAST, [key]).get(key)
    return None if payload is None else _loaded(payload)


def _loaded(payload: bytes) -> last.Last:
    """A record that was sealed, so it is one of ours."""
    try:
        return last.load(payload)
    except Rejected:
        return last.Last("", {}, {})
