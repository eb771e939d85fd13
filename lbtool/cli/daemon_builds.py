"""The daemon as ``lbtool build`` and ``lbtool watch`` use it: whether, and for what."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lbtool.cache.private import Unusable, cache_directory

if TYPE_CHECKING:
    from lbtool.config import Settings
    from lbtool.daemon.client import Client

__all__ = ["connected"]


def connected(settings: Settings) -> tuple[Client, dict[str, Any]] | None:
    """A running daemon and the options for it, which name the cache of this process.

    None when there is no daemon, or it is not to be used.
    """
    if not (settings.daemon and settings.cache):
        return None
    from lbtool.daemon.client import running  # noqa: PLC0415

    try:
        cache = os.path.abspath(settings.cache_dir or cache_directory())  # noqa: PTH100
    except Unusable:
        return None
    client = running()
    if client is None:
        return None
    return client, {
        "profile": settings.wasm,
        "bounds": settings.bounds,
        "threads": settings.threads,
        "cache": cache,
        "cache_size": settings.cache_size,
    }
