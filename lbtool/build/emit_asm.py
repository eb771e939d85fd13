"""Listings of a whole module, function by function: ``lbtool asm`` and ``--emit asm``.

What a listing holds is ``lbtool.compiler.listing``, its layout ``listing_text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import explain_function
from lbtool.compiler.listing import listing
from lbtool.compiler.listing_text import listing_lines
from lbtool.errors import ModuleError
from lbtool.wasm.read import is_binary
from lbtool.wat.positions import TextMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lbtool.compiler.listing import Listing
    from lbtool.compiler.target import Target
    from lbtool.errors import Diagnostic
    from lbtool.wasm.module import Module
    from lbtool.x64.disassemble import Syntax

__all__ = ["Explainer", "Refused", "asm_lines", "defined", "text_map"]


@dataclass(frozen=True, slots=True)
class Refused:
    """A function that does not validate, or that we do not compile yet."""

    funcidx: int
    diagnostics: tuple[Diagnostic, ...]


def text_map(source: bytes) -> TextMap | None:
    """Positions in the contents of a file when they are text."""
    if is_binary(source):
        return None
    return TextMap(source.decode("utf-8", "replace"))


def defined(module: Module) -> range:
    """Indices of the functions that have bodies."""
    return range(module.n_imported_funcs, len(module.func_types))


class Explainer:
    """Listings of the functions of one module, made one after the other."""

    def __init__(
        self,
        module: Module,
        target: Target,
        where: TextMap | None,
        syntax: Syntax = "intel",
    ) -> None:
        self.module, self.target, self.syntax = module, target, syntax
        self.where = where
        self.compiler = FunctionCompiler(ModuleEnv(module, target.profile), target)

    def listing(self, funcidx: int) -> Listing:
        """One defined function; raises its `ModuleError`."""
        explained = explain_function(self.module, funcidx, self.target, self.compiler)
        place = partial(self.where.place, funcidx) if self.where else None
        return listing(self.module, funcidx, explained, self.syntax, place)

    def listings(self, wanted: range) -> Iterator[Listing | Refused]:
        """Each function, or why it has no code."""
        for funcidx in wanted:
            try:
                yield self.listing(funcidx)
            except ModuleError as error:
                yield Refused(funcidx, error.diagnostics)


def asm_lines(
    module: Module,
    listings: Iterable[Listing | Refused],
    paint: Callable[[str, str], str],
    *,
    microwasm: bool = False,
) -> Iterator[str]:
    """Lines without newlines, an empty one between functions.

    `paint` makes text of a role (see ``listing_text``) printable and colours it.
    """
    for number, made in enumerate(listings):
        if number:
            yield ""
        if isinstance(made, Refused):
            name = module.func_name(made.funcidx)
            head = " ".join(filter(None, [f"func {made.funcidx}", name]))
            yield paint("heading", head)
            yield paint("reason", f"no code: {made.diagnostics[0].message}")
        else:
            yield from listing_lines(made, paint, microwasm=microwasm)
