"""Every kernel gives wasmtime's results on our engine, however few registers it has."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler.target import ALL_GPRS, ALL_XMMS
from tests.bench.hosts import LbtoolHost
from tests.bench.kernels import FOLDER, KERNELS, binary, few
from tests.bench.make_kernels import compile_c
from tests.bench.wasmtime_host import WasmtimeHost

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wasmtime() -> WasmtimeHost:
    return WasmtimeHost("cranelift")


def narrow(name: str) -> list[dict[str, Any]]:
    """Targets with some of the registers and pins, others for each kernel."""
    dice = random.Random(name)
    return [
        {
            "gprs": dice.getrandbits(16) & ALL_GPRS,
            "xmms": dice.getrandbits(16) & ALL_XMMS,
            "pins": (dice.randint(0, 8), dice.randint(0, 9)),
            "bounds": dice.choice(["guard", "explicit"]),
            "strict": bool(dice.getrandbits(1)),
        }
        for _ in range(4)
    ]


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_give_what_wasmtime_gives(name: str, wasmtime: WasmtimeHost) -> None:
    expected = wasmtime.instantiate(binary(name))(few(name))
    plain: list[dict[str, Any]] = [{}, {"bounds": "explicit"}, {"strict": True}]
    for options in plain + narrow(name):
        run = LbtoolHost(**options).instantiate(binary(name))
        assert [run(few(name)), run(few(name))] == [expected, expected], options


def test_every_kernel_is_listed_and_printed() -> None:
    assert {each.stem for each in FOLDER.glob("*.c")} == set(KERNELS)
    assert {each.stem for each in FOLDER.glob("*.wat")} == set(KERNELS)


@pytest.mark.skipif(
    shutil.which("clang") is None or shutil.which("wasm-ld") is None,
    reason="needs clang and lld",
)
def test_a_kernel_made_anew_does_the_same(
    tmp_path: Path, wasmtime: WasmtimeHost
) -> None:
    made = compile_c(FOLDER / "json.c", tmp_path)
    kept = binary("json")
    assert wasmtime.instantiate(made)(3) == wasmtime.instantiate(kept)(3)
