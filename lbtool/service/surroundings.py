"""All of a module but its bodies: what the functions of a text are compiled against.

Made once and kept through every edit inside of a body. The module is a skeleton, a real
one with the smallest of bodies; one body at a time takes its place in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import explain_function
from lbtool.compiler.listing import listing
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

__all__ = ["Code", "Surroundings", "same_surroundings"]


class Code:
    """What one function's text became; kept with its chunk.

    state     ``fresh``, or why there is no code: ``broken`` (the text or its body is
              not valid), ``unsupported``
    problems  of the body, by instruction
    seconds   that compiling took, once it was done
    lines     of its assembly, kept by ``assembly``
    """

    __slots__ = ("chunk", "lines", "listing", "module", "problems", "seconds", "state")

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.state = "broken"
        self.problems: tuple[Diagnostic, ...] = ()
        self.module: Module | None = None
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

    def with_body(
        self, document: Document, field: Field, funcidx: int, body: bytes
    ) -> Module:
        """The skeleton with a body of the text in its place; `data` is the body."""
        first = self.module.n_imported_funcs
        bodies = list(self.module.bodies)
        bodies[funcidx - first] = (0, len(body))
        module = replace(self.module, data=body, bodies=tuple(bodies))
        share_identifiers(
            module, FieldIdentifiers(module, document, field, self.spaces)
        )
        return module

    def check(self, module: Module, funcidx: int) -> None:
        """Validate the body of a `with_body`; raises its `ModuleError`."""
        self.compiler.env = self.compiler.env.with_data(module.data)
        self.compiler.scan(module, funcidx)

    def listing(self, module: Module, funcidx: int) -> Listing:
        """The machine code of a `with_body`; raises its `ModuleError`."""
        self.compiler.env = self.compiler.env.with_data(module.data)
        explained = explain_function(module, funcidx, self.target, self.compiler)
        return listing(module, funcidx, explained, self.options.syntax)


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
