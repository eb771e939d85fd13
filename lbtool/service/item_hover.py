"""What a definition is, in a few lines: its text, index, sizes, places of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.compiler.locations import short
from lbtool.service.descriptions import detail, member, value_type
from lbtool.service.diagnostics import function_findings
from lbtool.service.lenses import counted, size_title
from lbtool.service.literal_hover import integer_constant
from lbtool.service.markdown import code, fence
from lbtool.service.navigate import highlights_of
from lbtool.wasm.identifiers import identifiers
from lbtool.wasm.literals import bytes_string, name_string
from lbtool.wat.fields import field_of
from lbtool.wat.items import Data, Elem, Func, Global, Memory, Table
from lbtool.wat.positions import function_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis, FunctionView
    from lbtool.wat.document import Document
    from lbtool.wat.instructions import Instruction
    from lbtool.wat.items import Field
    from lbtool.wat.symbols import Symbol

__all__ = ["about", "initialisers", "no_code", "source"]

PAGE = 16  # logarithm of a page's size
# Characters of a definition and bytes of a segment that are shown.
MOST, PREVIEW = 200, 48
_WORDS = {"elem": "element segment", "data": "data segment"}
_UNITS = ("bytes", "KiB", "MiB", "GiB")


def about(analysis: Analysis, symbol: Symbol, ordinal: int | None = None) -> list[str]:
    """Paragraphs; `ordinal` is the instruction at which a local is looked at."""
    if symbol.space == "local":
        return _local(analysis, symbol, ordinal)
    if symbol.space == "label":
        return _label(analysis.document, symbol)
    space = "type" if symbol.space == "field" else symbol.space
    index = symbol.scope if symbol.space == "field" else symbol.number
    owners = analysis.document.tables.owners[space]
    if not 0 <= index < len(owners):
        return []
    field = analysis.document.field(owners[index].chunk)
    if symbol.space == "field":
        return _field(analysis.document, symbol)
    if space == "func":
        return list(_function(analysis.function(index), field))
    number = field.defines.index(owners[index].definition)
    words = [f"{_WORDS.get(space, space)} {index}", *_origin(field)]
    words += _more(field, number)
    words += _exported(analysis.document, space, index)
    return [fence("wat", _definition(field, number)), " · ".join(words)]


def source(field: Field, first: int, last: int) -> str:
    """Tokens of a field as one line, cut if it is long."""
    text = " ".join(field.text[first : min(last + 1, first + MOST)])
    text = text.replace("( ", "(").replace(" )", ")")
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def initialisers(field: Field) -> list[Instruction]:
    """Instructions of a field that is no function."""
    found: list[Instruction] = []
    for item in (field.item, field.segment):
        if isinstance(item, Global | Table):
            found += item.init or ()
        elif isinstance(item, Elem | Data):
            found += item.offset
            if isinstance(item, Elem) and item.kind is not None:
                for each in item.items:
                    found += each if isinstance(each, tuple) else ()
    return found


def _definition(field: Field, number: int) -> str:
    """The form that defines the `number`-th thing of a field."""
    opened = field.defines[number].token
    if not number and field.defines[0].space != "type":
        opened = 0
    while opened and field.text[opened] != "(":
        opened -= 1
    return source(field, opened, field.tokens.close[opened])


def _origin(field: Field) -> Iterator[str]:
    if field.imported is not None:
        yield f"imported from {' '.join(map(_quoted, field.imported))}"


def _quoted(name: bytes) -> str:
    return code(name_string(name.decode(errors="replace")))


def _exported(document: Document, space: str, index: int) -> Iterator[str]:
    owner = document.tables.owners[space][index]
    names = [e.name for e in document.field(owner.chunk).exports if e.ref is None]
    for chunk in document.chunks:
        if chunk.head == "export" and chunk.kind == "field":
            names += [
                each.name
                for each in field_of(chunk).exports
                if each.space == space
                and each.ref is not None
                and document.tables.index(space, each.ref) == index
            ]
    if names:
        yield f"exported as {', '.join(map(_quoted, names))}"


def _more(field: Field, number: int) -> Iterator[str]:
    """Sizes and contents."""
    item = field.segment if number else field.item
    if isinstance(item, Memory):
        limits = item.limits
        page = PAGE if limits.page is None else limits.page
        yield _size(limits.minimum << page)
        if limits.maximum is not None:
            yield f"at most {_size(limits.maximum << page)}"
    elif isinstance(item, Table):
        yield counted(item.limits.minimum, "entry", "entries")
        if item.limits.maximum is not None:
            yield f"at most {item.limits.maximum:,}"
    elif isinstance(item, Data):
        shown = bytes_string(item.bytes[:PREVIEW])
        dots = "…" if len(item.bytes) > PREVIEW else ""
        yield f"{item.mode}{_at(item)}, {counted(len(item.bytes), 'byte')}"
        yield f"{code(shown)}{dots}"
    elif isinstance(item, Elem):
        yield f"{item.mode}{_at(item)}, {counted(len(item.items), 'element')}"


def _at(item: Elem | Data) -> str:
    """Where an active segment goes, if that is a number."""
    number = integer_constant(item.offset[0]) if len(item.offset) == 1 else None
    if number is None:
        return ""
    return f" at {number}" + (f" ({number:#x})" if number > 9 else "")


def _size(count: int) -> str:
    unit = 0
    while count and count % 1024 == 0 and unit + 1 < len(_UNITS):
        count, unit = count // 1024, unit + 1
    return f"{count} {_UNITS[unit]}"


def _field(document: Document, symbol: Symbol) -> list[str]:
    chunk, item, _ = document.tables.types[symbol.scope]
    if item is None or symbol.number >= len(item.composite.fields):
        return []
    param, mutable = item.composite.fields[symbol.number]
    text = member(param, mutable, document.field(chunk).text)
    return [fence("wat", text), f"field {symbol.number} of type {symbol.scope}"]


# ---- functions


def _function(function: FunctionView, field: Field) -> Iterator[str]:
    document = function.analysis.document
    words = ["func", function.name or "", detail(document, field)]
    yield fence("wat", f"({' '.join(filter(None, words))})")
    index = function.funcidx
    facts = [f"function {index}", *_origin(field), *_exported(document, "func", index)]
    yield " · ".join(facts)
    if function.imported:
        return
    made = function.listing()
    if made is None:
        yield no_code(function)
    else:
        yield f"{size_title(function)} · frame of {counted(made.frame_size, 'byte')}"


def no_code(function: FunctionView, ordinal: int | None = None) -> str:
    """Why there is none: the problem of the instruction, else the first one."""
    if function.analysis.around is None:
        return "no code: the module is not valid outside of its functions"
    found = [each[:2] + each[-1:] for each in function_findings(function)]
    problems = function.analysis.document.chunk_problems(function.position)
    found += [each[:2] + each[-1:] for each in problems]
    if not found:
        return "no code: the function is not valid"
    if ordinal is not None:
        start, end = function.span(ordinal)
        found.sort(key=lambda each: not (each[0] < end and start < each[1]))
    return f"no code: {code(str(found[0][-1]))}"


# ---- locals and labels


def _local(analysis: Analysis, symbol: Symbol, ordinal: int | None) -> list[str]:
    document, index = analysis.document, symbol.number
    field = document.field(symbol.scope)
    func = field.item
    if not isinstance(func, Func):
        return []
    shift = max(document.encoder.shift(func), 0)
    params = [each.type for each in func.params]
    shape = document.types.shape(func.use)
    if shift and shape is not None:
        params = list(shape[0])
    both = (*func.params, *func.locals)
    kinds = [*params, *(each.type for each in func.locals)]
    if index >= len(kinds):
        return []
    word = "param" if index < len(params) else "local"
    named = both[index - shift] if index >= shift else None
    name = f"{field.text[named.name]} " if named and named.name >= 0 else ""
    text = code(f"({word} {name}{value_type(kinds[index])})")
    if field.imported is not None:
        return [text]
    uses = [each.kind for each in highlights_of(document, symbol)]
    facts = [text, f"local {index}", *_home(analysis, symbol, ordinal)]
    facts += [counted(uses.count(each), each) for each in ("read", "write")]
    return [" · ".join(facts)]


def _home(analysis: Analysis, symbol: Symbol, ordinal: int | None) -> Iterator[str]:
    """Where it is before an instruction, or when the function is entered."""
    funcidx = function_in(analysis.document, symbol.scope)
    if funcidx is None:
        return
    function = analysis.function(funcidx)
    if function.imported or function.state != "fresh":
        return
    made = function.listing()
    if made is None or not made.lines:
        return
    before = made.lines[ordinal or 0].explanation.before
    when = "at entry" if ordinal is None else "here"
    if before is not None and symbol.number < len(before.locals):
        names = identifiers(made.module).locals(made.funcidx)
        place = short(before.locals[symbol.number], names)
        if place != "-":
            yield f"{when} in {code(place)}"
        elif ordinal is None:
            yield f"{when} it has no place: it is not set yet"
        else:
            yield f"{when} it has no place: not set yet, or not read again"


def _label(document: Document, symbol: Symbol) -> list[str]:
    field = document.field(symbol.scope)
    uses = [each.kind for each in highlights_of(document, symbol)]
    branches = counted(uses.count("read"), "branch", "branches")
    if symbol.number < 0:
        return [f"the function's own label: branches return · {branches}"]
    code_ = field.code or []
    block = next((b for b in field.blocks or () if b.opener == symbol.number), None)
    if block is None or block.end >= len(code_):
        return []
    opener, end = code_[block.opener], code_[block.end]
    base = document.starts[symbol.scope]
    first, last = (
        document.line_column(base + field.span(each.token)[0])[0] + 1
        for each in (opener, end)
    )
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    target = "to its beginning" if opener.op.mnemonic == "loop" else "to its end"
    text = code(source(field, opener.token, opener.stop - 1))
    return [f"{text} · {where} · branches go {target} · {branches}"]
