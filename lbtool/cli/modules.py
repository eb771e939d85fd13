"""Modules for our engine: out of their images, or built over the cache.

An image is one sealed file; a run that finds it compiles nothing and opens no database.
Else the module is built from the artifacts in the cache, what lacks is compiled, and
the image is kept for the next run. Whatever is wrong with an image is a miss.
"""

from __future__ import annotations

import os
import stat
from time import time_ns

from lbtool.cache.cache import open_cache
from lbtool.cache.keys import digest_key, image_key, shim_key, text_key
from lbtool.cache.kinds import DIGEST, IMAGE, SHIM, TEXT
from lbtool.cache.tree import CHUNK, Reading, digest, digests, join

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.cache.cache import Cache
    from lbtool.config import Settings
    from lbtool.runtime.engine import Engine
    from lbtool.runtime.module import Module
    from lbtool.runtime.skeleton import Data

__all__ = ["ModuleFile", "Modules", "is_text", "read_file"]

# Times of files have a resolution of up to two seconds.
SETTLED_NS = 2_000_000_000


def read_file(path: str) -> bytes:
    """Contents of a file. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - no pathlib here
        return file.readall()


def is_text(path: str, data: bytes | memoryview) -> bool:
    """Whether a file is a module in text format, as `lbtool.wasm.read` decides it."""
    return not path.endswith(".wasm") and data[:1] != b"\0"


class ModuleFile:
    """The file that is run, which stays open: a `lbtool.runtime.skeleton.Contents`.

    at      what it was when it was opened
    digest  once that is known
    Raises OSError, from construction or when it is read.
    """

    def __init__(self, path: str) -> None:
        self.digest = b""
        self._path = path
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.at = os.fstat(self._fd)
        if not stat.S_ISREG(self.at.st_mode):
            os.close(self._fd)
            raise OSError("not a regular file")

    def start(self) -> None:
        """Begin to read all of it."""
        self._reading = Reading(os.dup(self._fd), self.at.st_size)

    def contents(self) -> memoryview:
        """All of it; `digest` is known then."""
        data, parts = self._reading.result()
        self.digest = join(parts or digests(data), len(data))
        return data

    @property
    def settled(self) -> bool:
        """Whether another write since would show, in the file's times or size."""
        at, now = self.at, os.fstat(self._fd)
        times = (at.st_mtime_ns, at.st_ctime_ns)
        same = times == (now.st_mtime_ns, now.st_ctime_ns)
        return same and time_ns() - max(times) > SETTLED_NS

    def __len__(self) -> int:
        return self.at.st_size

    def fileno(self) -> int:
        """Descriptor, for reading at any offset."""
        return self._fd

    def check(self) -> None:
        """Raise OSError when the file has been written since it was opened."""
        at, now = self.at, os.fstat(self._fd)
        if (at.st_size, at.st_mtime_ns) != (now.st_size, now.st_mtime_ns):
            raise self._changed()

    def __bytes__(self) -> bytes:
        wanted = self.digest
        self.start()
        data = self.contents()
        if self.digest != wanted:
            self.digest = wanted
            raise self._changed()
        return bytes(data)

    def _changed(self) -> OSError:
        return OSError(f"{self._path} was changed while it was being run")


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

    def binary_of(self, file: ModuleFile) -> tuple[Data | None, bytes]:
        """The binary module that a file holds, and its digest.

        For text, what it was assembled to before; None when it was not. Raises OSError.
        """
        contents = file.contents()
        if not is_text(self.path, contents):
            return contents, file.digest
        found = self.cache.file(TEXT, text_key(contents))
        return (None, b"") if found is None else (bytes(found), digest(found))

    def binary(self, contents: bytes) -> bytes:
        """The binary module that the file holds or stands for, assembled if need be.

        Raises `lbtool.errors.MalformedError` with line and column.
        """
        if not is_text(self.path, contents):
            return contents
        from lbtool.build.source import binary_module  # noqa: PLC0415 - cold path

        return binary_module(self.cache, contents, self.path)

    def noted(self, file: ModuleFile) -> bool:
        """Whether a long binary is as it was when digested; its digest is set."""
        if file.at.st_size <= CHUNK or is_text(
            self.path, os.pread(file.fileno(), 1, 0)
        ):
            return False
        found = self.cache.file(DIGEST, digest_key(file.at))
        file.digest = bytes(found or b"")
        return found is not None

    def note(self, file: ModuleFile) -> None:
        """Remember the digest of a long file, if another write would show."""
        if file.at.st_size > CHUNK and file.settled:
            self.cache.put_file(DIGEST, digest_key(file.at), file.digest)

    def expect(self, engine: Engine, digest: bytes) -> None:
        """Begin to read the image that `ready` will be asked for, to where it runs."""
        from lbtool.runtime.native import Room  # noqa: PLC0415 - as in `ready`

        self.cache.expect(IMAGE, image_key(digest, *engine.config.facts), Room)

    def ready(self, engine: Engine, data: Data, digest: bytes) -> Module | None:
        """The module if there is an image of it; `digest` is that of its bytes."""
        from lbtool.runtime import image  # noqa: PLC0415 - while the file is read

        self.expect(engine, digest)
        payload = self.cache.file(IMAGE, image_key(digest, *engine.config.facts))
        if payload is None:
            return None
        try:
            return image.decode(payload, data, engine)
        except ValueError:
            self.cache.stats.reject("image")
            return None

    def make(self, engine: Engine, data: bytes) -> Module:
        """The module; its image is kept. Raises `lbtool.errors.ModuleError`."""
        key = digest(data)
        found = self.ready(engine, data, key)
        if found is not None:
            return found
        from lbtool.runtime import image  # noqa: PLC0415 - as in `ready`

        module = self._built(engine, data)
        where = image_key(key, *engine.config.facts)
        self.cache.put_file(IMAGE, where, image.encode(module))
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
