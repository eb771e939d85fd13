"""What a guest's process gives up before the guest runs: limits, files, system calls.

In this order: rlimits, Landlock, seccomp; each binds the threads that are made later,
so the process must have one. A layer that the kernel lacks is left out, and `layers`
says so; a layer that it has and refuses is an error, and the guest does not run.
"""

from __future__ import annotations

import os
import resource
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lbtool
from lbtool.daemon import landlock, seccomp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.daemon.requests import Limits

# Where shared libraries and their index are.
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
INDEX = ("/etc/ld.so.cache",)
# Where libc looks for the end of the stack.
STACK = "/proc/self/maps"


def layers() -> dict[str, Any]:
    """What this kernel has: versions, or None for what guests run without."""
    return {
        "rlimits": True,
        "landlock": landlock.abi() or None,
        "seccomp": seccomp.available() or None,
    }


def enter(limits: Limits, dirs: Iterable[str], module: str) -> None:
    """Confine this process for good to reading `module` and using `dirs`.

    Raises OSError or ValueError when a layer refuses.
    """
    restrict_resources(limits)
    landlock.no_new_privileges()
    if landlock.abi():
        given = [(each, landlock.READ | landlock.WRITE) for each in dirs]
        landlock.restrict([*system(), (module, landlock.READ_FILE), *given])
    if seccomp.available():
        seccomp.install()


def system() -> list[tuple[str, int]]:
    """Python, this package and shared libraries, for reading."""
    own = Path(lbtool.__file__).parent
    packages = [own, *(each.resolve() for each in own.iterdir() if each.is_symlink())]
    paths = [sysconfig.get_path(each) for each in ("stdlib", "platstdlib", "purelib")]
    engine = find_spec("wasmtime")  # its library, wherever it is installed
    paths += (engine and engine.submodule_search_locations) or []
    paths += [*map(str, packages), sys.base_prefix + "/lib", *LIBRARIES, *INDEX, STACK]
    return [(path, landlock.READ) for path in dict.fromkeys(paths)]


def restrict_resources(limits: Limits) -> None:
    """Limits of the kernel. Never RLIMIT_AS: memories reserve 8 GiB each."""
    bounds = {
        resource.RLIMIT_DATA: data_size() + limits.memory,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CORE: 0,
    }
    if limits.time is not None:
        # a guest that burns more than its time has evaded its clock
        cores = os.cpu_count() or 1
        bounds[resource.RLIMIT_CPU] = int(limits.time * cores) + 2
    for what, most in bounds.items():
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)  # noqa: PLW2901  # what others allow stays the most
        resource.setrlimit(what, (most, most))


def data_size() -> int:
    """Bytes that count against RLIMIT_DATA now."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[5]) * resource.getpagesize()
