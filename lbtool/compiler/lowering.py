"""Wasm opcodes to Microwasm operations, as one table.

A row is (operation, operand type, result type, A, B, W); A, B, W mean what the
operation's selector says: an encoding, a group extension, a condition, a flag, a width.
`KIND` and the other arrays are what the core reads; they are filled from `ROWS` at
import.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403

    KIND = [0] * 288
    IMMEDIATE = [0] * 288
    OP_A = [0] * 288
    OP_B = [0] * 288
    OP_T = [0] * 288
    OP_R = [0] * 288
    OP_W = [0] * 288
    TYPE_CODE = [0] * 128

GROUP_FC = 256

Row = tuple[int, int, int, int, int, int]


def _control() -> dict[int, tuple[int, int]]:
    """Opcode -> (operation, shape of immediates) for what carries no operand types."""
    return {
        0x00: (M_TRAP, I_NONE),
        0x01: (W_NOP, I_NONE),
        0x02: (W_BLOCK, I_LEB),
        0x03: (W_LOOP, I_LEB),
        0x04: (W_IF, I_LEB),
        0x05: (W_ELSE, I_NONE),
        0x0B: (W_END, I_NONE),
        0x0C: (W_BR, I_LEB),
        0x0D: (W_BR_IF, I_LEB),
        0x0E: (W_BR_TABLE, I_BRTABLE),
        0x0F: (W_RETURN, I_NONE),
        0x10: (M_CALL, I_LEB),
        0x11: (M_CALL_INDIRECT, I_LEB2),
        0x1A: (M_DROP, I_NONE),
        0x1B: (M_SELECT, I_NONE),
        0x1C: (W_SELECT_T, I_VEC),
        0x20: (M_PICK, I_LEB),
        0x21: (M_SET, I_LEB),
        0x22: (M_TEE, I_LEB),
        0x23: (M_GLOBAL_GET, I_LEB),
        0x24: (M_GLOBAL_SET, I_LEB),
        0x25: (M_TABLE_GET, I_LEB),
        0x26: (M_TABLE_SET, I_LEB),
        0x3F: (M_MEMORY_SIZE, I_LEB),
        0xD0: (W_REF_NULL, I_BYTE),
        0xD2: (M_REF_FUNC, I_LEB),
        GROUP_FC + 16: (M_TABLE_SIZE, I_LEB),
    }


def _memory() -> dict[int, Row]:
    loads = {
        0x28: (T_I32, MOV, 0, 4), 0x29: (T_I64, MOV, 1, 8),
        0x2A: (T_F32, MOVSS, 0, 4), 0x2B: (T_F64, MOVSD, 0, 8),
        0x2C: (T_I32, MOVSX8, 0, 1), 0x2D: (T_I32, MOVZX8, 0, 1),
        0x2E: (T_I32, MOVSX16, 0, 2), 0x2F: (T_I32, MOVZX16, 0, 2),
        0x30: (T_I64, MOVSX8, 1, 1), 0x31: (T_I64, MOVZX8, 0, 1),
        0x32: (T_I64, MOVSX16, 1, 2), 0x33: (T_I64, MOVZX16, 0, 2),
        0x34: (T_I64, MOVSXD, 1, 4), 0x35: (T_I64, MOV, 0, 4),
    }  # fmt: skip
    stores = {
        0x36: (T_I32, MOV_MR, 0, 4), 0x37: (T_I64, MOV_MR, 1, 8),
        0x38: (T_F32, MOVSS_MR, 0, 4), 0x39: (T_F64, MOVSD_MR, 0, 8),
        0x3A: (T_I32, MOV8_MR, 0, 1), 0x3B: (T_I32, MOV16_MR, 0, 2),
        0x3C: (T_I64, MOV8_MR, 0, 1), 0x3D: (T_I64, MOV16_MR, 0, 2),
        0x3E: (T_I64, MOV_MR, 0, 4),
    }  # fmt: skip
    rows: dict[int, Row] = {}
    for opcode, (t, enc, w, width) in loads.items():
        rows[opcode] = (M_LOAD, t, t, enc, w, width)
    for opcode, (t, enc, w, width) in stores.items():
        rows[opcode] = (M_STORE, t, t, enc, w, width)
    return rows


def _integers() -> dict[int, Row]:
    rows: dict[int, Row] = {}
    conditions = (
        CC_E, CC_NE, CC_L, CC_B, CC_G, CC_A, CC_LE, CC_BE, CC_GE, CC_AE,
    )  # fmt: skip
    for t, eqz, arith, sign in (
        (T_I32, 0x45, 0x67, (0xC0, 0xC1)),
        (T_I64, 0x50, 0x79, (0xC2, 0xC3, 0xC4)),
    ):
        rows[eqz] = (M_EQZ, t, T_I32, 0, 0, 0)
        for i, cc in enumerate(conditions):
            rows[eqz + 1 + i] = (M_COMPARE, t, T_I32, cc, 0, 0)
        for i in range(3):
            rows[arith + i] = (M_COUNT, t, t, i, 0, 0)
        rows[arith + 3] = (M_BINARY, t, t, ADD, EXT_ADD, 0)
        rows[arith + 4] = (M_BINARY, t, t, SUB, EXT_SUB, 0)
        rows[arith + 5] = (M_MUL, t, t, 0, 0, 0)
        for i in range(4):  # div_s div_u rem_s rem_u
            rows[arith + 6 + i] = (M_DIVIDE, t, t, 1 - (i & 1), i >> 1, 0)
        rows[arith + 10] = (M_BINARY, t, t, AND, EXT_AND, 0)
        rows[arith + 11] = (M_BINARY, t, t, OR, EXT_OR, 0)
        rows[arith + 12] = (M_BINARY, t, t, XOR, EXT_XOR, 0)
        for i, ext in enumerate((EXT_SHL, EXT_SAR, EXT_SHR, EXT_ROL, EXT_ROR)):
            rows[arith + 13 + i] = (M_SHIFT, t, t, ext, 0, 0)
        for opcode, enc in zip(sign, (MOVSX8, MOVSX16, MOVSXD), strict=False):
            rows[opcode] = (M_EXTEND, t, t, enc, 0, 0)
    rows[0xA7] = (M_WRAP, T_I64, T_I32, 0, 0, 0)
    rows[0xAC] = (M_EXTEND, T_I32, T_I64, MOVSXD, 0, 0)
    rows[0xAD] = (M_EXTEND_U, T_I32, T_I64, 0, 0, 0)
    rows[0xD1] = (M_EQZ, T_REF, T_I32, 0, 0, 0)  # ref.is_null
    return rows


def _floats() -> dict[int, Row]:
    rows: dict[int, Row] = {}
    compares = (
        (CC_FEQ, 0), (CC_FNE, 0), (CC_A, 1), (CC_A, 0), (CC_AE, 1), (CC_AE, 0),
    )  # fmt: skip
    for t, first_compare, first in ((T_F32, 0x5B, 0x8B), (T_F64, 0x61, 0x99)):
        form = F64_FORM if t == T_F64 else 0
        for i, (cc, swap) in enumerate(compares):
            rows[first_compare + i] = (M_FCOMPARE, t, T_I32, cc, swap, 0)
        rows[first] = (M_FSIGN, t, t, 0, 0, 0)  # abs
        rows[first + 1] = (M_FSIGN, t, t, 1, 0, 0)  # neg
        for i, mode in enumerate((2, 1, 3, 0)):  # ceil floor trunc nearest
            rows[first + 2 + i] = (M_FROUND, t, t, mode, 0, 0)
        rows[first + 6] = (M_FUNARY, t, t, SQRTSS + form, 0, 0)
        for i, (enc, commutes) in enumerate(
            ((ADDSS, 1), (SUBSS, 0), (MULSS, 1), (DIVSS, 0))
        ):
            rows[first + 7 + i] = (M_FBINARY, t, t, enc, commutes, 0)
        rows[first + 11] = (M_FMINMAX, t, t, 0, 0, 0)
        rows[first + 12] = (M_FMINMAX, t, t, 1, 0, 0)
        rows[first + 13] = (M_COPYSIGN, t, t, 0, 0, 0)
    return rows


def _conversions() -> dict[int, Row]:
    rows: dict[int, Row] = {}
    order = ((T_I32, 0xA8), (T_I64, 0xAE))
    for to, first in order:
        for i in range(4):  # f32_s f32_u f64_s f64_u
            rows[first + i] = (
                M_TRUNCATE,
                T_F64 if i > 1 else T_F32,
                to,
                1 - (i & 1),
                0,
                0,
            )
    for k, to in enumerate((T_I32, T_I64)):
        for i in range(4):
            source = T_F64 if i > 1 else T_F32
            rows[GROUP_FC + 4 * k + i] = (M_TRUNCATE, source, to, 1 - (i & 1), 1, 0)
    for to, first in ((T_F32, 0xB2), (T_F64, 0xB7)):
        for i in range(4):  # i32_s i32_u i64_s i64_u
            rows[first + i] = (
                M_FROM_INT,
                T_I64 if i > 1 else T_I32,
                to,
                1 - (i & 1),
                0,
                0,
            )
    rows[0xB6] = (M_FUNARY, T_F64, T_F32, CVTSD2SS, 0, 0)
    rows[0xBB] = (M_FUNARY, T_F32, T_F64, CVTSS2SD, 0, 0)
    for opcode, source, to in (
        (0xBC, T_F32, T_I32), (0xBD, T_F64, T_I64), (0xBE, T_I32, T_F32), (0xBF, T_I64,
        T_F64),
    ):  # fmt: skip
        rows[opcode] = (M_REINTERPRET, source, to, 0, 0, 0)
    return rows


def _library() -> dict[int, Row]:
    """A = which call, B = operands; the result type is -1 when there is none."""
    return {
        0x40: (M_LIBCALL, T_I32, T_I32, LIB_MEMORY_GROW, 1, 0),
        GROUP_FC + 8: (M_LIBCALL, T_I32, -1, LIB_MEMORY_INIT, 3, 0),
        GROUP_FC + 9: (M_LIBCALL, T_I32, -1, LIB_DATA_DROP, 0, 0),
        GROUP_FC + 10: (M_LIBCALL, T_I32, -1, LIB_MEMORY_COPY, 3, 0),
        GROUP_FC + 11: (M_LIBCALL, T_I32, -1, LIB_MEMORY_FILL, 3, 0),
        GROUP_FC + 12: (M_LIBCALL, T_I32, -1, LIB_TABLE_INIT, 3, 0),
        GROUP_FC + 13: (M_LIBCALL, T_I32, -1, LIB_ELEM_DROP, 0, 0),
        GROUP_FC + 14: (M_LIBCALL, T_I32, -1, LIB_TABLE_COPY, 3, 0),
        GROUP_FC + 15: (M_LIBCALL, T_I32, T_I32, LIB_TABLE_GROW, 2, 0),
        GROUP_FC + 17: (M_LIBCALL, T_I32, -1, LIB_TABLE_FILL, 3, 0),
    }


TWO_INDICES = (LIB_MEMORY_INIT, LIB_MEMORY_COPY, LIB_TABLE_INIT, LIB_TABLE_COPY)


def _fill() -> None:
    for i in range(288):
        KIND[i] = W_UNKNOWN
        IMMEDIATE[i] = I_NONE
    for opcode, (kind, shape) in _control().items():
        KIND[opcode] = kind
        IMMEDIATE[opcode] = shape
    for opcode, (t, shape) in {
        0x41: (T_I32, I_LEB), 0x42: (T_I64, I_LEB), 0x43: (T_F32, I_BYTES4), 0x44:
        (T_F64, I_BYTES8),
    }.items():  # fmt: skip
        KIND[opcode] = M_CONST
        IMMEDIATE[opcode] = shape
        OP_T[opcode] = t
    for part in (_memory, _integers, _floats, _conversions, _library):
        for opcode, (kind, t, r, a, b, w) in part().items():
            KIND[opcode] = kind
            OP_T[opcode] = t
            OP_R[opcode] = r
            OP_A[opcode] = a
            OP_B[opcode] = b
            OP_W[opcode] = w
            if kind in (M_LOAD, M_STORE):
                IMMEDIATE[opcode] = I_LEB2
            elif kind == M_LIBCALL:
                IMMEDIATE[opcode] = I_LEB2 if a in TWO_INDICES else I_LEB
    for valtype, code in (
        (I32, T_I32), (I64, T_I64), (F32, T_F32), (F64, T_F64), (FUNCREF, T_REF),
        (EXTERNREF, T_REF),
    ):  # fmt: skip
        TYPE_CODE[valtype] = code


_fill()
