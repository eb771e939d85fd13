"""A linked module as bytes, and back: what a warm run starts from.

An image holds the tables of a skeleton and the linked code, which is position
independent inside its block. The module's own bytes are not in it: whoever asks for an
image has read them, since their digest is part of its key, and data segments point into
them. Nothing is decoded, compiled or relocated on the way back, and no record is made
per segment or function.

Images come out of a sealed cache; every number in them is checked all the same, and
`ValueError` is a miss. Where they are kept is not here (``lbtool.build.image``).
"""

from __future__ import annotations

from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64
from lbtool.runtime.linked import check_datas
from lbtool.runtime.module import Module
from lbtool.runtime.skeleton import (
    ACTIVE,
    DECLARATIVE,
    KINDS,
    Elem,
    ImportType,
    Skeleton,
)
from lbtool.wasm.types import FuncType, GlobalType, Limits, MemoryType, TableType

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from lbtool.runtime.engine import Engine
    from lbtool.runtime.skeleton import Data

__all__ = ["decode", "encode"]

# Sections in order: item type (as of `memoryview.cast`) and what an item or a group of
# items is. In front are the padding and the sizes of all sections in bytes, as u64.
SECTIONS: dict[str, Literal["B", "I", "Q"]] = {
    "numbers": "Q",  # of imports per kind; start or NONE, bulk, bytes of the module
    "types": "I",  # parameters, results: their number
    "kinds": "B",  # value types of all parameters and results
    "func_types": "I",
    "declared": "I",
    "tables": "Q",  # value type, minimum, maximum or NONE
    "memories": "Q",  # minimum, maximum or NONE
    "globals": "B",  # value type, mutable
    "global_inits": "Q",  # pairs of words
    "imports": "I",  # lengths of both names, kind
    "exports": "I",  # length of the name, kind, index
    "names": "B",  # of imports and exports, UTF-8
    "elems": "Q",  # mode, table, value type, offset (a pair of words), number of items
    "items": "Q",  # pairs of words
    "datas": "I",  # four words, see `Skeleton`
    "starts": "I",
    "frames": "I",
    "site_starts": "I",
    "sites": "B",
    "code": "B",
}
TABLES = ("starts", "frames", "site_starts", "sites")  # of the code
# A sealed record begins with 38 bytes: with these, arrays lie on multiples of 8, and
# the code begins a page, where it can stay if the record was read into the arena.
PADDING = bytes(2)
BEFORE, PAGE = 38, 4096
HEADER = len(PADDING) + 8 * len(SECTIONS)
NONE = (1 << 64) - 1
TYPES = (FuncType, TableType, MemoryType, GlobalType)  # in the order of `KINDS`
VALTYPES = frozenset({I32, I64, F32, F64, FUNCREF, EXTERNREF})


# ---- writing


def encode(module: Module) -> bytes:
    """The image of a module; links its code if that was not done."""
    from array import array  # noqa: PLC0415 - a warm run reads only

    of = module.skeleton
    signatures = [(each.params, each.results) for each in of.types]
    start = NONE if of.start is None else of.start
    names = [each for i in of.imports for each in (i.module, i.name)]
    texts = [each.encode() for each in (*names, *[e[0] for e in of.exports])]
    sizes = [len(each) for each in texts]
    first = len(names)
    made: dict[str, array[int] | bytes] = {
        "numbers": array("Q", [*of.imported, start, of.bulk, len(of.data)]),
        "types": array("I", [len(k) for pair in signatures for k in pair]),
        "kinds": bytes(k for pair in signatures for each in pair for k in each),
        "func_types": array("I", of.func_types),
        "declared": array("I", of.declared),
        "tables": array("Q", _flat((t.element, *_limits(t.limits)) for t in of.tables)),
        "memories": array("Q", _flat(_limits(m.limits) for m in of.memories)),
        "globals": bytes(_flat((g.valtype, g.mutable) for g in of.globals)),
        "global_inits": array("Q", of.global_inits),
        "imports": array(
            "I",
            _flat(
                (sizes[2 * k], sizes[2 * k + 1], TYPES.index(type(each.type)))
                for k, each in enumerate(of.imports)
            ),
        ),
        "exports": array(
            "I", _flat((sizes[first + k], *e[1:]) for k, e in enumerate(of.exports))
        ),
        "names": b"".join(texts),
        "elems": array(
            "Q",
            _flat(
                (e.mode, e.table, e.type, *e.offset, len(e.items) // 2)
                for e in of.elems
            ),
        ),
        "items": array("Q", _flat(e.items for e in of.elems)),
        "datas": bytes(of.datas),
    }
    code, *tables = module.code.linked()
    made |= dict(zip(TABLES, tables, strict=True), code=code)
    parts = [bytes(made[name]) for name in SECTIONS]
    head = PADDING + array("Q", map(len, parts)).tobytes()
    front = b"".join([head, *[each + bytes(-len(each) % 8) for each in parts[:-1]]])
    return b"".join([front, bytes(_to_page(len(front))), parts[-1]])


def _to_page(at: int) -> int:
    return -(BEFORE + at) % PAGE


def _flat(groups: Iterable[Sequence[int]]) -> list[int]:
    return [item for group in groups for item in group]


def _limits(limits: Limits) -> tuple[int, int]:
    return limits.minimum, NONE if limits.maximum is None else limits.maximum


# ---- reading


def decode(payload: memoryview, data: Data, engine: Engine) -> Module:
    """The module `data` out of its image; ValueError when that cannot be one of it."""
    try:
        parts = _sections(payload)
        module = Module(engine, _skeleton(parts, data))
        module.load((parts["code"], *[parts[name] for name in TABLES]))
        _check_functions(module)
    except (IndexError, TypeError, OverflowError) as error:
        raise ValueError(f"image: {error}") from error
    return module


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(f"image: {what}")


def _sections(payload: memoryview) -> dict[str, memoryview]:
    sizes = payload[len(PADDING) : HEADER].cast("Q")
    parts, at = {}, HEADER
    for (name, item), size in zip(SECTIONS.items(), sizes, strict=True):
        if name == "code":
            at += _to_page(at)
        _require(size <= len(payload) - at, "size")
        parts[name] = payload[at : at + size].cast(item)
        at += size + -size % 8
    _require(at == len(payload), "size")
    return parts


def _skeleton(parts: dict[str, memoryview], data: Data) -> Skeleton:
    made = Skeleton()
    made.data = data
    *imported, start, bulk, size = parts["numbers"]
    _require(size == len(data) and len(imported) == len(KINDS), "another module")
    made.imported = tuple(imported)  # type: ignore[assignment]
    made.bulk = bool(bulk)
    made.types = tuple(_types(parts["types"], bytes(parts["kinds"])))
    made.func_types, made.declared = parts["func_types"], parts["declared"]
    _require(max(made.func_types, default=-1) < len(made.types), "typeidx")
    made.tables = tuple(
        [TableType(_valtype(k), Limits(*_pair(low, high)))
         for k, low, high in _groups(parts["tables"], 3)]
    )  # fmt: skip
    made.memories = tuple(
        [MemoryType(Limits(*_pair(*pair))) for pair in _groups(parts["memories"], 2)]
    )
    made.globals = tuple(
        [GlobalType(_valtype(k), bool(m)) for k, m in _groups(parts["globals"], 2)]
    )
    made.global_inits = parts["global_inits"]
    defined = len(made.globals) - made.imported[3]
    _require(len(made.global_inits) == 2 * defined, "globals")
    made.start = None if start == NONE else start
    _names(made, parts)
    made.elems = tuple(_elems(parts["elems"], parts["items"]))
    made.datas = parts["datas"]
    counts = len(made.memories), len(made.globals)
    _require(len(made.datas) % 4 == 0, "data segments")
    _require(check_datas(made.datas, len(data), *counts), "data segments")
    return made


def _groups(view: memoryview, n: int) -> Iterable[tuple[int, ...]]:
    return zip(*[iter(view)] * n, strict=True)


def _pair(minimum: int, maximum: int) -> tuple[int, int | None]:
    return minimum, None if maximum == NONE else maximum


def _valtype(number: int) -> int:
    _require(number in VALTYPES, "value type")
    return number


def _types(counts: memoryview, kinds: bytes) -> Iterable[FuncType]:
    _require(VALTYPES.issuperset(kinds) and sum(counts) == len(kinds), "types")
    at = 0
    for n_params, n_results in _groups(counts, 2):
        middle, end = at + n_params, at + n_params + n_results
        yield FuncType(tuple(kinds[at:middle]), tuple(kinds[middle:end]))
        at = end


def _names(made: Skeleton, parts: dict[str, memoryview]) -> None:
    """Imports and exports."""
    text, at = parts["names"], 0

    def name(size: int) -> str:
        nonlocal at
        at += size
        return str(text[at - size : at], "utf-8")

    seen, imports, exports = [0] * len(KINDS), [], []
    for of_module, of_name, kind in _groups(parts["imports"], 3):
        names = name(of_module), name(of_name)
        imports.append(ImportType(*names, made.type_of(kind, seen[kind])))
        seen[kind] += 1
    for size, kind, index in _groups(parts["exports"], 3):
        made.type_of(kind, index)
        exports.append((name(size), kind, index))
    _require(tuple(seen) == made.imported and at == len(text), "names")
    made.imports, made.exports = tuple(imports), tuple(exports)


def _elems(heads: memoryview, items: memoryview) -> Iterable[Elem]:
    at = 0
    for mode, table, valtype, kind, value, n in _groups(heads, 6):
        _require(mode <= DECLARATIVE and valtype in (FUNCREF, EXTERNREF), "segment")
        yield Elem(mode, table, valtype, (kind, value), items[at : at + 2 * n])
        at += 2 * n
    _require(at == len(items), "items")


def _check_functions(module: Module) -> None:
    """Whatever is named as a function has a cell; initialisers name what there is."""
    of, layout = module.skeleton, module.code.layout
    _require(of.start is None or layout.has_cell(of.start), "start")
    functions = [index for _, kind, index in of.exports if kind == 0]
    _require(all(map(layout.has_cell, functions)), "exports")
    known = of.imported[3]
    _require(layout.words_hold(of.global_inits, known), "globals")
    for each in of.elems:
        if each.mode == ACTIVE:
            kind, value = each.offset
            _require(kind == 0 or (kind == 1 and value < known), "offset")
            _require(each.table < len(of.tables), "table")
        _require(layout.words_hold(each.items, len(of.globals)), "items")
