"""Keeping our signal handlers where they are needed: on top.

Others install handlers, too, at any time: faulthandler (pytest enables it after
conftest was imported) and wasmtime. Both work below ours, since ours pass on what is
not theirs; faulthandler on top of anything ends the process at the first trap, of
wasmtime's code as well. So before an instance is made `ensure_handlers` looks, and
repairs.

Every installation takes a fresh entry ("generation") with its own memory of what was
below, hence chains cannot become cycles. The handlers themselves are in ``signals.c``.
"""

from __future__ import annotations

# Of `signal` and `threading` only what is in C: with their enums and helpers they would
# cost a warm run milliseconds.
import _signal as signal  # type: ignore[import-not-found]
import faulthandler
import os
import sys
from _thread import allocate_lock, get_native_id

from lbtool.runtime import native

__all__ = ["ensure_handlers"]

SIGNALS = (signal.SIGSEGV, signal.SIGBUS)
# wasmtime's traps for `unreachable` and division; ours need no signal there
WASMTIMES = (signal.SIGILL, signal.SIGFPE)


class _State:
    """Entries taken so far, and the one that was put on top last."""

    lock = allocate_lock()
    used = 0
    top: int | None = None


def ensure_handlers() -> None:
    """Make traps work whatever was installed since; 0.5 µs when all is well.

    On the main thread it also sees to it that Ctrl-C can end a running call.
    """
    if not native.handlers_on_top():
        with _State.lock:
            _repair()
    if (
        not native.watcher_runs()
        and get_native_id() == os.getpid()  # the main thread
        and callable(signal.getsignal(signal.SIGINT))
    ):
        native.start_watcher()


def _fresh() -> int:
    if _State.used == native.GENERATIONS:
        from lbtool.runtime.trap import InternalError  # noqa: PLC0415

        raise InternalError("signal handlers were replaced too often")
    _State.used += 1
    return _State.used - 1


def _place(number: int, generation: int) -> None:
    """Put an entry over what is installed, or over what was known if that was undone.

    Disabling faulthandler brings back what it covered once, however old that is.
    """
    undone = native.signal_handler(number) <= 1 or _ours(number)
    if _State.top is not None and undone:
        native.install_before(number, generation, _State.top)
    else:
        native.install(number, generation)


def _ours(number: int) -> bool:
    return native.generation_of(native.signal_handler(number)) >= 0


def _faulthandler_on_top(number: int) -> bool:
    if not faulthandler.is_enabled():
        return False
    owner = native.library_of(native.signal_handler(number))
    return "python" in os.path.basename(owner)  # noqa: PTH119 - no pathlib here


def _repair() -> None:
    # on SIGBUS wasmtime installs nothing, so faulthandler on top there covers nobody
    if _faulthandler_on_top(signal.SIGSEGV) and _wasmtime_loaded():
        _put_faulthandler_last()
        return
    generation = _fresh()
    for number in SIGNALS:
        _place(number, generation)
    _State.top = generation


def _put_faulthandler_last() -> None:
    """What faulthandler covers comes before it.

    What that is shows only when faulthandler is disabled. Whoever disables it later
    gets our bottom entry back, so that traps go on working.
    """
    faulthandler.disable()
    bottom, top = _fresh(), _fresh()
    for number in SIGNALS:
        _place(number, bottom)
    for number in WASMTIMES:
        native.keep_action(number, restore=False)
    _enable_faulthandler()
    for number in WASMTIMES:
        native.keep_action(number, restore=True)
    for number in SIGNALS:
        native.install_before(number, top, bottom)
    _State.top = top


def _enable_faulthandler() -> None:
    """Its former file cannot be asked for; standard error is the default."""
    try:
        faulthandler.enable(file=sys.__stderr__ or 2)
    except (OSError, ValueError, RuntimeError):
        faulthandler.enable(file=2)


def _wasmtime_loaded() -> bool:
    with open("/proc/self/maps", errors="replace") as maps:  # noqa: PTH123
        return "libwasmtime" in maps.read()
