"""Images: nothing is lost, and whatever is wrong with one is a ValueError."""

from __future__ import annotations

import gc
import os
import random
import struct
from typing import TYPE_CHECKING

import pytest

from lbtool import Config, Engine, Instance, Module, Store, Trap
from lbtool.runtime import image, native
from lbtool.wasm import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Something of everything that an image has a section for.
TEXT = b"""(module $m
  (import "env" "g" (global $g i32))
  (import "env" "f" (func $f (param i32) (result i32)))
  (type $t (func (param i64 f32) (result f64 i32)))
  (table $tab (export "tab") 4 8 funcref)
  (memory (export "mem") 1 3)
  (global $mut (export "mut") (mut i64) (i64.const -5))
  (global $ref funcref (ref.func $div))
  (global $copy (export "copy") i32 (global.get $g))
  (elem (i32.const 1) func $f $div)
  (elem $passive funcref (ref.func $init) (ref.null func))
  (elem declare func $init)
  (data (i32.const 8) "active")
  (data (global.get $g) "at g")
  (data $later "passive")
  (func $start (global.set $mut (i64.const 7)))
  (start $start)
  (func $init (export "init")
    (memory.init $later (i32.const 100) (i32.const 0) (i32.const 7))
    (table.init $tab $passive (i32.const 3) (i32.const 0) (i32.const 1)))
  (func $div (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "call") (param i32) (result i32)
    (call_indirect (param i32) (result i32) (local.get 0) (i32.const 1)))
  (func (export "many") (type $t) (f64.promote_f32 (local.get 1))
    (i32.wrap_i64 (local.get 0))))"""
TRIALS = int(os.environ.get("LBTOOL_IMAGE_TRIALS", "1500"))


@pytest.fixture(scope="module")
def data() -> bytes:
    return read(TEXT)


@pytest.fixture(scope="module", params=["guard", "explicit"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine(Config(bounds=request.param))


@pytest.fixture(scope="module")
def payload(engine: Engine, data: bytes) -> bytes:
    return image.encode(Module(engine, data))


def instance(module: Module) -> Instance:
    from lbtool import I32, FuncType, GlobalType  # noqa: PLC0415
    from lbtool.runtime.func import Func  # noqa: PLC0415
    from lbtool.runtime.global_ import Global  # noqa: PLC0415

    store = Store(module.engine)
    cell = Global(store, GlobalType(I32, mutable=False), 40)
    double = Func(store, FuncType((I32,), (I32,)), lambda x: 2 * x)
    return Instance(store, module, [cell, double])


def observed(made: Instance) -> list[object]:
    exports = made.exports
    exports["init"]()
    with pytest.raises(Trap) as caught:
        exports["div"](1, 0)
    frames = [(f.funcidx, f.name, f.ordinal, f.offset) for f in caught.value.frames]
    return [
        exports["mem"].read(0, 200),
        exports["mut"].value,
        exports["copy"].value,
        exports["call"](21),
        exports["many"](-3, 1.5),
        [exports["tab"][k] is None for k in range(4)],
        exports["tab"][2](7, 2),
        frames,
        str(caught.value),
    ]


def test_a_module_out_of_its_image_does_the_same(
    engine: Engine, data: bytes, payload: bytes
) -> None:
    compiled = Module(engine, data)
    again = image.decode(memoryview(payload), data, engine)
    assert (again.imports, again.exports) == (compiled.imports, compiled.exports)
    assert (again.name, repr(again)) == (compiled.name, repr(compiled))
    assert again.functions == ()
    wanted = observed(instance(compiled))
    assert observed(instance(again)) == wanted
    assert observed(instance(again)) == wanted
    assert image.encode(again) == payload


def test_wherever_the_payload_lies(engine: Engine, data: bytes, payload: bytes) -> None:
    for before in range(9):
        view = memoryview(bytes(before) + payload)[before:]
        assert image.encode(image.decode(view, data, engine)) == payload


def test_code_stays_where_it_was_read(
    engine: Engine, data: bytes, payload: bytes
) -> None:
    """Once: who decodes the same bytes again gets a copy; other places do as well."""
    begin, size = native.arena()
    gc.collect()
    free = native.ROOMS.free
    for before in (38, 39):
        room = memoryview(native.Room(before + len(payload)))
        room[before:] = payload
        made = [image.decode(room[before:], data, engine) for _ in range(2)]
        at = [each.code.address for each in made]
        assert all(begin <= each < begin + size and each % 4096 == 0 for each in at)
        assert at[0] != at[1]
        taken = free - native.ROOMS.free
        assert taken == len(room) + -len(room) % 4096 + made[0].code.size * (
            1 if before == 38 else 2
        )
        wanted = observed(instance(made[1]))
        assert observed(instance(made[0])) == wanted
        assert image.encode(made[0]) == payload
        del made, room
        gc.collect()
        assert native.ROOMS.free == free


def test_another_module_is_refused(engine: Engine, data: bytes, payload: bytes) -> None:
    with pytest.raises(ValueError, match="another module"):
        image.decode(memoryview(payload), data + b"\0\1\0", engine)


def test_every_length_counts(engine: Engine, data: bytes, payload: bytes) -> None:
    for size in [*range(0, 400, 3), len(payload) - 8, len(payload) - 1]:
        with pytest.raises(ValueError):
            image.decode(memoryview(payload[:size]), data, engine)


def test_wrong_numbers_are_refused_or_harmless(
    engine: Engine,
    data: bytes,
    payload: bytes,
    record_property: Callable[[str, object], None],
) -> None:
    """Numbers in the tables (not the code): refused, or an instance is still made.

    The code itself is what the seal of the cache answers for.
    """
    chance = random.Random(11)
    sizes = struct.unpack_from(f"<{len(image.SECTIONS)}Q", payload, len(image.PADDING))
    tables = image.HEADER + sum(n + -n % 8 for n in sizes[:-1])
    refused = 0
    for _ in range(TRIALS):
        wrong = bytearray(payload)
        at = chance.randrange(2, tables)
        wrong[at] = chance.choice([0, 1, 0x7F, 0xFF, chance.randrange(256)])
        try:
            made = image.decode(memoryview(bytes(wrong)), data, engine)
        except ValueError:
            refused += 1
            continue
        with_harmless_end(made)
    assert refused > TRIALS // 4
    record_property(
        "summary",
        f"images with wrong numbers: {TRIALS} trials, {refused} refused, 0 crashes",
    )


def with_harmless_end(module: Module) -> None:
    """Wrong but consistent numbers give another module; instantiation may refuse it."""
    from lbtool.errors import LbtoolError  # noqa: PLC0415

    start = module.skeleton.start
    try:
        if start is None:
            instance(module)
    except (LbtoolError, ValueError, TypeError, OverflowError):
        pass


def test_an_image_survives_a_file(
    tmp_path: Path, engine: Engine, data: bytes, payload: bytes
) -> None:
    path = tmp_path / "image"
    path.write_bytes(payload)
    again = image.decode(memoryview(path.read_bytes()), data, engine)
    assert observed(instance(again))
