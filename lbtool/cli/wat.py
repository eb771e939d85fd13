"""``lbtool wat``: a module as text; the printer is ``lbtool.wasm.printer``."""

from __future__ import annotations

import click

from lbtool.cli import options
from lbtool.cli.report import placing
from lbtool.cli.terminal import echo_all


@click.command()
@options.file_argument
@click.option("--folded", is_flag=True, help="Operands inside their instructions.")
@click.option("--names/--no-names", default=True, help="Use the module's own names.")
def command(file: str, folded: bool, names: bool) -> None:
    """Print the module FILE (binary or text) in the text format.

    What is printed assembles to the same module, which need not be valid.
    """
    from lbtool.wasm import decode, read  # noqa: PLC0415
    from lbtool.wasm.printer import module_lines  # noqa: PLC0415

    with placing(file):
        module = decode(read(file), path=file)
        lines = module_lines(module, folded=folded, names=names)
        echo_all(f"{line}\n" for line in lines)
