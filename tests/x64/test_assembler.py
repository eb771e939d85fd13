"""Every instruction form of the assembler, read back by two disassemblers.

The assembler's methods are C functions in the compiled core, so the forms are written
by the same source as plain Python (``LBTOOL_PURE=1``, in a process of its own). What
each encoding means is said here once more, by hand, in `FORMS`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import capstone
import iced_x86
import pytest

from lbtool.x64 import encodings
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# The rows are assembled once.
pytestmark = pytest.mark.xdist_group("assembler")
WORDS = ("ax", "cx", "dx", "bx", "sp", "bp", "si", "di")
HIGH = range(8, 16)
GPR = {
    1: (*("al cl dl bl spl bpl sil dil".split()), *(f"r{n}b" for n in HIGH)),
    2: (*WORDS, *(f"r{n}w" for n in HIGH)),
    4: (*(f"e{w}" for w in WORDS), *(f"r{n}d" for n in HIGH)),
    8: (*(f"r{w}" for w in WORDS), *(f"r{n}" for n in HIGH)),
}
CONDITIONS = "o no b ae e ne be a s ns p np l ge le g".split()
RSP = 4
DISPLACEMENTS = (0, 1, -1, 127, -128, 128, -129, 0x7FFFFFFF, -0x80000000)
IMMEDIATES = (0, 1, -1, 127, -128, 128, -129, 0x7FFFFFFF, -0x80000000)


class Mem(NamedTuple):
    """A memory operand; registers by name (`indexed` the scaled one), `size` in
    bytes."""

    size: int
    base: str
    indexed: str | None
    scale: int
    disp: int


@dataclass(frozen=True)
class Form:
    """What an encoding is.

    reg, rm  operand classes: ``v`` as wide as `w` says, ``b h d q`` 1, 2, 4, 8 bytes,
             ``x4 x8 x16`` vector registers with the bytes that memory would have,
             ``m`` memory without a size; `reg` is empty where it is an extension
    mr       the operands are rm, reg
    ws       values of `w` to try; tail: bytes of an immediate behind it
    ext      value of the reg field; only: ``mem`` where rm is never a register
    vex      there is an operand between reg and rm; its register goes with theirs
    """

    op: int
    mnemonic: str
    reg: str
    rm: str
    mr: bool = False
    ws: tuple[int, ...] = (0, 1)
    tail: int = 0
    ext: int = 0
    only: str = ""
    vex: bool = False


def _integer_forms() -> Iterator[tuple[str, Form]]:
    for name in ("ADD", "OR", "AND", "SUB", "XOR", "CMP", "MOV", "IMUL"):
        yield name, Form(getattr(encodings, name), name.lower(), "v", "v")
    for name in ("POPCNT", "LZCNT", "TZCNT", "BSR", "BSF"):
        yield name, Form(getattr(encodings, name), name.lower(), "v", "v")
    for name in ("ADD_MR", "CMP_MR", "MOV_MR", "TEST"):
        mnemonic = name.removesuffix("_MR").lower()
        yield name, Form(getattr(encodings, name), mnemonic, "v", "v", mr=True)
    e = encodings
    yield "MOV8_MR", Form(e.MOV8_MR, "mov", "b", "b", mr=True, ws=(0,), only="mem")
    yield "MOV16_MR", Form(e.MOV16_MR, "mov", "h", "h", mr=True, ws=(0,))
    yield "MOV_MI", Form(e.MOV_MI, "mov", "", "v", tail=4)
    yield "MOV8_MI", Form(e.MOV8_MI, "mov", "", "b", ws=(0,), tail=1, only="mem")
    yield "MOV16_MI", Form(e.MOV16_MI, "mov", "", "h", ws=(0,), tail=2)
    yield "LEA", Form(e.LEA, "lea", "v", "m", only="mem")
    yield "MOVSXD", Form(e.MOVSXD, "movsxd", "v", "d", ws=(1,))
    for name, rm in (("ZX8", "b"), ("ZX16", "h"), ("SX8", "b"), ("SX16", "h")):
        op = getattr(e, f"MOV{name}")
        yield f"MOV{name}", Form(op, f"mov{name[:2].lower()}", "v", rm)
    yield "IMUL_I32", Form(e.IMUL_I32, "imul", "v", "v", tail=4)
    yield "IMUL_I8", Form(e.IMUL_I8, "imul", "v", "v", tail=1)
    for cc, word in enumerate(CONDITIONS):
        yield "CMOV", Form(e.CMOV + cc, f"cmov{word}", "v", "v")
        yield "SETCC", Form(e.SETCC + cc, f"set{word}", "", "b", ws=(0,))


def _group_forms() -> Iterator[tuple[str, Form]]:
    for word in ("add", "or", "adc", "sbb", "and", "sub", "xor", "cmp"):
        ext = getattr(encodings, f"EXT_{word.upper()}")
        for name, tail in (("GROUP1_I32", 4), ("GROUP1_I8", 1)):
            op = getattr(encodings, name)
            yield name, Form(op, word, "", "v", tail=tail, ext=ext)
        op = encodings.GROUP1_BYTE
        yield "GROUP1_BYTE", Form(op, word, "", "b", tail=1, ext=ext, ws=(0,))
    for word in ("rol", "ror", "shl", "shr", "sar"):
        ext = getattr(encodings, f"EXT_{word.upper()}")
        op = encodings.GROUP2_I8
        yield "GROUP2_I8", Form(op, word, "", "v", tail=1, ext=ext)
        yield "GROUP2_CL", Form(encodings.GROUP2_CL, word, "", "v", ext=ext)
    for name, tail, ws in (("GROUP3", 4, (0, 1)), ("GROUP3_BYTE", 1, (0,))):
        rm = "b" if tail == 1 else "v"
        op = getattr(encodings, name)
        yield name, Form(op, "test", "", rm, tail=tail, ext=encodings.EXT_TEST, ws=ws)
    for word in ("not", "neg", "div", "idiv"):
        ext = getattr(encodings, f"EXT_{word.upper()}")
        yield "GROUP3", Form(encodings.GROUP3, word, "", "v", ext=ext)
    for word in ("call", "jmp"):
        ext = getattr(encodings, f"EXT_{word.upper()}")
        yield "GROUP5", Form(encodings.GROUP5, word, "", "q", ws=(0,), ext=ext)


def _float_forms() -> Iterator[tuple[str, Form]]:
    e = encodings
    for name, x in (("MOVSS", "x4"), ("MOVSD", "x8")):
        word = name.lower()
        yield name, Form(getattr(e, name), word, x, x, ws=(0,))
        op = getattr(e, f"{name}_MR")
        yield f"{name}_MR", Form(op, word, x, x, mr=True, ws=(0,))
    yield "MOVUPS", Form(e.MOVUPS, "movups", "x16", "x16", ws=(0,))
    yield "MOVUPS_MR", Form(e.MOVUPS_MR, "movups", "x16", "x16", mr=True, ws=(0,))
    yield "PSHUFD", Form(e.PSHUFD, "pshufd", "x16", "x16", ws=(0,), tail=1)
    for name in ("MOVAPS", "XORPS", "ANDPS", "ANDNPS", "ORPS"):
        yield name, Form(getattr(e, name), name.lower(), "x16", "x16", ws=(0,))
    for name in ("SQRT", "ADD", "MUL", "SUB", "MIN", "DIV", "MAX"):
        op, word = getattr(e, f"{name}SS"), name.lower()
        yield f"{name}SS", Form(op, f"{word}ss", "x4", "x4", ws=(0,))
        double = Form(op + e.F64_FORM, f"{word}sd", "x8", "x8", ws=(0,))
        yield f"{name}SS", double
    yield "UCOMISS", Form(e.UCOMISS, "ucomiss", "x4", "x4", ws=(0,))
    yield "UCOMISD", Form(e.UCOMISD, "ucomisd", "x8", "x8", ws=(0,))
    yield "ROUNDSS", Form(e.ROUNDSS, "roundss", "x4", "x4", ws=(0,), tail=1)
    yield "ROUNDSD", Form(e.ROUNDSD, "roundsd", "x8", "x8", ws=(0,), tail=1)
    yield "CVTSI2SS", Form(e.CVTSI2SS, "cvtsi2ss", "x4", "v")
    yield "CVTSI2SD", Form(e.CVTSI2SD, "cvtsi2sd", "x8", "v")
    yield "CVTTSS2SI", Form(e.CVTTSS2SI, "cvttss2si", "v", "x4")
    yield "CVTTSD2SI", Form(e.CVTTSD2SI, "cvttsd2si", "v", "x8")
    yield "CVTSS2SD", Form(e.CVTSS2SD, "cvtss2sd", "x8", "x4", ws=(0,))
    yield "CVTSD2SS", Form(e.CVTSD2SS, "cvtsd2ss", "x4", "x8", ws=(0,))
    for w, word in ((0, "movd"), (1, "movq")):
        yield "MOVD_X", Form(e.MOVD_X, word, "x16", "v", ws=(w,))
        yield "MOVD_R", Form(e.MOVD_R, word, "x16", "v", mr=True, ws=(w,))


THREE_OPERANDS = re.compile(
    "(ADD|SUB|MUL|DIV|MIN|MAX|SQRT|ROUND)S|(AND|XOR|OR)PS|CVTS[SD]"
)


def _vex_forms() -> Iterator[tuple[str, Form]]:
    for name, plain in _float_forms():
        form = replace(
            plain, op=plain.op | encodings.VEX, mnemonic=f"v{plain.mnemonic}"
        )
        if THREE_OPERANDS.match(name):
            yield name, replace(form, vex=True)
        elif name.startswith("MOVS"):
            yield name, replace(form, only="mem")


UNSIGNED_TAIL = (
    encodings.GROUP2_I8, encodings.ROUNDSS, encodings.ROUNDSD, encodings.PSHUFD,
)  # fmt: skip
FORMS = (*_integer_forms(), *_group_forms(), *_float_forms(), *_vex_forms())
# Names of encodings.py that are no form of their own.
PARTS = re.compile(r"MAP_|VEX|P_|OVER_|BYTE_|EXT_|CC_|LONGEST_FORM|F64_FORM|CDQ")


class Row(NamedTuple):
    """One call of the assembler and what it has to mean.

    tail  bytes that the caller writes behind the form
    """

    method: str
    args: tuple[int, ...]
    tail: bytes
    mnemonic: str
    operands: tuple[str | int | Mem, ...]


def register(kind: str, w: int, number: int) -> str:
    if kind[0] == "x":
        return f"xmm{number}"
    return GPR[width(kind, w)][number]


def width(kind: str, w: int) -> int:
    """Bytes of an operand of this class."""
    if kind[0] == "x":
        return int(kind[1:])
    return {"v": 8 if w else 4, "b": 1, "h": 2, "d": 4, "q": 8, "m": 0}[kind]


def row(form: Form, w: int, method: str, numbers: tuple[int, ...], rm: Any) -> Row:
    """`numbers` are the arguments behind `w`; the first is the register."""
    first = numbers[0] if form.reg else form.ext
    # vector registers have two numbers
    shift = 16 if form.reg[:1] == "x" and first & 1 else 0
    operands: list[Any] = [rm]
    if form.reg:
        operands.insert(form.mr, register(form.reg, w, first))
    op = form.op
    if form.vex:
        source = sum(numbers[:2]) + 5 * numbers[0] & 15
        op |= source << encodings.VEX_V
        operands.insert(1, f"xmm{source}")
    tail = b""
    if form.tail:
        value = (3 * numbers[0] + 5 * numbers[1] + 1) * (-1 if numbers[0] & 1 else 1)
        if form.op & ~encodings.VEX in UNSIGNED_TAIL:
            value &= 15
        tail = value.to_bytes(form.tail, "little", signed=True)
        operands.append(value)
    elif form.op == encodings.GROUP2_CL:
        operands.append("cl")
    args = (op, w, first + shift, *numbers[1:])
    return Row(method, args, tail, form.mnemonic, tuple(operands))


def register_rows(form: Form) -> Iterator[Row]:
    for w, reg, rm in product(form.ws, range(16), range(16)):
        if form.reg or reg < 2:
            number = rm + 16 * (form.rm[0] == "x" and reg & 1)
            yield row(form, w, "rr", (reg, number), register(form.rm, w, rm))


def memory_rows(form: Form, scales: tuple[int, ...] | None) -> Iterator[Row]:
    """Every base with every index and with every displacement; with `scales` every
    register and scale too."""
    names = GPR[8]
    for k, (w, base, index) in enumerate(product(form.ws, range(16), range(-1, 16))):
        if index == RSP:
            continue
        some = range(16) if scales else ((k * 7 + base) % 16,)
        for reg, scale in product(some, scales or (k % 4,)):
            disp = DISPLACEMENTS[(k + reg + scale) % len(DISPLACEMENTS)]
            name = None if index < 0 else names[index]
            factor = 1 if index < 0 else 1 << scale
            mem = Mem(width(form.rm, w), names[base], name, factor, disp)
            numbers = (reg, base, index, scale if index >= 0 else 0, disp)
            yield row(form, w, "mem", numbers, mem)
    for k, (w, base, disp) in enumerate(product(form.ws, range(16), DISPLACEMENTS)):
        mem = Mem(width(form.rm, w), names[base], None, 1, disp)
        yield row(form, w, "mem", ((k * 5) % 16, base, -1, 0, disp), mem)


def field_rows(form: Form) -> Iterator[Row]:
    """Forms whose displacement is a field to be filled later."""
    for w, reg, base in product(form.ws, range(16), range(16)):
        mem = Mem(width(form.rm, w), GPR[8][base], None, 1, 0)
        yield row(form, w, "mem32", (reg, base), mem)
    for w, reg in product(form.ws, range(16)):
        mem = Mem(width(form.rm, w), "rip", None, 1, 0)
        made = row(form, w, "rip", (reg, 0), mem)
        yield made._replace(args=made.args[:3])


def _mov_imm_values() -> list[int]:
    found = set()
    for power in (0, 7, 8, 15, 16, 31, 32, 33, 62):
        for value in (1 << power, (1 << power) - 1, (1 << power) + 1):
            found |= {value, -value}
    return sorted({*found, (1 << 63) - 1, -(1 << 63), 0xFFFFFFFF, 0x80000000})


def immediate_rows() -> Iterator[Row]:
    """Methods that choose the form by the value."""
    groups = ("add", "or", "adc", "sbb", "and", "sub", "xor", "cmp")
    for k, (ext, w, rm) in enumerate(product(range(8), (0, 1), range(16))):
        for imm in IMMEDIATES:
            operand = register("v", w, rm)
            yield Row("alu_imm", (ext, w, rm, imm), b"", groups[ext], (operand, imm))
            disp = DISPLACEMENTS[(k + imm) % len(DISPLACEMENTS)]
            mem = Mem(8 if w else 4, GPR[8][rm], None, 1, disp)
            args = (ext, w, rm, disp, imm)
            yield Row("alu_mem_imm", args, b"", groups[ext], (mem, imm))
    shifts = {0: "rol", 1: "ror", 4: "shl", 5: "shr", 7: "sar"}
    for ext, w, rm, count in product(shifts, (0, 1), range(16), (0, 1, 2, 31, 63)):
        operand = register("v", w, rm)
        yield Row("shift_imm", (ext, w, rm, count), b"", shifts[ext], (operand, count))
    for reg, value in product(range(16), _mov_imm_values()):
        # writing 32 bits clears the upper ones
        name = GPR[4 if 0 <= value < 1 << 32 else 8][reg]
        yield Row("mov_imm", (reg, value), b"", "mov", (name, value))
    yield Row("ret", (), b"", "ret", ())
    for w, name in ((0, "cdq"), (1, "cqo")):
        yield Row("prefix", (encodings.CDQ, w << 3, 0), b"", name, ())


@cache
def rows() -> tuple[Row, ...]:
    found = [*immediate_rows()]
    for _, form in FORMS:
        if form.only != "mem":
            found += register_rows(form)
        every = form.op in (encodings.MOV, encodings.MOV8_MR, encodings.MOVSD)
        found += memory_rows(form, (0, 1, 2, 3) if every else None)
        if form.reg and not form.tail:
            found += field_rows(form)
    return tuple(found)


# ---- in the un-compiled process


def _assembler() -> Any:
    from lbtool.x64 import assembler  # noqa: PLC0415

    assert assembler.__file__.endswith(".py")
    return assembler.Assembler()


def assembled() -> tuple[str, list[int], list[int]]:
    """Hexadecimal code of all rows, where each ends, what each call returned."""
    asm = _assembler()
    asm.fit(1 << 23, 1)
    ends, results = [], []
    for each in rows():
        results.append(int(getattr(asm, each.method)(*each.args)))
        for byte in each.tail:
            asm.u8(byte)
        ends.append(asm.n)
    assert not asm.overflow
    return bytes(asm.buf[: asm.n]).hex(), ends, results


def jumps() -> dict[str, Any]:
    """Jumps forward and back, patch lists, alignment, full buffers."""
    found: dict[str, Any] = {"forward": [], "back": [], "align": []}
    for cc, gap in product(range(-1, 16), (0, 1, 200)):
        asm = _assembler()
        head = -1
        for _ in range(3):
            head = asm.jump(cc, head, 0)
        for _ in range(gap):
            asm.u8(0x90)
        asm.bind(head)
        found["forward"].append([cc, gap, bytes(asm.buf[: asm.n]).hex()])
        for distance in (0, 1, 126, 127, 128, 129, 70_000):
            asm.fit(1 << 18, 1)
            asm.reset()
            for _ in range(distance):
                asm.u8(0x90)
            asm.jump_back(cc, 0)
            found["back"].append([cc, distance, bytes(asm.buf[distance : asm.n]).hex()])
    for n in range(33):
        asm = _assembler()
        for _ in range(n):
            asm.u8(0xCC)
        asm.align()
        found["align"].append(bytes(asm.buf[n : asm.n]).hex())
    return found


def full() -> dict[str, Any]:
    """A buffer that is too small: when the flag appears, and that it stays."""
    asm = _assembler()
    seen, highest = [], 0
    for k in range(20_000):
        asm.mem(encodings.GROUP1_I32, 1, 0, 12, 13, 3, -(1 << 31))
        asm.u32(k)
        highest = max(highest, asm.n)
        seen.append(asm.overflow)
    first = seen.index(1)
    before = (asm.cap, asm.cap_patches)
    asm.grow()
    asm.reset()
    grown = [asm.cap == 2 * before[0], asm.cap_patches == 2 * before[1], asm.overflow]
    head = -1
    for _ in range(asm.cap_patches):
        head = asm.jump(-1, head, 0)
    exactly = asm.overflow
    asm.jump(-1, head, 0)
    beyond = asm.overflow
    at = bytes(asm.buf[:32]).hex()
    asm.bind(head)  # does nothing: the list is not complete
    return {
        "first": first,
        "kept": all(seen[first:]),
        "highest": highest <= before[0],
        "grown": grown,
        "patches": [exactly, beyond, bytes(asm.buf[:32]).hex() == at],
    }


@cache
def plain(function: str) -> Any:
    """Result of a function of this file in an un-compiled process."""
    code = (
        f"import json; from tests.x64.test_assembler import {function} as f;"
        "print(json.dumps(f()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, timeout=300, check=False, text=True,
        env={**os.environ, "LBTOOL_PURE": "1"}, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


# ---- reading back

NAMES = {
    # iced-x86 says r8l where the assemblers say r8b
    value: re.sub(r"^(r\d+)l$", r"\1b", name.lower())
    for name, value in vars(iced_x86.Register).items()
    if isinstance(value, int)
}


def signed(value: int) -> int:
    value &= (1 << 64) - 1
    return value - (value >> 63 << 64)


def _iced_operand(each: iced_x86.Instruction, k: int) -> str | int | Mem:
    kind = each.op_kind(k)
    if kind == iced_x86.OpKind.REGISTER:
        return NAMES[each.op_register(k)]
    if kind != iced_x86.OpKind.MEMORY:
        return signed(each.immediate(k))
    size = iced_x86.MemorySizeInfo(each.memory_size).size
    base, disp = NAMES[each.memory_base], each.memory_displacement
    if base == "rip":
        return Mem(size, base, None, 1, signed(disp - each.next_ip))
    index = NAMES[each.memory_index]
    scale = each.memory_index_scale
    return Mem(size, base, None if index == "none" else index, scale, signed(disp))


def by_iced(code: bytes) -> Iterator[tuple[int, str, tuple[Any, ...]]]:
    """(end, mnemonic, operands) of each instruction."""
    formatter = iced_x86.Formatter(iced_x86.FormatterSyntax.INTEL)
    for each in iced_x86.Decoder(64, code):
        operands = tuple(_iced_operand(each, k) for k in range(each.op_count))
        yield each.next_ip, formatter.format_mnemonic(each), operands


SIZES = {"byte": 1, "word": 2, "dword": 4, "qword": 8, "xmmword": 16}
MEMORY = re.compile(
    r"(?:(\w+) ptr )?\[(\w+)(?: \+ ([a-z]\w+)(?:\*(\d))?)?(?: ([+-]) (\w+))?\]"
)


def _capstone_operand(text: str) -> str | int | Mem:
    found = MEMORY.fullmatch(text)
    if found:
        size, base, index, scale, sign, disp = found.groups()
        value = int(disp or "0", 0) * (-1 if sign == "-" else 1)
        return Mem(SIZES.get(size, 0), base, index, int(scale or 1), signed(value))
    try:
        return signed(int(text, 0))
    except ValueError:
        return text


def by_capstone(code: bytes) -> Iterator[tuple[int, str, tuple[Any, ...]]]:
    decoder = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    for at, size, mnemonic, text in decoder.disasm_lite(code, 0):
        operands = text.split(", ") if text else []
        name = "mov" if mnemonic == "movabs" else mnemonic
        yield at + size, name, tuple(map(_capstone_operand, operands))


def comparable(mnemonic: str, operands: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """Without what decoders say differently: widths of immediates, the size of what
    lea points to, shifts by an implicit one."""
    bits = 64
    if operands and isinstance(operands[0], Mem):
        bits = 8 * operands[0].size or 64
    elif operands and operands[0] in GPR[4]:
        bits = 32
    elif operands and operands[0] in GPR[2]:
        bits = 16
    elif (operands and operands[0] in GPR[1]) or "round" in mnemonic:
        bits = 8
    shown: list[Any] = []
    for each in operands:
        if isinstance(each, int):
            shown.append(each & ((1 << bits) - 1))
        elif isinstance(each, Mem) and mnemonic == "lea":
            shown.append(each._replace(size=0))
        elif isinstance(each, Mem) and each.indexed is None:
            shown.append(each._replace(scale=1))
        else:
            shown.append(each)
    return mnemonic, tuple(shown)


@pytest.mark.parametrize("decoder", [by_iced, by_capstone])
def test_every_form_reads_back(decoder: Any) -> None:
    text, ends, _ = plain("assembled")
    code = bytes.fromhex(text)
    assert len(ends) == len(rows()) >= 80_000
    count = 0
    for each, end, found in zip(rows(), ends, decoder(code), strict=True):
        at, mnemonic, operands = found
        got = comparable(mnemonic, operands)
        assert got == comparable(each.mnemonic, each.operands), each
        assert at == end, each
        count += 1
    assert ends[-1] == len(code)
    assert count == len(ends)


def test_every_encoding_has_a_form() -> None:
    names = {
        name
        for name, value in vars(encodings).items()
        if name.isupper() and isinstance(value, int) and not PARTS.match(name)
    }
    assert names == {name for name, _ in FORMS}


def test_fields_are_where_the_assembler_says() -> None:
    text, ends, results = plain("assembled")
    code, checked = bytes.fromhex(text), 0
    for each, end, result in zip(rows(), ends, results, strict=True):
        if each.method in ("mem32", "rip"):
            assert result == end - 4, each
            assert code[result:end] == bytes(4), each
            checked += 1
    assert checked > 5000


def test_displacements_and_immediates_are_short_where_they_can_be() -> None:
    _, ends, _ = plain("assembled")
    starts = [0, *ends[:-1]]
    sizes: dict[str, set[int]] = {}
    for each, start, end in zip(rows(), starts, ends, strict=True):
        if each.method == "mem" and each.args[0] == encodings.MOV and each.args[1]:
            _, _, _, base, index, _, disp = each.args
            size = 3 + (index >= 0 or base & 7 == RSP)
            size += 4 if not -128 <= disp <= 127 else disp != 0 or base & 7 == 5
            assert end - start == size, each
        if each.method == "mov_imm":
            value = int(each.args[1])
            short = 0 <= value < 1 << 32
            kind = "32" if short else "sign" if -(1 << 31) <= value < 0 else "64"
            sizes.setdefault(kind, set()).add(end - start)
        if each.method == "alu_imm" and each.args[1]:
            small = -128 <= each.args[3] <= 127
            assert end - start == (4 if small else 7), each
        assert end - start <= encodings.LONGEST_FORM
    assert sizes == {"32": {5, 6}, "sign": {7}, "64": {10}}


def targets(code: str) -> list[tuple[str, int, int]]:
    """(mnemonic, target, end) of the jumps in some code."""
    found = []
    for each in iced_x86.Decoder(64, bytes.fromhex(code)):
        assert each.code != iced_x86.Code.INVALID
        if each.op0_kind == iced_x86.OpKind.NEAR_BRANCH64:
            name = iced_x86.Formatter(iced_x86.FormatterSyntax.INTEL)
            mnemonic = name.format_mnemonic(each)
            found.append((mnemonic, each.near_branch_target, each.next_ip))
    return found


def mnemonic_of(cc: int) -> str:
    return "jmp" if cc < 0 else f"j{CONDITIONS[cc]}"


def test_forward_jumps_of_one_label() -> None:
    cases = plain("jumps")["forward"]
    assert {cc for cc, _, _ in cases} == {*range(-1, 16)}
    for cc, gap, code in cases:
        size = 5 if cc < 0 else 6
        end = 3 * size + gap
        expected = [(mnemonic_of(cc), end, size * k) for k in (1, 2, 3)]
        assert targets(code) == expected, (cc, gap)


def test_jumps_back_are_short_where_they_can_be() -> None:
    for cc, distance, code in plain("jumps")["back"]:
        short = distance <= 126
        assert len(code) // 2 == (2 if short else 5 if cc < 0 else 6), (cc, distance)
        ((mnemonic, target, _),) = targets(code)
        assert mnemonic == mnemonic_of(cc)
        assert target == (-distance) % (1 << 64), (cc, distance)


def test_alignment_is_made_of_few_no_operations() -> None:
    for n, code in enumerate(plain("jumps")["align"]):
        padding = bytes.fromhex(code)
        assert len(padding) == -n % 16
        found = list(iced_x86.Decoder(64, padding))
        assert {each.mnemonic for each in found} <= {iced_x86.Mnemonic.NOP}
        assert len(found) == -(-len(padding) // 8)
        assert sum(each.len for each in found) == len(padding)


def test_full_buffers_are_noticed_and_nothing_is_written_beyond() -> None:
    found = plain("full")
    # REX, opcode, ModRM, SIB, displacement, immediate: 12 bytes
    assert found["first"] == ((1 << 14) - encodings.LONGEST_FORM) // 12 + 1
    assert found["kept"]
    assert found["highest"]
    assert found["grown"] == [True, True, 0]
    assert found["patches"] == [0, 1, True]
