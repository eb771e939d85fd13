"""Types of the text format, as what the binary format needs.

A value type is the byte of the binary format, or ``(0x63 or 0x64, heap type)`` for a
reference with a heap type. A heap type is negative when abstract (the s33 of the binary
format), else a reference to a type: a number or ``$name``. Storage types of fields are
value types or the bytes of ``i8`` and ``i16``.

Source: specification 6.4 "Types", 5.3 "Types".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.abi import F32, F64, I32, I64, V128

if TYPE_CHECKING:
    from lbtool.wat.cursor import Cursor, Ref

__all__ = [
    "Composite",
    "FuncShape",
    "Limits",
    "Param",
    "SubType",
    "TypeUse",
    "ValType",
    "heap_type",
    "limits",
    "ref_type",
    "sub_type",
    "type_use",
    "val_type",
]

ValType = int | tuple[int, "Ref"]
FuncShape = tuple[tuple[ValType, ...], tuple[ValType, ...]]
"""Types of parameters and results."""

REF_NULL, REF = 0x63, 0x64

HEAP_TYPES = {
    "any": -0x12, "array": -0x16, "cont": -0x18, "eq": -0x13, "exn": -0x17,
    "extern": -0x11, "func": -0x10, "i31": -0x14, "nocont": -0x0B, "noexn": -0x0C,
    "noextern": -0x0E, "nofunc": -0x0D, "none": -0x0F, "struct": -0x15,
}  # fmt: skip
_NULLS = {
    "nocont": "nullcontref", "noexn": "nullexnref", "noextern": "nullexternref",
    "nofunc": "nullfuncref", "none": "nullref",
}  # fmt: skip
REF_TYPES = {_NULLS.get(k, f"{k}ref"): v + 0x80 for k, v in HEAP_TYPES.items()}
VAL_TYPES = {"i32": I32, "i64": I64, "f32": F32, "f64": F64, "v128": V128, **REF_TYPES}
_PACKED = {"i8": 0x78, "i16": 0x77}


class Param(NamedTuple):
    """A parameter, local or field: token of its name or -1, of its type, the type."""

    name: int
    token: int
    type: ValType


class TypeUse(NamedTuple):
    """A function type by reference, in full, or both.

    ref     the reference, None without one
    shape   parameters and results as written
    token   of the reference, or of the place where it could be
    """

    ref: Ref | None
    shape: FuncShape
    token: int


class Limits(NamedTuple):
    """Of a memory or table; `page` is the logarithm of a custom page size."""

    minimum: int
    maximum: int | None
    index64: bool
    shared: bool = False
    page: int | None = None


class Composite(NamedTuple):
    """``func`` with shape and parameters, or ``struct`` or ``array`` with fields.

    A field is a `Param` and whether it can be written.
    """

    kind: str
    shape: FuncShape = ((), ())
    params: tuple[Param, ...] = ()
    fields: tuple[tuple[Param, bool], ...] = ()


class SubType(NamedTuple):
    """One defined type. `name` and `token` (of the keyword) are tokens."""

    name: int
    token: int
    final: bool
    supers: tuple[Ref, ...]
    composite: Composite


# ---- value types


def heap_type(c: Cursor) -> Ref:
    """A heap type."""
    abstract = HEAP_TYPES.get(c.tok[c.i])
    if abstract is not None:
        c.i += 1
        return abstract
    if not c.indexes():
        c.bad("heap type expected")
    return c.ref("type")


def reference(nullable: bool, heap: Ref) -> ValType:
    """The value type of references to `heap`."""
    if nullable and isinstance(heap, int) and heap < 0:
        return heap + 0x80
    return (REF_NULL if nullable else REF, heap)


def is_ref_type(c: Cursor) -> bool:
    """Whether a reference type comes next."""
    return c.tok[c.i] in REF_TYPES or c.opens("ref")


def ref_type(c: Cursor) -> ValType:
    """A reference type."""
    short = REF_TYPES.get(c.tok[c.i])
    if short is not None:
        c.i += 1
        return short
    if not c.opens("ref"):
        c.bad("reference type expected")
    end = c.enter()
    nullable = c.take("null")
    heap = heap_type(c)
    c.leave(end)
    return reference(nullable, heap)


def val_type(c: Cursor) -> ValType:
    """A value type."""
    found = VAL_TYPES.get(c.tok[c.i])
    if found is not None:
        c.i += 1
        return found
    if not c.opens("ref"):
        c.bad("value type expected")
    return ref_type(c)


def storage_type(c: Cursor) -> ValType:
    """The type of a field."""
    packed = _PACKED.get(c.tok[c.i])
    if packed is not None:
        c.i += 1
        return packed
    return val_type(c)


# ---- function types


def declarations(c: Cursor, word: str, *, named: bool = True) -> list[Param]:
    """``(word type*)`` and ``(word $name type)``, as many as there are."""
    found = []
    while c.opens(word):
        end = c.enter()
        name = c.name() if named else -1
        if name >= 0:
            token = c.i
            found.append(Param(name, token, val_type(c)))
        else:
            while c.i != end:
                token = c.i
                found.append(Param(-1, token, val_type(c)))
        c.leave(end)
    return found


def func_shape(c: Cursor, *, named: bool = True) -> tuple[FuncShape, list[Param]]:
    """Parameters and results; the parameters also with their names."""
    params = declarations(c, "param", named=named)
    results = declarations(c, "result", named=False)
    if c.opens("param"):
        c.bad("parameters come before results")
    shape = (tuple(p.type for p in params), tuple(p.type for p in results))
    return shape, params


def type_use(c: Cursor, *, named: bool = True) -> tuple[TypeUse, list[Param]]:
    """``(type x)``, parameters and results, each of which may be left out.

    The caller records what has no reference in ``c.signatures``.
    """
    token, ref = c.i, None
    if c.opens("type"):
        end = c.enter()
        token = c.i
        ref = c.ref("type")
        c.leave(end)
    shape, params = func_shape(c, named=named)
    return TypeUse(ref, shape, token), params


# ---- defined types


def _field_type(c: Cursor, name: int) -> tuple[Param, bool]:
    token = c.i
    if c.opens("mut"):
        end = c.enter()
        kind = storage_type(c)
        c.leave(end)
        return Param(name, token, kind), True
    return Param(name, token, storage_type(c)), False


def _struct(c: Cursor) -> Composite:
    fields: list[tuple[Param, bool]] = []
    while c.opens("field"):
        end = c.enter()
        name = c.name()
        if name >= 0:
            fields.append(_field_type(c, name))
        else:
            while c.i != end:
                fields.append(_field_type(c, -1))
        c.leave(end)
    return Composite("struct", fields=tuple(fields))


def _composite(c: Cursor) -> Composite:
    word = c.head()
    if word not in ("func", "struct", "array"):
        c.bad("`(func`, `(struct` or `(array` expected")
    end = c.enter()
    if word == "func":
        shape, params = func_shape(c)
        found = Composite("func", shape, tuple(params))
    elif word == "struct":
        found = _struct(c)
    else:
        found = Composite("array", fields=(_field_type(c, -1),))
    c.leave(end)
    return found


def sub_type(c: Cursor) -> SubType:
    """``(type $name? ...)``, which comes next."""
    token = c.i + 1
    end = c.enter()
    name = c.name()
    final, supers = True, []
    if c.opens("sub"):
        inner = c.enter()
        final = c.take("final")
        while c.indexes():
            supers.append(c.ref("type"))
        composite = _composite(c)
        c.leave(inner)
    else:
        composite = _composite(c)
    c.leave(end)
    return SubType(name, token, final, tuple(supers), composite)


def limits(c: Cursor, *, memory: bool) -> Limits:
    """Index type, minimum, maximum; of a memory ``shared`` and the page size, too."""
    index64 = c.take("i64") or (c.take("i32") and False)
    # Whether a number is too large for the index type is a question of validation.
    high = (1 << 64) - 1
    minimum = c.number(0, high, "limits expected")
    maximum = None
    if "0" <= c.tok[c.i][0] <= "9":
        maximum = c.number(0, high, "limits expected")
    shared, page = False, None
    if memory:
        shared = c.take("shared")
        page = page_size(c)
    return Limits(minimum, maximum, index64, shared, page)


def page_size(c: Cursor) -> int | None:
    """``(pagesize n)`` as the logarithm of n."""
    if not c.opens("pagesize"):
        return None
    end = c.enter()
    size = c.number(1, 1 << 63, "page size expected")
    if size & (size - 1):
        c.bad("invalid custom page size", c.i - 1)
    c.leave(end)
    return size.bit_length() - 1
