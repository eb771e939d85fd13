"""What a scan says about bad bodies: phrase, class, place, several at a time."""

from __future__ import annotations

import pytest

from lbtool.compiler.check import scan_body, validate, validate_bodies
from lbtool.compiler.codes import INVALID, UNSUPPORTED
from lbtool.compiler.diagnose import body_error, diagnose
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.errors import (
    CODES,
    Diagnostic,
    MalformedError,
    ModuleError,
    UnsupportedError,
    ValidationError,
)  # fmt: skip
from lbtool.wasm import Module, Profile, decode, read


def module_of(body: bytes, fields: str = "") -> Module:
    """A module whose only defined function has this body (with local declarations)."""
    text = f"(module {fields} (func))"
    data = read(text.encode())
    head = data[: data.rindex(b"\x0a\x04\x01\x02\x00\x0b")]
    content = b"\1" + bytes([len(body)]) + body
    assert len(body) < 0x80
    return decode(head + b"\x0a" + bytes([len(content)]) + content)


def problems(body: bytes, fields: str = "", profile: str = "2.0") -> list[Diagnostic]:
    return validate_bodies(module_of(body, fields), Profile(profile))


def error_of(body: bytes, fields: str = "", profile: str = "2.0") -> ModuleError:
    module = module_of(body, fields)
    scanner, function = Scanner(), Function()
    env = ModuleEnv(module, Profile(profile))
    funcidx = module.n_imported_funcs
    typeidx = module.func_types[funcidx]
    status = scan_body(scanner, env, typeidx, module.bodies[0], function)
    assert status in {INVALID, UNSUPPORTED}
    return body_error(scanner, module, funcidx)


# bytes after the local declarations, fields of the module, phrase, malformed?
CASES: dict[str, tuple[str, str, str, bool]] = {
    "operand of another type": ("41 00 8c 1a 0b", "", "type mismatch", False),
    "no operand": ("6a 1a 0b", "", "type mismatch", False),
    "operands left": ("41 00 0b", "", "type mismatch", False),
    "unknown local": ("20 00 1a 0b", "", "unknown local 0", False),
    "unknown global": ("23 05 1a 0b", "", "unknown global 5", False),
    "unknown function": ("10 07 0b", "", "unknown function 7", False),
    "unknown label": ("0c 01 0b", "", "unknown label 1", False),
    "unknown type": ("02 05 0b 0b", "", "unknown type 5", False),
    "unknown table": ("fc 10 00 1a 0b", "", "unknown table 0", False),
    "unknown memory": ("41 00 28 02 00 1a 0b", "", "unknown memory 0", False),
    "unknown elem": ("fc 0d 00 0b", "", "unknown elem segment 0", False),
    "no data count": ("fc 09 00 0b", "", "data count section required", True),
    "alignment": (
        "41 00 28 03 00 1a 0b", "(memory 1)",
        "alignment must not be larger than natural", False,
    ),
    "memop flags": ("41 00 28 20 00 1a 0b", "(memory 1)", "malformed memop", True),
    "zero byte": ("3f 01 1a 0b", "(memory 1)", "zero byte expected", True),
    "cut immediate": ("41 80", "", "unexpected end", True),
    "no end": ("01", "", "unexpected end: END opcode expected", True),
    "after the end": ("0b 01", "", "END opcode expected", True),
    "too long": ("41 80 80 80 80 80 00 1a 0b", "", "integer representation too", True),
    "too large": ("41 80 80 80 80 70 1a 0b", "", "integer too large", True),
    "bad opcode": ("f0 0b", "", "illegal opcode 0xf0", True),
    "bad sub-opcode": ("fc 7f 0b", "", "illegal opcode 0xfc", True),
    "later proposal": ("12 00 0b", "", "illegal opcode 0x12: return_call needs", True),
    "else": ("05 0b", "", "else without if", False),
    "second else": ("41 00 04 40 05 05 0b 0b", "", "else without if", False),
    "missing else": ("41 00 04 7f 41 00 0b 1a 0b", "", "type mismatch: this if", False),
    "immutable": (
        "41 00 24 00 0b", "(global i32 (i32.const 0))", "immutable global", False,
    ),
    "undeclared": ("d2 00 1a 0b", "", "undeclared function reference", False),
    "lane": (
        "41 00 fd 0f fd 15 10 1a 0b", "", "invalid lane index", False,
    ),
    "select arity": ("1c 00 0b", "", "invalid result arity", False),
    "select of references": (
        "d0 70 d0 70 41 00 1b 1a 0b", "", "type mismatch: select without", False,
    ),
    "not a reference": ("41 00 d1 1a 0b", "", "type mismatch: expected a ref", False),
    "reference type": ("d0 7f 1a 0b", "", "malformed reference type 0x7f", True),
    "block type": ("02 7a 0b 0b", "", "malformed block type 0x7a", True),
    "arms": (
        "02 7f 41 00 41 00 0e 01 00 01 0b 1a 0b", "", "type mismatch: labels of", False,
    ),
    "table of externref": (
        "41 00 11 00 00 0b", "(table 1 externref)", "type mismatch: call_indi", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_phrases_and_classes(case: tuple[str, str, str, bool]) -> None:
    code, fields, phrase, malformed = case
    found = problems(b"\0" + bytes.fromhex(code), fields)
    assert found[0].message.startswith(phrase)
    assert found[0].code in CODES
    assert found[0].code.startswith("E01" if malformed else "E02")


def test_unknown_data_segment() -> None:
    data = read(b'(module (memory 1) (data "x") (func (data.drop 0)))')
    module = decode(data.replace(b"\xfc\x09\x00", b"\xfc\x09\x01"))
    (found,) = validate_bodies(module, Profile())
    assert found.message == "unknown data segment 1"


def test_place() -> None:
    module = module_of(bytes.fromhex("01 01 7f 41 00 1a 20 03 1a 0b"))
    (found,) = validate_bodies(module, Profile())
    assert found.offset == module.data.rindex(b"\x20\x03") + 1
    assert (found.section, found.funcidx, found.ordinal) == ("code", 0, 2)
    assert found.mnemonic == "local.get"
    assert found.message == "unknown local 3"


def test_several_errors_in_one_body() -> None:
    found = problems(bytes.fromhex("00 20 01 1a 41 00 8c 1a 6a 1a 23 00 1a 0b"))
    assert [d.message.split(":")[0] for d in found] == [
        "unknown local 1",
        "type mismatch",
        "type mismatch",
        "type mismatch",
        "unknown global 0",
    ]


def test_errors_of_several_functions() -> None:
    text = "(module (func (drop (i32.add))) (func) (func (result i32)))"
    found = validate(decode(read(text.encode())), Profile())
    assert sorted({d.funcidx for d in found if d.funcidx is not None}) == [0, 2]


def test_many_errors_are_capped_and_the_malformed_one_is_kept() -> None:
    found = problems(b"\0" + b"\x20\x00\x1a" * 30 + b"\xf0")
    assert len(found) == 16
    assert found[-1].message == "illegal opcode 0xf0"


def test_too_many_locals() -> None:
    limit = bytes.fromhex("01 d1 86 03 7f 0b")  # 50,001
    assert problems(limit)[0].message.startswith("too many locals: lbtool's limit")
    huge = bytes.fromhex("02 ff ff ff ff 0f 7f 01 7e 0b")
    assert problems(huge)[0].message == "too many locals: more than 2^32 - 1"


def test_profile_1_0_lacks_what_came_later() -> None:
    for code in ("c0", "fc 00", "d0 70", "fd 0f", "1c 01 7f"):
        body = b"\0\x41\0" + bytes.fromhex(code) + b"\x1a\x0b"
        assert problems(body, profile="1.0")[0].code == "E0121", code


def test_exceptions_by_class() -> None:
    assert type(error_of(bytes.fromhex("00 6a 1a 0b"))) is ValidationError
    assert type(error_of(bytes.fromhex("00 f0 0b"))) is MalformedError
    later = error_of(bytes.fromhex("00 12 00 0b"))
    assert isinstance(later, UnsupportedError)
    assert later.proposal == "tail-call"
    atomic = error_of(bytes.fromhex("00 fe 03 00 0b"))
    assert isinstance(atomic, UnsupportedError)
    assert atomic.proposal == "threads"


def test_simd_validates_but_is_unsupported() -> None:
    body = bytes.fromhex("00 41 00 fd 0f 1a 0b")
    assert problems(body) == []
    error = error_of(body)
    assert isinstance(error, UnsupportedError)
    assert error.proposal == "simd"
    (found,) = error.diagnostics
    assert (found.ordinal, found.mnemonic) == (1, "i8x16.splat")
    assert found.code == "E0300"


@pytest.mark.parametrize(
    "text",
    [
        "(module (func (param v128)))",
        "(module (func (local v128)))",
        "(module (func (block (result v128) unreachable) drop))",
        "(module (global v128 (v128.const i64x2 0 0)) (func (drop (global.get 0))))",
        '(module (import "m" "f" (func (result v128))) (func (drop (call 0))))',
        "(module (func unreachable (select (result v128)) drop))",
    ],
)
def test_vectors_without_vector_instructions_are_unsupported(text: str) -> None:
    module = decode(read(text.encode()))
    assert validate(module, Profile()) == []
    env, k = ModuleEnv(module, Profile()), module.n_imported_funcs
    scanner, function = Scanner(), Function()
    status = scan_body(scanner, env, module.func_types[k], module.bodies[0], function)
    assert status == UNSUPPORTED


def test_diagnose_gives_the_first() -> None:
    module = module_of(bytes.fromhex("00 20 01 1a 6a 1a 0b"))
    scanner, function = Scanner(), Function()
    env = ModuleEnv(module, Profile())
    assert scan_body(scanner, env, 0, module.bodies[0], function) == INVALID
    assert diagnose(scanner, module, 0).message == "unknown local 1"
