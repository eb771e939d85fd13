"""Scripts are read as they are meant: commands, positions, constants, patterns."""

from __future__ import annotations

import math
import random
import struct

import pytest

from lbtool import abi
from lbtool.engines import Ref, Value
from lbtool.wast.legacy import modernise
from lbtool.wast.lexer import Lexer, ScriptError, string
from lbtool.wast.numbers import float_bits, int_bits
from lbtool.wast.patterns import Either, Pattern, RefPattern, nan_pattern
from lbtool.wast.script import (
    ActionCommand,
    AssertFailure,
    AssertNan,
    AssertReturn,
    Get,
    InstanceCommand,
    Invoke,
    ModuleCommand,
    ModuleSource,
    Register,
    parse_script,
)

SCRIPT = rb"""
;; a comment with ( and "
(; nested (; comment ;) " ;)
(@annotation (with "(" things))
(module $m (func (export "f")) (; ) ;) (data ")"))
(module definition $d (func))
(module instance $i $d)
(module $b binary "\00asm" "\01\00\00\00")
(module quote "(func" " (nop))")
(register "M" $m)
(invoke $m "f" (i32.const -1))
(assert_return (get "g") (f64.const nan:canonical))
(assert_return_arithmetic_nan (invoke "h"))
(assert_trap (invoke "t") "unreachable")
(assert_trap (module (func $s unreachable) (start $s)) "unreachable")
(assert_malformed (module quote "(") "unexpected \"token\"")
(assert_exhaustion (invoke "e") "call stack exhausted")
"""


def test_commands_and_their_lines() -> None:
    commands = parse_script(SCRIPT)
    assert [c.line for c in commands] == list(range(5, 18))
    module, definition, instance, binary, quote, register, act, *asserts = commands
    assert isinstance(module, ModuleCommand)
    assert module.module.source.startswith(b'(module $m (func (export "f"))')
    assert module.module.source.endswith(b'(data ")"))')
    assert isinstance(definition, ModuleCommand)
    assert definition.definition
    assert definition.module.source.split() == [b"(module", b"$d", b"(func))"]
    assert instance == InstanceCommand(7, "$i", "$d")
    assert isinstance(binary, ModuleCommand)
    assert binary.module == ModuleSource(8, "binary", b"\0asm\1\0\0\0", "$b")
    assert isinstance(quote, ModuleCommand)
    assert quote.module == ModuleSource(9, "quote", b"(func (nop))")
    assert register == Register(10, "M", "$m")
    minus_one = Value(abi.I32, 0xFFFFFFFF)
    assert act == ActionCommand(11, Invoke(11, "$m", "f", (minus_one,)))
    returned, nan, trap, start, malformed, exhausted = asserts
    canonical = nan_pattern(abi.F64, "canonical")
    assert returned == AssertReturn(12, Get(12, None, "g"), (canonical,))
    assert isinstance(nan, AssertNan)
    assert nan.nan == "arithmetic"
    action = Invoke(14, None, "t", ())
    assert trap == AssertFailure(14, "assert_trap", action, "unreachable")
    assert isinstance(start, AssertFailure)
    assert isinstance(start.subject, ModuleSource)
    assert isinstance(malformed, AssertFailure)
    assert malformed.message == 'unexpected "token"'
    assert exhausted.kind == "assert_exhaustion"


def test_fields_without_a_module_are_one_module() -> None:
    (command,) = parse_script(b'\n(func) (memory 0)\n(func (export "f"))')
    assert isinstance(command, ModuleCommand)
    assert command.line == 2
    assert command.module.source.split(b"\n")[1] == b'(func (export "f"))'


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (b"(module", 1),
        (b"\n(assert_return (invoke", 2),
        (b"\n\n(; open", 3),
        (b'(module)\n(assert_return (invoke "f") (i31.const 1))', 2),
        (b"(module)\n)", 2),
        (b'(module)\n(assert_wrong (invoke "f"))', 2),
        (b'(assert_invalid (invoke "f") "type mismatch")', 1),
        (b'(assert_exhaustion (module) "call stack exhausted")', 1),
    ],
)
def test_a_broken_script_is_an_error_with_its_line(script: bytes, line: int) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(script)
    assert caught.value.line == line


def test_string_escapes() -> None:
    assert (
        string(rb'"a\n\t\\\"\'\00\fF\u{20AC}\r"') == b"a\n\t\\\"'\0\xff\xe2\x82\xac\r"
    )
    (form,) = Lexer(rb'(a "\"(\\" b)').forms()
    assert form.items == (b"a", rb'"\"(\\"', b"b")


@pytest.mark.parametrize("width", [32, 64])
def test_floats_round_as_the_hardware_reads_them(width: int) -> None:
    code, integer = ("<f", "<I") if width == 32 else ("<d", "<Q")
    numbers = random.Random(width)  # the same ones in every run
    for _ in range(3000):
        bits = numbers.getrandbits(width)
        value: float = struct.unpack(code, struct.pack(integer, bits))[0]
        if not math.isfinite(value):
            continue
        assert float_bits(repr(value), width) == bits
        assert float_bits(value.hex(), width) == bits


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("0", 0),
        ("-0x0p+7", 1 << 31),
        ("0x1p-149", 1),
        ("0x0.8p-149", 0),  # a tie: to even
        ("0x0.800001p-149", 1),
        ("0x1.8p-149", 2),  # a tie: to even
        ("0x1.fffffep127", 0x7F7FFFFF),
        ("0x1.fffffefffffp127", 0x7F7FFFFF),
        ("0x1.000001p0", 0x3F800000),  # a tie: to even
        ("0x1.000003p0", 0x3F800002),
        # halves of an f32 step that an f64 in between would round the wrong way
        ("0x1.00000100000000001p0", 0x3F800001),
        ("+1_0.5e-1", 0x3F866666),
        ("1.", 0x3F800000),
        ("inf", 0x7F800000),
        ("-inf", 0xFF800000),
        ("nan", 0x7FC00000),
        ("-nan:0x20_0000", 0xFFA00000),
    ],
)
def test_f32_edges(text: str, bits: int) -> None:
    assert float_bits(text, 32) == bits


def test_integers() -> None:
    assert int_bits("-1", 32) == 0xFFFFFFFF
    assert int_bits("+0xFf_ff", 32) == 0xFFFF
    assert int_bits("-0x8000000000000000", 64) == 1 << 63
    with pytest.raises(ValueError):
        float_bits("0x", 32)


def test_patterns_tell_results_apart() -> None:
    canonical = nan_pattern(abi.F32, "canonical")
    arithmetic = nan_pattern(abi.F32, "arithmetic")
    for bits, is_canonical, is_arithmetic in (
        (0x7FC00000, True, True),
        (0xFFC00000, True, True),
        (0x7FC00001, False, True),
        (0x7FA00000, False, False),
        (0x7F800000, False, False),
        (0x3F800000, False, False),
    ):
        value = Value(abi.F32, bits)
        assert canonical.matches(value) is is_canonical
        assert arithmetic.matches(value) is is_arithmetic
    assert not canonical.matches(Value(abi.I32, 0x7FC00000))
    null, seven = Ref(abi.EXTERNREF, None), Ref(abi.EXTERNREF, 7)
    assert RefPattern(abi.EXTERNREF, null=True).matches(null)
    assert not RefPattern(abi.FUNCREF, null=True).matches(null)
    assert RefPattern(abi.EXTERNREF, null=False, token=7).matches(seven)
    assert not RefPattern(abi.EXTERNREF, null=False, token=8).matches(seven)
    one, two = Pattern(abi.I32, 1, 0xFFFFFFFF), Pattern(abi.I32, 2, 0xFFFFFFFF)
    assert Either((one, two)).matches(Value(abi.I32, 2))
    assert not Either((one, two)).matches(Value(abi.I32, 3))


def test_vector_shapes_with_nan_lanes() -> None:
    script = b'(assert_return (invoke "f") (v128.const f32x4 1 nan:arithmetic -0 nan))'
    (command,) = parse_script(script)
    assert isinstance(command, AssertReturn)
    (pattern,) = command.results
    good = 0x7FC00000_80000000_FFC00123_3F800000
    assert pattern.matches(Value(abi.V128, good))
    assert not pattern.matches(Value(abi.V128, good | 1 << 96))
    assert not pattern.matches(Value(abi.V128, good ^ 1))
    assert not pattern.matches(Value(abi.V128, good ^ 1 << (32 + 22)))


def test_old_spellings_change_outside_of_names_only() -> None:
    old = rb"""(module $get_local (func (export "get_local") (param i64)
      (drop (i32.wrap/i64 (get_local 0))) (drop (current_memory))
      (drop (i64.trunc_u/f32 (f32.const 0))) (set_global $g (i32.const 1)))
      (table 1 anyfunc) (memory $m 1) (data $m (i32.const 0) "a$b (grow_memory)"))
      ;; get_local
      (assert_malformed (module quote "(func (tee_local 0))" "(table 0 anyfunc)") "")
      (assert_malformed (module binary "anyfunc") "")"""
    new = rb"""(module $get_local (func (export "get_local") (param i64)
      (drop (i32.wrap_i64 (local.get 0))) (drop (memory.size))
      (drop (i64.trunc_f32_u (f32.const 0))) (global.set $g (i32.const 1)))
      (table 1 funcref) (memory $m 1) (data  (i32.const 0) "a$b (grow_memory)"))
      ;; get_local
      (assert_malformed (module quote "(func (local.tee 0))" "(table 0 funcref)") "")
      (assert_malformed (module binary "anyfunc") "")"""
    assert modernise(old) == new
