"""Instantiation (specification 4.5.4): imports, allocation, segments, start function.

What it leaves behind on failure is what the specification says: in 2.0 the segments
before the failing one are written, and functions in tables stay callable; in 1.0
nothing is written unless every segment fits.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool.abi import EXTERNREF
from lbtool.errors import LinkError
from lbtool.runtime import linked
from lbtool.runtime.constant import REF_FUNC, evaluate
from lbtool.runtime.func import Func
from lbtool.runtime.global_ import Global
from lbtool.runtime.handlers import ensure_handlers
from lbtool.runtime.matching import require_match, unknown_import
from lbtool.runtime.memory import Memory
from lbtool.runtime.table import Table
from lbtool.runtime.trap import Trap, TrapCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lbtool.runtime.module import Module
    from lbtool.runtime.store import Store
    from lbtool.wasm import ConstExpr
    from lbtool.wasm import Module as WasmModule

__all__ = ["instantiate"]


@dataclass(slots=True)
class Build:
    """An instance in the making: the index spaces, imports first."""

    store: Store
    wasm: WasmModule
    core: linked.InstanceCore
    funcs: list[Func]
    tables: list[Table]
    memories: list[Memory]
    globals: list[Global]

    def func(self, index: int) -> Func:
        """Function `index` as an object; an imported one is itself."""
        if index < len(self.funcs):
            return self.funcs[index]
        func: Func = self.core.func(index)
        return func

    def evaluate(self, expr: ConstExpr) -> int:
        """Bits of an initialiser."""
        return evaluate(expr, lambda k: self.globals[k].get_bits(), self.core.func_bits)


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
    core = linked.InstanceCore(store, module.code)
    build = Build(store, module.wasm, core, [], [], [], [])
    _bind_imports(build, imports)
    _allocate(build, memories or {}, module.engine.config.bounds == "guard")
    exports = {e.name: _export(build, e.kind, e.index) for e in module.wasm.exports}
    if module.engine.profile.has("bulk-memory"):
        _run_segments(build)
    else:
        _fit_segments(build)
        _run_segments(build)
    if module.wasm.start is not None:
        build.func(module.wasm.start)()
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
    wasm, store, core = build.wasm, build.store, build.core
    for k in range(wasm.n_imported_memories, len(wasm.memories)):
        build.memories.append(memories.get(k) or Memory(store, wasm.memories[k]))
    for k in range(wasm.n_imported_tables, len(wasm.tables)):
        build.tables.append(Table(store, wasm.tables[k]))
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
    wasm = build.wasm
    first = wasm.n_imported_globals
    for k, init in enumerate(wasm.global_inits, first):
        address = build.core.global_address(k)
        cell = Global.of_instance(build.store, wasm.globals[k], address)
        cell.set_bits(build.evaluate(init))
        build.globals.append(cell)


def _load_segments(build: Build) -> None:
    """Give the instance its passive and active segments; nothing is copied for data."""
    wasm, core = build.wasm, build.core
    for k, data in enumerate(wasm.datas):
        core.set_data(k, wasm.data, data.start, data.end)
    for k, elem in enumerate(wasm.elems):
        if elem.mode == "declarative":
            continue
        bits = array("Q", (_item(build, expr) for expr in elem.items))
        core.set_elem(k, bits, elem.type == EXTERNREF)


def _item(build: Build, expr: ConstExpr) -> int:
    code, immediate = expr.ops[0]
    if code == REF_FUNC and isinstance(immediate, int):
        return build.core.func_bits(immediate)
    return build.evaluate(expr)


def _run_segments(build: Build) -> None:
    """Active segments, elements first; each one checked and written in order."""
    wasm, core = build.wasm, build.core
    for k, elem in enumerate(wasm.elems):
        if elem.offset is not None:
            code = core.init_elem(k, elem.tableidx, build.evaluate(elem.offset))
            if code:
                raise Trap(TrapCode(code))
            core.drop_elem(k)
    for k, data in enumerate(wasm.datas):
        if data.offset is not None:
            code = core.init_data(k, data.memidx, build.evaluate(data.offset))
            if code:
                raise Trap(TrapCode(code))
            core.drop_data(k)


def _fit_segments(build: Build) -> None:
    """1.0: a segment that does not fit is a link error, before anything is written."""
    for elem in build.wasm.elems:
        if elem.offset is not None:
            end = build.evaluate(elem.offset) + len(elem.items)
            if end > len(build.tables[elem.tableidx]):
                raise LinkError("elements segment does not fit")
    for data in build.wasm.datas:
        if data.offset is not None:
            end = build.evaluate(data.offset) + data.end - data.start
            if end > build.memories[data.memidx].byte_size:
                raise LinkError("data segment does not fit")


def _export(build: Build, kind: str, index: int) -> Any:
    if kind == "func":
        return build.func(index)
    spaces = {"table": build.tables, "memory": build.memories, "global": build.globals}
    return spaces[kind][index]  # type: ignore[index]
