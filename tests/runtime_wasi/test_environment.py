"""Environments outside of any guest: settings, refusals, memory, what gets imported."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lbtool.errors import LinkError
from lbtool.runtime.wasi import Exit, Wasi, WasiConfig, WasiError, WasiShim
from lbtool.runtime.wasi_native import Shim, compile_shim
from lbtool.runtime.wasi_shim import ShimFunction, ShimMemory, encode_shim

if TYPE_CHECKING:
    from collections.abc import Callable

I32 = 0x7F
MODULE = "wasi_snapshot_preview1"
YIELD = ShimFunction(MODULE, "sched_yield", (), (I32,))
GUARDED = (8 << 30) + 65536  # what code without bounds checks can reach


def shim(memory: ShimMemory | None, config: WasiConfig | None = None) -> WasiShim:
    return WasiShim(Wasi(config or WasiConfig()), [YIELD], memory)


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
    guest = shim(ShimMemory(pages, None))
    memory = guest.place
    assert memory is not None
    assert memory.reserved == GUARDED
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
    made = [shim(ShimMemory(1, None)) for _ in range(8)]
    bases = sorted(guest.place.base for guest in made if guest.place)
    assert len(bases) == len(made)
    assert all(b - a >= GUARDED for a, b in pairwise(bases))


def test_growth_stays_in_place_and_ends_at_the_maximum() -> None:
    guest = shim(ShimMemory(2, 10))
    before = guest.place
    assert before is not None
    assert guest.native.memory_grow(3) == 2
    assert guest.native.memory_grow(6) == -1
    assert guest.native.memory_grow(2**64 - 1) == -1
    assert guest.native.memory_grow(5) == 5
    assert guest.native.memory_grow(0) == 10
    after = guest.place
    assert after is not None
    assert (after.base, after.size) == (before.base, 10 * 65536)


def test_growth_to_the_end_of_the_address_space() -> None:
    guest = shim(ShimMemory(1, None))
    assert guest.native.memory_grow(65535) == 1
    assert guest.native.memory_grow(1) == -1
    assert guest.place is not None
    assert guest.place.size == 1 << 32


def test_without_memory_there_is_none() -> None:
    guest = shim(None)
    assert guest.place is None
    assert guest.native.memory_grow(1) == -1


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (ShimFunction(MODULE, "fd_rite", (I32,) * 4, (I32,)), "unknown import"),
        (ShimFunction(MODULE, "fd_write", (I32,) * 3, (I32,)), "incompatible import"),
    ],
)
def test_wrong_imports_are_refused(function: ShimFunction, message: str) -> None:
    with pytest.raises(LinkError, match=message) as caught:
        WasiShim(Wasi(WasiConfig()), [YIELD, function], ShimMemory(1, None))
    assert "\n" not in str(caught.value)


def test_functions_have_hosts_of_their_own() -> None:
    guest = WasiShim(Wasi(WasiConfig()), [YIELD, YIELD], None)
    assert guest.host(0) != guest.host(1)
    for wrong in (2, 2**40):
        with pytest.raises(IndexError):
            guest.host(wrong)


def test_an_environment_serves_several_guests() -> None:
    wasi = Wasi(WasiConfig())
    guests = [WasiShim(wasi, [YIELD], ShimMemory(k, None)) for k in range(1, 4)]
    del wasi
    places = [guest.place for guest in guests]
    assert [place and place.size for place in places] == [65536, 131072, 196608]
    assert len({place and place.base for place in places}) == 3


def test_an_environment_that_was_not_started_has_no_guests() -> None:
    environment = WasiConfig().environment()
    with pytest.raises(RuntimeError, match="not been started"):
        Shim(environment, encode_shim([], None), 0, False)


def test_a_shim_that_is_none_is_refused() -> None:
    wasi = Wasi(WasiConfig())
    with pytest.raises(LookupError):
        Shim(wasi.native, b"no module", 0, False)
    with pytest.raises(LookupError):
        compile_shim(b"no module")
    empty = compile_shim(encode_shim([], None))
    with pytest.raises(LookupError, match="no function f0"):
        Shim(wasi.native, empty, 1, False)
    with pytest.raises(LookupError, match="no memory"):
        Shim(wasi.native, empty, 0, True)


def test_kept_code_is_used_and_made_again_when_it_does_not_suit() -> None:
    kept: dict[tuple[bytes, ...], bytes] = {}
    made = []

    def keep(facts: tuple[bytes, ...], make: Callable[[], bytes]) -> bytes:
        if facts not in kept:
            made.append(facts)
            kept[facts] = make()
        return kept[facts]

    config = WasiConfig()
    config.keep = keep
    for _ in range(3):
        assert shim(ShimMemory(1, None), config).place is not None
    assert len(made) == 1
    kept[made[0]] = b"of another version"
    assert shim(ShimMemory(1, None), config).place is not None
    shim(ShimMemory(2, None), config)
    assert len(made) == 2


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
    wasi = Wasi(WasiConfig())
    with pytest.raises(RuntimeError, match="in use"):
        wasi.native.set_argv([b"late"])
    with pytest.raises(RuntimeError, match="in use"):
        wasi.native.start()


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
        shim(ShimMemory(1, None), config)

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
        "from lbtool.runtime.wasi import Wasi, WasiConfig, WasiShim\n"
        "WasiShim(Wasi(WasiConfig()), [], None)\n"
        "sys.exit('wasmtime' in sys.modules or 'ctypes' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert done.returncode == 0
