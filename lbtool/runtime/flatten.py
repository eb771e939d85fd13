"""The skeleton of a decoded module: records of the binary format as flat tables.

This is the cold path: whatever needs the opcode table or names an unsupported item is
here, so that a run from an image imports none of it.
"""

from __future__ import annotations

from array import array

from lbtool.buffers import words
from lbtool.errors import Diagnostic, LbtoolError, UnsupportedError, code_for
from lbtool.runtime.skeleton import (
    ACTIVE,
    CONST,
    DECLARATIVE,
    FUNC,
    GLOBAL,
    KINDS,
    PASSIVE,
    Elem,
    ImportType,
    Skeleton,
)
from lbtool.wasm.compact import Segments, unusual
from lbtool.wasm.opcodes import BY_CODE, BY_MNEMONIC
from lbtool.wasm.validate import declared_funcs, require_valid

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.runtime.skeleton import Words
    from lbtool.wasm import ConstExpr, Profile
    from lbtool.wasm import Module as WasmModule
    from lbtool.wasm.module import DataSegment, ElemSegment, Import

__all__ = ["flatten"]

_MODES = {"active": ACTIVE, "passive": PASSIVE, "declarative": DECLARATIVE}
_I64 = (1 << 64) - 1
_I32 = (1 << 32) - 1
# Opcode -> kind, and the bits of the immediate that count.
_KINDS = {
    BY_MNEMONIC["i32.const"].code: (CONST, _I32),
    BY_MNEMONIC["i64.const"].code: (CONST, _I64),
    BY_MNEMONIC["f32.const"].code: (CONST, _I32),
    BY_MNEMONIC["f64.const"].code: (CONST, _I64),
    BY_MNEMONIC["ref.null"].code: (CONST, 0),
    BY_MNEMONIC["global.get"].code: (GLOBAL, _I32),
    BY_MNEMONIC["ref.func"].code: (FUNC, _I32),
}


def flatten(wasm: WasmModule, profile: Profile) -> Skeleton:
    """The skeleton of a module.

    Raises `lbtool.errors.ModuleError`: what does not validate, and vectors.
    """
    require_valid(wasm, profile)
    _require_scalars(wasm)
    made = Skeleton(wasm)
    made.data = wasm.data
    made.bulk = profile.has("bulk-memory")
    made.types = wasm.types
    made.func_types = array("I", wasm.func_types)
    declared = declared_funcs(wasm)
    if wasm.start is not None:
        declared[wasm.start] = 1
    made.declared = array("I", [k for k, each in enumerate(declared) if each])
    made.tables, made.memories, made.globals = wasm.tables, wasm.memories, wasm.globals
    made.imported = (
        wasm.n_imported_funcs,
        wasm.n_imported_tables,
        wasm.n_imported_memories,
        wasm.n_imported_globals,
    )
    made.imports = tuple(_import(wasm, each) for each in wasm.imports)
    made.exports = tuple((e.name, KINDS.index(e.kind), e.index) for e in wasm.exports)
    made.start = wasm.start
    made.global_inits = _words(wasm.global_inits)
    made.elems = tuple(map(_elem, wasm.elems))
    made.datas = _datas(wasm.datas)
    return made


def _require_scalars(wasm: WasmModule) -> None:
    """Refuse vectors where no body shows them; the compiler refuses the others."""
    if wasm.vectors_outside:
        message = "unsupported: simd is not compiled yet"
        raise UnsupportedError(
            Diagnostic("error", code_for(message), message, path=wasm.path), "simd"
        )


def _import(wasm: WasmModule, each: Import) -> ImportType:
    functype = wasm.types[each.type] if isinstance(each.type, int) else each.type
    return ImportType(each.module, each.name, functype)


def _word(expr: ConstExpr) -> tuple[int, int]:
    if len(expr.ops) != 1:
        raise LbtoolError("extended constant expressions are not supported yet")
    ((code, immediate),) = expr.ops
    if code not in _KINDS or not isinstance(immediate, int):
        raise LbtoolError(
            f"{BY_CODE[code].mnemonic} in an initialiser is not supported yet"
        )
    kind, mask = _KINDS[code]
    return kind, immediate & mask


def _words(exprs: Sequence[ConstExpr]) -> array[int]:
    return array("Q", [word for expr in exprs for word in _word(expr)])


def _elem(each: ElemSegment) -> Elem:
    offset = (CONST, 0) if each.offset is None else _word(each.offset)
    items = _words(each.items)
    return Elem(_MODES[each.mode], each.tableidx, each.type, offset, items)


def _datas(segments: Sequence[DataSegment]) -> Words:
    """Four words for each, see `Skeleton`: nearly all of them read in compiled code."""
    rows = words(4 * len(segments))
    if isinstance(segments, Segments):
        segments.flatten(rows)
    for k in unusual(segments):
        rows[4 * k : 4 * k + 4] = array("I", _data(segments[k]))
    return rows


def _data(each: DataSegment) -> tuple[int, int, int, int]:
    kind, value = (CONST, 0) if each.offset is None else _word(each.offset)
    how = _MODES[each.mode] | kind << 2 | each.memidx << 8
    return value, each.start, each.end, how
