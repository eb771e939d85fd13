"""``lbtool run``: the click command; its options are stated in ``run_options``.

A run whose module is in the cache does not come here: see ``fast``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lbtool.cli import options
from lbtool.cli.report import placing
from lbtool.cli.run_options import OPTIONS, Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.cli.run_options import Option
    from lbtool.config import Settings

    Command = Callable[..., Any]


def _each(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> Any:  # noqa: ANN401
    meaning = next(each.each for each in OPTIONS if each.attribute == parameter.name)
    assert meaning is not None
    try:
        return tuple(map(meaning, given))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _option(each: Option) -> Callable[[Command], Command]:
    several: dict[str, Any] = {"multiple": True, "callback": _each} if each.each else {}
    if each.choices:
        several = {
            "default": each.choices[0],
            "show_default": True,
            "callback": options.note_format,
        }
    return click.option(
        each.name,
        each.attribute,
        metavar=each.metavar,
        type=click.Choice(each.choices) if each.choices else None,
        help=each.help,
        **several,
    )


def _options(function: Command) -> Command:
    for each in reversed(OPTIONS):
        function = _option(each)(function)
    return function


@click.command(cls=options.GuestCommand)
@options.file_argument
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
@_options
@options.settings("run")
def command(file: str, args: tuple[str, ...], settings: Settings, **own: object) -> int:
    """Run the module FILE (binary or text) with ARGS.

    A WASI command runs its `_start`; with --invoke an exported function is called with
    typed ARGS and its results are printed. Options go before ARGS. The guest's exit
    code is passed on; a trap gives 134.
    """
    from lbtool.cli import running  # noqa: PLC0415

    given = Given()
    given.file, given.args, given.settings = file, args, settings
    for name, value in own.items():
        setattr(given, name, value)
    with placing(file):
        return running.command(given)
