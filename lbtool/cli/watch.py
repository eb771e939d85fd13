"""``lbtool watch``: modules are built again whenever they are saved.

The options are here; noticing saves is ``lbtool.watch``, building ``lbtool.build``, and
the parts of the session are in ``watch_source``, ``watch_session``, ``watch_run`` and
``watch_view``.
"""

from __future__ import annotations

import errno
import os
from functools import partial
from typing import TYPE_CHECKING

import click

from lbtool.cli import options
from lbtool.cli.report import UsageFault

if TYPE_CHECKING:
    from lbtool.cli.watch_view import View
    from lbtool.config import Settings

GUEST = "lbtool.guest"


class WatchCommand(click.Command):
    """What follows ``--`` belongs to the module that is run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the guest's arguments away; None when there is no ``--``."""
        ctx.meta[GUEST] = None
        if "--" in args:
            cut = args.index("--")
            args, ctx.meta[GUEST] = args[:cut], args[cut + 1 :]
        return super().parse_args(ctx, args)


@click.command(cls=WatchCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--run",
    "runs",
    is_flag=True,
    help="Run the first of PATHS after each build without errors.",
)
@click.option("--invoke", metavar="NAME", help="Call this export; implies --run.")
@click.option("--clear", is_flag=True, help="Clear the terminal before each build.")
@options.settings("watch")
@options.format_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    runs: bool,
    invoke: str | None,
    clear: bool,
    output: str,
    settings: Settings,
) -> int:
    """Build the modules PATHS, and those below folders, each time they are saved.

    Shows what changed in each function. With --run the first path is run after each
    build without errors, the run before is stopped, and arguments for it follow after
    `--`. Ctrl-C ends it, with code 130.
    """
    for each in paths:
        if not os.path.lexists(each):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), each)
    guest: list[str] | None = context.meta[GUEST]
    runs = runs or invoke is not None
    if guest is not None and not runs:
        raise UsageFault("there are arguments for a run, but no --run")
    if runs and not os.path.isfile(paths[0]):  # noqa: PTH113
        raise UsageFault(
            f"--run needs a module to run, and {paths[0]} is none",
            "give the module first, then folders to watch along with it",
        )
    from lbtool.cli.watch_run import Runner  # noqa: PLC0415
    from lbtool.cli.watch_session import Session  # noqa: PLC0415
    from lbtool.cli.watch_source import source  # noqa: PLC0415
    from lbtool.cli.watch_view import JsonView, TextView  # noqa: PLC0415

    view: View = JsonView() if output == "json" else TextView(clear=clear)
    runner = None
    if runs:
        runner = Runner(paths[0], guest or [], invoke, settings, quiet=output == "json")
    return Session(paths, partial(source, paths, settings), view, runner).run()
