"""The sandbox denies: Python code in the process that a guest would have."""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.daemon import landlock, sandbox, seccomp
from lbtool.daemon.requests import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

needs_landlock = pytest.mark.skipif(not landlock.abi(), reason="no Landlock here")
needs_seccomp = pytest.mark.skipif(not seccomp.available(), reason="no seccomp here")

SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from tests.daemon import test_sandbox
test_sandbox.child({name!r}, {folder!r})
"""


def inside(attempt: Callable[[Path], Any], folder: Path) -> tuple[int, Any]:
    """Exit code, and what `attempt` gives in a process like a guest's.

    `folder` has "given", which the guest was given, "other" and "module".
    """
    for name in ("given", "other"):
        (folder / name).mkdir()
        (folder / name / "file").write_text(name)
    (folder / "module").write_text("module")
    root = str(Path(__file__).parents[2])
    script = SCRIPT.format(root=root, name=attempt.__name__, folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


def child(name: str, folder: str) -> None:
    """What the process does; prints what the attempt gives, or its error."""
    place = Path(folder)
    attempt = globals()[name]
    sandbox.enter(
        Limits(time=5, memory=256 << 20, file=1 << 20, files=64),
        [str(place / "given")],
        str(place / "module"),
    )
    try:
        found = attempt(place)
    except (OSError, MemoryError) as error:
        found = type(error).__name__
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()


# ---- files


def read_given(place: Path) -> list[str]:
    (place / "given" / "new").write_text("x")
    (place / "given" / "new").rename(place / "given" / "moved")
    (place / "given" / "moved").unlink()
    return [(place / "given" / "file").read_text(), (place / "module").read_text()]


def read_other(place: Path) -> str:
    return (place / "other" / "file").read_text()


def read_passwd(_: Path) -> str:
    return Path("/etc/passwd").read_text()


def list_root(_: Path) -> list[str]:
    return [each.name for each in Path("/").iterdir()]


def write_other(place: Path) -> int:
    return (place / "other" / "new").write_text("x")


def write_module(place: Path) -> int:
    return (place / "module").write_text("x")


def make_here(_: Path) -> int:
    return Path("new").write_text("x")


def link_out(place: Path) -> str:
    (place / "given" / "link").symlink_to("../other/file")
    return (place / "given" / "link").read_text()


def move_in(place: Path) -> str:
    (place / "other" / "file").rename(place / "given" / "mine")
    return (place / "given" / "mine").read_text()


def other_environment(_: Path) -> str:
    return Path(f"/proc/{os.getppid()}/environ").read_text()


def make_device(place: Path) -> None:
    os.mknod(place / "given" / "null", 0o020666, os.makedev(1, 3))


DENIED_FILES = [
    read_other,
    read_passwd,
    list_root,
    write_other,
    write_module,
    make_here,
    link_out,
    move_in,
    other_environment,
    make_device,
]


@needs_landlock
def test_what_was_given_can_be_used(tmp_path: Path) -> None:
    assert inside(read_given, tmp_path) == (0, ["given", "module"])


@needs_landlock
@pytest.mark.parametrize("attempt", DENIED_FILES, ids=lambda each: each.__name__)
def test_nothing_else_can(tmp_path: Path, attempt: Callable[[Path], Any]) -> None:
    code, found = inside(attempt, tmp_path)
    assert (code, found) == (0, "PermissionError")


# ---- system calls


def make_socket(_: Path) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def make_unix_socket(_: Path) -> None:
    socket.socket(socket.AF_UNIX)


def execute(_: Path) -> None:
    os.execv("/bin/true", ["true"])


def fork(_: Path) -> None:
    os.fork()


def spawn(_: Path) -> None:
    os.posix_spawn("/bin/true", ["true"], {})


def trace(_: Path) -> None:
    ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)


def look_into(_: Path) -> None:
    ctypes.CDLL(None).process_vm_readv(os.getppid(), 0, 0, 0, 0, 0)


def new_namespace(_: Path) -> None:
    ctypes.CDLL(None).unshare(0x10000000)


def other_interface(_: Path) -> None:
    # getpid by its number of x32
    ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))


FATAL = [
    make_socket,
    make_unix_socket,
    execute,
    trace,
    look_into,
    new_namespace,
    other_interface,
]


def kill_parent(_: Path) -> None:
    os.kill(os.getppid(), 0)


def raise_limit(_: Path) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1000, 1000))
    except ValueError as error:  # what Python makes of EPERM
        raise PermissionError from error


def writable_code(_: Path) -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)


def change_mode(place: Path) -> None:
    (place / "given" / "file").chmod(0o4777)


def change_root(_: Path) -> None:
    os.chroot("/")


def bad_ioctl(_: Path) -> None:
    # TIOCSTI: put characters into a terminal's input
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ioctl(0, 0x5412, b"x") < 0:
        raise OSError(ctypes.get_errno(), "ioctl")


DENIED_CALLS = [
    kill_parent,
    raise_limit,
    writable_code,
    change_mode,
    change_root,
    bad_ioctl,
    fork,
]


@needs_seccomp
@pytest.mark.parametrize("attempt", FATAL, ids=lambda each: each.__name__)
def test_what_nobody_does_by_mistake(
    tmp_path: Path, attempt: Callable[[Path], Any]
) -> None:
    code, _ = inside(attempt, tmp_path)
    assert code == -signal.SIGSYS


@needs_seccomp
@pytest.mark.parametrize("attempt", DENIED_CALLS, ids=lambda each: each.__name__)
def test_what_fails(tmp_path: Path, attempt: Callable[[Path], Any]) -> None:
    code, found = inside(attempt, tmp_path)
    assert (code, found) == (0, "PermissionError")


@needs_seccomp
def test_starting_programs_fails_one_way_or_another(tmp_path: Path) -> None:
    code, found = inside(spawn, tmp_path)
    assert (code, found) in ((0, "PermissionError"), (-signal.SIGSYS, ""))


# ---- what must work, and limits


def threads(_: Path) -> int:
    done = [0]
    made = [threading.Thread(target=done.append, args=(k,)) for k in range(8)]
    for each in made:
        each.start()
    for each in made:
        each.join()
    return len(done)


def much_data(_: Path) -> int:
    return len(bytearray(1 << 30))


def reservation(_: Path) -> bool:
    # 8 GiB that nobody may touch, as every memory has
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_size_t
    size = ctypes.c_size_t(8 << 30)
    found = libc.mmap(None, size, 0, 0x4022, -1, ctypes.c_long(0))
    return bool(found != ctypes.c_size_t(-1).value)


def large_file(place: Path) -> int:
    return (place / "given" / "large").write_bytes(bytes(2 << 20))


def many_files(_: Path) -> int:
    return len([os.dup(1) for _ in range(100)])


def test_threads_and_reservations_work(tmp_path: Path) -> None:
    assert inside(threads, tmp_path) == (0, 9)


def test_reservations_are_no_data(tmp_path: Path) -> None:
    assert inside(reservation, tmp_path) == (0, True)


@pytest.mark.parametrize(
    ("attempt", "error"),
    [(much_data, "MemoryError"), (large_file, "OSError"), (many_files, "OSError")],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_limits(tmp_path: Path, attempt: Callable[[Path], Any], error: str) -> None:
    assert inside(attempt, tmp_path) == (0, error)


def test_layers_are_told() -> None:
    found = sandbox.layers()
    assert found["landlock"] == (landlock.abi() or None)
    assert set(found) == {"rlimits", "landlock", "seccomp"}
