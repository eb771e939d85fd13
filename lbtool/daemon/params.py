"""Parameters of methods: frozen dataclasses that are read from JSON and checked.

`read` knows the types that parameters have: str, int, float, bool, ``X | None``,
``tuple[X, ...]`` and other such dataclasses. Unknown names are errors.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar

from lbtool.daemon.protocol import Fault, Json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = TypeVar("P", bound="DataclassInstance")


def read(cls: type[P], values: Json, where: str = "params") -> P:
    """A `cls` of the JSON object `values`; raises `Fault` ("params")."""
    hints = typing.get_type_hints(cls)
    unknown = sorted(set(values) - set(hints))
    if unknown:
        raise Fault("params", f"{where}: unknown: {', '.join(unknown)}")
    found = {
        name: _value(hints[name], value, f"{where}.{name}")
        for name, value in values.items()
    }
    try:
        return cls(**found)
    except (TypeError, ValueError) as error:
        raise Fault("params", f"{where}: {error}") from None


def _value(hint: Any, value: object, where: str) -> object:  # noqa: ANN401  # a type
    """`value` as what `hint` says."""
    if isinstance(hint, types.UnionType):
        if value is None and type(None) in hint.__args__:
            return None
        (hint,) = (each for each in hint.__args__ if each is not type(None))
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return read(typing.cast("type[DataclassInstance]", hint), value, where)
    if typing.get_origin(hint) is tuple and isinstance(value, list):
        return _tuple(typing.get_args(hint), value, where)
    if hint is float and type(value) is int:
        return float(value)
    # a bool is an int to Python and not to JSON
    if hint in (str, int, float, bool) and type(value) is hint:
        return value
    wanted = getattr(hint, "__name__", str(hint))
    raise Fault("params", f"{where} is {wanted}, not {type(value).__name__}")


def _tuple(items: tuple[Any, ...], value: list[object], where: str) -> object:
    """``tuple[X, ...]`` of any length, or ``tuple[X, Y]`` of just two."""
    if items[-1] is Ellipsis:
        items = items[:1] * len(value)
    if len(items) != len(value):
        raise Fault("params", f"{where} has {len(items)} items, not {len(value)}")
    pairs = enumerate(zip(items, value, strict=True))
    return tuple(_value(hint, each, f"{where}[{k}]") for k, (hint, each) in pairs)


def write(params: DataclassInstance) -> Json:
    """`params` as JSON; what has its default is left out."""
    return {
        each.name: _plain(value)
        for each in dataclasses.fields(params)
        if (value := getattr(params, each.name)) != _default(each)
    }


def _default(field: dataclasses.Field[object]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return write(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
