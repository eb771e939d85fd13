"""A module as text (WAT), which assembles to the same module again.

Everything a `Module` holds is printed, except custom sections: the name section comes
back from the identifiers. What several encodings share is printed once: over-long
integers, groups of locals, a data count nobody needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wasm import literals
from lbtool.wasm.decode import module_error
from lbtool.wasm.identifiers import Identifiers, identifiers
from lbtool.wasm.instruction_text import signature
from lbtool.wasm.instructions import local_decls
from lbtool.wasm.leb import FormatError
from lbtool.wasm.printer_body import body_lines, const_text
from lbtool.wasm.types import PAGE_SIZE_LOG2, MemoryType, TableType, valtype_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wasm.module import (
        ConstExpr,
        DataSegment,
        ElemSegment,
        Import,
        Module,
    )
    from lbtool.wasm.types import GlobalType, Limits

__all__ = ["function_text", "module_lines", "print_module"]

# Bytes of a data segment per line, and locals per line. A body of a few bytes may
# declare 2^32 - 1 locals: that many are not written out.
DATA_LINE = 64
LOCALS_LINE = 16
MOST_LOCALS = 50_000


def _limits(limits: Limits) -> str:
    text = f"{limits.minimum}"
    if limits.maximum is not None:
        text += f" {limits.maximum}"
    if limits.shared:
        text += " shared"
    return f"i64 {text}" if limits.index64 else text


def _tabletype(table: TableType) -> str:
    return f"{_limits(table.limits)} {valtype_name(table.element)}"


def _memtype(memory: MemoryType) -> str:
    text = _limits(memory.limits)
    if memory.page_size_log2 != PAGE_SIZE_LOG2:
        text += f" (pagesize {1 << memory.page_size_log2})"
    return text


def _globaltype(kind: GlobalType) -> str:
    name = valtype_name(kind.valtype)
    return f"(mut {name})" if kind.mutable else name


class _Printer:
    def __init__(self, module: Module, ids: Identifiers, *, folded: bool) -> None:
        self.module = module
        self.ids = ids
        self.folded = folded

    def const(self, expr: ConstExpr) -> str:
        return const_text(self.module, self.ids, expr.ops)

    # ---- types and imports

    def types(self) -> Iterator[str]:
        for i, functype in enumerate(self.module.types):
            params = signature("param", functype.params)
            results = signature("result", functype.results)
            yield f"(type {self.ids.define('typeidx', i)} (func{params}{results}))"

    def extern(self, entry: Import, indices: dict[str, int]) -> str:
        """Description of an import; `indices` counts each index space up."""
        index = indices[entry.kind]
        indices[entry.kind] += 1
        what = entry.type
        if isinstance(what, int):
            ref = self.ids.ref("typeidx", what)
            kind = "tagidx" if entry.kind == "tag" else "funcidx"
            return f"{entry.kind} {self.ids.define(kind, index)} (type {ref})"
        if isinstance(what, TableType):
            return f"table {self.ids.define('tableidx', index)} {_tabletype(what)}"
        if isinstance(what, MemoryType):
            return f"memory {self.ids.define('memidx', index)} {_memtype(what)}"
        return f"global {self.ids.define('globalidx', index)} {_globaltype(what)}"

    def imports(self) -> Iterator[str]:
        indices = dict.fromkeys(("func", "table", "memory", "global", "tag"), 0)
        for entry in self.module.imports:
            module = literals.name_string(entry.module)
            name = literals.name_string(entry.name)
            yield f"(import {module} {name} ({self.extern(entry, indices)}))"

    # ---- functions

    def local_lines(self, funcidx: int, start: int, end: int) -> tuple[list[str], int]:
        decls, code = local_decls(self.module.data, start, end)
        params = len(self.module.func_type(funcidx).params)
        names = self.ids.locals(funcidx)
        if sum(n for n, _ in decls) > MOST_LOCALS:
            raise FormatError("too many locals to print", start)
        lines: list[str] = []
        run: list[str] = []
        local = params

        def flush() -> None:
            if run:
                lines.append(f"(local {' '.join(run)})")
                run.clear()

        for n, valtype in decls:
            for index in range(local, local + n):
                if index in names:
                    flush()
                    lines.append(f"(local {names[index]} {valtype_name(valtype)})")
                else:
                    run.append(valtype_name(valtype))
                    if len(run) == LOCALS_LINE:
                        flush()
            local += n
        flush()
        return lines, code

    def func_head(self, funcidx: int) -> str:
        module = self.module
        typeidx = module.func_types[funcidx]
        head = f"(func {self.ids.define('funcidx', funcidx)}"
        head += f" (type {self.ids.ref('typeidx', typeidx)})"
        functype = module.types[typeidx]
        names = self.ids.locals(funcidx)
        if any(i in names for i in range(len(functype.params))):
            for i, valtype in enumerate(functype.params):
                name = f" {names[i]}" if i in names else ""
                head += f" (param{name} {valtype_name(valtype)})"
        else:
            head += signature("param", functype.params)
        return head + signature("result", functype.results)

    def func(self, funcidx: int) -> list[str]:
        start, end = self.module.bodies[funcidx - self.module.n_imported_funcs]
        if self.module.func_types[funcidx] >= len(self.module.types):
            raise FormatError("unknown type", start)
        lines, code = self.local_lines(funcidx, start, end)
        lines += body_lines(
            self.module, self.ids, funcidx, code, end, folded=self.folded
        )
        head = self.func_head(funcidx)
        return [head, *("  " + line for line in lines), ")"]

    def funcs(self) -> Iterator[str]:
        for funcidx in range(self.module.n_imported_funcs, len(self.module.func_types)):
            try:
                yield from self.func(funcidx)
            except FormatError as error:
                raise module_error(
                    error, path=self.module.path, section="code", funcidx=funcidx
                ) from None

    # ---- the rest

    def tables(self) -> Iterator[str]:
        m = self.module
        for i in range(m.n_imported_tables, len(m.tables)):
            yield f"(table {self.ids.define('tableidx', i)} {_tabletype(m.tables[i])})"

    def memories(self) -> Iterator[str]:
        m = self.module
        for i in range(m.n_imported_memories, len(m.memories)):
            yield f"(memory {self.ids.define('memidx', i)} {_memtype(m.memories[i])})"

    def tags(self) -> Iterator[str]:
        m = self.module
        for i in range(m.n_imported_tags, len(m.tags)):
            ref = self.ids.ref("typeidx", m.tags[i])
            yield f"(tag {self.ids.define('tagidx', i)} (type {ref}))"

    def globals(self) -> Iterator[str]:
        m = self.module
        for i, init in enumerate(m.global_inits, m.n_imported_globals):
            name = self.ids.define("globalidx", i)
            yield f"(global {name} {_globaltype(m.globals[i])} {self.const(init)})"

    def exports(self) -> Iterator[str]:
        kinds = {
            "func": "funcidx",
            "table": "tableidx",
            "memory": "memidx",
            "global": "globalidx",
            "tag": "tagidx",
        }
        for export in self.module.exports:
            ref = self.ids.ref(kinds[export.kind], export.index)
            name = literals.name_string(export.name)
            yield f"(export {name} ({export.kind} {ref}))"

    def start(self) -> Iterator[str]:
        if self.module.start is not None:
            yield f"(start {self.ids.ref('funcidx', self.module.start)})"

    def elem(self, i: int, elem: ElemSegment) -> str:
        text = f"(elem {self.ids.define('elemidx', i)}"
        if elem.mode == "declarative":
            text += " declare"
        elif elem.offset is not None:
            if elem.flags & 2:
                text += f" (table {self.ids.ref('tableidx', elem.tableidx)})"
            text += f" (offset {self.const(elem.offset)})"
        if elem.flags & 4:
            items = [f" (item {self.const(item)})" for item in elem.items]
            return f"{text} {valtype_name(elem.type)}{''.join(items)})"
        refs = []
        for item in elem.items:
            index = item.ops[0][1]
            assert isinstance(index, int)
            refs.append(f" {self.ids.ref('funcidx', index)}")
        return f"{text} func{''.join(refs)})"

    def data(self, i: int, data: DataSegment) -> Iterator[str]:
        text = f"(data {self.ids.define('dataidx', i)}"
        if data.offset is not None:
            if data.flags & 2:
                text += f" (memory {self.ids.ref('memidx', data.memidx)})"
            text += f" (offset {self.const(data.offset)})"
        contents = self.module.data[data.start : data.end]
        if len(contents) <= DATA_LINE:
            yield f"{text} {literals.bytes_string(contents)})"
            return
        yield text
        for at in range(0, len(contents), DATA_LINE):
            yield "  " + literals.bytes_string(contents[at : at + DATA_LINE])
        yield ")"

    def fields(self) -> Iterator[str]:
        yield from self.types()
        yield from self.imports()
        yield from self.funcs()
        yield from self.tables()
        yield from self.memories()
        yield from self.tags()
        yield from self.globals()
        yield from self.exports()
        yield from self.start()
        for i, elem in enumerate(self.module.elems):
            yield self.elem(i, elem)
        for i, data in enumerate(self.module.datas):
            yield from self.data(i, data)


def module_lines(
    module: Module, *, folded: bool = False, names: bool = True
) -> Iterator[str]:
    """Lines of a module's text without newlines, made function by function.

    folded  expressions in parentheses instead of one instruction per line
    names   use the name section where its names are identifiers and unique

    The module need not be valid. Raises `MalformedError` or `UnsupportedError` if a
    body cannot be decoded.
    """
    ids = identifiers(module) if names else Identifiers(module, names=False)
    name = literals.identifier(module.names.module or "") if names else None
    yield f"(module {name}" if name else "(module"
    for line in _Printer(module, ids, folded=folded).fields():
        yield "  " + line
    yield ")"


def print_module(module: Module, *, folded: bool = False, names: bool = True) -> str:
    """The same as one text, ending in a newline."""
    lines = module_lines(module, folded=folded, names=names)
    return "".join(f"{line}\n" for line in lines)


def function_text(module: Module, funcidx: int, *, folded: bool = False) -> str:
    """Text of one defined function, ending in a newline; errors as `print_module`."""
    printer = _Printer(module, identifiers(module), folded=folded)
    try:
        return "\n".join(printer.func(funcidx)) + "\n"
    except FormatError as error:
        raise module_error(
            error, path=module.path, section="code", funcidx=funcidx
        ) from None
