"""Whether something may be imported as a type (specification 4.5.4)."""

from __future__ import annotations

from lbtool.errors import LinkError
from lbtool.runtime.func import Func
from lbtool.runtime.global_ import Global
from lbtool.runtime.memory import Memory
from lbtool.runtime.table import Table
from lbtool.wasm.types import FuncType, GlobalType, MemoryType, TableType

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from typing import Any

    from lbtool.runtime.module import ImportType
    from lbtool.wasm.types import Limits

__all__ = ["require_match", "unknown_import"]


def limits_match(size: int, maximum: int | None, wanted: Limits) -> bool:
    """Whether something of `size` with this maximum fits the limits `wanted`."""
    if size < wanted.minimum:
        return False
    if wanted.maximum is None:
        return True
    return maximum is not None and maximum <= wanted.maximum


def matches(item: Any, wanted: FuncType | TableType | MemoryType | GlobalType) -> bool:
    """Whether `item` is of a type that `wanted` accepts."""
    if isinstance(wanted, FuncType):
        return isinstance(item, Func) and item.type == wanted
    if isinstance(wanted, GlobalType):
        return isinstance(item, Global) and item.type == wanted
    if isinstance(wanted, TableType) and isinstance(item, Table):
        limits = item.type.limits
        fits = limits_match(limits.minimum, limits.maximum, wanted.limits)
        return fits and item.element == wanted.element
    if isinstance(wanted, MemoryType) and isinstance(item, Memory):
        limits = item.type.limits
        return limits_match(limits.minimum, limits.maximum, wanted.limits)
    return False


def unknown_import(wanted: ImportType) -> LinkError:
    """The error for an import that nothing was given for."""
    return LinkError(f"unknown import: {wanted.module}::{wanted.name} is not defined")


def require_match(item: Any, wanted: ImportType) -> None:
    """Raise LinkError unless `item` may be imported as `wanted`."""
    if not matches(item, wanted.type):
        have = getattr(item, "type", item)
        raise LinkError(
            f"incompatible import type: {wanted.module}::{wanted.name} is {have}, "
            f"{wanted.type} is needed"
        )
