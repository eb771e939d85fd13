"""The summary of a function by definition: slow, obvious, from the plain reader.

Each field is computed on its own from a list of instructions, without the tricks that
make the scan linear. Bodies have to be valid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool.compiler.scan_codes import CALL_WEIGHT
from lbtool.wasm.instructions import EMPTY_BLOCK, instructions, local_decls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lbtool.wasm.module import Module
    from lbtool.wasm.opcodes import Op

LIBRARY = {
    "memory.grow", "memory.fill", "memory.copy", "memory.init", "data.drop",
    "table.grow", "table.fill", "table.copy", "table.init", "elem.drop",
}  # fmt: skip
CALLS = LIBRARY | {"call", "call_indirect"}
WRITES = {"local.set", "local.tee"}
# Operands and results where the table leaves them to the context.
DELTAS = {
    "drop": (1, 0), "select": (3, 1), "local.get": (0, 1), "local.set": (1, 0),
    "local.tee": (1, 1), "global.get": (0, 1), "global.set": (1, 0),
    "table.get": (1, 1), "table.set": (2, 0), "table.grow": (2, 1),
    "table.fill": (3, 0), "ref.null": (0, 1), "ref.is_null": (1, 1),
}  # fmt: skip
NEVER_FALLS = {"br", "br_table", "return", "unreachable"}


@dataclass
class Block:
    """A control frame; `arm` is 1 after else, so that paths tell the arms apart.

    `otherwise` and `end`: ordinals of its else (or end) and its end.
    """

    kind: str
    number: int
    params: int
    results: int
    height: int
    live: bool
    loop: int = -1
    otherwise: int = -1
    end: int = -1
    arm: int = 0


@dataclass(frozen=True)
class Step:
    """An instruction in its place: path of (block number, arm), outermost first."""

    ordinal: int
    op: Op
    immediates: tuple[Any, ...]
    live: bool
    blocks: tuple[Block, ...]
    path: tuple[tuple[int, int], ...]
    depth: int


def _arity(module: Module, blocktype: int) -> tuple[int, int]:
    if blocktype >= 0:
        functype = module.types[blocktype]
        return len(functype.params), len(functype.results)
    return 0, int(blocktype != EMPTY_BLOCK)


def _delta(module: Module, op: Op, immediates: tuple[Any, ...]) -> tuple[int, int]:
    if op.mnemonic in {"call", "call_indirect"}:
        typeidx = immediates[0]
        if op.mnemonic == "call":
            typeidx = module.func_types[typeidx]
        params, results = _arity(module, typeidx)
        return params + (op.mnemonic == "call_indirect"), results
    if op.mnemonic in DELTAS:
        return DELTAS[op.mnemonic]
    assert op.params is not None, op
    assert op.results is not None, op
    return len(op.params.split()), len(op.results.split())


def steps(module: Module, funcidx: int) -> Iterator[Step]:
    """Every instruction with the blocks around it and the operand depth after it."""
    body = module.body(funcidx)
    assert body is not None
    _, start = local_decls(module.data, *body)
    results = len(module.func_type(funcidx).results)
    blocks = [Block("func", -1, 0, results, 0, live=True)]
    height, live, number, loops = 0, True, 0, 0
    for ordinal, _, op, immediates in instructions(module.data, start, body[1]):
        name, here, was_live = op.mnemonic, tuple(blocks), live
        path = tuple((b.number, b.arm) for b in blocks)
        top = blocks[-1]
        if name in {"block", "loop", "if"}:
            params, count = _arity(module, immediates[0])
            height -= (name == "if") + params
            loop = loops if name == "loop" else -1
            loops += name == "loop"
            blocks.append(Block(name, number, params, count, height, live, loop))
            number += 1
            height += params
        elif name == "else":
            top.otherwise = ordinal
            top.arm, live, height = 1, top.live, top.height + top.params
        elif name == "end":
            blocks.pop()
            top.end, live, height = ordinal, top.live, top.height + top.results
            if top.arm == 0:
                top.otherwise = ordinal
        elif name in NEVER_FALLS:
            live = False
        elif name == "br_if":
            height -= 1
        elif live:
            pops, pushes = _delta(module, op, immediates)
            height += pushes - pops
        yield Step(ordinal, op, immediates, was_live, here, path, height if live else 0)


def _labels(step: Step) -> Iterable[int]:
    if step.op.mnemonic in {"br", "br_if"}:
        return step.immediates[:1]
    return step.immediates[0] if step.op.mnemonic == "br_table" else ()


def _reads_before_write(uses: list[Step]) -> bool:
    """Is there a read that no write in a block around it precedes?"""
    written: list[tuple[tuple[int, int], ...]] = []
    for step in uses:
        if step.op.mnemonic in WRITES:
            written.append(step.path)
        elif not any(step.path[: len(path)] == path for path in written):
            return True
    return False


def _local(n_params: int, local: int, uses: list[Step]) -> dict[str, int]:
    weight = 0
    last_use = -1
    for step in uses:
        loops = [b for b in step.blocks if b.kind == "loop"]
        cost = 2 if step.op.mnemonic in WRITES else 1
        weight = min(weight + cost * min(10 ** len(loops), 1000), 2**30)
        last_use = max(last_use, loops[0].end if loops else step.ordinal)
    writes = [s.ordinal for s in uses if s.op.mnemonic in WRITES]
    needs_zero = local >= n_params and _reads_before_write(uses)
    return {
        "weight": weight,
        "first_write": writes[0] if writes else -1,
        "last_write": writes[-1] if writes else -1,
        "last_use": last_use,
        "needs_zero": int(needs_zero),
    }


def summary(module: Module, funcidx: int) -> dict[str, Any]:
    """The fields of ``canonical.summary`` that this module knows how to derive."""
    found = list(steps(module, funcidx))
    live = [step for step in found if step.live]
    body = module.body(funcidx)
    assert body is not None
    decls, _ = local_decls(module.data, *body)
    params = module.func_type(funcidx).params
    types = [*params, *(t for n, t in decls for _ in range(n))]
    uses: list[list[Step]] = [[] for _ in types]
    for step in live:
        if step.op.mnemonic.startswith("local."):
            uses[step.immediates[0]].append(step)
    locals_ = [_local(len(params), x, uses[x]) for x in range(len(types))]
    blocks = {b.number: b for s in found for b in s.blocks if b.number >= 0}
    loops = sorted(
        (b for b in blocks.values() if b.kind == "loop"), key=lambda b: b.loop
    )
    starts = [s.ordinal for s in found if s.op.mnemonic == "loop"]
    branches = [0] * sum(s.op.mnemonic in {"block", "loop", "if"} for s in found)
    for step in live:
        for label in _labels(step):
            number = step.blocks[-1 - label].number
            if number >= 0:
                branches[number] += 1
    calls = [s for s in live if s.op.mnemonic in CALLS]
    places = {
        at: at + CALL_WEIGHT * sum(s.ordinal < at for s in calls)
        for b in blocks.values()
        for at in (b.otherwise, b.end)
    }
    numbered = [blocks[k] for k in sorted(blocks)]
    return {
        "n_instr": len(found),
        "n_params": len(params),
        "max_depth": max(s.depth for s in found),
        "n_calls": len(calls),
        "local_type": bytes(types),
        **{
            f"local_{name}": [facts[name] for facts in locals_]
            for name in (
                "weight",
                "first_write",
                "last_write",
                "last_use",
                "needs_zero",
            )
        },
        "loop_start": starts,
        "loop_end": [b.end for b in loops],
        "loop_calls": [sum(b in s.blocks for s in calls) for b in loops],
        "label_branches": branches,
        "label_else": [places[b.otherwise] for b in numbered],
        "label_end": [places[b.end] for b in numbered],
    }
