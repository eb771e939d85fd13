"""How an index is written in text: by its name when that is possible, else as a number.

A name from the name section is used if its characters form an identifier and no other
item of the same index space has it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lbtool.wasm import literals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lbtool.wasm.module import Module

__all__ = ["SPACES", "Identifiers", "identifiers", "share_identifiers", "unique"]

# Kind of immediate -> attribute of `Names` with that index space.
SPACES = {
    "funcidx": "funcs",
    "typeidx": "types",
    "tableidx": "tables",
    "memidx": "memories",
    "globalidx": "globals",
    "elemidx": "elems",
    "dataidx": "datas",
    "tagidx": "tags",
}


def unique(names: Mapping[int, str]) -> dict[int, str]:
    """The entries that can be written as identifiers, with their ``$``."""
    count = Counter(names.values())
    found = {}
    for index, name in names.items():
        identifier = literals.identifier(name)
        if identifier is not None and count[name] == 1:
            found[index] = identifier
    return found


class Identifiers:
    """Identifiers of one module; with ``names=False`` everything is a number."""

    def __init__(self, module: Module, *, names: bool = True) -> None:
        # Not the module itself: it is the weak key of the cache of these objects.
        self._names = module.names if names else None
        self._spaces: dict[str, dict[int, str]] = {}

    def space(self, kind: str) -> dict[int, str]:
        """Identifiers of the index space of an immediate kind."""
        found = self._spaces.get(kind)
        if found is None:
            found = {}
            if self._names is not None:
                found = unique(getattr(self._names, SPACES[kind]))
            self._spaces[kind] = found
        return found

    def ref(self, kind: str, index: int) -> str:
        """An index where it is used."""
        return self.space(kind).get(index) or str(index)

    def define(self, kind: str, index: int) -> str:
        """An index where it is defined: the name, or the number as a comment."""
        return self.space(kind).get(index) or f"(;{index};)"

    @cached_property
    def _locals(self) -> Mapping[int, Mapping[int, str]]:
        return {} if self._names is None else self._names.locals

    @cached_property
    def _labels(self) -> Mapping[int, Mapping[int, str]]:
        return {} if self._names is None else self._names.labels

    def locals(self, funcidx: int) -> dict[int, str]:
        """Identifiers of a function's parameters and locals."""
        return unique(self._locals.get(funcidx, {}))

    def labels(self, funcidx: int) -> dict[int, str]:
        """Identifiers of a function's labels, by order of appearance."""
        return unique(self._labels.get(funcidx, {}))


_CACHE: WeakKeyDictionary[Module, Identifiers] = WeakKeyDictionary()


def identifiers(module: Module) -> Identifiers:
    """Identifiers of `module`, made once."""
    found = _CACHE.get(module)
    if found is None:
        found = _CACHE[module] = Identifiers(module)
    return found


def share_identifiers(module: Module, given: Identifiers) -> None:
    """Let `identifiers` give these for `module`: they are known from its text."""
    _CACHE[module] = given
