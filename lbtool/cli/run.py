"""``lbtool run``: the options; what they do is in ``running``."""

from __future__ import annotations

import json
import os

import click

from lbtool.cli import options
from lbtool.cli.report import UsageFault, placing


def _env(_: object, __: object, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """``K=V``, or ``K`` for the value that it has here."""
    pairs = []
    for each in given:
        name, equals, value = each.partition("=")
        if not name:
            raise click.BadParameter(f"{each!r} has no name")
        if not equals:
            value = os.environ.get(name, "")
        pairs.append((name, value))
    return tuple(pairs)


def _dirs(_: object, __: object, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """``HOST::GUEST``, or ``HOST`` for the same name in the guest."""
    pairs = []
    for each in given:
        host, separator, guest = each.rpartition("::")
        pairs.append((host, guest) if separator else (each, each))
    return tuple(pairs)


@click.command(cls=options.GuestCommand)
@options.file_argument
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
@click.option("--invoke", metavar="NAME", help="Call this export; ARGS are its values.")
@click.option(
    "--dir",
    "dirs",
    metavar="HOST[::GUEST]",
    multiple=True,
    callback=_dirs,
    help="Let the guest use a directory.",
)
@click.option(
    "--env",
    metavar="NAME[=VALUE]",
    multiple=True,
    callback=_env,
    help="Set a variable of the guest's environment.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="Trap after this time.",
)
@click.option(
    "--backend",
    type=click.Choice(options.BACKENDS),
    default="auto",
    show_default=True,
    help="Engine; auto is lbtool, or Cranelift for what lbtool does not compile yet.",
)
@click.option(
    "--bounds",
    type=click.Choice(("guard", "explicit")),
    help="How lbtool's code checks memory accesses.  [default: guard]",
)
@options.wasm_option
@options.format_option
def command(  # noqa: PLR0913, PLR0917  # one per option
    file: str,
    args: tuple[str, ...],
    invoke: str | None,
    dirs: tuple[tuple[str, str], ...],
    env: tuple[tuple[str, str], ...],
    timeout: float | None,
    backend: str,
    bounds: str | None,
    profile: str | None,
    output: str,
) -> int:
    """Run the module FILE (binary or text) with ARGS.

    A WASI command runs its `_start`; with --invoke an exported function is called with
    typed ARGS and its results are printed. Options go before ARGS. The guest's exit
    code is passed on; a trap gives 134.
    """
    if bounds and backend not in ("auto", "lbtool"):
        raise UsageFault(f"--bounds is for lbtool's own code, not for {backend}")
    from lbtool.cli import running  # noqa: PLC0415
    from lbtool.wasm import read  # noqa: PLC0415

    request = running.Request(
        path=file,
        args=args,
        invoke=invoke,
        backend=backend,
        timeout=timeout,
        env=env,
        dirs=dirs,
        profile=profile,
        bounds=bounds or "guard",
    )
    with placing(file):
        outcome = running.run(read(file), request)
    if isinstance(outcome, int):
        return outcome
    if output == "json":
        click.echo(json.dumps(outcome.as_json()))
    else:
        click.echo(outcome.text(), nl=False)
    return 0
