"""Compiling while bytes arrive: when functions are there, that they are the same ones,
and that errors are those of the whole module.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler import Target, compile_module
from lbtool.compiler.stream import StreamCompiler, compile_stream
from lbtool.errors import ModuleError, UnsupportedError, ValidationError
from lbtool.wasm import Module, Profile, decode, print_module, read, require_valid
from tests.compiler.sources import generated, many, real, suite
from tests.reference.binary import Body
from tests.scan.mutation import mutants, seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.compiler.artifact import CompiledFunction

    Compiled = tuple[Module, list[CompiledFunction]]

TARGETS = (Target(), Target(bounds="explicit"), Target(strict=True))
BULK = b"""(module (memory 1) (table 4 funcref) (data "abc") (data (i32.const 9) "x")
  (elem funcref (ref.func 1)) (func nop)
  (func (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 3)) (data.drop 1)
    (memory.copy (i32.const 0) (i32.const 1) (i32.const 2))
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 2)))
  (func (table.init 0 (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop 0)))"""
HEADER = b"\0asm\x01\0\0\0"


def bytewise(data: bytes) -> Iterator[bytes]:
    return (data[i : i + 1] for i in range(len(data)))


def chunked(data: bytes, rng: random.Random) -> Iterator[bytes]:
    """Pieces of any length, empty ones too."""
    at = 0
    while at < len(data):
        n = rng.choice((0, 1, 1, 2, 3, 7, 20, 100, 4096))
        yield data[at : at + n]
        at += n


def whole(data: bytes, target: Target) -> Compiled:
    module = decode(data)
    require_valid(module, target.profile)
    return module, compile_module(module, target)


def same(found: Compiled, expected: Compiled) -> None:
    """The functions to the byte, and the module as printed (it has no equality)."""
    assert found[1] == expected[1]
    assert print_module(found[0]) == print_module(expected[0])


def outcome(how: Any, *args: Any) -> Any:
    """Functions, or the type and the diagnostics of the error."""
    try:
        return how(*args)[1]
    except ModuleError as error:
        return type(error), error.diagnostics


def arrives(data: bytes, target: Target) -> None:
    """Feed one byte at a time and look after each."""
    module, expected = whole(data, target)
    ends = [end for _, end in module.bodies]
    stream, complete = StreamCompiler(target), 0
    for at, byte in enumerate(bytewise(data), 1):
        stream.feed(byte)
        while complete < len(ends) and ends[complete] <= at:
            complete += 1
        assert len(stream.functions) == complete, (at, ends)
    assert stream.functions == expected
    same(stream.finish(), (module, expected))


@pytest.mark.parametrize("target", TARGETS, ids=("guard", "explicit", "strict"))
def test_each_function_is_there_with_its_last_byte(target: Target) -> None:
    modules = {**generated(12), "bulk": read(BULK), "many": many(150)}
    for data in modules.values():
        arrives(data, target)


def test_real_modules_arrive() -> None:
    modules = real(400_000)
    for data in modules.values():
        arrives(data, Target())
    assert len(modules) >= 20


def test_modules_of_the_suite_arrive() -> None:
    n = 0
    for data in suite(("module",), 9).values():
        if not isinstance(outcome(whole, data, Target()), tuple):
            arrives(data, Target())
            n += 1
    assert n >= 60


def test_chunks_do_not_matter() -> None:
    rng = random.Random(3)
    for data in (*generated(12).values(), read(BULK), many(150)):
        expected = whole(data, Target())
        for _ in range(4):
            same(compile_stream(chunked(data, rng), Target()), expected)
        half = len(data) // 2
        halves = (data[:half], b"", data[half:])
        same(compile_stream(halves, Target()), expected)
        same(compile_stream([data], Target()), expected)


@pytest.mark.parametrize(
    "text",
    ["(module)", '(module (import "m" "f" (func)))', '(module (memory 1) (data "x"))'],
)
def test_modules_without_code(text: str) -> None:
    data = read(text.encode())
    same(compile_stream(bytewise(data), Target()), (decode(data), []))


def test_empty_code_section() -> None:
    data = HEADER + b"\x0a\x01\x00"
    same(compile_stream(bytewise(data), Target()), (decode(data), []))


# ---- errors

BROKEN = {
    "type": Body([], [(0x20, 1), (0x0B,)]),
    "stack": Body([], [(0x6A,), (0x0B,)]),
    "index": Body([], [(0x01,), (0x10, 9999), (0x0B,)]),
    "two": Body([], [(0x20, 9), (0x21, 9), (0x20, 0), (0x0B,)]),
    "data": Body([], [(0x20, 0), (0xFC09, 0), (0x0B,)]),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_invalid_body_is_the_error_of_the_whole_module(body: Body) -> None:
    data = many(40, {17: body, 30: BROKEN["type"]})
    kind, diagnostics = outcome(whole, data, Target())
    assert issubclass(kind, ModuleError)
    assert diagnostics[0].funcidx == 18
    ends = [end for _, end in decode(data).bodies]
    stream = StreamCompiler(Target())
    stream.feed(data[: ends[17] - 1])
    assert len(stream.functions) == 17
    with pytest.raises(kind) as caught:
        stream.feed(data[ends[17] - 1 : ends[17]])
    assert caught.value.diagnostics == diagnostics
    assert caught.value.diagnostics[0].offset is not None
    assert len(stream.functions) == 17


def test_bodies_that_the_suite_calls_invalid() -> None:
    """The same diagnostics (offset, function, ordinal) wherever a body is wrong."""
    rng, n = random.Random(5), 0
    for label, data in suite(("assert_invalid",), 3).items():
        try:
            require_valid(decode(data), Profile())
        except ModuleError:
            continue
        expected = outcome(whole, data, Target())
        assert outcome(compile_stream, chunked(data, rng), Target()) == expected, label
        n += isinstance(expected, tuple)
    assert n >= 300


def test_versions_are_those_of_the_target() -> None:
    data = read(
        b"(module (func) (func (param i32) (drop (i32.extend8_s (local.get 0)))))"
    )
    target = Target(profile=Profile("1.0"))
    expected = outcome(whole, data, target)
    assert expected[0] is UnsupportedError
    assert outcome(compile_stream, bytewise(data), target) == expected
    assert len(compile_stream(bytewise(data), Target())[1]) == 2


SIMD = b"""(module (func) (func (result i32)
  (i32x4.extract_lane 1 (i32x4.splat (i32.const 7)))) (func nop))"""


def test_simd_is_not_compiled_yet() -> None:
    data = read(SIMD)
    kind, diagnostics = outcome(whole, data, Target())
    stream = StreamCompiler(Target())
    with pytest.raises(UnsupportedError) as caught:
        stream.feed(data)
    assert caught.value.proposal == "simd"
    assert (kind, diagnostics) == (UnsupportedError, caught.value.diagnostics)
    assert diagnostics[0].funcidx == 1
    assert len(stream.functions) == 1


def test_truncated_modules_fail_at_the_end() -> None:
    """A prefix is never an error before `finish`, and always one there that `decode`
    has as well."""
    for data in (read(BULK), *generated(1).values()):
        fine = 0
        for n in range(len(data)):
            stream = StreamCompiler(Target())
            stream.feed(data[:n])
            expected = outcome(whole, data[:n], Target())
            assert outcome(stream.finish) == expected, n
            fine += not isinstance(expected, tuple)
        # only where a section ends may a module end
        assert fine <= 12


def test_nothing_is_handed_out_before_the_end_is_valid() -> None:
    """The code is fine, what follows it is not."""
    good = many(20)
    bad = good + b"\x0b\x05\x01\x00\x43\x0b\x00"  # f32.const as the offset of data
    late = many(20) + b"\x0a\x01\x00"  # a second code section
    for data in (bad, late, good[:-1]):
        stream = StreamCompiler(Target())
        stream.feed(data)
        public = [v for name, v in vars(stream).items() if not name.startswith("_")]
        assert not any(isinstance(value, Module) for value in public)
        assert len(stream.functions) == 20 - (data == good[:-1])
        with pytest.raises(ModuleError):
            stream.finish()
        with pytest.raises(ModuleError):
            compile_stream(bytewise(data), Target())


def test_sections_before_the_code_are_validated_before_it() -> None:
    data = read(b'(module (func (export "f")) (memory 1))')
    data = data.replace(b"\x01f\x00\x00", b"\x01f\x00\x07")
    stream = StreamCompiler(Target())
    with pytest.raises(ValidationError):
        stream.feed(data)
    assert stream.functions == []


# ---- bytes of any kind

GARBAGE = {
    "no header": b"\0as",
    "header of a component": b"\0asm\x0d\0\1\0",
    "text": b"(module)" * 5,
    "data count: no number": HEADER + b"\x0c\x05\xff\xff\xff\xff\xff\x0a\x01\x00",
    "data count: empty section": HEADER + b"\x0c\x00\x0a\x01\x00",
    "data count: number cut off": HEADER + b"\x0c\x01\xff\x0a\x01\x00",
    "data count: large": HEADER + b"\x0c\x05\xff\xff\xff\xff\x0f\x0a\x01\x00",
    "section size: no number": HEADER + b"\x01\xff\xff\xff\xff\xff\x01",
    "section size: large": HEADER + b"\x01\xff\xff\xff\xff\x0f\x01",
    "code: count is no number": HEADER + b"\x0a\x06\xff\xff\xff\xff\xff\xff",
    "code: large count": HEADER + b"\x0a\x05\xff\xff\xff\xff\x0f",
    "code: count without functions": HEADER + b"\x0a\x04\x01\x02\x00\x0b",
    "body of no bytes": HEADER + b"\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x02\x01\x00",
    "body beyond the section": HEADER
    + b"\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x03\x01\x02\x00\x0b",
    "body size: no number": HEADER
    + b"\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x07\x01\xff\xff\xff\xff\xff\xff",
    "bytes behind the last body": HEADER
    + b"\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x05\x01\x02\x00\x0b\x0b",
    "unknown section": HEADER + b"\x7f\x00\x0a\x01\x00",
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_is_a_typed_error(data: bytes) -> None:
    assert isinstance(outcome(whole, data, Target()), tuple)
    kind, diagnostics = outcome(compile_stream, bytewise(data), Target())
    assert issubclass(kind, ModuleError)
    assert diagnostics


def test_mutants_have_the_fate_of_the_whole_module() -> None:
    rng = random.Random(11)
    modules = {**generated(12), "bulk": read(BULK), "simd": read(SIMD)}
    seeds = [s for s in (seed(*item) for item in modules.items()) if s]
    fates = {"fine": 0, "body": 0, "module": 0}
    for number, data in mutants(seeds, 900):
        expected = outcome(whole, data, Target())
        found = outcome(compile_stream, chunked(data, rng), Target())
        if not isinstance(expected, tuple):
            fates["fine"] += 1
        elif expected[1][0].funcidx is not None:
            fates["body"] += 1
        else:
            # whatever comes first in the bytes is met first
            fates["module"] += 1
            assert issubclass(found[0], ModuleError), number
            continue
        assert found == expected, number
    assert min(fates.values()) >= 50, fates
