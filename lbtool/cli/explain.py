"""``lbtool explain CODE``: the paragraph behind a stable error code."""

from __future__ import annotations

import sys
import textwrap

import click

from lbtool.cli.report import UsageFault
from lbtool.cli.terminal import Style
from lbtool.errors import CODES

COLUMNS = 78


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain an error CODE (as in `error[E0210]`); without one, list them all.

    The number is enough.
    """
    style = Style.of(sys.stdout)
    if code is None:
        for each in CODES.values():
            click.echo(f"{style.bold(each.code)}  {each.phrase}")
        return
    found = CODES.get(f"E{code.upper().removeprefix('E'):0>4}")
    if found is None:
        raise UsageFault(f"there is no code {code!r}", "`lbtool explain` lists them")
    click.echo(style.bold(f"{found.code}: {found.phrase}"))
    click.echo()
    click.echo(textwrap.fill(found.explanation, COLUMNS))
