"""Runs of function bodies on several threads: how work is cut and put together again.

What is done with the bodies releases the GIL, or threads would not help. Which bodies,
and what for, is the caller's business.
"""

from __future__ import annotations

from lbtool.team import Team

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    T = TypeVar("T")

__all__ = ["in_parts"]

PARTS = 6  # per thread, so that an unlucky thread does not keep the others waiting
WORTH = 1 << 14  # bytes of bodies below which a thread costs more than it gives


def in_parts(
    bodies: Sequence[tuple[int, int]],
    threads: int,
    work: Callable[[int, int], list[T]],
) -> list[T]:
    """Concatenate ``work(first, last)`` over runs of bodies (byte ranges), in order.

    The runs have about as many bytes each, and whoever is free takes the next one, the
    calling thread as well. Raises what `work` raises for the earliest run.
    """
    size = sum(end - start for start, end in bodies)
    threads = min(threads, len(bodies) // 2, size // WORTH)
    if threads <= 1:
        return work(0, len(bodies)) if bodies else []
    cuts = _cuts(bodies, max(WORTH // 2, size // (PARTS * threads) + 1))
    found: list[list[T]] = [[] for _ in cuts[1:]]
    failed: dict[int, BaseException] = {}

    def job(k: int) -> None:
        try:
            found[k] = work(cuts[k], cuts[k + 1])
        except BaseException as error:  # noqa: BLE001 - the calling thread raises it
            failed[k] = error

    Team(job, len(found), threads - 1).wait()
    if failed:
        raise failed[min(failed)]
    return [each for part in found for each in part]


def _cuts(bodies: Sequence[tuple[int, int]], share: int) -> list[int]:
    """Where to cut so that each run but the last has at least `share` bytes."""
    cuts, size = [0], 0
    for k, (start, end) in enumerate(bodies, 1):
        size += end - start
        if size >= share and k < len(bodies):
            cuts.append(k)
            size = 0
    return [*cuts, len(bodies)]
