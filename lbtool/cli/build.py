"""``lbtool build``: modules below some paths, compiled into the cache and into files.

Here are the options and what happens in which order; where reports come from is
``building``, what is shown of them ``build_view``.
"""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lbtool.build import FileReport, Summary
from lbtool.build.depfile import depfile as depfile_text
from lbtool.build.outputs import Kind, plan, write
from lbtool.cli import options
from lbtool.cli.build_view import JsonView, TextView, View, progress
from lbtool.cli.building import Request, reports_of
from lbtool.cli.report import UsageFault

if TYPE_CHECKING:
    from lbtool.config import Settings

OK, AT_FAULT, INACCESSIBLE = 0, 1, 2


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--emit",
    "kinds",
    multiple=True,
    type=click.Choice(("asm", "obj")),
    help="Write listings, or object files (ELF); more than one may be given.",
)
@click.option(
    "-o",
    "--output",
    "to",
    metavar="FILE|DIR",
    help="Where to write.  [default: beside the module]",
)
@click.option(
    "--depfile",
    metavar="FILE",
    help="Write what the outputs were made from, for Make and Ninja.",
)
@click.option(
    "--restat",
    is_flag=True,
    help="Leave outputs alone whose content did not change (Ninja's restat).",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing when nothing changed.")
@options.settings("build")
@options.format_option
def command(
    paths: tuple[str, ...],
    kinds: tuple[Kind, ...],
    to: str | None,
    depfile: str | None,
    restat: bool,
    quiet: bool,
    output: str,
    settings: Settings,
) -> int:
    """Build the modules PATHS, and all that lie below folders among them.

    Code goes into the cache, where run, watch and other builds find it; --emit writes
    files as well. Every module is tried; 1 when one is at fault, 2 when one cannot be
    read.
    """
    for option, value in (("-o", to), ("--depfile", depfile)):
        if value is not None and not kinds:
            raise UsageFault(f"{option} is for outputs", "add --emit asm or --emit obj")
    if not all(paths):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "''")
    try:
        planned = plan(paths, list(dict.fromkeys(kinds)), to)
    except ValueError as error:
        advice = "give one of them another name, or build them apart"
        raise UsageFault(str(error), advice) from None
    if not planned:
        advice = "only *.wat and *.wasm are looked for; name others one by one"
        raise UsageFault(f"there are no modules below {', '.join(paths)}", advice)
    request = Request(planned, settings, keep_time=restat)
    # What cannot be written down is said before anything is built.
    text = None if depfile is None else _dependencies(request)
    view: View = JsonView() if output == "json" else TextView(quiet=quiet)
    code = _build(request, view, bar=output == "text" and not quiet)
    if depfile is not None and text is not None:
        write(Path(depfile), os.fsencode(text))
    return code


def _dependencies(request: Request) -> str:
    """Text of the depfile; UsageFault for names that it cannot hold."""
    file = request.settings.file
    config = [file.path] if file else []
    try:
        return depfile_text(
            {
                str(each.path): [str(source), *config]
                for source, outputs in request.plan.items()
                for each in outputs
            }
        )
    except ValueError as error:
        raise UsageFault(f"--depfile: {error}") from None


def _build(request: Request, view: View, *, bar: bool) -> int:
    """Build everything, and give the exit code."""
    files = len(request.plan)
    started = time.perf_counter()
    reports: list[FileReport] = []
    view.begin(files)
    with progress(files, wanted=bar) as shown:
        for report, written in reports_of(request):
            reports.append(report)
            view.file(report, written)
            shown.advance()
    view.end(Summary.of(reports, time.perf_counter() - started))
    if not all(each.accessible for each in reports):
        return INACCESSIBLE
    return OK if all(each.ok for each in reports) else AT_FAULT
