"""Linkers: names for what modules import."""

from __future__ import annotations

from lbtool.errors import LinkError
from lbtool.runtime.func import Func
from lbtool.runtime.instance import Instance
from lbtool.runtime.matching import unknown_import

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lbtool.runtime.engine import Engine
    from lbtool.runtime.instance import Extern
    from lbtool.runtime.module import ImportType, Module
    from lbtool.runtime.store import Store
    from lbtool.wasm.types import FuncType

__all__ = ["Linker"]

Key = tuple[str, str]


class Linker:
    """A namespace of importable things; the names are (module, name) pairs.

    >>> from lbtool import I32, Engine, FuncType, Module, Store
    >>> engine = Engine()
    >>> linker = Linker(engine)
    >>> linker.define_func("env", "one", FuncType((), (I32,)), lambda: 1)
    >>> module = Module(engine, '''(module
    ...     (import "env" "one" (func $one (result i32)))
    ...     (export "same" (func $one)))''')
    >>> linker.instantiate(Store(engine), module).exports["same"]()
    1
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.allow_shadowing = False
        self._items: dict[Key, Extern] = {}
        self._callables: dict[Key, tuple[FuncType, Callable[..., Any]]] = {}
        self._wasi = False

    def _claim(self, module: str, name: str) -> Key:
        key = (module, name)
        if not self.allow_shadowing and (key in self._items or key in self._callables):
            raise LinkError(f"{module}::{name} is defined twice")
        self._items.pop(key, None)
        self._callables.pop(key, None)
        return key

    def define(self, module: str, name: str, item: Extern) -> None:
        """Name something of a store. Raises LinkError when the name is taken."""
        self._items[self._claim(module, name)] = item

    def define_func(
        self, module: str, name: str, functype: FuncType, callable_: Callable[..., Any]
    ) -> None:
        """Name a Python callable; it works in every store."""
        self._callables[self._claim(module, name)] = (functype, callable_)

    def define_instance(self, name: str, instance: Instance) -> None:
        """Name all exports of an instance ``(name, export)``."""
        for export, item in instance.exports.items():
            self.define(name, export, item)

    def define_wasi(self) -> None:
        """Offer WASI preview 1, as `Store.set_wasi` configures it."""
        self._wasi = True

    def get(self, store: Store, module: str, name: str) -> Extern | None:
        """What is defined under this name, or None."""
        found = self._callables.get((module, name))
        if found is not None:
            return Func(store, *found)
        return self._items.get((module, name))

    def instantiate(self, store: Store, module: Module) -> Instance:
        """An instance whose imports are found by name; errors as of `Instance`."""
        if self._wasi:
            from lbtool.runtime.wasi_link import instantiate_wasi  # noqa: PLC0415

            return instantiate_wasi(self, store, module)
        items = [self.resolve(store, wanted) for wanted in module.imports]
        return Instance(store, module, items)

    def resolve(self, store: Store, wanted: ImportType) -> Extern:
        """What `wanted` names. Raises LinkError: unknown import."""
        item = self.get(store, wanted.module, wanted.name)
        if item is None:
            raise unknown_import(wanted)
        return item
