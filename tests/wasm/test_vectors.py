"""Long vectors: compiled and un-compiled readers say the same of any bytes."""

from __future__ import annotations

import pickle
from array import array
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lbtool.errors import MalformedError
from lbtool.runtime.flatten import flatten
from lbtool.wasm import decode, validate_module, vectors
from lbtool.wasm.compact import Bodies, FuncItems, Segments, ranges
from lbtool.wasm.leb import signed, unsigned
from lbtool.wasm.profile import Profile

HEADER = b"\0asm\1\0\0\0"
USUAL = b"\0\x41\x08\x0b\x02ab"


def uncompiled() -> Any:
    path = Path(vectors.__file__).parent / "vectors.py"
    loader = SourceFileLoader("vectors_uncompiled", str(path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def outcomes(of: Any, data: bytes, n: int) -> list[object]:
    """What both kinds of vectors give, from every position."""
    found: list[object] = []
    for start in range(len(data) + 1):
        span = of.Span(data, start, len(data))
        positions = memoryview(bytearray(8 * n)).cast("q")
        n_found = span.segments(0, positions)
        found.append((n_found, span.pos, positions.tolist()))
        rows = memoryview(bytearray(16 * n)).cast("I")
        found.append((span.flatten(positions, rows), rows.tolist()))
        span = of.Span(data, start, len(data))
        begins = memoryview(bytearray(8 * n + 8)).cast("q")
        indices = memoryview(bytearray(8 * n)).cast("q")
        n_found = span.indices(begins, indices)
        found.append((n_found, span.pos, begins.tolist(), indices.tolist()))
        span = of.Span(data, start, len(data))
        bodies = memoryview(bytearray(8 * n)).cast("i")
        found.append((span.bodies(0, bodies), span.pos, bodies.tolist()))
    return found


def test_compiled_and_uncompiled_readers_agree() -> None:
    plain = uncompiled()
    random = Random(5)
    pieces = (
        USUAL, b"\x41", b"\x0b", b"\0", b"\x80\x80\x00", b"\x83\x00",
        b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff\x0f", b"\x7f",
        b"\0\x41\xff\x7e\x0b\x81\x00c", b"\1\1x",
    )  # fmt: skip
    stopped = 0
    for _ in range(400):
        data = b"".join(random.choices(pieces, k=random.randrange(12)))
        compiled = outcomes(vectors, data, 6)
        assert compiled == outcomes(plain, data, 6)
        stopped += compiled != outcomes(plain, data + USUAL, 6)
    assert stopped > 100


def test_a_range_outside_of_the_data_is_refused() -> None:
    for pos, end in ((0, 4), (-1, 2), (3, 2)):
        with pytest.raises(ValueError, match="range"):
            vectors.Span(b"abc", pos, end)


def module(*segments: bytes, memory: bytes = b"\0\1") -> bytes:
    memories = b"\5" + unsigned(1 + len(memory)) + b"\1" + memory if memory else b""
    contents = unsigned(len(segments)) + b"".join(segments)
    return HEADER + memories + b"\x0b" + unsigned(len(contents)) + contents


def test_segments_become_objects_when_they_are_looked_at() -> None:
    passive, other = b"\1\1x", b"\0\x41\x80\x80\x80\x80\x00\x0b\1y"
    m = decode(module(USUAL, passive, USUAL, other))
    assert isinstance(m.datas, Segments)
    assert list(m.datas.unusual) == [1, 3]
    assert [m.data[d.start : d.end] for d in m.datas] == [b"ab", b"x", b"ab", b"y"]
    assert [d.mode for d in m.datas[1:3]] == ["passive", "active"]
    assert m.datas[-1] == m.datas[3]
    with pytest.raises(IndexError):
        m.datas[4]
    assert m.offsets[11][2] == m.data.rindex(USUAL)
    assert list(pickle.loads(pickle.dumps(m)).datas) == list(m.datas)
    assert validate_module(m, Profile()) == []


def test_flat_segments_say_what_the_objects_say() -> None:
    random = Random(6)
    passive, memory = b"\1\1x", b"\2\0\x41\x07\x0b\1z"
    pieces = [USUAL, passive, memory, b"\0\x41\x80\x80\x80\x80\x00\x0b\1y"]
    pieces += [
        b"\0\x41" + signed(value) + b"\x0b" + unsigned(200) + bytes(200)
        for value in (0, 63, 64, -1, -65, 8191, 1 << 27, -(1 << 27), -(1 << 31))
    ]
    for _ in range(50):
        m = decode(module(*random.choices(pieces, k=random.randrange(9))))
        expected = []
        for each in m.datas:
            value: object = each.offset.ops[0][1] if each.offset else 0
            assert isinstance(value, int)
            mode = int(each.mode == "passive")
            expected += [value & 0xFFFFFFFF, each.start, each.end, mode]
        assert flatten(m, Profile()).datas.tolist() == expected


def test_usual_segments_are_checked_against_the_memory() -> None:
    absent = validate_module(decode(module(USUAL, USUAL, memory=b"")), Profile())
    assert [d.message for d in absent] == ["unknown memory 0"] * 2
    wide = decode(module(USUAL, memory=b"\4\1"))
    assert any(
        d.message.startswith("type mismatch") for d in validate_module(wide, Profile())
    )


@pytest.mark.parametrize("cut", range(1, len(USUAL)))
def test_a_segment_that_ends_early_is_malformed(cut: int) -> None:
    with pytest.raises(MalformedError):
        decode(module(USUAL, USUAL[:-cut]))


def test_a_count_that_promises_too_much_is_malformed() -> None:
    contents = b"\xff\xff\xff\xff\x0f" + USUAL
    with pytest.raises(MalformedError, match="unexpected end"):
        decode(HEADER + b"\x0b" + unsigned(len(contents)) + contents)


def with_items(count: bytes, items: bytes) -> bytes:
    """200 functions in a module with an element segment of function indices."""
    functions = b"\x03\xca\x01\xc8\x01" + bytes(200)
    bodies = b"\x0a\xda\x04\xc8\x01" + b"\2\0\x0b" * 200
    segment = b"\1\1\0" + count + items
    return (
        HEADER
        + b"\x01\x04\x01\x60\0\0"
        + functions
        + b"\x09"
        + unsigned(len(segment))
        + segment
        + bodies
    )


def test_items_that_are_indices_are_like_items_one_by_one() -> None:
    wide = b"\x03\x85\x01\x84\x80\0\x85\x80\x80\x80\0\xc7\x01"
    usual, odd = b"\x03\x85\x01\x84\x80\0\xc7\x01", with_items(b"\5", wide)
    found = decode(with_items(b"\4", usual)).elems[0].items
    assert isinstance(found, FuncItems)
    assert [each.ops for each in found] == [((0xD2, k),) for k in (3, 133, 4, 199)]
    assert [each.end - each.start for each in found] == [1, 2, 3, 2]
    assert found[-1].start == found[2].end
    assert found == tuple(found)
    assert found[1:3] == (found[1], found[2])
    assert hash(found) == hash(tuple(found))
    assert repr(found) == repr(tuple(found))
    # five bytes for an index are read the long way
    assert [each.ops[0][1] for each in decode(odd).elems[0].items] == [
        3,
        133,
        4,
        5,
        199,
    ]
    with pytest.raises(IndexError):
        found[4]


def test_indices_of_functions_that_do_not_exist_are_reported_each() -> None:
    module = decode(with_items(b"\4", b"\x03\xc8\x01\x05\xc9\x01"))
    problems = validate_module(module, Profile())
    assert [each.message for each in problems] == [
        "unknown function 200",
        "unknown function 201",
    ]
    items = module.elems[0].items
    assert [each.offset for each in problems] == [items[1].start, items[3].start]


def test_counts_of_items_that_are_too_large() -> None:
    for count in (b"\5", b"\xff\xff\xff\xff\x0f"):
        with pytest.raises(MalformedError, match="unexpected end"):
            decode(with_items(count, b"\1\2\3\4"))


def with_functions(types: list[bytes], bodies: bytes, count: bytes) -> bytes:
    """300 equal types, functions of these types, and a code section."""
    declared = unsigned(300) + b"\x60\0\0" * 300
    functions = unsigned(len(types)) + b"".join(types)
    sections = ((1, declared), (3, functions), (10, count + bodies))
    return HEADER + b"".join(
        bytes([number]) + unsigned(len(contents)) + contents
        for number, contents in sections
    )


def test_bodies_are_ranges_that_become_pairs_when_they_are_looked_at() -> None:
    bodies = b"\2\0\x0b" + b"\x83\x80\x80\x80\0\0\x01\x0b" + b"\x82\0\0\x0b"
    types = [b"\x05", b"\xab\x02", b"\x80\x01"]
    m = decode(with_functions(types, bodies, b"\3"))
    assert isinstance(m.bodies, Bodies)
    assert [m.data[slice(*each)] for each in m.bodies] == [
        b"\0\x0b", b"\0\x01\x0b", b"\0\x0b"
    ]  # fmt: skip
    assert m.bodies[1:] == (m.bodies[1], m.bodies[-1])
    assert list(m.offsets[10]) == [start for start, _ in m.bodies]
    assert m.func_types == (5, 299, 128)
    assert [m.data[at : at + 2] for at in m.offsets[3][:3]] == [
        b"\x05\xab", b"\xab\x02", b"\x80\x01"
    ]  # fmt: skip
    assert ranges(tuple(m.bodies)) == ranges(m.bodies)
    assert pickle.loads(pickle.dumps(m)).bodies == m.bodies
    assert validate_module(m, Profile()) == []


def test_counts_of_bodies_that_are_too_large() -> None:
    for count in (b"\2", b"\xff\xff\xff\xff\x0f"):
        for bodies in (b"\2\0\x0b", b"\2\0\x0b\3\0\x0b", b"\2\0\x0b\x80"):
            with pytest.raises(MalformedError, match="unexpected end"):
                decode(with_functions([b"\0"], bodies, count))


def test_which_ranges_are_longer() -> None:
    found = ranges([(0, 3), (5, 5), (6, 10), (10, 15)])
    for of in (vectors, uncompiled()):
        assert of.longer(found, 3) == [2, 3]
        marks = bytearray(4)
        assert of.mark(memoryview(array("q", [2, -1, 4, 0, 2, 1 << 40])), marks) == 3
        assert marks == b"\1\0\1\0"


def test_equal_types_of_modules_are_one() -> None:
    first, second = (decode(with_functions([], b"", b"\0")) for _ in range(2))
    assert {id(each) for each in first.types} == {id(second.types[0])}
