"""The ``spectest`` host module that scripts import from.

Its memory, table and globals come from a small module; its functions are functions of
the host which that module exports again. They accept and return nothing of interest.

Source: the reference interpreter's ``spectest`` (interpreter/host/spectest.ml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.wast.text import assemble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.engines.interface import AnyValue, EngineBackend, Extern, Session

NAME = "spectest"
_PRINTS: dict[str, tuple[int, ...]] = {
    "print": (),
    "print_i32": (abi.I32,),
    "print_i64": (abi.I64,),
    "print_f32": (abi.F32,),
    "print_f64": (abi.F64,),
    "print_i32_f32": (abi.I32, abi.F32),
    "print_f64_f64": (abi.F64, abi.F64),
}
_TYPE_NAMES = {abi.I32: "i32", abi.I64: "i64", abi.F32: "f32", abi.F64: "f64"}
_DEFINED = {
    "global_i32": "(global (export {}) i32 (i32.const 666))",
    "global_i64": "(global (export {}) i64 (i64.const 666))",
    "global_f32": "(global (export {}) f32 (f32.const 666.6))",
    "global_f64": "(global (export {}) f64 (f64.const 666.6))",
    "table": "(table (export {}) 10 20 funcref)",
    "memory": "(memory (export {}) 1 2)",
}


def module_text() -> str:
    """The module behind ``spectest``, in text."""
    fields = []
    for name, params in _PRINTS.items():
        types = " ".join(_TYPE_NAMES[p] for p in params)
        fields.append(f'(import "host" "{name}" (func ${name} (param {types})))')
        fields.append(f'(export "{name}" (func ${name}))')
    fields.sort(reverse=True)  # imports before exports
    fields += [text.format(f'"{name}"') for name, text in _DEFINED.items()]
    return "(module\n  " + "\n  ".join(fields) + ")\n"


def _nothing(_args: Sequence[AnyValue]) -> Sequence[AnyValue]:
    return ()


def externs(backend: EngineBackend, session: Session) -> dict[tuple[str, str], Extern]:
    """The externs of ``spectest`` in `session`, under their import names."""
    host = {
        ("host", name): session.host_func(params, (), _nothing)
        for name, params in _PRINTS.items()
    }
    module = backend.compile(assemble(module_text().encode()))
    instance = session.instantiate(module, host)
    return {(NAME, name): instance.extern(name) for name in (*_PRINTS, *_DEFINED)}
