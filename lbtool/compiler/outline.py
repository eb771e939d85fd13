"""Where the instructions of a body begin and what they are nested in.

The first instruction is known, and that the body is valid; nothing is decoded but what
is needed to pass over it. Blocks are numbered in the order in which they begin.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import grown, ints
from lbtool.compiler.microwasm import Microwasm

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import IMMEDIATE, KIND


class Outline:
    """Instructions of a body by ordinal; 0 for what is behind the last.

    offset  of the opcode in the module's bytes
    block   the innermost block that it is in, -1 for the function's own;
            ``else`` and ``end`` are in the block that they divide or end
    opened  how many blocks begin before it
    parent  of a block, the one around it
    depth   of a block: how many are around it
    """

    def __init__(self, data: Any, start: int, end: int, n: int) -> None:
        self.offset, self.block, self.opened = ints(n), ints(n), ints(n)
        self.parent, self.depth = ints(64), ints(64)
        self.n_blocks = 0
        self.reader = Microwasm()
        self.reader.body = memoryview(data)
        self.reader.pos = start
        self.n = n
        self.end = end
        self.read()

    def read(self) -> int:
        """All instructions; IndexError for a body that has more of them."""
        reader = self.reader
        block = -1
        i = 0
        while reader.pos < self.end:
            self.offset[i] = reader.pos
            self.block[i] = block
            self.opened[i] = self.n_blocks
            i += 1
            row = cython.cast(cython.int, reader.body[reader.pos])
            reader.pos += 1
            if row == 0xFC:
                row = 256 + cython.cast(cython.int, reader.leb_u())
            reader.pass_over(IMMEDIATE[row])
            kind = KIND[row]
            if kind == W_BLOCK or kind == W_LOOP or kind == W_IF:
                block = self.begin(block)
            elif kind == W_END and block >= 0:
                block = self.parent[block]
        return 0

    def begin(self, parent: int) -> int:
        """The number of a new block."""
        block = self.n_blocks
        if block == len(self.parent):
            self.parent = grown(self.parent, 2 * block)
            self.depth = grown(self.depth, 2 * block)
        self.parent[block] = parent
        self.depth[block] = self.depth[parent] + 1 if parent >= 0 else 0
        self.n_blocks = block + 1
        return block
