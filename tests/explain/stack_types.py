"""Types of the operand stack before every instruction of a valid body.

The validation algorithm of the specification's appendix, without its checks, over the
tests' own opcode table: what the compiler claims about types is compared with this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.reference.opcodes import CODE, EXTERNREF, FUNCREF, I32, OPS

if TYPE_CHECKING:
    from tests.reference.binary import Instr, RawModule

Types = tuple[int, ...]
BLOCKS = frozenset(CODE[name] for name in ("block", "loop", "if"))
LEAVING = frozenset(CODE[name] for name in ("unreachable", "br", "br_table", "return"))
ELSE, END = CODE["else"], CODE["end"]


@dataclass(slots=True)
class _Block:
    height: int
    params: Types
    results: Types


class _Typing:
    def __init__(self, module: RawModule, funcidx: int) -> None:
        imported = len(module.imported("func"))
        self.module = module
        self.functions = module.func_types()
        self.body = module.bodies[funcidx - imported]
        params, results = self.functions[funcidx]
        self.locals = [*params, *self.body.locals]
        self.stack: list[int] = []
        self.blocks = [_Block(0, (), results)]
        self.dead_blocks = -1  # open blocks inside of dead code, -1 in live code

    def run(self) -> list[Types | None]:
        found: list[Types | None] = []
        for instr in self.body.code:
            found.append(None if self.dead_blocks >= 0 else tuple(self.stack))
            op = instr[0]
            if self.dead_blocks >= 0 and not (
                op in (ELSE, END) and not self.dead_blocks
            ):
                self.dead_blocks += (op in BLOCKS) - (op == END)
            else:
                self.step(op, instr)
        return found

    def step(self, op: int, instr: Instr) -> None:
        if op in (ELSE, END):
            block = self.blocks[-1] if op == ELSE else self.blocks.pop()
            self.stack[block.height :] = block.params if op == ELSE else block.results
            self.dead_blocks = -1
        elif op in BLOCKS:
            if op == CODE["if"]:
                self.stack.pop()
            params, results = self.module.block_type(instr[1])
            height = len(self.stack) - len(params)
            self.blocks.append(_Block(height, params, results))
        elif op in LEAVING:
            self.dead_blocks = 0
        else:
            params, results = self.signature(op, instr)
            del self.stack[len(self.stack) - len(params) :]
            self.stack += results

    def signature(self, op: int, instr: Instr) -> tuple[Types, Types]:
        row = OPS[op]
        if row.params is not None and row.results is not None:
            return row.params, row.results
        if row.name == "call":
            return self.functions[instr[1]]
        if row.name == "call_indirect":
            params, results = self.module.types[instr[1]]
            return (*params, I32), results
        kind, _, what = row.name.partition(".")
        if kind in ("local", "global"):
            of = (
                self.locals[instr[1]] if kind == "local" else self.global_type(instr[1])
            )
            return {"get": ((), (of,)), "set": ((of,), ()), "tee": ((of,), (of,))}[what]
        if kind == "table":
            return self.table_signature(what, instr[1])
        if row.name == "ref.null":
            return (), (instr[1],)
        top = self.stack[-1]
        return {
            "drop": ((top,), ()),
            "br_if": ((top,), ()),
            "select": ((top, *self.stack[-2:-1] * 2), tuple(self.stack[-2:-1])),
            "select_t": ((top, *self.stack[-2:-1] * 2), tuple(self.stack[-2:-1])),
            "ref.is_null": ((top,), (I32,)),
        }[row.name]

    def global_type(self, index: int) -> int:
        known = [*self.module.imported("global"), *self.module.globals]
        found: int = known[index][0]
        return found

    def table_signature(self, what: str, index: int) -> tuple[Types, Types]:
        of = [*self.module.imported("table"), *self.module.tables][index][0]
        assert of in (FUNCREF, EXTERNREF)
        return {
            "get": ((I32,), (of,)),
            "set": ((I32, of), ()),
            "grow": ((of, I32), (I32,)),
            "fill": ((I32, of, I32), ()),
        }[what]


def stack_types(
    module: RawModule, funcidx: int
) -> tuple[list[Types | None], list[int]]:
    """Types before each instruction (None: dead), bottom first; and of locals."""
    typing = _Typing(module, funcidx)
    return typing.run(), typing.locals
