"""The shim module through which the guest reaches wasmtime's WASI functions.

wasmtime's WASI functions look up the memory of the *wasm instance* that calls them. The
shim is that instance: it owns the guest's linear memory, exports it as ``memory``, and
exports one wrapper per imported function. It is encoded here directly (Core
Specification, section 5); there is no text form and no compiler of ours involved.

Not here: instantiating the shim and calling it (``wasi.c``).
"""

from __future__ import annotations

from lbtool.records import record

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAGIC = b"\0asm\1\0\0\0"
MEMORY_EXPORT = "memory"
TYPE, IMPORT, FUNCTION, MEMORY, EXPORT, CODE = 1, 2, 3, 5, 7, 10
KIND_FUNC, KIND_MEMORY = 0, 2
FUNCTYPE_TAG = 0x60
LOCAL_GET, CALL, END = 0x20, 0x10, 0x0B


@record(frozen=True, slots=True)
class ShimFunction:
    """A function of the host to wrap: import names and value types (binary format)."""

    module: str
    name: str
    params: tuple[int, ...]
    results: tuple[int, ...]


@record(frozen=True, slots=True)
class ShimMemory:
    """The limits of the guest's memory, in pages of 64 KiB; None is no maximum."""

    minimum: int
    maximum: int | None


def uleb(value: int) -> bytes:
    """``value`` (not negative) as unsigned LEB128."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _name(text: str) -> bytes:
    data = text.encode()
    return uleb(len(data)) + data


def _section(code: int, items: Sequence[bytes]) -> bytes:
    if not items:
        return b""
    body = uleb(len(items)) + b"".join(items)
    return bytes([code]) + uleb(len(body)) + body


def _functype(function: ShimFunction) -> bytes:
    params, results = bytes(function.params), bytes(function.results)
    head = bytes([FUNCTYPE_TAG]) + uleb(len(params)) + params
    return head + uleb(len(results)) + results


def _limits(memory: ShimMemory) -> bytes:
    if memory.maximum is None:
        return b"\0" + uleb(memory.minimum)
    return b"\1" + uleb(memory.minimum) + uleb(memory.maximum)


def _wrapper(funcidx: int, n_params: int) -> bytes:
    gets = b"".join(bytes([LOCAL_GET]) + uleb(i) for i in range(n_params))
    body = b"\0" + gets + bytes([CALL]) + uleb(funcidx) + bytes([END])
    return uleb(len(body)) + body


def wrapper_name(index: int) -> str:
    """The name under which the shim exports the wrapper of function ``index``."""
    return f"f{index}"


def encode_shim(functions: Iterable[ShimFunction], memory: ShimMemory | None) -> bytes:
    """The shim's binary module.

    Function k of ``functions`` is imported as function k and wrapped by the export
    `wrapper_name(k)`. ``memory`` is None for a guest that exports no memory called
    ``memory``; then the WASI functions fail as they do for such a guest in wasmtime.
    """
    functions = tuple(functions)
    types = list(dict.fromkeys(_functype(f) for f in functions))
    typeidx = [uleb(types.index(_functype(f))) for f in functions]
    imports = [
        _name(f.module) + _name(f.name) + bytes([KIND_FUNC]) + index
        for f, index in zip(functions, typeidx, strict=True)
    ]
    count = len(functions)
    exports = [
        _name(wrapper_name(k)) + bytes([KIND_FUNC]) + uleb(count + k)
        for k in range(count)
    ]
    memories = []
    if memory is not None:
        memories.append(_limits(memory))
        exports.append(_name(MEMORY_EXPORT) + bytes([KIND_MEMORY]) + uleb(0))
    bodies = [_wrapper(k, len(f.params)) for k, f in enumerate(functions)]
    return b"".join(
        (
            MAGIC,
            _section(TYPE, types),
            _section(IMPORT, imports),
            _section(FUNCTION, typeidx),
            _section(MEMORY, memories),
            _section(EXPORT, exports),
            _section(CODE, bodies),
        )
    )
