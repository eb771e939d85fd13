"""Words for what a scan found: error records become diagnostics and exceptions.

Messages begin with the phrase of the specification's tests and go on with the detail.
What is an error is decided in `scan` and its layers, never here.
"""

from __future__ import annotations

from lbtool.compiler.codes import INVALID, UNSUPPORTED
from lbtool.compiler.scan_codes import *  # noqa: F403
from lbtool.compiler.scan_tables import PROPOSALS, op_code
from lbtool.errors import (
    Diagnostic,
    MalformedError,
    ModuleError,
    UnsupportedError,
    ValidationError,
    code_for,
)
from lbtool.wasm.opcodes import BY_CODE, PREFIXES, Op, join
from lbtool.wasm.types import valtype_name

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from lbtool.compiler.function import Function
    from lbtool.compiler.scan import Scanner
    from lbtool.wasm.module import Module

__all__ = ["body_error", "diagnose", "diagnostics", "unsupported_error"]

# Phrases that need no detail, or whose detail is a byte or an index at the offset.
PHRASES: dict[int, str] = {
    E_END: "unexpected end",
    E_LEB_LONG: "integer representation too long",
    E_LEB_LARGE: "integer too large",
    E_TRAILING: "END opcode expected: bytes follow the last `end` of the function",
    E_NO_END: "unexpected end: END opcode expected",
    E_MANY_LOCALS: "too many locals: more than 2^32 - 1",
    E_DATA_COUNT: "data count section required",
    E_ZERO_BYTE: "zero byte expected",
    E_MEMOP: "malformed memop flags",
    E_ELSE: "else without if",
    E_NOT_NUM: "type mismatch: select without a type takes numbers and vectors only",
    E_ARITY: "type mismatch: labels of br_table take different numbers of operands",
    E_RESULT_ARITY: "invalid result arity: select takes one type",
    E_NOT_FUNCREF: "type mismatch: call_indirect needs a table of funcref",
    E_IMMUTABLE: "immutable global",
    E_ALIGN: "alignment must not be larger than natural",
    E_LANE: "invalid lane index",
    E_UNDECLARED: "undeclared function reference",
}
UNKNOWN_INDEX: dict[int, str] = {
    E_LOCAL: "unknown local",
    E_GLOBAL: "unknown global",
    E_FUNC: "unknown function",
    E_TYPEIDX: "unknown type",
    E_TABLE: "unknown table",
    E_MEMORYIDX: "unknown memory",
    E_DATAIDX: "unknown data segment",
    E_ELEMIDX: "unknown elem segment",
    E_LABEL: "unknown label",
}


def _leb(data: bytes, at: int) -> int:
    """LEB128 at an offset, as far as it goes: for messages about bad bytes."""
    value = shift = 0
    for byte in data[at : at + 5]:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return value


def _op_at(data: bytes, at: int) -> Op | None:
    """The instruction whose opcode is at `at`, whatever its proposal."""
    byte = data[at] if at < len(data) else 0
    if byte in PREFIXES:
        code = join(byte, _leb(data, at + 1))
        return None if code is None else BY_CODE.get(code)
    return BY_CODE.get(byte)


def _type_message(code: int, want: int, have: int) -> str:
    if code == E_TYPE:
        expected, found = valtype_name(want), valtype_name(have)
        return f"type mismatch: expected {expected}, found {found}"
    if code == E_EMPTY:
        what = valtype_name(want) if want else "an operand"
        return f"type mismatch: expected {what}, but the block's stack is empty"
    if code == E_LEFT:
        values = "operand" if want == 1 else "operands"
        return f"type mismatch: {want} {values} too many at the end of the block"
    if code == E_NO_ELSE:
        detail = f" to give {valtype_name(want)}" if want else ""
        return f"type mismatch: this if needs an else{detail}"
    return f"type mismatch: expected a reference, found {valtype_name(have)}"


def _message(module: Module, code: int, offset: int, want: int, have: int) -> str:
    if code in {E_TYPE, E_EMPTY, E_LEFT, E_NO_ELSE, E_NOT_REF}:
        return _type_message(code, want, have)
    if code in UNKNOWN_INDEX:
        # Loads and stores name no memory: their offset is that of the opcode.
        implicit = code == E_MEMORYIDX and have == 1
        return f"{UNKNOWN_INDEX[code]} {0 if implicit else _leb(module.data, offset)}"
    if code == E_ILLEGAL:
        op = _op_at(module.data, offset)
        byte = module.data[offset]
        if op is None:
            return f"illegal opcode {byte:#04x}"
        return f"illegal opcode {byte:#04x}: {op.mnemonic} needs {op.proposal}"
    if code == E_LOCAL_LIMIT:
        return f"too many locals: lbtool's limit is {want}"
    if code == E_VALTYPE:
        return f"malformed value type {have:#04x}"
    if code == E_BLOCKTYPE:
        return f"malformed block type {have:#04x}"
    if code == E_REFTYPE:
        return f"malformed reference type {have:#04x}"
    return PHRASES[code]


def _mnemonic(op: int, ordinal: int) -> str | None:
    if ordinal < 0:
        return None
    code = op_code(op)
    found = None if code is None else BY_CODE.get(code)
    return None if found is None else found.mnemonic


def diagnostics(
    scanner: Scanner, module: Module, funcidx: int
) -> tuple[Diagnostic, ...]:
    """Diagnostics of the scanner's last scan, which was of this function's body."""
    found: list[Diagnostic] = []
    for k in range(scanner.n_errors):
        row = scanner.errors[k * ERR_SIZE : (k + 1) * ERR_SIZE]
        code, offset, ordinal, op, want, have = row
        message = _message(module, code, offset, want, have)
        found.append(
            Diagnostic(
                "error",
                code_for(message),
                message,
                path=module.path,
                offset=offset,
                section="code",
                funcidx=funcidx,
                ordinal=ordinal if ordinal >= 0 else None,
                mnemonic=_mnemonic(op, ordinal),
            )
        )
    return tuple(found)


def diagnose(scanner: Scanner, module: Module, funcidx: int) -> Diagnostic:
    """The first of `diagnostics`; the scan's status was INVALID."""
    return diagnostics(scanner, module, funcidx)[0]


def unsupported_error(
    function: Function, module: Module, funcidx: int
) -> UnsupportedError:
    """For a body that validates and needs a proposal which is not compiled yet."""
    proposal = PROPOSALS[function.unsupported]
    ordinal, offset = function.unsupported_ordinal, function.unsupported_offset
    op = _op_at(module.data, offset) if ordinal >= 0 else None
    message = f"unsupported: {proposal} is not compiled yet"
    diagnostic = Diagnostic(
        "error",
        code_for(message),
        message,
        path=module.path,
        offset=offset,
        section="code",
        funcidx=funcidx,
        ordinal=ordinal if ordinal >= 0 else None,
        mnemonic=None if op is None else op.mnemonic,
    )
    return UnsupportedError(diagnostic, proposal)


def body_error(scanner: Scanner, module: Module, funcidx: int) -> ModuleError:
    """The exception for the last scan, whose status was INVALID or UNSUPPORTED.

    An instruction of a proposal that the profile lacks is `UnsupportedError` too.
    """
    if scanner.status == UNSUPPORTED:
        return unsupported_error(scanner.fn, module, funcidx)
    assert scanner.status == INVALID
    found = diagnostics(scanner, module, funcidx)
    codes = [scanner.errors[k * ERR_SIZE] for k in range(scanner.n_errors)]
    last = found[-1]
    if codes[-1] == E_ILLEGAL and last.offset is not None:
        op = _op_at(module.data, last.offset)
        if op is not None:
            return UnsupportedError(found, op.proposal)
    malformed = any(code < E_VALID for code in codes)
    return MalformedError(found) if malformed else ValidationError(found)
