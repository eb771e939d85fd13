"""Landlock: which folders a process may still open files in, and nothing else.

Raw system calls, for there is no wrapper in Python; `abi` is 0 where the kernel has
none. Access that a kernel's version does not know is left to ``seccomp``. Landlock does
not restrict the metadata of files (stat, times): see docs/daemon.md.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
GET_VERSION = 1
PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38

# Rights to files by bit number, in the order in which kernels learned them.
(
    EXECUTE,
    WRITE_FILE,
    READ_FILE,
    READ_DIR,
    REMOVE_DIR,
    REMOVE_FILE,
    MAKE_CHAR,
    MAKE_DIR,
    MAKE_REG,
    MAKE_SOCK,
    MAKE_FIFO,
    MAKE_BLOCK,
    MAKE_SYM,
    REFER,
    TRUNCATE,
    IOCTL_DEV,
) = (1 << bit for bit in range(16))
# Version of the interface -> how many rights to files it knows.
KNOWN = {1: 13, 2: 14, 3: 15, 4: 15}
NETWORK_SINCE, NETWORK = 4, 0b11  # bind and connect of TCP
SCOPES_SINCE, SCOPES = 6, 0b11  # abstract sockets and signals of processes outside

READ = READ_FILE | READ_DIR
WRITE = (
    WRITE_FILE
    | REMOVE_DIR
    | REMOVE_FILE
    | MAKE_DIR
    | MAKE_REG
    | MAKE_SYM
    | REFER
    | TRUNCATE
)
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _call(number: int, *args: object) -> int:
    result: int = _libc.syscall(ctypes.c_long(number), *args)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def abi() -> int:
    """Version of the kernel's interface; 0 when there is none."""
    try:
        return _call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    except OSError:
        return 0


def no_new_privileges() -> None:
    """Let this process and its children gain no rights by executing anything."""
    if _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")


def restrict(rules: Iterable[tuple[str, int]]) -> None:
    """Take from the calling thread all access to files but `rules`: (path, rights).

    Threads and processes that it makes later inherit this. Paths that do not exist
    are left out. Raises OSError where there is no Landlock.
    """
    version = abi()
    handled = (1 << KNOWN.get(version, 16)) - 1
    attributes = struct.pack(
        "=QQQ",
        handled,
        NETWORK if version >= NETWORK_SINCE else 0,
        SCOPES if version >= SCOPES_SINCE else 0,
    )
    size = 24 if version >= SCOPES_SINCE else 16 if version >= NETWORK_SINCE else 8
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    ruleset = _call(CREATE_RULESET, buffer, ctypes.c_size_t(size), ctypes.c_uint(0))
    try:
        for path, rights in rules:
            _allow(ruleset, path, rights & handled)
        no_new_privileges()
        _call(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= OF_FILES
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, fd), 12)
        _call(ADD_RULE, ctypes.c_int(ruleset), PATH_BENEATH, rule, ctypes.c_uint(0))
    finally:
        os.close(fd)
