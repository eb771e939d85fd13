"""The time limit of a run, whenever it comes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from lbtool.cli.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.engines import AnyValue, ExportInfo


class Late:
    """A guest whose call begins only after the first interrupt, which is lost."""

    engine = "late"
    exports: Sequence[ExportInfo] = ()

    def __init__(self) -> None:
        self.lost = threading.Event()
        self.ended = threading.Event()

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        del name, args
        assert self.lost.wait(60)
        assert self.ended.wait(60)
        return ()

    def interrupt(self) -> None:
        (self.ended if self.lost.is_set() else self.lost).set()


def test_an_interrupt_before_the_call_is_not_the_last() -> None:
    guest = Late()
    with Clock(0.001).running(guest):
        guest.call("f", ())
    assert guest.ended.is_set()
