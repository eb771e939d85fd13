"""Modules for our engine: out of their images, or built over the cache.

An image is one sealed file; a run that finds it compiles nothing and opens no database.
Else all of the module is compiled, which takes no longer than to look for the artifacts
of its functions, and the image is kept for the next run: while the guest of this one
runs. Whatever is wrong with an image is a miss.
"""

from __future__ import annotations

import os
import stat
from _thread import allocate_lock, start_new_thread
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
        self._reading: Reading | None = None
        self._data: memoryview | None = None
        # A pipe is not even opened: closing it again would end who writes there.
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - as above
            raise OSError("not a regular file")
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.at = os.fstat(self._fd)

    def start(self) -> None:
        """Begin to read all of it."""
        self._reading = Reading(os.dup(self._fd), self.at.st_size)

    def contents(self) -> memoryview:
        """All of it; `digest` is known then.

        Raises OSError, also when the file is not what it was.
        """
        if self._data is None:
            wanted = self.digest
            if self._reading is None:
                self.start()
                assert self._reading is not None
            self._data, parts = self._reading.result()
            self.digest = join(parts or digests(self._data), len(self._data))
            if wanted not in (b"", self.digest):
                self.digest = wanted
                raise self._changed()
        return self._data

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
        return bytes(self.contents())

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
        self._digested: tuple[Data, bytes] | None = None
        self._made: tuple[bytes, Module] | None = None
        self._keeping = allocate_lock()

    def binary_of(self, file: ModuleFile) -> tuple[Data | None, bytes]:
        """The binary module that a file holds, and its digest.

        For text, what it was assembled to before; None when it was not. Raises OSError.
        """
        contents = file.contents()
        if not is_text(self.path, contents):
            self._digested = contents, file.digest
            return self._digested
        found = self.cache.file(TEXT, text_key(contents))
        return (None, b"") if found is None else (bytes(found), digest(found))

    def binary(self, contents: bytes | memoryview) -> bytes | memoryview:
        """The binary module that the file holds or stands for, assembled if need be.

        Raises `lbtool.errors.MalformedError` with line and column.
        """
        if not is_text(self.path, contents):
            return contents
        from lbtool.build.source import binary_module  # noqa: PLC0415 - cold path

        return binary_module(self.cache, bytes(contents), self.path)

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

    def make(self, engine: Engine, data: bytes | memoryview) -> Module:
        """The module, compiled if there is no image; see `begin_keeping`.

        Raises `lbtool.errors.ModuleError`.
        """
        if self._digested is not None and data is self._digested[0]:
            key = self._digested[1]  # and there was no image
        else:
            key = digest(data)
            found = self.ready(engine, data, key)
            if found is not None:
                return found
        from lbtool.runtime.module import Module  # noqa: PLC0415 - as in `ready`
        from lbtool.wasm.decode import decode  # noqa: PLC0415 - cold path

        # decoded as the binary that it is by its name: `Module` would guess again
        module = Module(engine, decode(data))
        self._made = image_key(key, *engine.config.facts), module
        return module

    def begin_keeping(self) -> None:
        """Keep the image of the module that was made, from now until `close`."""
        made, self._made = self._made, None
        if made is None or not self.cache.lasts:
            return
        self._keeping.acquire()
        try:
            start_new_thread(self._keep_image, made)
        except RuntimeError:  # no more threads
            self._keep_image(*made)

    def _keep_image(self, where: bytes, module: Module) -> None:
        from lbtool.runtime import image  # noqa: PLC0415 - as in `ready`

        try:
            self.cache.put_file(IMAGE, where, image.encode(module))
        finally:
            self._keeping.release()

    def close(self) -> None:
        """Wait until what was begun is kept."""
        with self._keeping:
            pass

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
