"""The walk over the instructions of a body or an initialiser, in binary order.

Flat and folded text alike give a list of `Instruction`; for folded ones the operands
come first. The work is kept in lists, not in recursion: text nests without limit.
A problem costs the instruction that it is in; the walk goes on behind it.

Source: specification 6.5 "Instructions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.wasm.leb import unsigned
from lbtool.wat.cursor import Bad, Cursor, Use
from lbtool.wat.immediates import AMBIGUOUS, READERS, Entry, choose, joined
from lbtool.wat.lexer import identifier

if TYPE_CHECKING:
    from lbtool.wasm.opcodes import Op
    from lbtool.wat.immediates import Code, Hole
    from lbtool.wat.lexer import Tokens

__all__ = ["Block", "Body", "Instruction"]


class Instruction(NamedTuple):
    """One instruction of the binary format.

    op      its row of the opcode table
    token   of its mnemonic; of the closing parenthesis for an ``end`` not written
    stop    the token behind its last immediate
    code    its bytes, the opcode included; None if it could not be read
    """

    op: Op
    token: int
    stop: int
    code: Code | None


class Block(NamedTuple):
    """A block: ordinals of its instruction and its ``end``, token of its label or -1.

    `otherwise` is the ordinal of its ``else``, -1 without one.
    """

    opener: int
    otherwise: int
    end: int
    label: int


_OPENERS = frozenset({"block", "loop", "if", "try_table", "try"})
_END = READERS["end"]

# What a parenthesis stands for: the body or an arm of an `if`; a block (until here
# instructions may be flat); an instruction with operands; an `if` outside of its arms;
# something that is not understood.
_ARM, _BLOCK, _PLAIN, _IF, _LOST = range(5)


# An open parenthesis: its kind, the number of blocks open before what is in it, the
# instruction to emit at its end (of an `if`: before its first arm), its label.
_Frame = tuple[int, int, Instruction | None, int]


class Body(Cursor):
    """Reads instructions; what it found is in `code`, `blocks` and the cursor's lists.

    names    ``$name`` -> code of the index of a parameter or local
    """

    __slots__ = ("_frames", "_labels", "_open", "blocks", "code", "names")

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self.code: list[Instruction] = []
        self.blocks: list[Block] = []
        self.names: dict[str, bytes | Hole] = {}
        self._frames: list[_Frame] = []
        # Per open block: ordinal, token of the label, ordinal of `else`, folded.
        self._open: list[tuple[int, int, int, bool]] = []
        self._labels: dict[str, list[int]] = {}

    # ---- references within the function

    def local(self) -> bytes | Hole:
        """The local that comes next, if it is not one of `names` as written."""
        ref = self.plain_ref()
        if isinstance(ref, int):
            return unsigned(ref)
        found = self.names.get(ref)
        if found is None:
            raise Bad(self.i - 1, "E0206", f"unknown local {ref}")
        return found

    def label(self) -> bytes:
        """The label that comes next."""
        ref = self.plain_ref()
        depth = len(self._open)
        if isinstance(ref, str):
            levels = self._labels.get(ref)
            if not levels:
                raise Bad(self.i - 1, "E0207", f"unknown label {ref}")
            ref = depth - 1 - levels[-1]
        opener = self._open[depth - 1 - ref][0] if ref < depth else -1
        self.uses.append(Use("label", self.i - 1, opener))
        return unsigned(ref)

    # ---- blocks

    def _push(self, label: int, *, folded: bool) -> None:
        if label >= 0:
            name = identifier(self.tok[label])
            self._labels.setdefault(name, []).append(len(self._open))
        self._open.append((len(self.code), label, -1, folded))

    def _pop(self) -> None:
        opener, label, otherwise, _ = self._open.pop()
        if label >= 0:
            self._labels[identifier(self.tok[label])].pop()
        self.blocks.append(Block(opener, otherwise, len(self.code), label))

    def _close_to(self, base: int, token: int) -> None:
        """Close blocks whose ``end`` is missing before the token."""
        while len(self._open) > base:
            opener = self.code[self._open[-1][0]].token
            word = self.tok[opener]
            self.problem(opener, "E0137", f"unclosed {word}: `end` expected")
            self._pop()
            self.code.append(Instruction(_END[0], token, token, None))

    # ---- the walk

    def read(self, end: int) -> None:
        """Instructions up to the token `end`, a closing parenthesis."""
        frames = self._frames = [(_ARM, len(self._open), None, -1)]
        tok, code, simple = self.tok, self.code, _SIMPLE
        token = self.i
        while token < end:
            text = tok[token]
            kind = frames[-1][0]
            if text == ")":
                self.i = token + 1
                self._closed(token)
            elif text == "(":
                entry = simple.get(tok[token + 1])
                if entry is None or kind > _IF:
                    self._opened(token)
                else:
                    made = self._plain(entry, token + 1)
                    if tok[self.i] == ")":  # no operands: the common case
                        self.i += 1
                        code.append(made)
                    else:
                        frames.append((_PLAIN, len(self._open), made, -1))
            elif kind <= _BLOCK and (entry := simple.get(text)) is not None:
                code.append(self._plain(entry, token))
            else:
                self._atom(token, kind)
            token = self.i
        self._close_to(0, end)

    def finish(self, end: int) -> None:
        """The ``end`` of a function, at its closing parenthesis."""
        self.code.append(Instruction(_END[0], end, end, b"\x0b"))

    def _plain(self, entry: Entry, token: int) -> Instruction:
        """The instruction with the mnemonic `token`, whose immediates come next."""
        op, code, reader = entry
        self.i = token + 1
        if reader is None:
            return _new(Instruction, (op, token, token + 1, code))
        try:
            if op.mnemonic in AMBIGUOUS:
                op, rest = choose(self, op)
                return _new(Instruction, (op, token, self.i, rest))
            rest = reader(self, op)
        except Bad as bad:
            return self._failed(bad, op, token)
        if type(rest) is bytes:
            return _new(Instruction, (op, token, self.i, code + rest))
        return _new(Instruction, (op, token, self.i, joined(code, rest)))

    def _failed(self, bad: Bad, op: Op, token: int) -> Instruction:
        """An instruction with a problem, known where the immediates were not."""
        tok = self.tok
        if bad.token >= len(tok) or tok[bad.token] in "()" or tok[bad.token] in READERS:
            # Something is missing, behind the last token that was understood.
            bad.token = max(token, min(bad.token, len(tok)) - 1)
        self.note(bad)
        # What is left of the immediates is not looked at, nor the rest of their forms.
        place = token + 1
        while place < self.i:
            place = self.end_of(place) + 1 if tok[place] == "(" else place + 1
        self.i = place
        while tok[self.i] not in "()" and tok[self.i] not in READERS:
            self.i += 1
        return Instruction(op, token, self.i, None)

    def _atom(self, token: int, kind: int) -> None:
        """A token outside of parentheses which is no simple instruction here."""
        self.i = token + 1
        if kind == _LOST:
            return
        text = self.tok[token]
        entry = READERS.get(text)
        if entry is None:
            if text[0].isalpha() and "=" not in text:
                self.problem(token, "E0142", f"unknown operator {text}")
            else:
                self.problem(token, "E0143", "unexpected token")
        elif kind > _BLOCK:
            message = f"unexpected token: {text} between operands"
            self.problem(token, "E0143", message)
            _, base, _, label = self._frames[-1]
            self._frames[-1] = (_LOST, base, None, label)
        elif text in _OPENERS:
            label = self.name()
            made = self._plain(entry, self.i - 1)
            self._push(label, folded=False)
            self.code.append(made._replace(token=token))
        else:
            try:
                self._flat_part(text, entry, token)
            except Bad as bad:
                self.code.append(self._failed(bad, entry[0], token))

    def _flat_part(self, text: str, entry: Entry, token: int) -> None:
        """``else``, ``end`` and the parts of a legacy ``try``."""
        if len(self._open) <= self._frames[-1][1] or self._open[-1][3]:
            raise Bad(token, "E0143", f"unexpected token: {text} without block")
        opener, label, otherwise, folded = self._open[-1]
        word = self.code[opener].op.mnemonic
        if text in ("else", "end"):
            name = self.name()
            if name >= 0 and (
                label < 0 or identifier(self.tok[name]) != identifier(self.tok[label])
            ):
                self.problem(name, "E0146", "mismatching label")
            elif name >= 0:
                self.uses.append(Use("label", name, opener))
        op = entry[0]
        if text == "else":
            if word != "if" or otherwise >= 0:
                raise Bad(token, "E0229", "else without if")
            self._open[-1] = (opener, label, len(self.code), folded)
            self.code.append(Instruction(op, token, self.i, b"\x05"))
            return
        if text == "end":
            self._pop()
            self.code.append(Instruction(op, token, self.i, b"\x0b"))
            return
        if word != "try":
            raise Bad(token, "E0143", f"unexpected token: {text} without try")
        if text == "delegate":
            self._pop()
        self.code.append(self._plain(entry, token))

    # ---- parentheses

    def _opened(self, token: int) -> None:
        """A parenthesis that does not open a simple instruction."""
        kind = self._frames[-1][0]
        text = self.tok[token + 1]
        base = len(self._open)
        self.i = token + 2
        if kind == _LOST:
            if text in "()":
                self.i = token + 1
            self._lose()
        elif kind == _IF and text in ("then", "else"):
            self._arm(token + 1, text)
        elif text not in _OPENERS or text == "try":  # legacy: flat only
            self._no_instruction(token, text)
        else:
            label = self.name()
            made = self._plain(READERS[text], self.i - 1)._replace(token=token + 1)
            if text == "if":
                self._frames.append((_IF, base, made, label))
                return
            self._push(label, folded=True)
            self.code.append(made)
            self._frames.append((_BLOCK, base + 1, None, -1))

    def _lose(self) -> None:
        self._frames.append((_LOST, len(self._open), None, -1))

    def _no_instruction(self, token: int, text: str) -> None:
        if text in "()":
            self.problem(token, "E0143", "unexpected token: instruction expected")
            self.i = token + 1
        elif text in READERS or text == "then":
            self.problem(token + 1, "E0143", f"unexpected token {text}")
        else:
            self.problem(token + 1, "E0142", f"unknown operator {text}")
        self._lose()

    def _arm(self, word: int, text: str) -> None:
        """``(then`` or ``(else`` of a folded ``if``."""
        _, base, pending, label = self._frames[-1]
        if text == "then" and pending is not None:
            self._push(label, folded=True)
            self.code.append(pending)
            self._frames[-1] = (_IF, base, None, -1)
        elif text == "else" and pending is None and self._open[-1][2] < 0:
            opener, label, _, folded = self._open[-1]
            self._open[-1] = (opener, label, len(self.code), folded)
            self.code.append(Instruction(READERS["else"][0], word, word + 1, b"\x05"))
        else:
            self.problem(word, "E0143", f"unexpected token {text}")
            self._lose()
            return
        self._frames.append((_ARM, len(self._open), None, -1))

    def _closed(self, token: int) -> None:
        kind, base, pending, label = self._frames.pop()
        if kind == _PLAIN:
            if pending is not None:
                self.code.append(pending)
            return
        if kind == _IF and pending is not None:
            self.problem(pending.token, "E0143", "unexpected token: no `(then`")
            self._push(label, folded=True)
            self.code.append(pending._replace(code=None))
        if len(self._open) > base:
            # Blocks begun flat inside of the parenthesis end in it, too.
            self._close_to(base + (kind == _IF), token)
        if kind in (_BLOCK, _IF):
            self._pop()
            self.code.append(Instruction(_END[0], token, token, b"\x0b"))


_FLAT_ONLY = frozenset({"else", "end", "catch", "catch_all", "delegate"})
_SIMPLE = {
    word: entry
    for word, entry in READERS.items()
    if word not in _OPENERS and word not in _FLAT_ONLY
}
_new = tuple.__new__
