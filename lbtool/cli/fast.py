"""The entry point: a run from the cache goes its own short way, all else to click.

``lbtool run`` of a module that has an image imports neither click nor the compiler, and
ends without taking the interpreter apart. On anything unusual (help, a wrong option, no
image, another engine) nothing has happened yet, and the click command does it all.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from lbtool.cache.tree import Reading
    from lbtool.cli.guest import Guest
    from lbtool.cli.modules import Modules
    from lbtool.cli.run_options import Given
    from lbtool.runtime.skeleton import Data

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process; never returns."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows its escape; nothing fails over it.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if sys.argv[1:2] == ["run"] and "_LBTOOL_COMPLETE" not in os.environ:
        # What is made until the guest runs stays; nothing is worth looking for.
        gc.disable()
        code = warm_run(sys.argv[2:])
        if code is not None:
            leave(code)
        gc.enable()
    from lbtool.cli import main as cli  # noqa: PLC0415 - click

    cli.main()


def warm_run(arguments: list[str]) -> int | None:
    """Run a module out of its image; None when that cannot be, and nothing was done."""
    from lbtool.cli.run_options import parse  # noqa: PLC0415 - after `gc.disable`

    given = parse(arguments)
    if given is None:
        return None
    settings = given.settings
    if not settings.cache or settings.backend not in ("auto", "lbtool"):
        return None
    from lbtool.cache.tree import Reading  # noqa: PLC0415
    from lbtool.cli.modules import Modules  # noqa: PLC0415

    try:
        reading = Reading(given.file)
    except (OSError, ValueError):
        return None
    known = Modules(settings, given.file, lambda _: None)
    noted = known.digest(reading)
    reading.start(noted)
    found = _find(given, reading, known, noted)
    if found is None:
        return None
    from lbtool.cli import running  # noqa: PLC0415

    try:
        gc.enable()
        code = running.finish(found, running.request_of(given), given.output)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - told as any command's
        from lbtool.cli.main import ended  # noqa: PLC0415 - click

        return ended(error)
    return code


def _find(
    given: Given, reading: Reading, known: Modules, noted: bytes | None
) -> Callable[[], tuple[Guest, Data]] | None:
    """What starts the guest, if there is an image of its module."""
    # imported while threads read and digest the file
    from lbtool.cli import guest, modules, running  # noqa: PLC0415
    from lbtool.cli.guest_lbtool import LbtoolGuest, engine_of  # noqa: PLC0415
    from lbtool.runtime import image, instance  # noqa: F401, PLC0415

    try:
        contents, digest = reading.result()
    except OSError:
        return None
    if guest.unfit_machine() is not None:
        return None
    setting = running.request_of(given).setting()
    data: Data | None = contents
    if modules.is_text(given.file, contents):
        data = known.assembled(contents)
        if data is not None:
            digest = modules.digest_of(data)
    if data is None:
        return None
    module = known.ready(engine_of(setting), data, digest)
    if module is None:
        return None
    if noted is None:
        known.note_digest(reading, digest)
    return lambda: (LbtoolGuest(module, setting, known), data)


def leave(code: int) -> NoReturn:
    """End the process, at once when nobody has asked to be told."""
    import atexit  # noqa: PLC0415

    sys.stdout.flush()
    sys.stderr.flush()
    if not atexit._ncallbacks() and "threading" not in sys.modules:  # noqa: SLF001
        os._exit(code)
    sys.exit(code)
