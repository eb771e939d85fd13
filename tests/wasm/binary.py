"""Writing binary modules byte by byte, for tests of malformed and odd ones."""

from __future__ import annotations

HEADER = b"\0asm\x01\0\0\0"


def leb(value: int) -> bytes:
    """Shortest unsigned LEB128."""
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | 0x80 if value else byte)
        if not value:
            return bytes(out)


def section(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + leb(len(body)) + body


def vec(*items: bytes) -> bytes:
    return leb(len(items)) + b"".join(items)


def name(text: str) -> bytes:
    return leb(len(text.encode())) + text.encode()


def module(*sections: bytes) -> bytes:
    return HEADER + b"".join(sections)


def functions(*codes: bytes) -> bytes:
    """A module of functions ``[] -> []``; `codes` include the ``end``."""
    bodies = [leb(len(c) + 1) + b"\0" + c for c in codes]
    return module(
        section(1, vec(b"\x60\0\0")),
        section(3, vec(*[b"\0"] * len(codes))),
        section(10, vec(*bodies)),
    )


def custom(text: str, body: bytes) -> bytes:
    return section(0, name(text) + body)


def name_map(entries: dict[int, bytes]) -> bytes:
    return vec(*(leb(i) + leb(len(n)) + n for i, n in entries.items()))
