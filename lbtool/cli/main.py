"""The ``lbtool`` command: a group whose commands are imported when they are called.

Here are the group, the exit codes and what every error ends in; each command has a file
of its own, and nothing is imported for a command that was not asked for. Exit codes:

===  ======================================================================
0    done
1    the module is at fault (malformed, invalid, unsupported, does not link)
2    usage, unreadable files, internal errors
130  interrupted (Ctrl-C)
134  the guest trapped; any other code of ``lbtool run`` is the guest's own
141  nobody reads the output any more (broken pipe)
===  ======================================================================
"""

from __future__ import annotations

import importlib
import itertools
import os
import sys
import traceback

import click
from click import shell_completion

from lbtool.cli.report import FORMAT, UsageFault, error_json, error_text
from lbtool.cli.terminal import Style
from lbtool.errors import LinkError, ModuleError

OK, MODULE_AT_FAULT, USAGE = 0, 1, 2
INTERRUPTED, BROKEN_PIPE = 130, 141
COMPLETE = "_LBTOOL_COMPLETE"

# Name of the command -> its help line in `lbtool --help`, in the order shown there. The
# module lbtool.cli.NAME holds it as `command`.
COMMANDS = {
    "run": "Run a module.",
    "build": "Build modules: code into the cache, listings and object files.",
    "asm": "Show the machine code of every WebAssembly instruction.",
    "check": "Validate modules.",
    "wat": "Print a module in the text format.",
    "wast": "Run scripts of the specification's test suite.",
    "watch": "Build modules whenever they are saved.",
    "lsp": "Serve an editor: machine code as you type.",
    "daemon": "Start, ask and stop the process that keeps builds warm.",
    "cache": "Look into the cache, check it, clear it.",
    "config": "Show the settings and where they were set.",
    "explain": "Explain an error code.",
    "completion": "Print a completion script for a shell.",
}


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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As always; an unknown command is told what was meant, perhaps."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib  # noqa: PLC0415 - only for a mistake

            close = difflib.get_close_matches(name, COMMANDS, n=2)
            hint = f"did you mean {' or '.join(close)}?" if close else None
            raise UsageFault(
                f"there is no command {name!r}", hint or "`lbtool --help` lists them"
            )
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Help lines from the table: no command is imported to be listed."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[shell_completion.CompletionItem]:
        """Complete names from the table, and options as usual."""
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [
            shell_completion.CompletionItem(name, help=text)
            for name, text in COMMANDS.items()
            if name.startswith(incomplete)
        ] + options


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lbtool", message="lbtool %(version)s")
def group() -> None:
    """Compile, run and look into WebAssembly."""


def dispatch(arguments: list[str]) -> int:
    """Run one command line; gives the exit code and has printed every error."""
    meta: dict[str, object] = {}
    try:
        # `Style` decides about colour; click would strip it again on a pipe.
        with group.make_context("lbtool", arguments, color=True) as context:
            meta = context.meta
            result = group.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return int(end.exit_code)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the last defence
        return ended(error, str(meta.get(FORMAT) or _wanted(arguments)))
    return result if isinstance(result, int) else OK


def _wanted(arguments: list[str]) -> str:
    """The format that a command line asks for which could not be read."""
    pairs = itertools.pairwise(arguments)
    asked = "--format=json" in arguments or ("--format", "json") in pairs
    return "json" if asked else "text"


def ended(error: BaseException, output: str = "text") -> int:
    """Tell what ended a command, if it is to be told; gives the exit code.

    With ``--format json`` (`output`) it is told on stdout, as all else is.
    """
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _forget_output()
        return BROKEN_PIPE
    if output == "json":
        import json  # noqa: PLC0415 - milliseconds

        try:
            click.echo(json.dumps(error_json(error)))
        except OSError as unsaid:
            _forget_output()
            return ended(unsaid)
    else:
        click.echo(error_text(error, Style.of(sys.stderr)), err=True, color=True)
    if os.environ.get("LBTOOL_BACKTRACE"):
        traceback.print_exception(error)
    return exit_code(error)


def _forget_output() -> None:
    """What is still buffered must not fail again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_code(error: BaseException) -> int:
    """Whose fault it was; see the table above."""
    at_fault = isinstance(error, ModuleError | LinkError)
    return MODULE_AT_FAULT if at_fault else USAGE


def main() -> None:
    """Entry point of the ``lbtool`` script; never returns."""
    instruction = os.environ.get(COMPLETE)
    if instruction:
        sys.exit(
            shell_completion.shell_complete(group, {}, "lbtool", COMPLETE, instruction)
        )
    sys.exit(dispatch(sys.argv[1:]))
