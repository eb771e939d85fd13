"""Errors of every kind as text for stderr: headline, details and ``hint:`` lines."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lbtool.cli import render
from lbtool.cli.terminal import Style, printable
from lbtool.errors import LbtoolError, ModuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lbtool.errors import Diagnostic

# What every binary module begins with; text cannot.
BINARY = b"\0"
FORMAT = "lbtool.format"  # in a context's `meta`: what ``--format`` says


class UsageFault(click.UsageError):
    """A usage error that knows what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def reader() -> Callable[[str], bytes | None]:
    """Give a function that reads a file once, and None for what cannot be read.

    A device or a pipe is not read: it may have no end.
    """
    known: dict[str, bytes | None] = {}

    def read(path: str) -> bytes | None:
        if path not in known:
            file = Path(path)
            try:
                known[path] = file.read_bytes() if file.is_file() else None
            except OSError:
                known[path] = None
        return known[path]

    return read


def placed(path: str, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """`diagnostics` of the file `path`, with line and column when that is text."""
    found = [replace(each, path=each.path or path) for each in diagnostics]
    if all(each.line is not None for each in found):
        return found
    from lbtool.build.source import is_text  # noqa: PLC0415  # only errors need it

    text = Path(path).read_bytes()
    if not is_text(Path(path), text):
        return found
    from lbtool.wat.locate import locate  # noqa: PLC0415  # only errors need it

    return locate(text, found)


@contextmanager
def placing(path: str) -> Iterator[None]:
    """Module errors that come out of the block say where in the file they are."""
    try:
        yield
    except ModuleError as error:
        place(error, path)
        raise


def place(error: BaseException, path: str) -> BaseException:
    """`error`; one of a module says where in the file `path` it is."""
    if isinstance(error, ModuleError):
        error.diagnostics = tuple(placed(path, error.diagnostics))
    return error


def error_text(
    error: BaseException, style: Style, names: Mapping[int, str] | None = None
) -> str:
    """Text of `error`, several lines, without a last newline."""
    if isinstance(error, ModuleError):
        return module_error_text(error, style, names)
    if isinstance(error, click.ClickException):
        return _click_text(error, style)
    if isinstance(error, LbtoolError):
        from lbtool.config.errors import ConfigError  # noqa: PLC0415  # reads TOML

        if isinstance(error, ConfigError):
            text = render.all_text(error.diagnostics, style, reader())
        else:
            text = render.headline("error", str(error), style)
        return "\n".join([text, *[render.hint(each, style) for each in error.hints]])
    headline = render.headline("error", _message(error), style)
    if isinstance(error, OSError):
        return headline
    advice = "set LBTOOL_BACKTRACE=1 for the traceback; please report this"
    return f"{headline}\n{render.hint(advice, style)}"


def error_json(error: BaseException) -> dict[str, object]:
    """`error` as the document of ``--format json``."""
    made: dict[str, object] = {"schema": render.SCHEMA, "error": True}
    hints = getattr(error, "hints", ()) or (getattr(error, "hint", None),)
    if isinstance(error, ModuleError):
        found = [render.as_json(each) for each in error.diagnostics]
        made |= {"message": error.message, "diagnostics": found}
    else:
        made["message"] = _message(error)
    if any(hints):
        made["hints"] = list(hints)
    return made


def _message(error: BaseException) -> str:
    """One line."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, LbtoolError):
        return str(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    return f"internal error: {type(error).__name__}: {error}"


def module_error_text(
    error: ModuleError, style: Style, names: Mapping[int, str] | None = None
) -> str:
    """Every diagnostic, then the hints."""
    lines = [render.all_text(error.diagnostics, style, reader(), names)]
    lines += [render.hint(text, style) for text in render.hints(error.diagnostics)]
    return "\n".join(lines)


def _click_text(error: click.ClickException, style: Style) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    lines = [render.headline("error", error.format_message(), style)]
    advice = getattr(error, "hint", None)
    context = getattr(error, "ctx", None)
    if advice is None and context is not None:
        advice = f"`{context.command_path} --help` lists what it takes"
    if advice is not None:
        lines.append(render.hint(printable(advice), style))
    return "\n".join(lines)
