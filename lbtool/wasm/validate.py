"""Module-level validation per version profile (specification 3.4, Modules).

Finds every independent problem of a module, not only the first. Function bodies are
not looked at: the compiler's scan validates them while it reads them. Messages begin
with the phrases of the specification's tests.
"""

from __future__ import annotations

from array import array

from lbtool.abi import F32, F64, FUNCREF, I32, I64, V128
from lbtool.errors import Diagnostic, UnsupportedError, ValidationError, code_for
from lbtool.wasm import constexpr
from lbtool.wasm.compact import FuncItems, ranges, unusual
from lbtool.wasm.module import SECTION_NAMES
from lbtool.wasm.types import (
    PAGE_SIZE_LOG2,
    REFTYPES,
    FuncType,
    Limits,
    MemoryType,
    TableType,
    valtype_name,
)
from lbtool.wasm.vectors import longer, mark

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from lbtool.wasm.module import ConstExpr, Import, Module
    from lbtool.wasm.profile import Profile

__all__ = ["declared_funcs", "require_valid", "validate_module"]

TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEM = range(1, 10)
DATA, DATACOUNT, TAG = 11, 12, 13

REF_FUNC = 0xD2
NUMERIC = {I32, I64, F32, F64}

# Limits of the JavaScript API ("Implementation-defined Limits"). They bound what
# one branch or one call can cost, and keep instruction ordinals below 2**24.
MOST_VALUES = 1000
LONGEST_BODY = 7_654_321


class _Checker:
    """Collects diagnostics while walking one module."""

    def __init__(self, module: Module, profile: Profile) -> None:
        self.module = module
        self.profile = profile
        self.found: list[Diagnostic] = []

    # ---- reporting

    def report(
        self,
        message: str,
        section: int,
        item: int,
        *,
        offset: int | None = None,
        proposal: str | None = None,
    ) -> None:
        offsets = self.module.offsets.get(section, ())
        if offset is None and item < len(offsets):
            offset = offsets[item]
        funcidx = None
        if section == FUNCTION:
            funcidx = self.module.n_imported_funcs + item
        self.found.append(
            Diagnostic(
                "error",
                code_for(message),
                message,
                path=self.module.path,
                offset=offset,
                section=SECTION_NAMES[section],
                funcidx=funcidx,
                proposal=proposal,
            )
        )

    def needs(self, proposal: str, what: str, section: int, item: int) -> None:
        if not self.profile.has(proposal):
            message = f"unsupported proposal {proposal}: {what}"
            self.report(message, section, item, proposal=proposal)

    # ---- types

    def valtype(self, valtype: int, section: int, item: int) -> None:
        if valtype == V128:
            self.needs("simd", "type v128", section, item)
        elif valtype in REFTYPES:
            what = f"type {valtype_name(valtype)}"
            self.needs("reference-types", what, section, item)

    def functype(self, functype: FuncType, item: int) -> None:
        for valtype in {*functype.params, *functype.results} - NUMERIC:
            self.valtype(valtype, TYPE, item)
        if len(functype.results) > 1 and not self.profile.has("multi-value"):
            self.report("invalid result arity", TYPE, item)
        for what, values in (
            ("parameters", functype.params),
            ("results", functype.results),
        ):
            if len(values) > MOST_VALUES:
                limit = f"implementation limit: {MOST_VALUES} {what}"
                self.report(f"{limit} of a type, not {len(values)}", TYPE, item)

    def typeidx(self, typeidx: int, section: int, item: int) -> bool:
        known = typeidx < len(self.module.types)
        if not known:
            self.report(f"unknown type {typeidx}", section, item)
        return known

    def bounds(self, limits: Limits, section: int, item: int) -> None:
        if limits.maximum is not None and limits.minimum > limits.maximum:
            message = "size minimum must not be greater than maximum"
            self.report(message, section, item)
        if limits.index64:
            self.needs("memory64", "64-bit index type", section, item)
        if limits.shared:
            self.needs("threads", "shared memory", section, item)
            if limits.maximum is None:
                self.report("shared memory must have maximum", section, item)

    def table(self, table: TableType, section: int, item: int) -> None:
        self.bounds(table.limits, section, item)
        if table.element != FUNCREF:
            self.valtype(table.element, section, item)

    def memory(self, memory: MemoryType, section: int, item: int) -> None:
        limits, log2 = memory.limits, memory.page_size_log2
        self.bounds(limits, section, item)
        if log2 != PAGE_SIZE_LOG2:
            self.needs("custom-page-sizes", "page size", section, item)
            if log2 != 0:
                self.report("invalid custom page size", section, item)
        most = 1 << ((64 if limits.index64 else 32) - log2) if log2 <= 32 else 0
        if max(limits.minimum, limits.maximum or 0) > most:
            if limits.index64 or log2 != PAGE_SIZE_LOG2:
                message = f"memory size must be at most {most} pages"
            else:
                message = "memory size must be at most 65536 pages (4GiB)"
            self.report(message, section, item)

    def tagtype(self, typeidx: int, section: int, item: int) -> None:
        self.needs("exception-handling", "tag", section, item)
        if self.typeidx(typeidx, section, item) and self.module.types[typeidx].results:
            self.report("non-empty tag result type", section, item)

    # ---- definitions

    def imported(self, entry: Import, item: int) -> None:
        what = entry.type
        if isinstance(what, TableType):
            self.table(what, IMPORT, item)
        elif isinstance(what, MemoryType):
            self.memory(what, IMPORT, item)
        elif not isinstance(what, int):
            self.valtype(what.valtype, IMPORT, item)
        elif entry.kind == "tag":
            self.tagtype(what, IMPORT, item)
        else:
            self.typeidx(what, IMPORT, item)

    def spaces(self) -> None:
        m = self.module
        for i, functype in enumerate(m.types):
            self.functype(functype, i)
        for i, entry in enumerate(m.imports):
            self.imported(entry, i)
        self.functions()
        for i, table in enumerate(m.tables[m.n_imported_tables :]):
            self.table(table, TABLE, i)
        for i, memory in enumerate(m.memories[m.n_imported_memories :]):
            self.memory(memory, MEMORY, i)
        for i, typeidx in enumerate(m.tags[m.n_imported_tags :]):
            self.tagtype(typeidx, TAG, i)
        if len(m.tables) > 1 and not self.profile.has("reference-types"):
            self.report("multiple tables", *self._second("table", TABLE))
        if len(m.memories) > 1 and not self.profile.has("multi-memory"):
            self.report("multiple memories", *self._second("memory", MEMORY))

    def functions(self) -> None:
        m = self.module
        n_types = len(m.types)
        # All of them are looked at only when one of them has something.
        if max(m.func_types, default=-1) >= n_types:
            for i, typeidx in enumerate(m.func_types[m.n_imported_funcs :]):
                if typeidx >= n_types:
                    self.report(f"unknown type {typeidx}", FUNCTION, i)
        if len(m.data) <= LONGEST_BODY:
            return
        limit = f"implementation limit: {LONGEST_BODY} bytes of a function body"
        for i in longer(ranges(m.bodies), LONGEST_BODY):
            self.report(limit, FUNCTION, i, offset=m.bodies[i][0])

    def _second(self, kind: str, section: int) -> tuple[int, int]:
        """Section and item of the second table or memory."""
        imported = [i for i, e in enumerate(self.module.imports) if e.kind == kind]
        if len(imported) > 1:
            return IMPORT, imported[1]
        return section, 1 - len(imported)

    def init(
        self,
        expr: ConstExpr,
        expected: int,
        visible: int,
        section: int,
        item: int,
    ) -> None:
        problem = constexpr.check(self.module, self.profile, expr, expected, visible)
        if problem is None:
            return
        message = problem.message
        if problem.proposal:
            message = f"unsupported proposal {problem.proposal}: {message}"
        self.report(
            message, section, item, offset=expr.start, proposal=problem.proposal
        )

    def globals(self) -> None:
        m = self.module
        for i, expr in enumerate(m.global_inits):
            at = m.n_imported_globals + i
            self.valtype(m.globals[at].valtype, GLOBAL, i)
            self.init(expr, m.globals[at].valtype, at, GLOBAL, i)

    def exports(self) -> None:
        m = self.module
        spaces = {
            "func": ("function", len(m.func_types)),
            "table": ("table", len(m.tables)),
            "memory": ("memory", len(m.memories)),
            "global": ("global", len(m.globals)),
            "tag": ("tag", len(m.tags)),
        }
        seen: set[str] = set()
        for i, export in enumerate(m.exports):
            noun, size = spaces[export.kind]
            if export.kind == "tag":
                self.needs("exception-handling", "tag", EXPORT, i)
            if export.index >= size:
                self.report(f"unknown {noun} {export.index}", EXPORT, i)
            if export.name in seen:
                self.report(f'duplicate export name "{export.name}"', EXPORT, i)
            seen.add(export.name)

    def start(self) -> None:
        m = self.module
        if m.start is None:
            return
        if m.start >= len(m.func_types):
            self.report(f"unknown function {m.start}", START, 0)
            return
        typeidx = m.func_types[m.start]
        if typeidx < len(m.types) and m.types[typeidx] != FuncType((), ()):
            message = f"start function: type {m.types[typeidx]} instead of [] -> []"
            self.report(message, START, 0)

    # ---- segments

    def elems(self) -> None:
        m = self.module
        for i, elem in enumerate(m.elems):
            if elem.mode != "active":
                self.needs("bulk-memory", f"{elem.mode} element segment", ELEM, i)
            if elem.type != FUNCREF:
                self.valtype(elem.type, ELEM, i)
            if elem.offset is not None:
                self._active_elem(i)
            n_funcs = len(m.func_types)
            items = elem.items
            if isinstance(items, FuncItems) and elem.type == FUNCREF:
                items = items.beyond(n_funcs)
            for expr in items:
                if elem.flags & 4 and not constexpr.is_ref_func(expr):
                    self.init(expr, elem.type, len(m.globals), ELEM, i)
                elif elem.type != FUNCREF:
                    self.report("type mismatch: funcref item", ELEM, i)
                elif constexpr.index_of(expr) >= n_funcs:
                    message = f"unknown function {constexpr.index_of(expr)}"
                    self.report(message, ELEM, i, offset=expr.start)

    def _active_elem(self, i: int) -> None:
        m, elem = self.module, self.module.elems[i]
        assert elem.offset is not None
        index = I32
        if elem.tableidx >= len(m.tables):
            self.report(f"unknown table {elem.tableidx}", ELEM, i)
        else:
            table = m.tables[elem.tableidx]
            index = I64 if table.limits.index64 else I32
            if table.element != elem.type:
                have, want = valtype_name(elem.type), valtype_name(table.element)
                message = f"type mismatch: segment of {have} for a table of {want}"
                self.report(message, ELEM, i)
        self.init(elem.offset, index, len(m.globals), ELEM, i)

    def datas(self) -> None:
        m = self.module
        if m.data_count is not None:
            self.needs("bulk-memory", "data count section", DATACOUNT, 0)
        # Usual segments need a memory 0 with 32-bit addresses, and nothing else.
        usual = bool(m.memories) and not m.memories[0].limits.index64
        for i in unusual(m.datas) if usual else range(len(m.datas)):
            data = m.datas[i]
            if data.offset is None:
                self.needs("bulk-memory", "passive data segment", DATA, i)
                continue
            index = I32
            if data.memidx >= len(m.memories):
                self.report(f"unknown memory {data.memidx}", DATA, i)
            elif m.memories[data.memidx].limits.index64:
                index = I64
            self.init(data.offset, index, len(m.globals), DATA, i)

    def run(self) -> list[Diagnostic]:
        self.spaces()
        self.globals()
        self.exports()
        self.start()
        self.elems()
        self.datas()
        return self.found


def validate_module(module: Module, profile: Profile) -> list[Diagnostic]:
    """Every module-level problem, in the order of the checks; empty if there is none.

    A feature outside the profile is reported as E0300 with its proposal.
    """
    return _Checker(module, profile).run()


def require_valid(module: Module, profile: Profile) -> None:
    """Raise if `validate_module` finds something.

    Raises `UnsupportedError` when features outside the profile are all that is wrong,
    else `ValidationError`.
    """
    found = validate_module(module, profile)
    if not found:
        return
    first = found[0].proposal
    if first is not None and all(d.proposal for d in found):
        raise UnsupportedError(found, first)
    raise ValidationError(found)


def declared_funcs(module: Module) -> bytearray:
    """1 for every function that ``ref.func`` in a body may name, 0 for the others.

    They occur in the module outside of bodies: in exports, element segments and
    initialisers of globals (C.refs, specification 3.4.10).
    """
    numbers = array("q", [e.index for e in module.exports if e.kind == "func"])
    exprs = list(module.global_inits)
    marks = bytearray(len(module.func_types))
    for elem in module.elems:
        if isinstance(elem.items, FuncItems):
            mark(memoryview(elem.items.indices), marks)
        else:
            exprs.extend(elem.items)
    numbers.extend(
        immediate
        for expr in exprs
        for code, immediate in expr.ops
        if code == REF_FUNC and isinstance(immediate, int)
    )
    mark(memoryview(numbers), marks)
    return marks
