"""Directories of a cache for tests, and records to put there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from lbtool.cache.cache import Cache, open_cache
from lbtool.cache.keys import Env
from lbtool.compiler import Target, compile_module
from lbtool.wasm import decode
from tests.compiler.sources import many
from tests.scan.scanning import scan_all

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from lbtool.compiler.artifact import Artifact


@dataclass
class Place:
    """Where a cache and its MAC key are; `warnings` of the caches opened there."""

    cache: Path
    state: Path
    warnings: list[str] = field(default_factory=list)

    def use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, path in self.environment().items():
            monkeypatch.setenv(name, path)

    def environment(self) -> dict[str, str]:
        return {
            "LBTOOL_CACHE_DIR": str(self.cache),
            "LBTOOL_STATE_DIR": str(self.state),
        }

    def open(self, **options: Any) -> Cache:
        """The cache; `LBTOOL_CACHE_DIR` and `LBTOOL_STATE_DIR` say where."""
        return open_cache(warn=self.warnings.append, **options)


@cache
def compiled(count: int = 60) -> dict[bytes, Artifact]:
    """Artifacts by key, as a clean compiler makes them."""
    module = decode(many(count))
    env, target = Env(Target()), Target()
    keys = [env.key(each.key) for each in scan_all(module)]
    functions = compile_module(module, target)
    return {k: f.artifact for k, f in zip(keys, functions, strict=True)}


def a_key(n: int) -> bytes:
    """Some key."""
    return n.to_bytes(32, "big")
