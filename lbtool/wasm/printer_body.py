"""Code of a function as text: one instruction per line, or folded into expressions.

Folding never changes the order of instructions: an expression's operands are the
instructions in front of it, so any grouping reads back as the same sequence. It is
done where each operand is one expression with one result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lbtool.wasm.arity import arity, block_arity, func_arity
from lbtool.wasm.instruction_text import FuncNames, text
from lbtool.wasm.instructions import BLOCK_OPENERS, instructions
from lbtool.wasm.leb import UNEXPECTED_END, FormatError
from lbtool.wasm.opcodes import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.wasm.identifiers import Identifiers
    from lbtool.wasm.module import Module
    from lbtool.wasm.opcodes import Op

__all__ = ["Printed", "body_lines", "const_text", "write"]

INDENT = "  "
# Deeper nesting is not indented further, or the output of deep nests were quadratic.
DEEPEST = 40
WIDTH = 78

# Parts of the first exceptions proposal, which have no folded form here.
_LEGACY = frozenset({"try", "catch", "catch_all", "delegate", "rethrow"})


@dataclass(slots=True)
class Printed:
    """A parenthesised expression, ``(head children)``.

    results  values it leaves that may become operands
    size     characters on one line
    block    never on one line
    """

    head: str
    children: list[Printed] = field(default_factory=list)
    results: int = 0
    size: int = 0
    block: bool = False


def _pad(depth: int) -> str:
    return INDENT * min(depth, DEEPEST)


def write(items: Sequence[Printed], depth: int, lines: list[str]) -> None:
    """Append `items` as lines; without recursion, for expressions are deep."""
    work: list[tuple[Printed | None, int]] = [(item, depth) for item in reversed(items)]
    while work:
        item, at = work.pop()
        pad = _pad(at)
        if item is None:
            lines.append(f"{pad})")
        elif not item.children:
            lines.append(f"{pad}({item.head})")
        elif not item.block and len(pad) + item.size <= WIDTH:
            lines.append(pad + _inline(item))
        else:
            lines.append(f"{pad}({item.head}")
            work.append((None, at))
            work.extend((child, at + 1) for child in reversed(item.children))


def _inline(item: Printed) -> str:
    parts: list[str] = []
    work: list[Printed | str] = [item]
    while work:
        piece = work.pop()
        if isinstance(piece, str):
            parts.append(piece)
            continue
        parts.append(f" ({piece.head}" if parts else f"({piece.head}")
        work.append(")")
        work.extend(reversed(piece.children))
    return "".join(parts)


def _checked(
    module: Module, start: int, end: int
) -> Iterator[tuple[Op, tuple[Any, ...], int]]:
    """The instructions without the final ``end``, each with its depth of nesting.

    Raises `FormatError` for a nesting that text could not express.
    """
    ifs: list[bool] = []
    closed = False
    for _, offset, op, immediates in instructions(module.data, start, end):
        if closed:
            raise FormatError("END opcode expected", offset)
        name = op.mnemonic
        if name in ("end", "delegate") and not ifs:
            closed = True
            continue
        if name in ("else", "catch", "catch_all") and not ifs:
            raise FormatError("else without if", offset)
        if name == "else":
            if not ifs[-1]:
                raise FormatError("else without if", offset)
            ifs[-1] = False
        if name in ("end", "delegate"):
            ifs.pop()
        yield op, immediates, len(ifs)
        if name in BLOCK_OPENERS:
            ifs.append(name == "if")
    if not closed:
        raise FormatError(UNEXPECTED_END, end)


class _Labels:
    """Names of labels by order of appearance."""

    def __init__(self, ids: Identifiers, funcidx: int | None) -> None:
        self._labels = {} if funcidx is None else ids.labels(funcidx)
        self._seen = 0

    def next(self) -> str | None:
        self._seen += 1
        return self._labels.get(self._seen - 1)


def _head(
    module: Module,
    names: FuncNames,
    op: Op,
    immediates: Sequence[Any],
    label: str | None,
) -> str:
    """A block's first line, its label in front of the type."""
    head = text(module, names, op, immediates)
    if label is None:
        return head
    word, _, rest = head.partition(" ")
    return f"{word} {label} {rest}".rstrip()


def _flat(
    module: Module, ids: Identifiers, funcidx: int | None, start: int, end: int
) -> list[str]:
    names, labels = FuncNames(ids, funcidx), _Labels(ids, funcidx)
    names.labels.append(None)  # the function's own
    lines = []
    for op, immediates, depth in _checked(module, start, end):
        name = op.mnemonic
        if name in BLOCK_OPENERS:
            label = labels.next()
            lines.append(_pad(depth) + _head(module, names, op, immediates, label))
            names.labels.append(label)
            continue
        if name in ("end", "delegate"):
            names.labels.pop()
        if name in ("else", "catch", "catch_all"):
            depth -= 1  # noqa: PLW2901 - belongs to the block's own line
        lines.append(_pad(depth) + text(module, names, op, immediates))
    return lines


@dataclass(slots=True)
class _Frame:
    """An open block while folding: its node, and the items of the arm being read."""

    node: Printed | None
    items: list[Printed]
    arity: int
    params: int = 0
    results: int = 0
    arm: Printed | None = None


def _sized(node: Printed) -> Printed:
    node.size = len(node.head) + 2 + sum(child.size + 1 for child in node.children)
    return node


class _Folder:
    """Builds expressions from the sequence of instructions of one function."""

    def __init__(
        self, module: Module, ids: Identifiers, funcidx: int | None, results: int
    ) -> None:
        self.module = module
        self.names = FuncNames(ids, funcidx)
        self.labels = _Labels(ids, funcidx)
        self.names.labels.append(None)
        self.frames = [_Frame(None, [], results)]

    def operands(self, count: int) -> list[Printed]:
        """Take the last `count` expressions, or as many of them as have one result."""
        items = self.frames[-1].items
        at = len(items)
        while count and at and items[at - 1].results == 1:
            at -= 1
            count -= 1
        taken = items[at:]
        del items[at:]
        if items and count:
            items[-1].results = 0  # what is there is consumed, though not folded
        return taken

    def add(self, op: Op, immediates: Sequence[Any]) -> None:
        name = op.mnemonic
        if name in BLOCK_OPENERS:
            self.open(op, immediates)
        elif name == "else":
            self.otherwise()
        elif name == "end":
            self.close()
        else:
            arities = [frame.arity for frame in self.frames]
            takes, gives = arity(self.module, op, immediates, arities)
            head = text(self.module, self.names, op, immediates)
            node = Printed(head, self.operands(takes), gives)
            self.frames[-1].items.append(_sized(node))

    def open(self, op: Op, immediates: Sequence[Any]) -> None:
        label = self.labels.next()
        head = _head(self.module, self.names, op, immediates, label)
        params, results = block_arity(self.module, immediates[0])
        node = Printed(head, block=True)
        arm = None
        if op.mnemonic == "if":
            node.children = self.operands(1)
            arm = Printed("then", block=True)
            node.children.append(arm)
        items = self.frames[-1].items
        for used in items[max(0, len(items) - params) :]:
            used.results = 0
        label_arity = params if op.mnemonic == "loop" else results
        frame = _Frame(node, [], label_arity, params, results, arm)
        self.frames.append(frame)
        self.names.labels.append(label)

    def otherwise(self) -> None:
        frame = self.frames[-1]
        assert frame.node is not None
        assert frame.arm is not None
        frame.arm.children = frame.items
        frame.arm = Printed("else", block=True)
        frame.node.children.append(frame.arm)
        frame.items = []

    def close(self) -> None:
        frame = self.frames.pop()
        self.names.labels.pop()
        assert frame.node is not None
        target = frame.node if frame.arm is None else frame.arm
        target.children = frame.items
        frame.node.size = WIDTH + 1
        frame.node.results = frame.results
        self.frames[-1].items.append(frame.node)


def body_lines(
    module: Module,
    ids: Identifiers,
    funcidx: int,
    start: int,
    end: int,
    *,
    folded: bool,
) -> list[str]:
    """Lines of the code in ``data[start:end]``, not indented, without the last ``end``.

    Raises `FormatError` if the bytes are malformed.
    """
    if folded:
        typeidx = module.func_types[funcidx]
        folder = _Folder(module, ids, funcidx, func_arity(module, typeidx)[1])
        for op, immediates, _ in _checked(module, start, end):
            if op.mnemonic in _LEGACY:
                break
            folder.add(op, immediates)
        else:
            lines: list[str] = []
            write(folder.frames[0].items, 0, lines)
            return lines
    return _flat(module, ids, funcidx, start, end)


def const_text(
    module: Module, ids: Identifiers, ops: Sequence[tuple[int, object]]
) -> str:
    """An initialiser on one line, folded instruction by instruction."""
    names = FuncNames(ids)
    parts = []
    for code, immediate in ops:
        op = BY_CODE[code]
        if op.mnemonic in BLOCK_OPENERS or op.mnemonic in ("else", "end"):
            parts.append(text(module, names, op, (immediate,)[: len(op.immediates)]))
            continue
        values = immediate if len(op.immediates) > 1 else (immediate,)
        assert isinstance(values, tuple)
        parts.append(f"({text(module, names, op, values[: len(op.immediates)])})")
    return " ".join(parts)
