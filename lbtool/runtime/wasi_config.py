"""What a WASI program gets to see: arguments, environment, streams, directories.

A `WasiConfig` is plain data until `WasiConfig.environment` makes an environment of
native code from it. That binds wasmtime's shared library without importing its package:
the bindings alone take 60 ms and more.

Not here: functions and memory of an instance (``wasi.py``), options of commands.
"""

from __future__ import annotations

import os
import sys

from lbtool.errors import LbtoolError
from lbtool.records import record
from lbtool.runtime import wasi_native

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LIBRARY = "linux-x86_64/_libwasmtime.so"  # inside the wasmtime package

# What a standard stream is connected to: an enum of wasi.h.
NONE, INHERIT, FILE, BYTES, FD = range(5)

PathLike = str | bytes | os.PathLike[str]


class WasiError(LbtoolError):
    """A WASI function failed as a whole, so that the program cannot go on."""


class Capture:
    """Output of a program, kept in memory; each new instance starts it afresh."""

    def __init__(self) -> None:
        # wasmtime writes to files directly, but calls functions from threads of its own
        self._fd = os.memfd_create("wasi-output")

    def __del__(self) -> None:
        os.close(self._fd)

    @property
    def path(self) -> bytes:
        """A path for opening it in this process, while this object lives."""
        return b"/proc/self/fd/%d" % self._fd

    def getvalue(self) -> bytes:
        """All that was written so far."""
        return os.pread(self._fd, os.fstat(self._fd).st_size, 0)


@record(frozen=True, slots=True)
class Stream:
    """What a standard stream is connected to."""

    kind: int
    data: bytes = b""
    target: int = -1
    capture: Capture | None = None  # kept alive: its path is a descriptor's number


def just_made(facts: tuple[bytes, ...], make: Callable[[], bytes]) -> bytes:
    """Keep nothing."""
    del facts
    return make()


class WasiConfig:
    """What a WASI program gets to see. Plain data: use it for any number of instances.

    Without further settings there are no arguments, no environment and no directories,
    stdin is empty and output is thrown away. Names follow wasmtime's Python package.

    >>> config = WasiConfig()
    >>> config.argv = ["prog", "--help"]
    >>> config.env = {"HOME": "/"}
    >>> output = config.capture_stdout()
    >>> config.preopen_dir(".", "/work", writable=False)
    """

    def __init__(self) -> None:
        self._argv: tuple[bytes, ...] = ()
        self._env: tuple[tuple[bytes, bytes], ...] = ()
        self._stdin = self._stdout = self._stderr = Stream(NONE)
        self._preopens: tuple[tuple[bytes, bytes, bool], ...] = ()
        # May give native code that it was given before for the same facts: its place
        # has to be one where nobody else writes.
        self.keep = just_made

    @property
    def argv(self) -> tuple[str, ...]:
        """The arguments; the first is the program's name."""
        return tuple(os.fsdecode(text) for text in self._argv)

    @argv.setter
    def argv(self, argv: Sequence[str]) -> None:
        self._argv = tuple(os.fsencode(text) for text in argv)

    @property
    def env(self) -> tuple[tuple[str, str], ...]:
        """The environment variables, names and values."""
        return tuple((os.fsdecode(k), os.fsdecode(v)) for k, v in self._env)

    @env.setter
    def env(self, env: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        pairs = env.items() if hasattr(env, "items") else env
        self._env = tuple((os.fsencode(k), os.fsencode(v)) for k, v in pairs)

    def inherit_env(self) -> None:
        """Give the program this process's environment (the part that is UTF-8)."""
        self._env = tuple((k, v) for k, v in os.environb.items() if _utf8(k + v))

    def inherit_stdin(self) -> None:
        """Let the program read this process's stdin."""
        self._stdin = Stream(INHERIT)

    def stdin_file(self, path: PathLike) -> None:
        """Let the program read a file as its stdin, from the start."""
        self._stdin = Stream(FILE, os.fsencode(path))

    def stdin_fd(self, fd: int) -> None:
        """Let the program read from this open file descriptor, a pipe or a terminal.

        It is opened anew for the program: a regular file is read from its start.
        """
        self._stdin = Stream(FILE, b"/proc/self/fd/%d" % fd)

    def stdin_bytes(self, data: bytes) -> None:
        """Let the program read these bytes as its stdin."""
        self._stdin = Stream(BYTES, data)

    def inherit_stdout(self) -> None:
        """Let the program write to this process's stdout."""
        self._stdout = Stream(INHERIT)

    def inherit_stderr(self) -> None:
        """Let the program write to this process's stderr."""
        self._stderr = Stream(INHERIT)

    def stdout_file(self, path: PathLike) -> None:
        """Write the program's stdout to a file, which is made or emptied."""
        self._stdout = Stream(FILE, os.fsencode(path))

    def stderr_file(self, path: PathLike) -> None:
        """Write the program's stderr to a file, which is made or emptied."""
        self._stderr = Stream(FILE, os.fsencode(path))

    def stdout_fd(self, fd: int) -> None:
        """Write the program's stdout to a duplicate of this open file descriptor."""
        self._stdout = Stream(FD, target=fd)

    def stderr_fd(self, fd: int) -> None:
        """Write the program's stderr to a duplicate of this open file descriptor."""
        self._stderr = Stream(FD, target=fd)

    def capture_stdout(self) -> Capture:
        """Keep the program's stdout in memory, for the returned object's getvalue()."""
        capture = Capture()
        self._stdout = Stream(FILE, capture.path, capture=capture)
        return capture

    def capture_stderr(self) -> Capture:
        """Keep the program's stderr in memory, for the returned object's getvalue()."""
        capture = Capture()
        self._stderr = Stream(FILE, capture.path, capture=capture)
        return capture

    def inherit_stdio(self) -> None:
        """Let the program use this process's stdin, stdout and stderr."""
        self.inherit_stdin()
        self.inherit_stdout()
        self.inherit_stderr()

    def preopen_dir(
        self, host: PathLike, guest: str | None = None, *, writable: bool = True
    ) -> None:
        """Give the program the directory ``host`` under the name ``guest``.

        Without ``guest`` it has the same name for the program. What is below is reached
        through it only; `..` and symbolic links do not lead out.
        """
        path = os.fsencode(host)
        name = path if guest is None else guest.encode()
        self._preopens += ((path, name, writable),)

    def environment(self) -> wasi_native.Environment:
        """Make an environment of native code with these settings."""
        _load()
        environment = wasi_native.Environment()
        environment.set_argv(self._argv)
        environment.set_env([k for k, _ in self._env], [v for _, v in self._env])
        stdin = self._stdin
        if not environment.set_stdin(stdin.kind, stdin.data):
            raise WasiError(f"cannot open {os.fsdecode(stdin.data)!r} as stdin")
        for fd, name, to in ((1, "stdout", self._stdout), (2, "stderr", self._stderr)):
            if not environment.set_output(fd, to.kind, to.data, to.target):
                where = repr(os.fsdecode(to.data)) if to.data else f"fd {to.target}"
                raise WasiError(f"cannot open {where} as {name}")
        for path, guest, writable in self._preopens:
            if not environment.preopen(path, guest, writable):
                raise WasiError(f"cannot open directory {os.fsdecode(path)!r}")
        return environment


def _utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _library() -> str:
    """Path of wasmtime's library, found without importing its package."""
    # As importlib.util.find_spec, whose module takes milliseconds.
    specs = (each.find_spec("wasmtime", None) for each in sys.meta_path)
    spec = next(filter(None, specs), None)
    if spec is None or not spec.submodule_search_locations:
        raise WasiError("WASI needs the Python package wasmtime")
    return f"{spec.submodule_search_locations[0]}/{LIBRARY}"


def library_identity() -> bytes:
    """Size, times and inode of wasmtime's library: what its code is kept under."""
    at = os.stat(_library())  # noqa: PTH116 - no pathlib here
    return b"%d %d %d %d" % (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino)


def _load() -> None:
    """Bind wasmtime's library."""
    try:
        wasi_native.load(os.fsencode(_library()))
    except OSError as error:
        raise WasiError(f"cannot load wasmtime: {error}") from error
