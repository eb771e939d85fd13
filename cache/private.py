"""Where cache, state and sockets lie, and whether the place is ours alone.

The cache holds code that will run. So its directory is ours, closed to others, no
symlink, below directories that others cannot rename; on a local file system, where
locks work; and the MAC key lies outside of it, in the state directory. A place that is
not like that raises `Unusable`, whose text says what to do; nobody fails over it.
"""

from __future__ import annotations

import os
import stat

__all__ = [
    "Unusable",
    "cache_directory",
    "mac_key",
    "mac_key_for",
    "prepare",
    "runtime_directory",
    "state_directory",
]

MAC_KEY_SIZE = 32
MAC_KEY_NAME = "cache.key"
OTHERS = 0o077
WRITABLE_BY_OTHERS = 0o022
NO_FOLLOW = os.O_NOFOLLOW | os.O_CLOEXEC
# File systems whose locks, renames or memory maps are not those of one machine.
NETWORK = frozenset(
    {
        "9p",
        "acfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb3",
        "smbfs",
        "vboxsf",
    }
)
NETWORK_FUSE = frozenset(
    {"ceph", "davfs2", "gcsfuse", "glusterfs", "lustre", "rclone", "s3fs", "sshfs"}
)


class Unusable(Exception):  # noqa: N818 - shown as a warning
    """A directory or key that must not be trusted; the text says why."""


# ---- places


def _directory(own: str, base: str, home: str) -> str:
    chosen = os.environ.get(own)
    if chosen:
        return os.path.abspath(chosen)
    found = os.environ.get(base, "")
    # The base directory specification: relative paths there are to be ignored.
    if not found.startswith("/"):
        found = os.path.join(os.path.expanduser("~"), home)
    if not found.startswith("/"):
        raise Unusable("there is no home directory; set LBTOOL_CACHE_DIR")
    return os.path.join(found, "lbtool")


def cache_directory() -> str:
    """``$LBTOOL_CACHE_DIR``, ``$XDG_CACHE_HOME/lbtool`` or ``~/.cache/lbtool``."""
    return _directory("LBTOOL_CACHE_DIR", "XDG_CACHE_HOME", ".cache")


def state_directory() -> str:
    """``$LBTOOL_STATE_DIR``, ``$XDG_STATE_HOME/lbtool``, ``~/.local/state/lbtool``."""
    return _directory("LBTOOL_STATE_DIR", "XDG_STATE_HOME", ".local/state")


def runtime_directory() -> str:
    """Sockets: ``$LBTOOL_RUNTIME_DIR``, ``$XDG_RUNTIME_DIR/lbtool``, or in state."""
    if os.environ.get("LBTOOL_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR"):
        return _directory("LBTOOL_RUNTIME_DIR", "XDG_RUNTIME_DIR", ".local/state")
    return os.path.join(state_directory(), "run")


# ---- is it ours alone?


def _check_parents(path: str) -> None:
    user = os.geteuid()
    while path != "/":
        path = os.path.dirname(path)
        at = os.stat(path)
        others = at.st_mode & WRITABLE_BY_OTHERS
        if at.st_gid == user:
            others &= stat.S_IWOTH  # by convention a group of this user alone
        if others and not at.st_mode & stat.S_ISVTX:
            raise Unusable(f"{path} is writable by others: chmod go-w {path}")
        if at.st_uid not in (0, user):
            raise Unusable(f"{path} belongs to another user (uid {at.st_uid})")


def _check_own(path: str) -> None:
    at = os.lstat(path)
    if stat.S_ISLNK(at.st_mode):
        raise Unusable(f"{path} is a symbolic link: name the directory itself")
    if not stat.S_ISDIR(at.st_mode):
        raise Unusable(f"{path} is not a directory")
    if at.st_uid != os.geteuid():
        raise Unusable(f"{path} belongs to another user (uid {at.st_uid})")
    if at.st_mode & OTHERS:
        raise Unusable(f"{path} is open to others: chmod 700 {path}")


def _unescaped(word: str) -> str:
    r"""A path of mountinfo, where blanks and backslashes are ``\ooo``."""
    for octal in ("040", "011", "012", "134"):
        word = word.replace("\\" + octal, chr(int(octal, 8)))
    return word


def filesystem(path: str, mountinfo: str) -> str:
    """Type of the file system that the absolute path is on; "" if it is not told."""
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        words = left.split(" ")
        if len(words) < 5 or not right:
            continue
        mount = _unescaped(words[4]).rstrip("/")
        if f"{path}/".startswith(f"{mount}/") and len(mount) >= best:
            best, kind = len(mount), right.split(" ")[0]
    return kind


def _check_local(path: str) -> None:
    if os.major(os.stat(path).st_dev):
        return  # a block device of this machine
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as file:
            mounts = file.read()
    except OSError:
        return
    kind = filesystem(os.path.realpath(path), mounts)
    if kind in NETWORK or kind.removeprefix("fuse.") in NETWORK_FUSE:
        raise Unusable(
            f"{path} is on a network file system ({kind}), where locks cannot be "
            "relied on: set LBTOOL_CACHE_DIR to a local directory"
        )


def _make(path: str) -> None:
    """Directories down to `path`, all of them private."""
    missing = [path]
    while not os.path.lexists(parent := os.path.dirname(missing[-1])):
        missing.append(parent)
    for each in reversed(missing):
        try:
            os.mkdir(each, 0o700)
        except FileExistsError:
            pass  # somebody was faster; it is checked like any other


def prepare(path: str) -> None:
    """Make sure that `path` (absolute) is a private, local directory; create it.

    Raises `Unusable`, or OSError when it can neither be found nor made.
    """
    try:
        os.lstat(path)
    except FileNotFoundError:
        _make(path)
    _check_own(path)
    _check_parents(os.path.realpath(path))
    _check_local(path)


# ---- the MAC key


def _read_key(path: str) -> bytes | None:
    """The key; None when there is none. Raises `Unusable` for one that is not ours."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | NO_FOLLOW)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    try:
        at = os.fstat(fd)
        if not stat.S_ISREG(at.st_mode):
            raise Unusable(f"{path} is not a file")
        if at.st_uid != os.geteuid() or at.st_mode & OTHERS:
            raise Unusable(f"{path} may be known to others")
        key = os.read(fd, MAC_KEY_SIZE + 1)
    finally:
        os.close(fd)
    if len(key) != MAC_KEY_SIZE:
        raise Unusable(f"{path} is damaged")
    return key


def _create_key(path: str) -> None:
    """Put a new key at `path` unless there is one: whole, or not at all."""
    fresh = f"{path}.{os.getpid()}.{os.urandom(4).hex()}"
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW, 0o600)
    try:
        os.write(fd, os.urandom(MAC_KEY_SIZE))
        os.fsync(fd)
        # Unlike rename, link never replaces: the first of several wins.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        os.close(fd)
        os.unlink(fresh)


def mac_key(state: str) -> bytes:
    """The 32 secret bytes of this user, made on first use.

    A key that others may have read, or that is damaged, is replaced: what was sealed
    with it is never believed again. Raises `Unusable` or OSError.
    """
    prepare(state)
    path = os.path.join(state, MAC_KEY_NAME)
    try:
        key = _read_key(path)
    except Unusable:
        os.unlink(path)
        key = None
    if key is None:
        _create_key(path)
        key = _read_key(path)
    if key is None:
        raise Unusable(f"{path} vanished")
    return key


def mac_key_for(cache: str) -> bytes:
    """Key for records in the directory `cache`, which is prepared too.

    Raises `Unusable` or OSError.
    """
    prepare(cache)
    state = state_directory()
    if f"{os.path.realpath(state)}/".startswith(f"{os.path.realpath(cache)}/"):
        raise Unusable(f"{state} is inside the cache, where the MAC key must not be")
    return mac_key(state)
