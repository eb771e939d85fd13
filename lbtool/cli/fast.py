"""The entry point: a run on our own engine goes its own short way, all else to click.

``lbtool run`` does not import click, nor the compiler when the module has an image, and
ends without taking the interpreter apart. On anything unusual (help, a wrong option, an
unreadable file, another engine) nothing has happened yet; the click command does it.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from lbtool.cli.guest import Guest
    from lbtool.cli.modules import ModuleFile, Modules
    from lbtool.cli.run_options import Given
    from lbtool.runtime.skeleton import Data

__all__ = ["main"]

INTERRUPTED = 130  # as in `lbtool.cli.main`


def main() -> None:
    """Run the command line of this process; never returns."""
    try:
        _main()
    except KeyboardInterrupt:  # while something was imported
        leave(INTERRUPTED)


def _main() -> None:
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed; its number is the lowest that is free
            null = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(null, "r" if name == "stdin" else "w"))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows its escape; nothing fails over it.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if sys.argv[1:2] == ["run"] and "_LBTOOL_COMPLETE" not in os.environ:
        # What is made until the guest runs stays; nothing is worth looking for.
        gc.disable()
        code = short_run(sys.argv[2:])
        if code is not None:
            leave(code)
        gc.enable()
    from lbtool.cli import main as cli  # noqa: PLC0415 - click

    cli.main()


def short_run(arguments: list[str]) -> int | None:
    """Run a module on our engine; None when others have to, and nothing was done."""
    from lbtool.cli.run_options import parse  # noqa: PLC0415 - after `gc.disable`

    given = parse(arguments)
    if given is None:
        return None
    settings = given.settings
    if settings.backend not in ("auto", "lbtool"):
        return None
    from lbtool.cli import modules  # noqa: PLC0415

    try:
        known = modules.Modules(settings, given.file, _warn)
        start = _find(given, modules.ModuleFile(given.file), known)
    except (OSError, ValueError):
        return None
    if start is None:
        return None
    from lbtool.cli import running  # noqa: PLC0415

    try:
        try:
            code = running.finish(start, running.request_of(given), given.output)
            sys.stdout.flush()
        finally:
            known.close()
    except BaseException as error:  # noqa: BLE001 - told as any command's
        from lbtool.cli.main import ended  # noqa: PLC0415 - click
        from lbtool.cli.report import place  # noqa: PLC0415 - click

        return ended(place(error, given.file), given.output)
    return code


def _warn(text: str) -> None:
    from lbtool.cli import running  # noqa: PLC0415 - rarely needed so early

    running.warn(text)


def _find(
    given: Given, file: ModuleFile, known: Modules
) -> Callable[[], tuple[Guest, Data]] | None:
    """What starts the guest, from the image of its module or else by compiling it.

    None when our engine cannot run here. Raises OSError.
    """
    from lbtool.runtime.engine import Config, Engine  # noqa: PLC0415

    settings = given.settings
    engine = Engine(Config(settings.wasm, settings.bounds, settings.threads))
    # A long binary whose digest is known need not be read: its image is.
    unread = known.noted(file)
    if unread:
        known.expect(engine, file.digest)
    else:
        file.start()
    # imported while threads read and digest
    from lbtool.cli import guest, running  # noqa: PLC0415
    from lbtool.cli.guest_lbtool import LbtoolGuest  # noqa: PLC0415
    from lbtool.runtime import image, instance  # noqa: F401, PLC0415

    if guest.unfit_machine() is not None:
        return None
    data, digest = (file, file.digest) if unread else known.binary_of(file)
    module = None if data is None else known.ready(engine, data, digest)
    if not unread:
        known.note(file)
    request = running.request_of(given)
    if module is None or data is None:
        return lambda: running.started(request, known, file.contents())
    return lambda: (LbtoolGuest(module, request.setting(), known), data)


def leave(code: int) -> NoReturn:
    """End the process, at once when nobody has asked to be told."""
    import atexit  # noqa: PLC0415

    sys.stdout.flush()
    sys.stderr.flush()
    if not atexit._ncallbacks() and "threading" not in sys.modules:  # noqa: SLF001
        os._exit(code)
    sys.exit(code)
