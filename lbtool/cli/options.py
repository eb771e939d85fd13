"""Options that several commands share, and the splitting off of a guest's arguments.

Options of settings are made from the table of ``lbtool.config``: a command says
``@options.settings("build")`` and is called with ``settings``.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lbtool import config
from lbtool.cli.report import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.config import Setting

F = TypeVar("F", bound="Callable[..., Any]")

BACKENDS = config.BY_NAME["backend"].choices
FORMATS = ("text", "json")

_POSITIVE = click.FloatRange(min=0, min_open=True)
# Kind of a setting -> type and metavar of its option.
_TYPES: dict[str, tuple[click.ParamType[Any] | None, str | None]] = {
    "boolean": (None, None),
    "choice": (None, None),
    "path": (click.Path(), "DIR"),
    "seconds": (_POSITIVE, "SECONDS"),
    "size": (click.STRING, "SIZE"),
    "threads": (click.IntRange(min=0), "N"),
}


def settings(*commands: str) -> Callable[[F], F]:
    """Options for the settings of these commands (none: for all settings).

    The function gets ``settings`` in their place: what the command line, variables and
    files say, in this order. Nothing is read before the command is called.
    """
    rows = [
        each
        for each in config.SETTINGS
        if not commands or not {*commands}.isdisjoint(each.commands)
    ]

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def called(**given: object) -> object:
            line = {each.attribute: given.pop(each.attribute) for each in rows}
            return function(**given, settings=config.load(None, line))

        made: Any = called
        for each in reversed(rows):
            made = _setting(each)(made)
        return made  # type: ignore[no-any-return]

    return decorate


def _setting(each: Setting) -> Callable[[F], F]:
    kind, metavar = _TYPES[each.kind]
    flag = each.kind == "boolean"
    name = each.option.removeprefix("--")
    default = each.default_text.strip('"')
    if flag:
        default = name if each.default else f"no-{name}"
    return click.option(
        f"--{name}/--no-{name}" if flag else each.option,
        each.attribute,
        type=click.Choice(each.choices) if each.choices else kind,
        metavar=metavar,
        default=None,
        help=f"{each.help}  [default: {default}]",
    )


def file_argument(function: F) -> F:
    """One module, binary or text; its existence is checked when it is read."""
    made: F = click.argument("file", type=click.Path())(function)
    return made


def files_argument(function: F) -> F:
    """One or more modules."""
    made: F = click.argument("files", nargs=-1, required=True, type=click.Path())(
        function
    )
    return made


def format_option(function: F) -> F:
    """``--format text|json``; JSON carries the number of its schema."""
    made: F = click.option(
        "--format",
        "output",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="Form of the output.",
        callback=note_format,
    )(function)
    return made


def note_format(context: click.Context, _: click.Parameter, output: str) -> str:
    """Errors are told in the same form as everything else."""
    context.meta[FORMAT] = output
    return output


class GuestCommand(click.Command):
    """A command whose last arguments belong to the guest.

    ``lbtool run OPTIONS FILE OPTIONS ARGUMENTS``: options are ours before FILE and
    directly after it; the first thing behind FILE that is none of our options, or
    ``--``, begins the guest's arguments, which are passed on as they are (``-1`` and
    ``--help`` included).
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a ``--`` where the guest's arguments begin."""
        ours, guest = split_guest_arguments(args, self._options(ctx))
        return super().parse_args(ctx, [*ours, "--", *guest] if guest else ours)

    def _options(self, ctx: click.Context) -> dict[str, bool]:
        return {
            name: not each.is_flag and not each.count
            for each in self.get_params(ctx)
            if isinstance(each, click.Option)
            for name in (*each.opts, *each.secondary_opts)
        }


def split_guest_arguments(
    args: list[str], options: dict[str, bool]
) -> tuple[list[str], list[str]]:
    """Our part (FILE included) and the guest's; `options` says which take a value.

    >>> split_guest_arguments(["f.wasm", "--dir", ".", "-1"], {"--dir": True})
    (['f.wasm', '--dir', '.'], ['-1'])
    """
    ours: list[str] = []
    have_file = False
    index = 0
    while index < len(args):
        each = args[index]
        name = each.partition("=")[0] if each.startswith("--") else each
        if each == "--":
            # Before FILE it only says that FILE is no option.
            if have_file:
                return ours, args[index + 1 :]
            ours += args[index : index + 2]
            return _after_dashes(ours), args[index + 2 :]
        if name in options:
            size = 2 if options[name] and "=" not in each else 1
            ours += args[index : index + size]
            index += size
            continue
        if have_file:
            return ours, args[index:]
        have_file = not each.startswith("-")
        ours.append(each)
        index += 1
    return ours, []


def _after_dashes(ours: list[str]) -> list[str]:
    """Drop the ``--`` before FILE: `GuestCommand` puts its own behind it."""
    return [each for each in ours if each != "--"]
