"""Linked images of built modules: with one a run starts without opening a database.

What is in an image is ``lbtool.runtime.image``. A run that finds none builds the module
and keeps one itself; a build does it ahead of the first run.
"""

from __future__ import annotations

from lbtool.cache.keys import image_key
from lbtool.cache.kinds import IMAGE
from lbtool.cache.tree import digest

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.build.loading import Loaded
    from lbtool.cache.cache import Cache
    from lbtool.compiler.artifact import CompiledFunction

__all__ = ["keep"]


def keep(cache: Cache, loaded: Loaded, functions: list[CompiledFunction]) -> None:
    """Link the functions of a module that lbtool can run, and keep the image."""
    from lbtool.runtime import image  # noqa: PLC0415 - not for those who only build
    from lbtool.runtime.engine import Config, Engine  # noqa: PLC0415
    from lbtool.runtime.module import Module  # noqa: PLC0415

    module, target = loaded.unit.module, loaded.unit.recipe.target
    config = Config(wasm=target.profile.name, bounds=target.bounds)
    made = Module(Engine(config), module, functions=functions)
    where = image_key(digest(module.data), *config.facts)
    cache.put_file(IMAGE, where, image.encode(made))
