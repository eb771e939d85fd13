"""Modules for our engine: out of their images, or built over the cache.

An image is one sealed file; a run that finds it compiles nothing and opens no database.
Else the module is built from the artifacts in the cache, what lacks is compiled, and
the image is kept for the next run. Whatever is wrong with an image is a miss.
"""

from __future__ import annotations

from lbtool.cache.cache import open_cache
from lbtool.cache.keys import digest_key, image_key, shim_key, text_key
from lbtool.cache.kinds import DIGEST, IMAGE, SHIM, TEXT
from lbtool.cache.tree import CHUNK, digests, join

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.cache.cache import Cache
    from lbtool.cache.tree import Reading
    from lbtool.config import Settings
    from lbtool.runtime.engine import Engine
    from lbtool.runtime.module import Module
    from lbtool.runtime.skeleton import Data

__all__ = ["Modules", "digest_of", "is_text", "read_file"]


def read_file(path: str) -> bytes:
    """Contents of a file. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - no pathlib here
        return file.readall()


def is_text(path: str, data: Data) -> bool:
    """Whether a file is a module in text format, as `lbtool.wasm.read` decides it."""
    return not path.endswith(".wasm") and data[:1] != b"\0"


class Modules:
    """The cache as one run uses it; `path` is the file that is run."""

    def __init__(
        self, settings: Settings, path: str, warn: Callable[[str], None]
    ) -> None:
        self.path = path
        self.cache: Cache = open_cache(
            settings.cache_dir,
            enabled=settings.cache,
            limit=settings.cache_size,
            warn=warn,
        )

    def assembled(self, text: Data) -> bytes | None:
        """The binary module of a text that was assembled before."""
        found = self.cache.file(TEXT, text_key(text))
        return None if found is None else bytes(found)

    def binary(self, contents: bytes) -> bytes:
        """The binary module that the file holds or stands for, assembled if need be.

        Raises `lbtool.errors.MalformedError` with line and column.
        """
        if not is_text(self.path, contents):
            return contents
        from lbtool.build.source import binary_module  # noqa: PLC0415 - cold path

        return binary_module(self.cache, contents, self.path)

    def digest(self, reading: Reading) -> bytes | None:
        """Digest of a long file that is as it was when it was digested before."""
        if reading.at.st_size <= CHUNK:
            return None
        found = self.cache.file(DIGEST, digest_key(reading.at))
        return None if found is None else bytes(found)

    def note_digest(self, reading: Reading, digest: bytes) -> None:
        """Remember the digest of a long file, if another write would show."""
        if reading.at.st_size > CHUNK and reading.settled:
            self.cache.put_file(DIGEST, digest_key(reading.at), digest)

    def ready(self, engine: Engine, data: Data, digest: bytes) -> Module | None:
        """The module if there is an image of it; `digest` is of `tree.join`."""
        from lbtool.runtime import image  # noqa: PLC0415 - while the file is read

        payload = self.cache.file(IMAGE, _key(engine, digest))
        if payload is None:
            return None
        try:
            return image.decode(payload, data, engine)
        except ValueError:
            self.cache.stats.reject("image")
            return None

    def make(self, engine: Engine, data: bytes) -> Module:
        """The module; its image is kept. Raises `lbtool.errors.ModuleError`."""
        digest = digest_of(data)
        found = self.ready(engine, data, digest)
        if found is not None:
            return found
        from lbtool.runtime import image  # noqa: PLC0415 - as in `ready`

        module = self._built(engine, data)
        self.cache.put_file(IMAGE, _key(engine, digest), image.encode(module))
        return module

    def keep(self, facts: tuple[bytes, ...], make: Callable[[], bytes]) -> bytes:
        """The shim that `make` made now, or in another run for the same facts."""
        from lbtool.runtime import native  # noqa: PLC0415 - as in `ready`

        key = shim_key(*facts, native.cpu_features())
        found = self.cache.file(SHIM, key)
        if found is not None:
            return bytes(found)
        made = make()
        self.cache.put_file(SHIM, key, made)
        return made

    def _built(self, engine: Engine, data: bytes) -> Module:
        from lbtool.build import Builder, Options  # noqa: PLC0415 - cold path
        from lbtool.runtime.module import Module  # noqa: PLC0415
        from lbtool.wasm import decode  # noqa: PLC0415

        config = engine.config
        options = Options(config.wasm, config.bounds, config.threads)
        built = Builder(self.cache, options).build(self.path, data)
        functions = built.linkable
        if functions is None or built.module is None:
            return Module(engine, decode(data))  # which raises what is wrong with it
        return Module(engine, built.module, functions=functions)


def digest_of(data: Data) -> bytes:
    """Digest of a binary module, by which its image is known."""
    return join(digests(data), len(data))


def _key(engine: Engine, digest: bytes) -> bytes:
    from lbtool.runtime import native  # noqa: PLC0415 - as in `Modules.ready`

    config = engine.config
    facts = config.wasm.encode(), config.bounds.encode(), native.cpu_features()
    return image_key(digest, *facts)
