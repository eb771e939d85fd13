"""Instances whose WASI imports come from wasmtime: `Linker` after ``define_wasi``.

A guest's memory that WASI functions work on has to be wasmtime's, so it is made here
and handed to instantiation. ``proc_exit`` is ours: wasmtime refuses codes from 126 on,
and here an exit is an outcome, `Exit`.

Not here: the functions themselves (``wasi.py``).
"""

from __future__ import annotations

from lbtool.abi import I32
from lbtool.errors import LinkError
from lbtool.runtime.func import Func
from lbtool.runtime.instance import Exports, Instance
from lbtool.runtime.instantiate import instantiate
from lbtool.runtime.matching import unknown_import
from lbtool.runtime.memory import Memory
from lbtool.runtime.skeleton import KINDS
from lbtool.runtime.wasi import Exit, Wasi, WasiShim
from lbtool.runtime.wasi_shim import MEMORY_EXPORT, ShimFunction, ShimMemory
from lbtool.wasm.types import FuncType

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from typing import NoReturn

    from lbtool.runtime.instance import Extern
    from lbtool.runtime.linker import Linker
    from lbtool.runtime.module import ImportType, Module
    from lbtool.runtime.skeleton import Skeleton
    from lbtool.runtime.store import Store

__all__ = ["instantiate_wasi"]

MODULE = "wasi_snapshot_preview1"
PROC_EXIT = "proc_exit"


def instantiate_wasi(linker: Linker, store: Store, module: Module) -> Instance:
    """An instance whose imports are the linker's, and WASI's where it has none.

    Raises what `Instance` does; LinkError also when the store has no WASI settings;
    `WasiError` when they cannot be had.
    """
    given = [linker.get(store, i.module, i.name) for i in module.imports]
    missing = [i for i, item in zip(module.imports, given, strict=True) if item is None]
    for wanted in missing:
        if wanted.module != MODULE or not isinstance(wanted.type, FuncType):
            raise unknown_import(wanted)
    guest = Guest(store, module, missing)
    items = [
        guest.item(wanted) if item is None else item
        for wanted, item in zip(module.imports, given, strict=True)
    ]
    instance = Instance.__new__(Instance)
    instance.store, instance.module = store, module
    instance.exports = Exports(instantiate(store, module, items, guest.memories))
    return instance


class Guest:
    """What one module gets of WASI: its imports ``wanted``, and its memory."""

    def __init__(self, store: Store, module: Module, wanted: list[ImportType]) -> None:
        self.memories: dict[int, Memory] = {}
        self._exit = Func(store, FuncType((I32,), ()), _exit)
        self._funcs: dict[ShimFunction, Func] = {}
        unique = dict.fromkeys(_shim_function(i) for i in wanted if i.name != PROC_EXIT)
        if unique:
            self._make(store, module, list(unique))

    def item(self, wanted: ImportType) -> Extern:
        """The function for an import."""
        if wanted.name == PROC_EXIT:
            return self._exit
        return self._funcs[_shim_function(wanted)]

    def _make(
        self, store: Store, module: Module, functions: list[ShimFunction]
    ) -> None:
        shim = WasiShim(_environment(store), functions, _limits(module.skeleton))
        code = shim.bind(self._exit.cell_address())
        for k, function in enumerate(functions):
            functype = FuncType(function.params, function.results)
            self._funcs[function] = Func.from_native(
                store, functype, code, shim.host(k), shim
            )
        place = shim.place
        if place is not None:
            memorytype = module.skeleton.memories[0]

            self.memories[0] = Memory.from_native(
                store,
                memorytype,
                (place.base, place.size, place.reserved),
                shim.grow,
                shim,
            )


def _exit(code: int) -> NoReturn:
    raise Exit(code & 0xFFFFFFFF)


def _shim_function(wanted: ImportType) -> ShimFunction:
    assert isinstance(wanted.type, FuncType)
    return ShimFunction(
        wanted.module, wanted.name, wanted.type.params, wanted.type.results
    )


def _environment(store: Store) -> Wasi:
    """The store's environment, made when its first guest needs it."""
    if store.wasi is None:
        raise LinkError("the store has no settings for WASI: use Store.set_wasi")
    present = getattr(store.native_failure, "__self__", None)
    previous = present if isinstance(present, Wasi) else None
    if previous is not None and previous.config is store.wasi:
        return previous
    made = Wasi(store.wasi, previous)
    store.native_failure = made.failure
    return made


def _limits(skeleton: Skeleton) -> ShimMemory | None:
    """Limits of the memory that the module shows to WASI."""
    for name, kind, index in skeleton.exports:
        if (KINDS[kind], name) == ("memory", MEMORY_EXPORT):
            if index != 0 or skeleton.imported[2]:
                raise LinkError("a WASI program has to define the memory it exports")
            limits = skeleton.memories[0].limits
            return ShimMemory(limits.minimum, limits.maximum)
    return None
