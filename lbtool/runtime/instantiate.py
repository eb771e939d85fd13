"""Instantiation (specification 4.5.4): imports, allocation, segments, start function.

What it leaves behind on failure is what the specification says: in 2.0 the segments
before the failing one are written, and functions in tables stay callable; in 1.0
nothing is written unless every segment fits.
"""

from __future__ import annotations

from lbtool.abi import EXTERNREF
from lbtool.buffers import ulongs
from lbtool.errors import LinkError
from lbtool.runtime import linked
from lbtool.runtime.func import Func
from lbtool.runtime.global_ import Global
from lbtool.runtime.handlers import ensure_handlers
from lbtool.runtime.matching import require_match, unknown_import
from lbtool.runtime.memory import Memory
from lbtool.runtime.skeleton import ACTIVE, CONST, DECLARATIVE, GLOBAL
from lbtool.runtime.table import Table

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from lbtool.runtime.module import Module
    from lbtool.runtime.skeleton import Skeleton
    from lbtool.runtime.store import Store

__all__ = ["instantiate"]


class Build:
    """An instance in the making: the index spaces, imports first."""

    def __init__(
        self, store: Store, skeleton: Skeleton, core: linked.InstanceCore
    ) -> None:
        self.store, self.skeleton, self.core = store, skeleton, core
        self.funcs: list[Func] = []
        self.tables: list[Table] = []
        self.memories: list[Memory] = []
        self.globals: list[Global] = []

    def func(self, index: int) -> Func:
        """Function `index` as an object; an imported one is itself."""
        if index < len(self.funcs):
            return self.funcs[index]
        func: Func = self.core.func(index)
        return func

    def evaluate(self, kind: int, value: int) -> int:
        """Bits of an initialiser."""
        if kind == CONST:
            return value
        if kind == GLOBAL:
            return self.globals[value].get_bits()
        return self.core.func_bits(value)

    def global_bits(self) -> memoryview[int]:
        """Bits of all globals, and a word that ends them."""
        bits = ulongs(len(self.globals) + 1)
        for k, each in enumerate(self.globals):
            bits[k] = each.get_bits()
        return bits


def instantiate(
    store: Store,
    module: Module,
    imports: Sequence[Any],
    memories: Mapping[int, Memory] | None = None,
) -> dict[str, Any]:
    """Make an instance; gives its exports.

    `memories` replaces defined memories, by index, with ones made elsewhere.
    """
    ensure_handlers()
    _check_imports(store, module, imports)
    skeleton = module.skeleton
    build = Build(store, skeleton, linked.InstanceCore(store, module.code))
    _bind_imports(build, imports)
    _allocate(build, memories or {}, module.engine.config.bounds == "guard")
    exports = {
        name: _export(build, kind, index) for name, kind, index in skeleton.exports
    }
    if not skeleton.bulk:
        _fit_segments(build)
    _run_segments(build)
    if skeleton.start is not None:
        build.func(skeleton.start)()
    return exports


def _check_imports(store: Store, module: Module, imports: Sequence[Any]) -> None:
    if len(imports) < len(module.imports):
        raise unknown_import(module.imports[len(imports)])
    if len(imports) > len(module.imports):
        raise LinkError(f"{len(module.imports)} imports expected, got {len(imports)}")
    for item, wanted in zip(imports, module.imports, strict=True):
        require_match(item, wanted)
        if item.store is not store:
            raise LinkError(f"{wanted.module}::{wanted.name} is of another store")


def _bind_imports(build: Build, imports: Sequence[Any]) -> None:
    for item in imports:
        if isinstance(item, Func):
            build.core.import_func(len(build.funcs), item)
            build.funcs.append(item)
        elif isinstance(item, Global):
            build.core.import_global(len(build.globals), item)
            build.globals.append(item)
        elif isinstance(item, Table):
            build.tables.append(item)
        else:
            build.memories.append(item)


def _allocate(build: Build, memories: Mapping[int, Memory], guard: bool) -> None:
    skeleton, store, core = build.skeleton, build.store, build.core
    for k in range(len(build.memories), len(skeleton.memories)):
        build.memories.append(memories.get(k) or Memory(store, skeleton.memories[k]))
    for k in range(len(build.tables), len(skeleton.tables)):
        build.tables.append(Table(store, skeleton.tables[k]))
    for k, memory in enumerate(build.memories):
        if guard and not memory.guarded:
            raise LinkError("the memory has no guard region: use bounds='explicit'")
        core.set_memory(k, memory)
    for k, table in enumerate(build.tables):
        core.set_table(k, table)
    core.fill_funcrefs()
    _init_globals(build)
    _load_segments(build)


def _init_globals(build: Build) -> None:
    skeleton, inits = build.skeleton, build.skeleton.global_inits
    first = len(build.globals)
    for k in range(first, len(skeleton.globals)):
        address = build.core.global_address(k)
        cell = Global.of_instance(build.store, skeleton.globals[k], address)
        at = 2 * (k - first)
        cell.set_bits(build.evaluate(inits[at], inits[at + 1]))
        build.globals.append(cell)


def _load_segments(build: Build) -> None:
    """Give the instance its passive and active segments; nothing is copied for data."""
    skeleton, core = build.skeleton, build.core
    core.load_datas(skeleton.datas, skeleton.data)
    if not skeleton.elems:
        return
    known = build.global_bits()
    for k, elem in enumerate(skeleton.elems):
        if elem.mode != DECLARATIVE:
            core.set_elem(k, core.evaluate(elem.items, known), elem.type == EXTERNREF)


def _run_segments(build: Build) -> None:
    """Active segments, elements first; each one checked and written in order."""
    core = build.core
    for k, elem in enumerate(build.skeleton.elems):
        if elem.mode == ACTIVE:
            _require(core.init_elem(k, elem.table, build.evaluate(*elem.offset)))
            core.drop_elem(k)
    _require(core.run_datas(build.global_bits()))


def _require(code: int) -> None:
    if code:
        from lbtool.runtime.trap import Trap, TrapCode  # noqa: PLC0415 - rarely needed

        raise Trap(TrapCode(code))


def _fit_segments(build: Build) -> None:
    """1.0: a segment that does not fit is a link error, before anything is written."""
    for elem in build.skeleton.elems:
        if elem.mode == ACTIVE:
            end = build.evaluate(*elem.offset) + len(elem.items) // 2
            if end > len(build.tables[elem.table]):
                raise LinkError("elements segment does not fit")
    if not build.core.datas_fit(build.global_bits()):
        raise LinkError("data segment does not fit")


def _export(build: Build, kind: int, index: int) -> Any:
    if kind == 0:
        return build.func(index)
    return (build.tables, build.memories, build.globals)[kind - 1][index]
