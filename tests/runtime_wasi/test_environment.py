"""Environments outside of any guest: settings, refusals, memory, what gets imported."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from lbtool.errors import LinkError
from lbtool.runtime.wasi import MODULE, Exit, Wasi, WasiConfig, WasiError
from lbtool.runtime.wasi_shim import ShimFunction, ShimMemory

I32 = 0x7F
YIELD = ShimFunction(MODULE, "sched_yield", (), (I32,))
EXIT = ShimFunction(MODULE, "proc_exit", (I32,), ())
GUARDED = (8 << 30) + 65536  # what code without bounds checks can reach


def mapping(address: int) -> list[tuple[int, int, str]]:
    """The mappings from `address` on, without gaps: start, end, permissions."""
    found: list[tuple[int, int, str]] = []
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, permissions = line.split()[:2]
        start, end = (int(x, 16) for x in span.split("-"))
        if end > address and (not found or found[-1][1] == start):
            found.append((start, end, permissions))
    return found


@pytest.mark.parametrize("pages", [0, 1, 17, 65536])
def test_no_index_with_any_offset_leaves_the_reservation(pages: int) -> None:
    wasi = Wasi(WasiConfig(), [YIELD], ShimMemory(pages, None))
    memory = wasi.memory
    assert memory is not None
    assert memory.size == pages * 65536
    parts = mapping(memory.base)
    last = memory.base + GUARDED
    assert parts[0][0] <= memory.base
    covered = [p for p in parts if p[0] < last]
    assert covered[-1][1] >= last
    assert all(a[1] == b[0] for a, b in pairwise(covered))
    usable = sum(
        min(end, last) - max(start, memory.base)
        for start, end, permissions in covered
        if permissions.startswith("rw")
    )
    assert usable == memory.size
    assert all(p[2].startswith(("rw-p", "---p")) for p in covered)


def test_adjacent_memories_keep_their_guards() -> None:
    made = [Wasi(WasiConfig(), [YIELD], ShimMemory(1, None)) for _ in range(8)]
    bases = sorted(w.memory.base for w in made if w.memory)
    assert len(bases) == len(made)
    assert all(b - a >= GUARDED for a, b in pairwise(bases))


def test_growth_stays_in_place_and_ends_at_the_maximum() -> None:
    wasi = Wasi(WasiConfig(), [YIELD], ShimMemory(2, 10))
    before = wasi.memory
    assert before is not None
    assert wasi.native.memory_grow(3) == 2
    assert wasi.native.memory_grow(6) == -1
    assert wasi.native.memory_grow(2**64 - 1) == -1
    assert wasi.native.memory_grow(5) == 5
    assert wasi.native.memory_grow(0) == 10
    after = wasi.memory
    assert after is not None
    assert (after.base, after.size) == (before.base, 10 * 65536)


def test_growth_to_the_end_of_the_address_space() -> None:
    wasi = Wasi(WasiConfig(), [YIELD], ShimMemory(1, None))
    assert wasi.native.memory_grow(65535) == 1
    assert wasi.native.memory_grow(1) == -1
    assert wasi.memory is not None
    assert wasi.memory.size == 1 << 32


def test_without_memory_there_is_none() -> None:
    wasi = Wasi(WasiConfig(), [YIELD], None)
    assert wasi.memory is None
    assert wasi.native.memory_grow(1) == -1


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (ShimFunction(MODULE, "fd_rite", (I32,) * 4, (I32,)), "unknown import"),
        (ShimFunction(MODULE, "fd_write", (I32,) * 3, (I32,)), "incompatible import"),
        (ShimFunction(MODULE, "proc_exit", (I32,), (I32,)), "incompatible import"),
        (ShimFunction(MODULE, "proc_exit", (), ()), "incompatible import"),
    ],
)
def test_wrong_imports_are_refused(function: ShimFunction, message: str) -> None:
    with pytest.raises(LinkError, match=message) as caught:
        Wasi(WasiConfig(), [YIELD, function], ShimMemory(1, None))
    assert "\n" not in str(caught.value)


def test_functions_have_hosts_of_their_own() -> None:
    again = ShimFunction(MODULE, "sched_yield", (), (I32,))
    wasi = Wasi(WasiConfig(), [YIELD, EXIT, again], ShimMemory(1, None))
    assert wasi.host(YIELD) == wasi.host(again)
    assert wasi.host(YIELD) != wasi.host(EXIT)
    with pytest.raises(IndexError):
        wasi.native.host(2)
    with pytest.raises(KeyError):
        wasi.host(ShimFunction(MODULE, "fd_close", (I32,), (I32,)))


def test_missing_files_and_directories_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "not there"
    config = WasiConfig()
    config.preopen_dir(missing, "/")
    with pytest.raises(WasiError, match="not there"):
        config.environment()
    for redirect in ("stdin_file", "stdout_file", "stderr_file"):
        config = WasiConfig()
        getattr(config, redirect)(missing / "file")
        with pytest.raises(WasiError, match=redirect.removesuffix("_file")):
            config.environment()
    config = WasiConfig()
    config.stdout_fd(99_999)
    with pytest.raises(WasiError, match="fd 99999"):
        config.environment()


def test_strings_for_the_guest_have_no_nul_and_are_utf8() -> None:
    config = WasiConfig()
    config.argv = ["a", "b\0c"]
    with pytest.raises(ValueError, match="NUL"):
        config.environment()
    config.argv = ["\udcff"]
    with pytest.raises(ValueError, match="UTF-8"):
        config.environment()
    config.argv = ()
    config.env = {"NAME": "\udcff"}
    with pytest.raises(ValueError, match="UTF-8"):
        config.environment()


def test_settings_read_back() -> None:
    config = WasiConfig()
    config.argv = ["one", "zw\xf6lf"]
    config.env = [("A", "1"), ("B", "")]
    assert config.argv == ("one", "zw\xf6lf")
    assert config.env == (("A", "1"), ("B", ""))


def test_an_environment_in_use_takes_no_settings() -> None:
    wasi = Wasi(WasiConfig(), [YIELD], None)
    with pytest.raises(RuntimeError, match="in use"):
        wasi.native.set_argv([b"late"])
    with pytest.raises(RuntimeError, match="in use"):
        wasi.native.instantiate(b"", 0, False)


def test_exit_status_is_the_low_byte() -> None:
    assert [Exit(code).status for code in (0, 255, 256, 2**32 - 1)] == [0, 255, 0, 255]


def test_environments_do_not_leak_descriptors_or_addresses() -> None:
    def count() -> tuple[int, int]:
        maps = Path("/proc/self/maps").read_text().count("\n")
        return len(list(Path("/proc/self/fd").iterdir())), maps

    def use() -> None:
        config = WasiConfig()
        config.stdout_fd(1)
        config.capture_stderr()
        config.preopen_dir("/", "/")
        Wasi(config, [YIELD], ShimMemory(1, None))

    use()
    before = count()
    for _ in range(20):
        use()
    after = count()
    assert after[0] == before[0]
    assert after[1] <= before[1] + 5


def test_the_wasmtime_package_is_not_imported() -> None:
    program = (
        "import sys\n"
        "from lbtool.runtime.wasi import Wasi, WasiConfig\n"
        "Wasi(WasiConfig(), [], None)\n"
        "sys.exit('wasmtime' in sys.modules or 'ctypes' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert done.returncode == 0
