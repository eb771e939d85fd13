"""Machine code to text and memory accesses, for display and for tests.

One function over iced-x86 (why that one: RATIONALE.md, "Why iced-x86"). iced-x86 is
imported on the first call, so that importing this module costs nothing. Nothing here
knows about WebAssembly, and no code generation depends on it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from types import ModuleType

    import iced_x86

Syntax = Literal["intel", "att"]


class Instruction(NamedTuple):
    """One decoded instruction, or bytes that are none.

    offset    of its first byte from the start of the code
    bytes     its encoding, 1 to 15 bytes
    text      mnemonic and operands; ``(bad)`` for bytes that are no instruction
    reads     memory reads of one execution; a pop, a return and an indirect operand
              count, address computation (``lea``), prefetches and long nops do not
    writes    memory writes of one execution; a push and the return address of a call
              count; a read-modify-write counts once here and once in `reads`
    """

    offset: int
    bytes: bytes
    text: str
    reads: int
    writes: int

    @property
    def accesses(self) -> int:
        """Memory accesses of one execution: reads plus writes.

        For a string instruction with a ``rep`` prefix: of one repetition.
        """
        return self.reads + self.writes


@functools.cache
def _iced() -> ModuleType:
    import iced_x86  # noqa: PLC0415  # 10 ms and 4 MB that only display needs

    return iced_x86


@functools.cache
def _formatter(syntax: Syntax) -> iced_x86.Formatter:
    iced = _iced()
    style = (
        iced.FormatterSyntax.INTEL if syntax == "intel" else iced.FormatterSyntax.GAS
    )
    formatter: iced_x86.Formatter = iced.Formatter(style)
    formatter.hex_prefix, formatter.hex_suffix = "0x", ""
    formatter.uppercase_hex = False
    formatter.space_after_operand_separator = True
    formatter.branch_leading_zeros = False
    formatter.rip_relative_addresses = True
    if syntax == "intel":
        # `movq xmm0, [rcx]` leaves the reader guessing.
        formatter.memory_size_options = iced.MemorySizeOptions.ALWAYS
    return formatter


@functools.cache
def _access_kinds() -> tuple[frozenset[int], frozenset[int]]:
    access = _iced().OpAccess
    both = {access.READ_WRITE, access.READ_COND_WRITE}
    return (
        frozenset({access.READ, access.COND_READ} | both),
        frozenset({access.WRITE, access.COND_WRITE} | both),
    )


def count_instructions(code: bytes) -> int:
    """How many instructions `code` decodes to, constants between them included.

    >>> count_instructions(bytes.fromhex("8d470183042401c3"))
    3
    """
    return sum(1 for _ in _iced().Decoder(64, code))


def disassemble(
    code: bytes, address: int = 0, syntax: Syntax = "intel"
) -> list[Instruction]:
    """Decode `code` from its first byte to its last.

    `address` is where the first byte is (or would be) in memory; branch targets are
    shown relative to the same origin, so with 0 they are offsets in `code`. Bytes that
    decode to nothing become an instruction with the text ``(bad)``, and decoding goes
    on behind them; the encodings of the result always concatenate to `code`.

    >>> for each in disassemble(bytes.fromhex("8d470183042401c3")):
    ...     print(each.offset, each.bytes.hex(), each.text, each.reads, each.writes)
    0 8d4701 lea eax, [rdi+1] 0 0
    3 83042401 add dword ptr [rsp], 1 1 1
    7 c3 ret 1 0
    """
    iced = _iced()
    formatter = _formatter(syntax)
    factory = iced.InstructionInfoFactory()
    reading, writing = _access_kinds()
    found = []
    for each in iced.Decoder(64, code, ip=address):
        start = each.ip - address
        used = [memory.access for memory in factory.info(each).used_memory()]
        found.append(
            Instruction(
                offset=start,
                bytes=code[start : start + each.len],
                text=formatter.format(each),
                reads=sum(access in reading for access in used) if used else 0,
                writes=sum(access in writing for access in used) if used else 0,
            )
        )
    return found
