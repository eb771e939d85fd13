"""``lbtool asm``: the machine code of each wasm instruction, as text or JSON.

Here are the options, the choice of functions, colours and errors. The listings are made
by ``lbtool.build.emit_asm``.
"""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lbtool.cli import options, render
from lbtool.cli.report import UsageFault, placed, placing, reader
from lbtool.cli.terminal import Style, echo_all, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.build.emit_asm import Explainer, Refused
    from lbtool.compiler.listing import Listing
    from lbtool.config import Settings
    from lbtool.wasm.module import Module
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


def _show_text(
    explainer: Explainer, wanted: range, *, microwasm: bool
) -> list[Refused]:
    from lbtool.build.emit_asm import Refused, asm_lines  # noqa: PLC0415

    style = Style.of(sys.stdout)
    refused = []

    def paint(role: str, text: str) -> str:
        text = printable(text)  # names are the module's
        return f"\x1b[{COLOURS[role]}m{text}\x1b[0m" if style.enabled else text

    def watched() -> Iterator[Listing | Refused]:
        for each in explainer.listings(wanted):
            if isinstance(each, Refused):
                refused.append(each)
            yield each

    lines = asm_lines(explainer.module, watched(), paint, microwasm=microwasm)
    echo_all(f"{line}\n" for line in lines)
    return refused


def _show_json(explainer: Explainer, wanted: range, path: str) -> list[Refused]:
    """One document, written function by function."""
    from lbtool.build.emit_asm import Refused  # noqa: PLC0415
    from lbtool.compiler.listing_json import SCHEMA, json_text  # noqa: PLC0415

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
        # A function a line: a state has every local, so there is a lot of it.
        if number:
            click.echo(",")
        if isinstance(made, Refused):
            refused.append(made)
            document = {
                "index": made.funcidx,
                "name": explainer.module.func_name(made.funcidx),
                "errors": [
                    render.as_json(each) for each in placed(path, made.diagnostics)
                ],
            }
            click.echo(json.dumps(document, separators=(",", ":")), nl=False)
        else:
            echo_all(json_text(made))
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
    far as it changed that, and notes. `@14` is where the code of instruction 14 begins,
    `@14+1f` 0x1f bytes behind that; `edi=[rsp]` a register whose value is in the frame
    as well.
    """
    from lbtool.build.emit_asm import Explainer, defined, text_map  # noqa: PLC0415
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
    wanted = defined(module)
    if func is not None:
        first = find_function(module, func)
        wanted = range(first, first + 1)
    explainer = Explainer(module, target, text_map(Path(file).read_bytes()), syntax)
    if output == "json":
        refused = _show_json(explainer, wanted, file)
    else:
        refused = _show_text(explainer, wanted, microwasm=microwasm)
    if not refused:
        return 0
    found = placed(file, [each for one in refused for each in one.diagnostics])
    style = Style.of(sys.stderr)
    click.echo(render.all_text(found, style, reader(), module.names.funcs), err=True)
    for text in render.hints(found):
        click.echo(render.hint(text, style), err=True)
    return 1
