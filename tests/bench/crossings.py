"""The work of `boundary_bench` in Python, over the exports of ``boundary.wat``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEEP = 100  # calls below the one that traps


def actions(
    exports: Mapping[str, Callable[..., object]], trap: type[Exception]
) -> dict[str, Callable[[int], None]]:
    """What crosses so many times, by name, for an engine that is in Python."""

    def call(count: int) -> None:
        add = exports["add"]
        for k in range(count):
            add(k, 1)

    def trapping(name: str, *arguments: int) -> Callable[[int], None]:
        def work(count: int) -> None:
            function = exports[name]
            for _ in range(count):
                try:
                    function(*arguments)
                except trap:
                    continue
                raise AssertionError(f"{name} did not trap")

        return work

    def inside(name: str) -> Callable[[int], None]:
        def work(count: int) -> None:
            exports[name](count)

        return work

    return {
        "call": call,
        "host": inside("host"),
        "wasi": inside("wasi"),
        "divide": trapping("divide", 7, 0),
        "load": trapping("load", 1 << 30, 4),
        "deep": trapping("deep", DEEP, 1),
    }


def same(number: int, _other: int) -> int:
    """The host function."""
    return number
