"""What the bodies of one module may refer to, as flat integer arrays.

A `ModuleEnv` is built once per module and then only read, by any number of scanning
threads. Reading the module itself is ``lbtool.wasm``; which facts of the environment
reach a canonical function is decided in `lbtool.compiler.scan_cursor`.
"""

from __future__ import annotations

from array import array

from lbtool.abi import SLOT_IMPORTED, SLOT_MUTABLE, V128
from lbtool.compiler import scan_tables
from lbtool.wasm.types import REFTYPES, VALTYPES
from lbtool.wasm.validate import declared_funcs

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    from lbtool.wasm.module import Module
    from lbtool.wasm.types import FuncType, MemoryType

    class Features(Protocol):
        """The part of ``lbtool.wasm.Profile`` that bodies depend on."""

        @property
        def proposals(self) -> frozenset[str]:
            """Names of the proposals that are on, as in the opcode table."""
            ...


ABSENT = -1
PAGE_SIZE_LOG2 = 16


def ints(values: Iterable[int]) -> memoryview:
    """C ints behind a memoryview; never empty, so that it can always be indexed."""
    found = values if isinstance(values, array) else array("i", values)
    return memoryview(found or array("i", [ABSENT]))


def memory_flags(memory: MemoryType, *, imported: bool) -> int:
    """Slot flags of a memory: imported, and what differs from a plain 32-bit one."""
    flags = SLOT_IMPORTED if imported else 0
    flags |= memory.limits.index64 << 2 | memory.limits.shared << 3
    if memory.page_size_log2 != PAGE_SIZE_LOG2:
        flags |= (memory.page_size_log2 + 1) << 4
    return flags


class ModuleEnv:
    """Index spaces of a module; -1 (or 0 for a value type) marks an unusable index.

    =============  ====================================================================
    data           bytes that bodies are ranges of
    kind           per op of `scan_tables`: what it is under the profile
    valtype        256 bytes: 1 for a value type of the profile, 2 for a reference type
    type_*         type i has params ``type_vals[start:start + nparams]``, then results;
                   `type_canon` is the first type of equal structure; `type_simd` 1 if
                   v128 occurs in it
    func_type      typeidx; `func_flags` 0 or ``SLOT_IMPORTED``; `func_declared` 0 or 1
    global_type    value type; `global_flags` ``SLOT_IMPORTED | SLOT_MUTABLE``
    table_type     element type; `table_flags` 0 or ``SLOT_IMPORTED``
    memory_flags   see `memory_flags`
    elem_type      value type of the items; 0 fits every table
    data_ok        1 per data segment; `n_datas` is -1 without a data count section
    memory0        the memory that instructions without a memory index mean
    any_memory     may a memory index be other than a zero byte? `any_table` likewise;
                   `multi_value`: may block types be type indices?
    =============  ====================================================================
    """

    def __init__(self, module: Module, profile: Features) -> None:
        self.set_features(profile.proposals)
        self.data: bytes = module.data
        self.set_types(module.types)
        self.set_functions(module)
        imported = module.n_imported_globals
        self.global_type = ints(g.valtype for g in module.globals)
        self.global_flags = ints(
            (SLOT_IMPORTED if i < imported else 0) | (SLOT_MUTABLE if g.mutable else 0)
            for i, g in enumerate(module.globals)
        )
        imported = module.n_imported_tables
        self.table_type = ints(t.element for t in module.tables)
        self.table_flags = ints(
            SLOT_IMPORTED if i < imported else 0 for i in range(len(module.tables))
        )
        imported = module.n_imported_memories
        self.memory_flags = ints(
            memory_flags(m, imported=i < imported)
            for i, m in enumerate(module.memories)
        )
        self.elem_type = ints(e.type for e in module.elems)
        self.n_datas = ABSENT if module.data_count is None else module.data_count
        # A hostile count must not size anything: indices are checked against n_datas,
        # and the map below needs one entry per segment that can be named.
        self.data_ok = ints([1] * max(0, min(self.n_datas, len(module.data))))
        self.memory0 = 0

    def with_data(self, data: bytes) -> ModuleEnv:
        """The same environment for bodies that are ranges of other bytes.

        For bodies that arrive one by one: nothing is copied.
        """
        from copy import copy  # noqa: PLC0415 - not for a run

        env = copy(self)
        env.data = data
        return env

    def set_features(self, proposals: frozenset[str]) -> None:
        """Fix what depends on the profile alone."""
        self.proposals = proposals
        self.kind = scan_tables.kinds(proposals)
        valtype = bytearray(256)
        for byte in VALTYPES:
            valtype[byte] = 2 if byte in REFTYPES else 1
        if "reference-types" not in proposals:
            for byte in REFTYPES:
                valtype[byte] = 0
        if "simd" not in proposals:
            valtype[V128] = 0
        self.valtype = bytes(valtype)
        self.any_memory = int("multi-memory" in proposals)
        self.any_table = int("reference-types" in proposals)
        self.multi_value = int("multi-value" in proposals)

    def set_types(self, types: Sequence[FuncType | None]) -> None:
        """Flatten function types; None marks an index that is not a type."""
        starts, nparams, nresults, canon, simd = [], [], [], [], []
        vals = bytearray()
        first: dict[tuple[int, bytes], int] = {}  # by what is hashed fast
        for i, t in enumerate(types):
            starts.append(len(vals))
            if t is None:
                nparams.append(ABSENT)
                nresults.append(0)
                canon.append(i)
                simd.append(0)
                continue
            both = bytes(t.params + t.results)
            vals += both
            nparams.append(len(t.params))
            nresults.append(len(t.results))
            canon.append(first.setdefault((len(t.params), both), i))
            simd.append(V128 in both)
        self.type_start, self.type_canon = ints(starts), ints(canon)
        self.type_nparams, self.type_nresults = ints(nparams), ints(nresults)
        self.type_simd = ints(simd)
        self.type_vals = bytes(vals) or b"\0"

    def set_functions(self, module: Module) -> None:
        """Types, origin and declaredness of functions; a bad typeidx is unusable."""
        n_types, n_funcs = len(module.types), len(module.func_types)
        types: Iterable[int] = module.func_types
        if n_funcs and max(types) >= n_types:
            types = (t if t < n_types else ABSENT for t in types)
        self.func_type = ints(types)
        imported = module.n_imported_funcs
        flags = array("i", [SLOT_IMPORTED]) * imported
        self.func_flags = ints(flags + array("i", [0]) * (n_funcs - imported))
        self.func_declared = bytes(declared_funcs(module)) or b"\0"
