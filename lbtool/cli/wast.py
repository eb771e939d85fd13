"""``lbtool wast``: scripts of the specification's test suite, a table row per file.

The options only; reading and running scripts is ``lbtool.wast``.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import click

from lbtool.cli import options

# The suite's versions, which are more than the versions of modules.
PROFILES = ("1.0-2018", "1.0", "2.0")
SECONDS = 300.0


@click.command()
@options.files_argument
@click.option(
    "--backend",
    type=click.Choice(options.BACKENDS[1:]),
    default="lbtool",
    show_default=True,
    help="Engine that runs the scripts.",
)
@click.option(
    "--wasm",
    "profile",
    type=click.Choice(PROFILES),
    default="2.0",
    show_default=True,
    help="Version of the suite that the scripts are from.",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Scripts at a time.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=SECONDS,
    show_default=True,
    help="For one script.",
)
@options.format_option
def command(
    files: tuple[str, ...],
    backend: str,
    profile: str,
    jobs: int | None,
    timeout: float,
    output: str,
) -> int:
    """Run spec test scripts FILES; 1 when an assertion failed."""
    from lbtool.wast.main import run  # noqa: PLC0415

    for path in map(Path, files):
        if stat.S_ISDIR(path.stat().st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return run(
        files,
        engine=backend,
        profile=profile,
        jobs=jobs,
        timeout=timeout,
        format=output,
    )
