"""``lbtool asm``: the machine code of each wasm instruction, as text or JSON.

Here are the options, the choice of functions, colours and errors. What a listing holds
is in ``lbtool.compiler.listing``, its layout in ``listing_text`` beside it.
"""

from __future__ import annotations

import difflib
import json
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lbtool.cli import options, render
from lbtool.cli.report import BINARY, UsageFault, placed, placing, reader
from lbtool.cli.terminal import Style, printable
from lbtool.errors import ModuleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.compiler.listing import Listing
    from lbtool.compiler.target import Target
    from lbtool.config import Settings
    from lbtool.errors import Diagnostic
    from lbtool.wasm.module import Module
    from lbtool.wat.positions import TextMap
    from lbtool.x64.disassemble import Syntax

# Role of a piece of a listing -> ANSI colour.
COLOURS = {
    "heading": "1",
    "titles": "2",
    "totals": "36",
    "ordinal": "2",
    "where": "2",
    "wasm": "1;34",
    "micro": "35",
    "at": "2",
    "bytes": "2",
    "text": "32",
    "reason": "2",
    "label": "33",
    "comment": "2",
}


def find_function(module: Module, wanted: str) -> int:
    """Index of a defined function by index, name or export; UsageFault for none."""
    names = _names(module)
    total = len(module.func_types)
    # An index is a number; a function may be called "7" too, then it is "$7".
    if wanted.isascii() and wanted.isdigit():
        found = {int(wanted)} & set(range(total)) or names.get(wanted, set())
    else:
        found = names.get(wanted) or names.get(wanted.removeprefix("$"), set())
    shown = printable(wanted)
    if not found:
        close = difflib.get_close_matches(wanted.removeprefix("$"), names, n=3)
        advice = f"give a name, the name of an export, or an index below {total}"
        if close:
            advice = f"did you mean {' or '.join(map(printable, close))}?"
        raise UsageFault(f"there is no function {shown!r}", advice)
    if len(found) > 1:
        places = ", ".join(map(str, sorted(found)))
        raise UsageFault(
            f"{len(found)} functions are called {shown!r}",
            f"give an index: {places}",
        )
    (funcidx,) = found
    if funcidx < module.n_imported_funcs:
        raise UsageFault(f"function {shown} is imported: it has no code here")
    return funcidx


def _names(module: Module) -> dict[str, set[int]]:
    names: dict[str, set[int]] = {}
    for index, name in module.names.funcs.items():
        names.setdefault(name, set()).add(index)
    for each in module.exports:
        if each.kind == "func":
            names.setdefault(each.name, set()).add(each.index)
    return names


def text_map(path: str) -> TextMap | None:
    """Positions in the file when it is text."""
    from lbtool.wat.positions import TextMap  # noqa: PLC0415

    data = Path(path).read_bytes()
    if data.startswith(BINARY):
        return None
    return TextMap(data.decode("utf-8", "replace"))


class Explainer:
    """Listings of the functions of one module, made one after the other."""

    def __init__(
        self, module: Module, target: Target, syntax: Syntax, where: TextMap | None
    ) -> None:
        from lbtool.compiler.compile import FunctionCompiler  # noqa: PLC0415
        from lbtool.compiler.env import ModuleEnv  # noqa: PLC0415

        self.module, self.target, self.syntax = module, target, syntax
        self.where = where
        self.compiler = FunctionCompiler(ModuleEnv(module, target.profile), target)

    def listing(self, funcidx: int) -> Listing:
        """One defined function; raises its `ModuleError`."""
        from lbtool.compiler.explain import explain_function  # noqa: PLC0415
        from lbtool.compiler.listing import listing  # noqa: PLC0415

        explained = explain_function(self.module, funcidx, self.target, self.compiler)
        place = partial(self.where.place, funcidx) if self.where else None
        return listing(self.module, funcidx, explained, self.syntax, place)

    def listings(self, wanted: range) -> Iterator[Listing | Refused]:
        """Each function, or why it has no code."""
        for funcidx in wanted:
            try:
                yield self.listing(funcidx)
            except ModuleError as error:
                path = self.module.path or ""
                yield Refused(funcidx, tuple(placed(path, error.diagnostics)))


@dataclass(frozen=True, slots=True)
class Refused:
    """A function that does not validate, or that we do not compile yet."""

    funcidx: int
    diagnostics: tuple[Diagnostic, ...]


def _show_text(
    explainer: Explainer, wanted: range, *, microwasm: bool
) -> list[Refused]:
    from lbtool.compiler.listing_text import listing_lines  # noqa: PLC0415

    style = Style.of(sys.stdout)

    def paint(role: str, text: str) -> str:
        text = printable(text)  # names are the module's
        return f"\x1b[{COLOURS[role]}m{text}\x1b[0m" if style.enabled else text

    refused = []
    for number, made in enumerate(explainer.listings(wanted)):
        if number:
            click.echo()
        if isinstance(made, Refused):
            refused.append(made)
            name = explainer.module.func_name(made.funcidx)
            head = " ".join(filter(None, [f"func {made.funcidx}", name]))
            click.echo(paint("heading", head))
            click.echo(f"no code: {printable(made.diagnostics[0].message)}")
            continue
        for line in listing_lines(made, paint, microwasm=microwasm):
            click.echo(line)
    return refused


def _show_json(explainer: Explainer, wanted: range, path: str) -> list[Refused]:
    """One document, written function by function."""
    from lbtool.compiler.listing_json import SCHEMA, listing_json  # noqa: PLC0415

    target = explainer.target
    head = {
        "schema": SCHEMA,
        "path": path,
        "target": {
            "bounds": target.bounds,
            "wasm": target.profile.name,
            "features": sorted(target.features),
        },
    }
    refused = []
    click.echo(json.dumps(head, indent=1).removesuffix("\n}") + ',\n "functions": [')
    for number, made in enumerate(explainer.listings(wanted)):
        if isinstance(made, Refused):
            refused.append(made)
            document: dict[str, object] = {
                "index": made.funcidx,
                "name": explainer.module.func_name(made.funcidx),
                "errors": [render.as_json(each) for each in made.diagnostics],
            }
        else:
            document = listing_json(made)
        # A function a line: a state has every local, so there is a lot of it.
        line = json.dumps(document, separators=(",", ":"))
        click.echo((",\n" if number else "") + line, nl=False)
    click.echo("\n ]\n}")
    return refused


@click.command()
@options.file_argument
@click.option("--func", metavar="NAME|INDEX", help="One function only.")
@click.option("--microwasm", is_flag=True, help="Show the Microwasm in between.")
@click.option(
    "--syntax",
    type=click.Choice(("intel", "att")),
    default="intel",
    show_default=True,
    help="Assembly syntax.",
)
@click.option(
    "--cpu",
    type=click.Choice(("host", "baseline")),
    default="host",
    show_default=True,
    help="Use what this machine's CPU has, or only x86-64-v2.",
)
@options.settings("asm")
@options.format_option
def command(
    file: str,
    func: str | None,
    microwasm: bool,
    syntax: Syntax,
    cpu: str,
    output: str,
    settings: Settings,
) -> int:
    """Show what each instruction of the module FILE becomes.

    For every wasm instruction: the bytes and the assembly it became, or why there are
    none. Behind the semicolon: where the operand stack and the locals are after it, as
    far as it changed that, and notes. `@14` is where the code of instruction 14 begins;
    `edi=[rsp]` a register whose value is in the frame as well.
    """
    from lbtool.compiler.target import Target, host_features  # noqa: PLC0415
    from lbtool.wasm import Profile, decode, read, require_valid  # noqa: PLC0415

    with placing(file):
        module = decode(read(file), path=file)
        target = Target(
            bounds=settings.bounds,
            profile=Profile(settings.wasm),
            features=host_features() if cpu == "host" else frozenset(),
        )
        require_valid(module, target.profile)
    wanted = range(module.n_imported_funcs, len(module.func_types))
    if func is not None:
        first = find_function(module, func)
        wanted = range(first, first + 1)
    explainer = Explainer(module, target, syntax, text_map(file))
    if output == "json":
        refused = _show_json(explainer, wanted, file)
    else:
        refused = _show_text(explainer, wanted, microwasm=microwasm)
    if not refused:
        return 0
    found = [each for one in refused for each in one.diagnostics]
    style = Style.of(sys.stderr)
    click.echo(render.all_text(found, style, reader(), module.names.funcs), err=True)
    for text in render.hints(found):
        click.echo(render.hint(text, style), err=True)
    return 1
