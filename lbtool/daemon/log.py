"""The daemon's log: a file of bounded size, and its predecessor."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 1 << 20  # bytes; beside it lies one predecessor of at most this size
FORMAT = "%(asctime)s %(process)d %(levelname)s %(message)s"


@contextmanager
def opened_log(path: str) -> Iterator[None]:
    """Inside of the block everything that is logged goes to the file `path`."""
    handler = RotatingFileHandler(path, maxBytes=LIMIT, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


def tail(path: str, lines: int) -> str:
    """The last `lines` lines of the log, over its predecessor if need be."""
    text = b""
    for name in (path, f"{path}.1"):
        try:
            with open(name, "rb") as file:  # noqa: PTH123  # pathlib costs nothing less
                text = file.read() + text
        except FileNotFoundError:
            continue
        if text.count(b"\n") > lines:
            break
    wanted = text.decode("utf-8", "replace").splitlines()[-lines:] if lines else []
    return "".join(f"{line}\n" for line in wanted)
