"""The ``lbtool`` command: a group whose commands are imported when they are called.

Here are the group, the exit codes and the last line of defence; every command has a
file of its own and nothing is imported for a command that was not asked for.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

USAGE = 2
INTERRUPTED = 130
# name -> (module, one-line help shown by `lbtool --help`)
COMMANDS: dict[str, str] = {}


class LazyGroup(click.Group):
    """A group that lists its commands from a table and imports one on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module; its ``command`` is the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"lbtool.cli.{cmd_name}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="lbtool", message="lbtool %(version)s")
def group() -> None:
    """Compile, run and look into WebAssembly."""


def main() -> None:
    """Entry point of the ``lbtool`` script; never returns normally."""
    try:
        group(prog_name="lbtool", standalone_mode=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
