"""Frozen records for modules that ``lbtool run`` imports.

``@record(frozen=True, slots=True)`` means what ``@dataclass`` with these arguments
means (``eq=False`` and ``weakref_slot=True``, too), for classes whose fields are plain
annotations with or without a default; `NamedTuple` is that of ``typing``. What
``dataclasses`` and ``typing`` import (``inspect``, ``re``) would cost a run a third of
its time; ``replace``, ``fields`` and ``asdict`` know records all the same.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from typing import NamedTuple
else:

    def record(
        *, frozen: bool, slots: bool, eq: bool = True, weakref_slot: bool = False
    ) -> object:
        """Make a class a record."""
        assert frozen
        assert slots
        return lambda cls: _record(cls, eq, weakref_slot)

    class _Named(type):
        """Makes a named tuple of a class's annotations."""

        def __new__(
            cls, name: str, bases: tuple[type, ...], space: dict[str, object]
        ) -> type:
            if not bases:
                return super().__new__(cls, name, bases, space)
            from collections import namedtuple  # noqa: PLC0415 - not always needed

            names = tuple(space["__annotations__"])
            defaults = [space.pop(each) for each in names if each in space]
            module = space.pop("__module__")
            made = namedtuple(name, names, defaults=defaults, module=module)  # noqa: PYI024
            for each, value in space.items():
                setattr(made, each, value)
            return made

    class NamedTuple(metaclass=_Named):
        """The base of a named tuple."""


__all__ = ["NamedTuple", "record"]


class _Fields:
    """``__dataclass_fields__`` of a record, by which ``dataclasses`` knows one."""

    def __get__(self, _: object, cls: type) -> dict[str, object]:
        from dataclasses import make_dataclass  # noqa: PLC0415 - see above

        names: tuple[str, ...] = cls.__match_args__  # type: ignore[attr-defined]
        found: dict[str, object] = vars(make_dataclass(cls.__name__, names))[
            "__dataclass_fields__"
        ]
        # once a class: it takes two milliseconds
        cls.__dataclass_fields__ = found  # type: ignore[attr-defined]
        return found


def _record(cls: type, eq: bool, weakref_slot: bool) -> type:
    names = tuple(cls.__annotations__)
    space = dict(vars(cls))
    defaults = {name: space.pop(name) for name in names if name in space}
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    space["__slots__"] = (*names, "__weakref__") if weakref_slot else names
    space["__match_args__"] = names
    if not eq:
        space["__eq__"], space["__hash__"] = object.__eq__, object.__hash__
    made = type(cls.__name__, (_Record, *cls.__bases__), space)
    _DEFAULTS[made] = defaults
    return made


_DEFAULTS: dict[type, dict[str, object]] = {}
_set = object.__setattr__


class _Record:
    """What all records do, by the names in their slots."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()
    __dataclass_fields__ = _Fields()

    def __init__(self, *values: object, **named: object) -> None:
        names = self.__match_args__
        if len(values) != len(names) or named:
            values = _complete(type(self), values, named)
        for name, value in zip(names, values, strict=True):
            _set(self, name, value)
        self.__post_init__()

    def __post_init__(self) -> None:
        pass

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        pairs = zip(self.__match_args__, self._values(), strict=True)
        inside = ", ".join(f"{name}={value!r}" for name, value in pairs)
        return f"{type(self).__qualname__}({inside})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete field {name!r}")

    def __getstate__(self) -> tuple[object, ...]:
        return self._values()

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(self.__match_args__, state, strict=True):
            _set(self, name, value)


def _complete(
    cls: type, values: tuple[object, ...], named: dict[str, object]
) -> tuple[object, ...]:
    """Every field's value, in order; TypeError when the arguments do not fit."""
    names = cls.__match_args__  # type: ignore[attr-defined]
    given = {**_DEFAULTS[cls], **dict(zip(names, values, strict=False)), **named}
    twice = set(names[: len(values)]) & set(named)
    if twice or len(values) > len(names) or len(given) != len(names):
        raise TypeError(f"{cls.__name__} takes {', '.join(names)}")
    return tuple([given[name] for name in names])
