"""``pytest -p tests.warm.images_plugin``: every instance is made of a decoded image."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lbtool.runtime import image, instance, instantiate, wasi_link

if TYPE_CHECKING:
    import pytest

    from lbtool.runtime.module import Module

COUNT = {"images": 0}
_original = instantiate.instantiate


def round_trip(module: Module) -> Module:
    """The same module, by way of its image."""
    made = image.encode(module)
    COUNT["images"] += 1
    data = bytes(module.skeleton.data)
    again = image.decode(memoryview(made), data, module.engine)
    assert image.encode(again) == made
    return again


def _through(store: Any, module: Module, *rest: Any) -> dict[str, Any]:
    return _original(store, round_trip(module), *rest)


def pytest_configure(config: pytest.Config) -> None:
    del config
    for each in (instance, wasi_link):
        setattr(each, "instantiate", _through)  # noqa: B010 - mypy knows better


def pytest_unconfigure(config: pytest.Config) -> None:
    del config
    Path(os.environ["LBTOOL_IMAGE_COUNT"]).write_text(f"{COUNT['images']}")
