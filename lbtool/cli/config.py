"""``lbtool config show``: every setting, its value, and who set it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from lbtool.cli import options, render
from lbtool.cli.terminal import Style, printable, width
from lbtool.config import SETTINGS
from lbtool.config.table import written

if TYPE_CHECKING:
    from lbtool.config import Settings


@click.group()
def command() -> None:
    """Settings: lbtool.toml, [tool.lbtool] of pyproject.toml, LBTOOL_* variables."""


def _usual_cache() -> str:
    from lbtool.cache.private import Unusable, cache_directory  # noqa: PLC0415

    try:
        return cache_directory()
    except Unusable as error:
        return str(error)


@command.command()
@options.settings()
@options.format_option
def show(output: str, settings: Settings) -> None:
    """Show every setting, its value and where it was set.

    Options stand for the command line of another command.
    """
    values = settings.as_dict()
    origins = {name: settings.origin(name) for name in values}
    if output == "json":
        document = {
            "schema": render.SCHEMA,
            "file": settings.file.path if settings.file else None,
            "settings": {
                name: {"value": value, "origin": origins[name].as_json()}
                for name, value in values.items()
            },
        }
        click.echo(json.dumps(document, indent=2))
        return
    style = Style.of(sys.stdout)
    rows = []
    for each in SETTINGS:
        value = values[each.name]
        shown = each.unset if value is None else written(value)
        origin = str(origins[each.name])
        if each.name == "cache-dir" and value is None:
            origin += f": {_usual_cache()}"
        rows.append((each.name, printable(shown), printable(origin)))
    widths = [max(width(row[column]) for row in rows) for column in range(2)]
    for name, value, origin in rows:
        pads = (" " * (widths[0] - width(name)), " " * (widths[1] - width(value)))
        line = f"{style.bold(name)}{pads[0]} = {value}{pads[1]}  {style.dim(origin)}"
        click.echo(line)
