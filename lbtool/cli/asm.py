"""``lbtool asm``: the machine code of each wasm instruction, as text or JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from lbtool.cli import options, render
from lbtool.cli.report import BINARY, UsageFault, placing
from lbtool.cli.terminal import Style, printable

if TYPE_CHECKING:
    from lbtool.wasm.module import Module
    from lbtool.wat.positions import TextMap
    from lbtool.x64.disassemble import Syntax


def find_function(module: Module, wanted: str) -> int:
    """Index of a defined function given by index, name or name of an export."""
    defined = range(module.n_imported_funcs, len(module.func_types))
    exports = {e.name: e.index for e in module.exports if e.kind == "func"}
    named = {name: index for index, name in module.names.funcs.items()}
    found = named.get(wanted.removeprefix("$"), exports.get(wanted))
    if found is None and wanted.isascii() and wanted.isdigit():
        found = int(wanted)
    if found is None or found >= len(module.func_types):
        last = len(module.func_types) - 1
        raise UsageFault(
            f"there is no function {printable(wanted)!r}",
            f"give a name, the name of an export, or an index up to {last}",
        )
    if found not in defined:
        raise UsageFault(f"function {wanted} is imported: it has no code here")
    return found


def text_map(path: str) -> TextMap | None:
    """Positions in the file when it is text."""
    from lbtool.wat.positions import TextMap  # noqa: PLC0415

    data = Path(path).read_bytes()
    if data.startswith(BINARY):
        return None
    return TextMap(data.decode("utf-8", "replace"))


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
    "--bounds",
    type=click.Choice(("guard", "explicit")),
    default="guard",
    show_default=True,
    help="How memory accesses are checked.",
)
@options.wasm_option
@options.format_option
def command(
    file: str,
    func: str | None,
    microwasm: bool,
    syntax: Syntax,
    bounds: Literal["guard", "explicit"],
    profile: str | None,
    output: str,
) -> None:
    """Show what each instruction of the module FILE becomes.

    For every wasm instruction: the bytes and the assembly it became, or why there are
    none; notes; and where the operand stack and the locals are behind it. `rdi~` is a
    register whose value is in the frame as well.
    """
    from lbtool.cli.asm_text import listing_text  # noqa: PLC0415
    from lbtool.cli.listing import listing  # noqa: PLC0415
    from lbtool.compiler.target import Target  # noqa: PLC0415
    from lbtool.wasm import Profile, decode, read, require_valid  # noqa: PLC0415

    with placing(file):
        module = decode(read(file), path=file)
        target = Target(bounds=bounds, profile=Profile(profile or "2.0"))
        require_valid(module, target.profile)
        wanted = range(module.n_imported_funcs, len(module.func_types))
        if func is not None:
            first = find_function(module, func)
            wanted = range(first, first + 1)
        where = text_map(file)
        listings = (listing(module, each, target, syntax, where) for each in wanted)
        if output == "json":
            functions = [made.as_json() for made in listings]
            document = {"schema": render.SCHEMA, "path": file, "functions": functions}
            click.echo(json.dumps(document, indent=1))
            return
        style = Style.of(sys.stdout)
        for number, made in enumerate(listings):
            if number:
                click.echo()
            for line in listing_text(made, style, microwasm=microwasm):
                click.echo(line)
