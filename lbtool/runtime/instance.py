"""Instances: a module's code with its own state, and what it exports."""

from __future__ import annotations

# `collections` itself would be imported for nothing.
from _collections_abc import Iterator, Mapping

from lbtool.runtime.func import Func
from lbtool.runtime.global_ import Global
from lbtool.runtime.instantiate import instantiate
from lbtool.runtime.memory import Memory
from lbtool.runtime.table import Table

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from lbtool.runtime.module import Module
    from lbtool.runtime.store import Store

__all__ = ["Exports", "Extern", "Instance"]

Extern = Func | Memory | Table | Global


class Exports(Mapping[str, "Any"]):
    """Exports of an instance by name, in order; as attributes, too.

    (Names such as ``get`` and ``items``, which every mapping has, only by index.)
    The values are `Extern`: `Func`, `Memory`, `Table` or `Global`.
    """

    def __init__(self, items: Mapping[str, Extern]) -> None:
        self._items = items

    def __getitem__(self, name: str) -> Any:
        return self._items[name]

    def __getattr__(self, name: str) -> Any:
        try:
            return self._items[name]
        except KeyError:
            raise AttributeError(f"no export is named {name!r}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<Exports {list(self._items)}>"


class Instance:
    """An instance of `module` in `store`; `imports` in the order of ``module.imports``.

    Raises `lbtool.errors.LinkError` ("unknown import", "incompatible import type") and
    `Trap` (from segments that do not fit, or from the start function).

    >>> from lbtool import Engine, Module, Store
    >>> engine = Engine()
    >>> module = Module(engine, '(module (memory (export "memory") 1))')
    >>> Instance(Store(engine), module).exports["memory"].size
    1
    """

    def __init__(
        self, store: Store, module: Module, imports: Sequence[Extern] = ()
    ) -> None:
        self.store = store
        self.module = module
        self.exports = Exports(instantiate(store, module, imports))

    def __repr__(self) -> str:
        return f"<Instance of {self.module!r}>"
