"""``pytest -p tests.warm.images_plugin``: every instance is made of a decoded image.

Each leaves a byte in the file that LBTOOL_IMAGE_COUNT names.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

    from lbtool.runtime.module import Module


def round_trip(module: Module) -> Module:
    """The same module, by way of its image."""
    from lbtool.runtime import image  # noqa: PLC0415 - not for every process

    made = image.encode(module)
    with open(os.environ["LBTOOL_IMAGE_COUNT"], "ab", buffering=0) as count:  # noqa: PTH123
        count.write(b".")
    data = bytes(module.skeleton.data)
    again = image.decode(memoryview(made), data, module.engine)
    assert image.encode(again) == made
    return again


def install() -> None:
    """From now on, in this process and its children."""
    from lbtool.runtime import instance, instantiate, wasi_link  # noqa: PLC0415

    original = instantiate.instantiate

    def through(store: Any, module: Module, *rest: Any) -> dict[str, Any]:
        return original(store, round_trip(module), *rest)

    for each in (instance, wasi_link):
        setattr(each, "instantiate", through)  # noqa: B010 - mypy knows better


def pytest_configure(config: pytest.Config) -> None:
    del config
    install()
