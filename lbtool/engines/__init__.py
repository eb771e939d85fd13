"""Execution engines behind one interface: ours, and wasmtime's Cranelift and Winch.

`get` makes a back end by name; nothing heavy is imported before. What a back end can do
is in `interface`. Falling back from ours to another is for the caller.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from lbtool.engines.interface import (
        AnyValue,
        CompiledModule,
        EngineBackend,
        EngineTrap,
        ExportInfo,
        Extern,
        ImportInfo,
        Instance,
        Namespace,
        Ref,
        Session,
        TrapKind,
        Value,
    )

__all__ = [
    "BACKENDS",
    "AnyValue",
    "CompiledModule",
    "EngineBackend",
    "EngineTrap",
    "ExportInfo",
    "Extern",
    "ImportInfo",
    "Instance",
    "Namespace",
    "Ref",
    "Session",
    "TrapKind",
    "Value",
    "get",
    "preload",
]

BACKENDS = ("lbtool", "cranelift", "winch")
_MODULES = {
    "lbtool": "lbtool.engines.ours",
    "cranelift": "lbtool.engines.wasmtime_engine",
    "winch": "lbtool.engines.wasmtime_engine",
}


def __getattr__(name: str) -> object:
    """The names of `interface`, imported when one is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from lbtool.engines import interface  # noqa: PLC0415

    value: object = getattr(interface, name)
    globals()[name] = value
    return value


def preload(name: str) -> None:
    """Imports what back end `name` needs, without making an engine or a thread."""
    from importlib import import_module  # noqa: PLC0415

    import_module(_MODULES[name])


def get(
    name: str,
    *,
    profile: str = "2.0",
    interruptible: bool = False,
    target: Mapping[str, Any] | None = None,
) -> EngineBackend:
    """The back end `name` (of `BACKENDS`); ValueError for any other.

    profile        "1.0" or "2.0"; wasmtime's engines also take "3.0": all they have
    interruptible  whether `Session.interrupt` must work; it costs wasmtime's engines
                   speed (polls), ours nothing
    target         fields of ``lbtool.compiler.Target`` for our engine, such as
                   ``{"bounds": "explicit"}``; the profile is given apart
    """
    if name in ("cranelift", "winch"):
        from lbtool.engines.wasmtime_engine import WasmtimeBackend  # noqa: PLC0415

        return WasmtimeBackend(name, profile, interruptible=interruptible)
    if name == "lbtool":
        from lbtool.engines.ours import LbtoolBackend  # noqa: PLC0415

        return LbtoolBackend(profile, target)
    raise ValueError(f"unknown back end {name!r}; there are {', '.join(BACKENDS)}")
