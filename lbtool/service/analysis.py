"""A text and what its functions became: immutable snapshots that share much.

Work is done when somebody asks and kept with the chunk of text that it is of: a
keystroke costs the function it is in. What was known of a function before it broke is
kept as its last good code, and shown as stale.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lbtool.errors import LbtoolError, ModuleError, UnsupportedError
from lbtool.service.kept_code import KeptCode
from lbtool.service.surroundings import Code, Surroundings, same_surroundings
from lbtool.wat.document import Document
from lbtool.wat.encode import NotEncodedError
from lbtool.wat.fields import field_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.compiler.listing import Listing
    from lbtool.service.options import Options
    from lbtool.wat.fields import Field

__all__ = ["Analysis", "FunctionView"]


class FunctionView:
    """A function of one snapshot; cheap, made when asked for."""

    def __init__(self, analysis: Analysis, funcidx: int, position: int) -> None:
        self.analysis = analysis
        self.funcidx = funcidx
        self.position = position
        document = analysis.document
        self.chunk = document.chunks[position]
        self.start = document.starts[position] + self.chunk.lead
        self.end = document.starts[position] + len(self.chunk.text)

    @property
    def field(self) -> Field:
        """Its text, read."""
        return field_of(self.chunk)

    @property
    def name(self) -> str | None:
        """``$name``, None without one."""
        return self.field.defines[0].name

    @property
    def imported(self) -> bool:
        """Whether it has no body here."""
        return self.field.imported is not None

    @cached_property
    def code(self) -> Code:
        """Checked: its problems are known."""
        return self.analysis.checked(self)

    @property
    def state(self) -> str:
        """``fresh``, ``stale``, ``broken``, ``unsupported`` or ``imported``."""
        if self.imported:
            return "imported"
        state = self.code.state
        stale = state == "broken" and self.analysis.last_good(self) is not None
        return "stale" if stale else state

    def listing(self) -> Listing | None:
        """Its machine code; of the last valid text if it is stale; None without."""
        if self.imported:
            return None
        return self.analysis.compiled(self) or self.analysis.last_good(self)

    def span(self, ordinal: int) -> tuple[int, int]:
        """Where an instruction stands in the text, its immediates included."""
        base = self.analysis.document.starts[self.position]
        start, end = self.inner_span(ordinal)
        return base + start, base + end

    def inner_span(self, ordinal: int) -> tuple[int, int]:
        """The same in the function's chunk."""
        code = self.field.code or []
        first, last = code[ordinal].token, code[ordinal].stop - 1
        start, end = self.field.span(first)
        return start, max(end, self.field.span(last)[1]) if last > first else end


class Analysis:
    """One snapshot of a document; edits are cheap, everything else is done on demand.

    document  the text, read
    kept      the code that was asked for lately, of this and earlier snapshots
    """

    def __init__(
        self, document: Document, options: Options, before: Analysis | None = None
    ) -> None:
        self.document = document
        self.options = options
        self.kept: KeptCode = KeptCode() if before is None else before.kept
        # The last surroundings that are known, and the text that they are of.
        self._known: tuple[Document, Surroundings] | None = None
        if before is not None:
            self._known = before._known  # noqa: SLF001
            if before.document.tables is document.tables:
                self._by_position = before._by_position  # noqa: SLF001

    @classmethod
    def open(cls, text: str, options: Options) -> Analysis:
        """The first snapshot of a document."""
        return cls(Document(text), options)

    def edit(self, start: int, end: int, new: str) -> Analysis:
        """The snapshot in which ``text[start:end]`` is `new`."""
        return Analysis(self.document.edit(start, end, new), self.options, self)

    @cached_property
    def around(self) -> Surroundings | None:
        """What functions are compiled against; None while that is not valid text."""
        known = self._known
        if known is not None and same_surroundings(known[0], self.document):
            return known[1]
        try:
            made = Surroundings(self.document, self.options)
        except LbtoolError:
            return None
        self._known = self.document, made
        return made

    # ---- functions

    def function(self, funcidx: int) -> FunctionView:
        """A function by index, imported ones included."""
        owner = self.document.tables.owners["func"][funcidx]
        return FunctionView(self, funcidx, owner.chunk)

    def functions(self) -> Iterator[FunctionView]:
        """All functions in the order of their indices."""
        for funcidx in range(self.n_functions):
            yield self.function(funcidx)

    @property
    def n_functions(self) -> int:
        """How many there are, imported ones included."""
        return len(self.document.tables.owners["func"])

    @cached_property
    def _by_position(self) -> dict[int, int]:
        owners = self.document.tables.owners["func"]
        return {owner.chunk: funcidx for funcidx, owner in enumerate(owners)}

    def function_at(self, offset: int) -> FunctionView | None:
        """The function whose text the offset is in."""
        position = bisect_right(self.document.starts, offset) - 1
        funcidx = self._by_position.get(position)
        if funcidx is None:
            return None
        found = self.function(funcidx)
        return found if found.start <= offset <= found.end else None

    # ---- code

    def checked(self, function: FunctionView) -> Code:
        """The function's body validated; nothing is compiled."""
        if self.around is None:
            return Code(function.chunk)
        codes = self.around.codes
        known = codes.get(function.funcidx)
        if known is not None and known.chunk is function.chunk:
            return known
        code = codes[function.funcidx] = Code(function.chunk)
        types = self.around.module.func_types
        if types[function.funcidx] >= len(self.around.module.types):
            return code  # a problem of the module
        if self.document.chunk_problems(function.position):
            return code
        try:
            code.body = self.document.encoder.body(function.field)
            self.around.check(code.body, function.funcidx)
            code.state = "fresh"
        except UnsupportedError as error:
            code.state, code.problems = "unsupported", error.diagnostics
        except ModuleError as error:
            code.problems = error.diagnostics
        except NotEncodedError:
            pass  # its problems are those of the document
        return code

    def compiled(self, function: FunctionView) -> Listing | None:
        """The function's machine code; None unless its state is ``fresh``."""
        make = self.to_compile(function)
        if make is not None:
            self.keep(function, make())
        elif function.code.listing is not None:
            self.kept.use(_key(function))
        return function.code.listing

    def to_compile(self, function: FunctionView) -> Callable[[], Listing] | None:
        """What makes its listing, in any thread; None if it is there or cannot be."""
        code, around = function.code, self.around
        if code.state != "fresh" or code.listing is not None or around is None:
            return None
        field = function.field
        return partial(around.compile, self.document, field, code, function.funcidx)

    def keep(self, function: FunctionView, listing: Listing) -> None:
        """Have this from now on."""
        function.code.listing = listing
        self.kept.put(_key(function), function.code, self.n_functions)

    def last_good(self, function: FunctionView) -> Listing | None:
        """What the function became when it was last compiled; None if forgotten."""
        return self.kept.get(_key(function), self.n_functions)


def _key(function: FunctionView) -> str | int:
    return function.name or function.funcidx
