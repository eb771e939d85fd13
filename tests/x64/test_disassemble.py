"""The disassembler for display: totality, texts, and memory accesses."""

from __future__ import annotations

import random

import capstone
import pytest

from lbtool.x64.disassemble import disassemble

# encoding, Intel text, AT&T text, reads, writes of one execution
CASES = [
    ("55", "push rbp", "push %rbp", 0, 1),
    ("5b", "pop rbx", "pop %rbx", 1, 0),
    ("e800000000", "call 5", "call 5", 0, 1),
    ("ff5718", "call qword ptr [rdi+0x18]", "callq *0x18(%rdi)", 1, 1),
    ("c3", "ret", "ret", 1, 0),
    ("83042401", "add dword ptr [rsp], 1", "addl $1, (%rsp)", 1, 1),
    ("853f", "test dword ptr [rdi], edi", "test %edi, (%rdi)", 1, 0),
    ("8d0431", "lea eax, [rcx+rsi]", "lea (%rcx,%rsi), %eax", 0, 0),
    ("f30f7e01", "movq xmm0, qword ptr [rcx]", "movq (%rcx), %xmm0", 1, 0),
    ("4883ec18", "sub rsp, 0x18", "sub $0x18, %rsp", 0, 0),
    ("0f1f4000", "nop dword ptr [rax]", "nopl (%rax)", 0, 0),
    ("f3a4", None, None, 1, 1),
    ("0f0b", "ud2", "ud2", 0, 0),
]


@pytest.mark.parametrize(("code", "intel", "att", "reads", "writes"), CASES)
def test_text_and_accesses(
    code: str, intel: str | None, att: str | None, reads: int, writes: int
) -> None:
    (one,) = disassemble(bytes.fromhex(code))
    assert (one.reads, one.writes, one.accesses) == (reads, writes, reads + writes)
    if intel is not None:
        assert one.text == intel
        assert disassemble(bytes.fromhex(code), syntax="att")[0].text == att


def test_branch_targets_follow_the_address() -> None:
    jump = bytes.fromhex("eb02")
    assert disassemble(jump)[0].text == "jmp short 4"
    assert disassemble(jump, address=0x1000)[0].text == "jmp short 0x1004"
    assert disassemble(jump, address=0x1000)[0].offset == 0


def test_any_bytes_are_covered_exactly() -> None:
    source = random.Random(7)
    for _ in range(200):
        code = source.randbytes(source.randrange(64))
        found = disassemble(code)
        assert b"".join(each.bytes for each in found) == code
        assert [each.offset for each in found] == [
            sum(len(each.bytes) for each in found[:k]) for k in range(len(found))
        ]


def test_lengths_agree_with_a_second_disassembler() -> None:
    # The encodings of CASES in random order: capstone must cut them at the same places.
    source = random.Random(11)
    code = b"".join(bytes.fromhex(source.choice(CASES)[0]) for _ in range(500))
    second = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    expected = [(start, size) for start, size, _, _ in second.disasm_lite(code, 0)]
    assert [(each.offset, len(each.bytes)) for each in disassemble(code)] == expected
