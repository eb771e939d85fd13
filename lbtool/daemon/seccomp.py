"""Seccomp: the system calls that a guest's process may still make.

A list of what is allowed: compiled code, Python, and wasmtime's WASI with its threads
need these and no others. Everything else fails with EPERM, what nobody asks for by
mistake ends the process. The filter is classic BPF, installed by prctl. Numbers are
those of x86-64; other machines have no filter.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import NamedTuple

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
PR_GET_SECCOMP = 21
AUDIT_ARCH_X86_64 = 0xC000003E
X32 = 0x40000000  # numbers from here on are calls of another interface

ALLOW = 0x7FFF0000
KILL = 0x80000000
ERRNO = 0x00050000

LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
NUMBER, ARCH, ARGS = 0, 4, 16  # offsets in struct seccomp_data


class When(NamedTuple):
    """Allowed when argument `arg`, masked, is one of `values`.

    The kernel takes these arguments as 32 bits; `null` is for a pointer, where the
    other half has to be 0 too.
    """

    arg: int
    mask: int
    values: tuple[int, ...]
    null: bool = False


EVERY = 0xFFFFFFFF
OWN = -1  # stands for the process's own number

ALWAYS = {
    # files, by descriptor and by name (names are Landlock's business)
    "read": 0,
    "write": 1,
    "open": 2,
    "close": 3,
    "stat": 4,
    "fstat": 5,
    "lstat": 6,
    "lseek": 8,
    "pread64": 17,
    "pwrite64": 18,
    "readv": 19,
    "writev": 20,
    "access": 21,
    "dup": 32,
    "dup2": 33,
    "fsync": 74,
    "fdatasync": 75,
    "ftruncate": 77,
    "getdents64": 217,
    "getcwd": 79,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "link": 86,
    "unlink": 87,
    "symlink": 88,
    "readlink": 89,
    "fadvise64": 221,
    "openat": 257,
    "mkdirat": 258,
    "newfstatat": 262,
    "unlinkat": 263,
    "renameat": 264,
    "linkat": 265,
    "symlinkat": 266,
    "readlinkat": 267,
    "faccessat": 269,
    "utimensat": 280,
    "fallocate": 285,
    "dup3": 292,
    "preadv": 295,
    "pwritev": 296,
    "renameat2": 316,
    "preadv2": 327,
    "pwritev2": 328,
    "statx": 332,
    "close_range": 436,
    "openat2": 437,
    "faccessat2": 439,
    # waiting
    "poll": 7,
    "ppoll": 271,
    "select": 23,
    "pselect6": 270,
    "epoll_wait": 232,
    "epoll_ctl": 233,
    "epoll_pwait": 281,
    "epoll_create1": 291,
    "eventfd2": 290,
    "pipe2": 293,
    "timerfd_create": 283,
    "timerfd_settime": 286,
    "nanosleep": 35,
    "clock_nanosleep": 230,
    # memory
    "munmap": 11,
    "brk": 12,
    "mremap": 25,
    "madvise": 28,
    "mincore": 27,
    "membarrier": 324,
    # threads, signals, the end
    "futex": 202,
    "set_robust_list": 273,
    "rseq": 334,
    "sched_yield": 24,
    "sched_getaffinity": 204,
    "arch_prctl": 158,
    "set_tid_address": 218,
    "gettid": 186,
    "rt_sigaction": 13,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "sigaltstack": 131,
    "restart_syscall": 219,
    "exit": 60,
    "exit_group": 231,
    # clocks and facts
    "gettimeofday": 96,
    "time": 201,
    "clock_gettime": 228,
    "clock_getres": 229,
    "getrandom": 318,
    "getpid": 39,
    "getppid": 110,
    "getuid": 102,
    "getgid": 104,
    "geteuid": 107,
    "getegid": 108,
    "getrlimit": 97,
    "getrusage": 98,
    "uname": 63,
    "sysinfo": 99,
}

PROT = When(2, 0b110, (0, 0b010, 0b100))  # never writable and executable at once
SOMETIMES = {
    9: PROT,  # mmap
    10: PROT,  # mprotect
    # fcntl: duplicates, flags, status; no locks, leases, signals
    72: When(1, EVERY, (0, 1, 2, 3, 4, 1030)),
    # ioctl: TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
    16: When(1, EVERY, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    # clone: CLONE_THREAD, and none of the new namespaces
    56: When(0, 0x7E020000 | 0x10000, (0x10000,)),
    53: When(0, EVERY, (1,)),  # socketpair of this process with itself
    62: When(0, EVERY, (OWN,)),  # kill
    234: When(0, EVERY, (OWN,)),  # tgkill
    # prctl: PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
    157: When(0, EVERY, (15, 16, 0x53564D41)),
    302: When(2, EVERY, (0,), null=True),  # prlimit64 that only asks
}
ABSENT = (435,)  # clone3: its flags cannot be looked at; libc then uses clone
FATAL = {
    "execve": 59,
    "execveat": 322,
    "fork": 57,
    "vfork": 58,
    "ptrace": 101,
    "process_vm_readv": 310,
    "process_vm_writev": 311,
    "socket": 41,
    "connect": 42,
    "bind": 49,
    "mount": 165,
    "unshare": 272,
    "setns": 308,
    "bpf": 321,
    "userfaultfd": 323,
    "io_uring_setup": 425,
    "perf_event_open": 298,
    "keyctl": 250,
    "kexec_load": 246,
    "init_module": 175,
    "finit_module": 313,
}


def _statement(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def _verdict(number: int, verdict: int) -> bytes:
    return _statement(EQUAL, number, 0, 1) + _statement(RETURN, verdict)


def _conditional(number: int, when: When, own: int) -> bytes:
    values = [own if each == OWN else each for each in when.values]
    tests = b"".join(
        # behind the comparisons: refuse, then allow
        _statement(EQUAL, value, len(values) - k, 0)
        for k, value in enumerate(values)
    )
    high = (
        _statement(LOAD, ARGS + 8 * when.arg + 4)
        + _statement(EQUAL, 0, 1, 0)
        + _statement(RETURN, ERRNO | errno.EPERM)
    )
    body = (
        (high if when.null else b"")
        + _statement(LOAD, ARGS + 8 * when.arg)
        + _statement(AND, when.mask)
        + tests
        + _statement(RETURN, ERRNO | errno.EPERM)
        + _statement(RETURN, ALLOW)
    )
    return _statement(EQUAL, number, 0, len(body) // 8) + body


def program(own: int) -> bytes:
    """The filter for process `own`: instructions of 8 bytes."""
    return b"".join(
        (
            _statement(LOAD, ARCH),
            _statement(EQUAL, AUDIT_ARCH_X86_64, 1, 0),
            _statement(RETURN, KILL),
            _statement(LOAD, NUMBER),
            _statement(AT_LEAST, X32, 0, 1),
            _statement(RETURN, KILL),
            *(_verdict(number, ALLOW) for number in ALWAYS.values()),
            *(_conditional(number, when, own) for number, when in SOMETIMES.items()),
            *(_verdict(number, ERRNO | errno.ENOSYS) for number in ABSENT),
            *(_verdict(number, KILL) for number in FATAL.values()),
            _statement(RETURN, ERRNO | errno.EPERM),
        )
    )


def available() -> bool:
    """Whether this kernel takes filters, and knows the calls by these numbers."""
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0)


def install() -> None:
    """Filter the calling thread and all it makes; needs no_new_privs. OSError."""
    filter_ = program(os.getpid())
    code = ctypes.create_string_buffer(filter_, len(filter_))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    given = Program(len(filter_) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(given), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
