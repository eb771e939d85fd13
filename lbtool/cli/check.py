"""``lbtool check``: decode and validate modules, and show every error.

The diagnostics are this command's data, so they go to stdout; the closing line with the
counts goes to stderr. The rules are in ``lbtool.compiler.check``. That a long module
was valid is remembered in the cache.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from functools import cached_property
from typing import TYPE_CHECKING

import click

from lbtool.cli import options, render
from lbtool.cli.report import UsageFault, placed, reader
from lbtool.cli.terminal import Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lbtool.cache.cache import Cache
    from lbtool.config import Settings
    from lbtool.errors import Diagnostic

# Bytes from which validating takes longer than opening the cache.
LONG = 1 << 20


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file, and the names of its functions as far as known."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    names: Mapping[int, str]

    @property
    def ok(self) -> bool:
        """Whether nothing is an error."""
        return all(each.severity != "error" for each in self.diagnostics)


def check_file(path: str, profile: str, known: Marks) -> Checked:
    """Everything that is wrong with one file. Raises OSError when it is unreadable."""
    from lbtool.compiler.check import validate  # noqa: PLC0415
    from lbtool.errors import ModuleError  # noqa: PLC0415
    from lbtool.wasm import Profile, decode, read  # noqa: PLC0415

    names: Mapping[int, str] = {}
    try:
        data = read(path)
        if known.valid(profile, data):
            return Checked(path, (), names)
        module = decode(data, path=path)
        names = module.names.funcs
        found = validate(module, Profile(profile))
        if not found:
            known.mark(profile, data)
    except ModuleError as error:
        found = list(error.diagnostics)
    return Checked(path, tuple(placed(path, _one_each(found))), names)


def _one_each(found: list[Diagnostic]) -> list[Diagnostic]:
    """Without what is wrong with a second operand of the same instruction."""
    places = [(each.funcidx, each.ordinal, each.code) for each in found]
    return [
        each
        for k, each in enumerate(found)
        if each.ordinal is None or k == 0 or places[k] != places[k - 1]
    ]


class Marks:
    """Which long modules are known to be valid: sealed marks in the cache."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def cache(self) -> Cache:
        """Opened for the first long module."""
        from lbtool.cache.cache import open_cache  # noqa: PLC0415

        settings = self.settings
        return open_cache(
            settings.cache_dir, enabled=settings.cache, limit=settings.cache_size
        )

    def valid(self, profile: str, data: bytes) -> bool:
        """Whether the module was found valid before."""
        if len(data) < LONG:
            return False
        from lbtool.cache.keys import valid_key  # noqa: PLC0415
        from lbtool.cache.kinds import VALID  # noqa: PLC0415

        key = valid_key(profile, data)
        return key in self.cache.records(VALID, [key])

    def mark(self, profile: str, data: bytes) -> None:
        """Remember that the module is valid."""
        if len(data) < LONG:
            return
        from lbtool.cache.keys import valid_key  # noqa: PLC0415
        from lbtool.cache.kinds import VALID  # noqa: PLC0415

        self.cache.put_records(VALID, {valid_key(profile, data): b""})


@click.command()
@options.files_argument
@options.settings("check")
@options.format_option
def command(files: tuple[str, ...], output: str, settings: Settings) -> int:
    """Validate the modules FILES (binary or text), and all below folders among them.

    1 when one has errors, 2 when one cannot be read.
    """
    from lbtool.build.report import unreadable  # noqa: PLC0415
    from lbtool.build.tree import find  # noqa: PLC0415

    found = find(files)
    if not found:
        raise UsageFault(f"there are no modules below {', '.join(files)}")
    checked: list[Checked] = []
    known = Marks(settings)
    failed: list[tuple[str, OSError]] = []
    for path in map(str, found):
        try:
            checked.append(check_file(path, settings.wasm, known))
        except OSError as error:
            failed.append((path, error))
    if output == "json":
        absent = [
            Checked(each, unreadable(each, e).diagnostics, {}) for each, e in failed
        ]
        click.echo(json.dumps(_document([*checked, *absent]), indent=2))
        return 2 if failed else int(not all(each.ok for each in checked))
    _print(checked)
    if failed:
        raise failed[0][1]
    return int(not all(each.ok for each in checked))


def _document(checked: list[Checked]) -> dict[str, object]:
    return {
        "schema": render.SCHEMA,
        "files": [
            {
                "path": each.path,
                "valid": each.ok,
                "diagnostics": [render.as_json(one) for one in each.diagnostics],
            }
            for each in checked
        ],
    }


def _print(checked: list[Checked]) -> None:
    style = Style.of(sys.stdout)
    read = reader()
    for each in checked:
        if each.diagnostics:
            click.echo(render.all_text(each.diagnostics, style, read, each.names))
            click.echo()
    errors = [one for each in checked for one in each.diagnostics]
    for text in render.hints(errors):
        click.echo(render.hint(text, Style.of(sys.stderr)), err=True)
    bad, closing = sum(not each.ok for each in checked), ""
    if bad:
        plural = "" if len(errors) == 1 else "s"
        closing = f"{len(errors)} error{plural} in {bad} of {len(checked)} files"
    elif checked:
        closing = f"{len(checked)} files are valid"
    if closing:
        click.echo(closing.replace("1 files are", "1 file is"), err=True)
