"""All of a module but its bodies: what the functions of a text are compiled against.

Made once and kept through every edit inside of a body. The module is a skeleton, a real
one with the smallest of bodies; one body at a time takes its place in it.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.diagnose import body_error
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import explain_function
from lbtool.compiler.listing import listing
from lbtool.on_demand import OnDemand
from lbtool.service.skeleton import skeleton
from lbtool.service.text_identifiers import FieldIdentifiers, spaces
from lbtool.wasm import decode, validate_module
from lbtool.wasm.identifiers import share_identifiers
from lbtool.wat.fields import Func, field_of

if TYPE_CHECKING:
    from lbtool.compiler.listing import Listing
    from lbtool.errors import Diagnostic
    from lbtool.service.options import Options
    from lbtool.wasm.module import Module
    from lbtool.wat.chunks import Chunk
    from lbtool.wat.document import Document
    from lbtool.wat.fields import Field

__all__ = ["Code", "OneOf", "Surroundings", "same_surroundings"]

T = TypeVar("T")


class Code:
    """What one function's text became; kept with its chunk.

    state     ``fresh``, or why there is no code: ``broken`` (the text or its body is
              not valid), ``unsupported``
    problems  of the body, by instruction
    body      its bytes, as soon as they are known
    listing   what it became, once somebody has asked
    seconds   that the compiler took for that
    lines     of its assembly, kept by ``assembly``
    """

    __slots__ = ("body", "chunk", "lines", "listing", "problems", "seconds", "state")

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.state = "broken"
        self.problems: tuple[Diagnostic, ...] = ()
        self.body: bytes | None = None
        self.listing: Listing | None = None
        self.seconds = 0.0
        self.lines: list[tuple[str, int, int]] | None = None


class Surroundings:
    """The skeleton of a document with a compiler for it.

    problems  of the module outside of bodies, as validation finds them
    codes     what was compiled against it, by function index

    Raises `lbtool.errors.LbtoolError` when the text outside of bodies cannot be
    assembled.
    """

    def __init__(self, document: Document, options: Options) -> None:
        self.options = options
        self.target = options.target()
        module = decode(skeleton(document))
        # The text format has no data count section: it is there when it is needed.
        self.module = replace(module, data_count=len(module.datas))
        self.problems: list[Diagnostic] = validate_module(module, self.target.profile)
        self.codes: dict[int, Code] = {}
        self.spaces = spaces(document.tables)
        env = ModuleEnv(self.module, self.target.profile)
        self.compiler = FunctionCompiler(env, self.target)
        # Of threads that have done; each holds buffers of its largest function.
        self._idle: list[FunctionCompiler] = []

    def check(self, body: bytes, funcidx: int) -> None:
        """Validate a body of the text; raises its `ModuleError`.

        Nothing is made but the verdict: this is done for every function of a text.
        """
        if not self.compiler.valid(body, self.module, funcidx):
            raise body_error(self.compiler.scanner, self._with(body, funcidx), funcidx)

    def compile(
        self, document: Document, field: Field, code: Code, funcidx: int
    ) -> Listing:
        """The machine code of a body that `check` has found nothing wrong with."""
        body = code.body
        assert body is not None
        env = self.compiler.env.with_data(body)
        try:
            compiler = self._idle.pop()
            compiler.env = env
        except IndexError:
            compiler = FunctionCompiler(env, self.target)
        module = self._with(body, funcidx)
        known = FieldIdentifiers(module, document, field, self.spaces)
        share_identifiers(module, known)
        compiler.compile(module, funcidx)  # buffers grow, caches get warm
        before = perf_counter()
        compiler.compile(module, funcidx)
        code.seconds = perf_counter() - before
        explained = explain_function(module, funcidx, self.target, compiler)
        self._idle.append(compiler)
        return listing(module, funcidx, explained, self.options.syntax)

    def _with(self, body: bytes, funcidx: int) -> Module:
        """The skeleton with a body in its place; `data` is the body."""
        number = funcidx - self.module.n_imported_funcs
        bodies = OneOf(len(self.module.bodies), number, (0, len(body)))
        return replace(self.module, data=body, bodies=bodies)


class OneOf(OnDemand[T]):
    """A sequence of which one item is known: the others need no room.

    Raises `KeyError` for an item that is not known.
    """

    __slots__ = ("_known", "_number", "_size")

    def __init__(self, size: int, number: int, item: T) -> None:
        self._size = size
        self._number = number
        self._known = item

    def __len__(self) -> int:
        return self._size

    def _item(self, i: int) -> T:
        if i != self._number:
            raise KeyError(i)
        return self._known


def same_surroundings(old: Document, new: Document) -> bool:
    """Whether only bodies of functions differ between a document and its edit."""
    if old.tables is not new.tables or old.types is not new.types:
        return False
    return all(
        before is after or _same_head(before, after)
        for before, after in zip(old.chunks, new.chunks, strict=True)
    )


def _same_head(old: Chunk, new: Chunk) -> bool:
    if old.kind != new.kind or old.head != new.head:
        return False
    if old.kind != "field":
        return old.kind != "module"
    a, b = field_of(old), field_of(new)
    if not isinstance(a.item, Func) or not isinstance(b.item, Func):
        return False
    return (a.kind, a.item.use, a.imported) == (
        b.kind,
        b.item.use,
        b.imported,
    ) and _names(a) == _names(b)


def _names(field: Field) -> list[object]:
    exports = [(each.name, each.space, each.ref) for each in field.exports]
    defines = [(each.space, each.name) for each in field.defines]
    return [*exports, *defines]
