"""One module field, read: what it defines, exports, refers to, and its instructions.

A `Field` depends on the text of its own chunk alone, so it is read once and kept with
the chunk however often the document around it changes. References stay as written;
resolving them is ``names``' matter.

Source: specification 6.6 "Modules".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lbtool.abi import FUNCREF
from lbtool.wasm.leb import unsigned
from lbtool.wat.chunks import FIELDS
from lbtool.wat.cursor import Bad, located, tokens_of
from lbtool.wat.immediates import Hole
from lbtool.wat.instructions import Body
from lbtool.wat.items import (
    Data,
    Definition,
    Elem,
    Export,
    Field,
    Func,
    Global,
    Memory,
    Table,
)
from lbtool.wat.lexer import identifier
from lbtool.wat.types import (
    Limits,
    Param,
    TypeUse,
    declarations,
    is_ref_type,
    limits,
    page_size,
    ref_type,
    sub_type,
    type_use,
    val_type,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.wat.chunks import Chunk
    from lbtool.wat.cursor import Ref
    from lbtool.wat.items import Expr
    from lbtool.wat.lexer import Tokens
    from lbtool.wat.types import SubType, ValType

__all__ = ["Field", "Func", "field_of"]


def field_of(chunk: Chunk) -> Field:
    """What `chunk`, a field, says; read at the first time."""
    found = chunk.memo
    if found is None:
        found = chunk.memo = _read(chunk)
    assert isinstance(found, Field)
    return found


def _read(chunk: Chunk) -> Field:
    tokens = tokens_of(chunk.text)
    reader = _Reader(Body(tokens), tokens)
    if chunk.kind == "field" and tokens.text and tokens.text[0] == "(":
        reader.read()
    field = reader.field
    body = reader.c
    field.annotations = tuple(tokens.annotations)
    field.uses = tuple(body.uses)
    field.signatures = tuple(body.signatures)
    field.checks = tuple(body.checks)
    field.problems = located(body, tokens)
    return field


_HEADER = {"export": 0, "import": 1, "type": 2, "param": 3, "result": 4, "local": 5}


class _Reader:
    """Reads one field; `c` is where it is, `field` what it found."""

    def __init__(self, c: Body, tokens: Tokens) -> None:
        self.c = c
        self.field = Field("", tokens)

    def read(self) -> None:
        c, field = self.c, self.field
        word = c.tok[1]
        end = len(c.tok) - 1
        field.kind = word
        c.i = 2
        if word not in FIELDS:
            token = 1 if word not in "()" else 0
            c.problem(token, "E0143", "unexpected token: no module field")
            return
        try:
            _FIELDS[word](self, end)
            if c.i != end:
                c.bad("`)` expected")
        except Bad as bad:
            c.note(bad)

    # ---- shared parts

    def define(self, space: str, keyword: int) -> None:
        """The field defines something; its name may come next."""
        token = self.c.name()
        self.defined(space, token, keyword)

    def defined(self, space: str, name: int, keyword: int) -> None:
        text = identifier(self.c.tok[name]) if name >= 0 else None
        made = Definition(space, text, name if name >= 0 else keyword)
        self.field.defines += (made,)

    def inline(self, space: str) -> None:
        """``(export "x")`` and ``(import "m" "n")`` of a definition."""
        c = self.c
        while c.opens("export"):
            end = c.enter()
            token = c.i
            self.field.exports += (Export(c.utf8(), space, None, token),)
            c.leave(end)
        if c.opens("import"):
            end = c.enter()
            self.field.imported = (c.utf8(), c.utf8())
            c.leave(end)

    def expr(self, end: int) -> Expr:
        """Instructions up to the token `end`."""
        code = self.c.code
        before = len(code)
        self.c.read(end)
        return tuple(code[before:])

    def folded(self) -> Expr:
        """One folded instruction."""
        c = self.c
        if c.tok[c.i] != "(":
            c.bad("expression expected")
        return self.expr(c.end_of(c.i) + 1)

    def offset(self) -> Expr:
        """``(offset ...)`` or one folded instruction."""
        c = self.c
        if not c.opens("offset"):
            return self.folded()
        end = c.enter()
        found = self.expr(end)
        c.i = end + 1
        return found

    # ---- fields

    def type(self, end: int) -> None:
        self.c.i = 0
        self.types(end + 1)
        self.c.i = end

    def rec(self, end: int) -> None:
        self.field.group = True
        self.types(end)

    def types(self, end: int) -> None:
        c = self.c
        found: list[SubType] = []
        names: dict[str, tuple[int, ...]] = {}
        while c.i < end:
            if not c.opens("type"):
                c.bad("`(type` expected")
            start = c.i
            try:
                made = sub_type(c)
            except Bad as bad:
                c.note(bad)
                c.i = c.end_of(start) + 1
                name = start + 2 if c.tok[start + 2][0] == "$" else -1
                self.defined("type", name, start + 1)
                continue
            self.defined("type", made.name, made.token)
            found.append(made)
            fields = tuple(f[0].name for f in made.composite.fields)
            if any(each >= 0 for each in fields):
                names[str(len(found) - 1)] = fields
                self.unique([f for f in fields if f >= 0], "field")
        self.field.item = tuple(found)
        self.field.names = names

    def unique(self, names: list[int], what: str) -> None:
        known: set[str] = set()
        for token in names:
            name = identifier(self.c.tok[token])
            if name in known:
                self.c.problem(token, "E0147", f"duplicate {what} {name}")
            known.add(name)

    def func(self, end: int) -> None:
        c, field = self.c, self.field
        self.define("func", c.i - 1)
        made = self.header(end)
        field.item = made
        if field.imported is not None:
            if made.locals:
                c.problem(made.locals[0].token, "E0143", "unexpected token: a local")
            return
        field.code, field.blocks = c.code, c.blocks
        names = (*made.params, *made.locals)
        shifted = made.use.ref is not None and not made.params
        tokens = [each.name for each in names if each.name >= 0]
        if tokens:
            self.unique(tokens, "local")
            for index, each in enumerate(names):
                if each.name >= 0:
                    code = Hole("local", index) if shifted else unsigned(index)
                    c.names.setdefault(identifier(c.tok[each.name]), code)
        c.read(end)
        c.finish(end)

    def header(self, end: int) -> Func:
        """Everything of a function before its instructions, each part by itself."""
        c = self.c
        stage = 0
        ref: Ref | None = None
        token = c.i
        lists: dict[str, list[Param]] = {"param": [], "result": [], "local": []}
        while c.i < end and c.tok[c.i] == "(" and c.tok[c.i + 1] in _HEADER:
            word, start = c.tok[c.i + 1], c.i
            place = _HEADER[word]
            if place < stage or (place == stage and word in ("type", "import")):
                c.problem(start + 1, "E0143", f"unexpected token: {word} comes earlier")
            stage = max(stage, place)
            try:
                if word in ("export", "import"):
                    self.inline("func")
                elif word == "type":
                    inner = c.enter()
                    token = c.i
                    ref = c.ref("type")
                    c.leave(inner)
                else:
                    lists[word] += declarations(c, word, named=word != "result")
            except Bad as bad:
                c.note(bad)
                c.i = c.end_of(start) + 1
        params, results = lists["param"], lists["result"]
        shape = (tuple(p.type for p in params), tuple(p.type for p in results))
        use = TypeUse(ref, shape, token)
        c.typed(use)
        return Func(use, tuple(params), tuple(lists["local"]), c.i)

    def table(self, end: int) -> None:
        c, field = self.c, self.field
        self.define("table", c.i - 1)
        self.inline("table")
        after = c.i + (c.tok[c.i] in ("i32", "i64"))
        if "0" <= c.tok[after][0] <= "9":
            self.table_type()
            if field.imported is None and c.i != end and isinstance(field.item, Table):
                field.item = replace(field.item, init=self.expr(end))
            return
        index64 = c.tok[c.i] == "i64"
        c.i = after
        element = ref_type(c)
        if not c.opens("elem"):
            c.bad("limits or `(elem` expected")
        self.defined("elem", -1, c.i + 1)
        inner = c.enter()
        kind: ValType | None = None if element == FUNCREF else element
        if c.tok[c.i] == "(":
            kind = element
            items = self.elem_exprs(inner)
        else:
            items = self.elem_funcs(inner)
        c.leave(inner)
        field.item = Table(Limits(len(items), len(items), index64), element)
        field.segment = Elem("active", None, True, (), kind, items)

    def table_type(self) -> None:
        kind = limits(self.c, memory=False)
        self.field.item = Table(kind, ref_type(self.c))

    def memory(self, end: int) -> None:
        c, field = self.c, self.field
        self.define("memory", c.i - 1)
        self.inline("memory")
        index64 = c.tok[c.i] == "i64"
        after = c.i + (c.tok[c.i] in ("i32", "i64"))
        if c.tok[after] != "(":
            field.item = Memory(limits(c, memory=True))
            return
        c.i = after
        page = page_size(c)
        if not c.opens("data"):
            c.bad("limits or `(data` expected")
        self.defined("data", -1, c.i + 1)
        inner = c.enter()
        data = self.strings(inner)
        c.leave(inner)
        unit = 16 if page is None else page
        size = (len(data) + (1 << unit) - 1) >> unit
        field.item = Memory(Limits(size, size, index64, page=page))
        field.segment = Data("active", None, True, (), data)
        assert c.i <= end

    def strings(self, end: int) -> bytes:
        out = []
        while self.c.i != end:
            out.append(self.c.string())
        return b"".join(out)

    def global_(self, end: int) -> None:
        c, field = self.c, self.field
        self.define("global", c.i - 1)
        self.inline("global")
        self.global_type()
        if field.imported is None and isinstance(field.item, Global):
            field.item = replace(field.item, init=self.expr(end))

    def global_type(self) -> None:
        c = self.c
        if c.opens("mut"):
            end = c.enter()
            self.field.item = Global(val_type(c), mutable=True)
            c.leave(end)
        else:
            self.field.item = Global(val_type(c), mutable=False)

    def tag(self, _end: int) -> None:
        self.define("tag", self.c.i - 1)
        self.inline("tag")
        self.typed()

    def typed(self) -> None:
        """The type use of a tag or of an imported function."""
        use, params = type_use(self.c)
        self.c.typed(use)
        self.unique([each.name for each in params if each.name >= 0], "local")
        self.field.item = Func(use, tuple(params))

    def import_(self, _end: int) -> None:
        c, field = self.c, self.field
        imported = (c.utf8(), c.utf8())
        word = c.head()
        if word not in _IMPORTS:
            c.bad("description of an import expected")
        end = c.enter()
        field.kind = word
        self.define(word, c.i - 1)
        field.imported = imported
        _IMPORTS[word](self)
        c.leave(end)

    def memory_type(self) -> None:
        self.field.item = Memory(limits(self.c, memory=True))

    def export(self, _end: int) -> None:
        c = self.c
        token = c.i
        name = c.utf8()
        space = c.head()
        if space not in _IMPORTS:
            c.bad("description of an export expected")
        end = c.enter()
        self.field.exports = (Export(name, space, c.ref(space), token),)
        c.leave(end)

    def start(self, _end: int) -> None:
        self.field.start_ref = self.c.ref("func")

    def elem(self, end: int) -> None:
        c = self.c
        self.define("elem", c.i - 1)
        table: Ref | None = None
        offset: Expr = ()
        mode = "declare" if c.take("declare") else "passive"
        if mode == "passive":
            explicit = False
            if c.opens("table"):
                inner = c.enter()
                table = c.ref("table")
                c.leave(inner)
                explicit = True
            elif "0" <= c.tok[c.i][0] <= "9" and c.tok[c.i + 1] == "(":
                table = c.ref("table")
                explicit = True
            if explicit or (c.tok[c.i] == "(" and not is_ref_type(c)):
                mode, offset = "active", self.offset()
        kind: ValType | None = None
        if is_ref_type(c):
            kind = ref_type(c)
            items = self.elem_exprs(end)
        else:
            if not c.take("func") and mode != "active":
                c.bad("`func` or a reference type expected")
            items = self.elem_funcs(end)
        self.field.item = Elem(mode, table, False, offset, kind, items)

    def elem_funcs(self, end: int) -> tuple[Ref | Expr, ...]:
        items = []
        while self.c.i != end:
            items.append(self.c.ref("func"))
        return tuple(items)

    def elem_exprs(self, end: int) -> tuple[Ref | Expr, ...]:
        c = self.c
        items: list[Expr] = []
        while c.i != end:
            if c.opens("item"):
                inner = c.enter()
                items.append(self.expr(inner))
                c.i = inner + 1
            else:
                items.append(self.folded())
        return tuple(items)

    def data(self, end: int) -> None:
        c = self.c
        self.define("data", c.i - 1)
        memory: Ref | None = None
        offset: Expr = ()
        mode = "passive"
        if c.opens("memory"):
            inner = c.enter()
            memory = c.ref("memory")
            c.leave(inner)
            mode = "active"
        elif c.indexes():
            memory, mode = c.ref("memory"), "active"
        if mode == "active" or c.tok[c.i] == "(":
            mode, offset = "active", self.offset()
        self.field.item = Data(mode, memory, False, offset, self.strings(end))


_IMPORTS: dict[str, Callable[[_Reader], None]] = {
    "func": _Reader.typed,
    "global": _Reader.global_type,
    "memory": _Reader.memory_type,
    "table": _Reader.table_type,
    "tag": _Reader.typed,
}
_FIELDS: dict[str, Callable[[_Reader, int], None]] = {
    "data": _Reader.data,
    "elem": _Reader.elem,
    "export": _Reader.export,
    "func": _Reader.func,
    "global": _Reader.global_,
    "import": _Reader.import_,
    "memory": _Reader.memory,
    "rec": _Reader.rec,
    "start": _Reader.start,
    "table": _Reader.table,
    "tag": _Reader.tag,
    "type": _Reader.type,
}
