"""``python -m lbtool.daemon``: become the daemon, or find that there is one.

Whoever starts it reads its output to the end: that is when it listens, or has said why
it does not. Starts are one at a time, so of any number begun at once the first makes
the daemon and the others see it. Not here: what the daemon does (``server``).
"""

from __future__ import annotations

import argparse
import os
import sys

from lbtool.daemon import single
from lbtool.daemon.place import Place, here
from lbtool.errors import LbtoolError

# Seconds: for starts that others have begun; for a predecessor that is ending.
START_PATIENCE, END_PATIENCE = 20.0, 15.0
IDLE = 900.0  # seconds without a client after which the daemon ends
ALREADY = 75  # EX_TEMPFAIL: there is one, which this process did not start


def main() -> int:
    """Exit code: 0 when it was started, `ALREADY`, 1 when it could not start."""
    parser = argparse.ArgumentParser(prog="lbtool daemon start")
    parser.add_argument("--foreground", action="store_true")
    parser.add_argument("--idle", type=float, default=IDLE, metavar="SECONDS")
    options = parser.parse_args()
    try:
        return become(here(), options.idle, foreground=options.foreground)
    except (LbtoolError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  # read by who started it
        return 1


def become(place: Place, idle: float, *, foreground: bool) -> int:
    """Serve until the end; at once `ALREADY` when somebody else does."""
    with place.opened(create=True) as directory:
        start = single.lock(f"{directory}/{place.start}", START_PATIENCE)
        if single.is_served(place):
            return ALREADY
        if not foreground:
            if os.fork():
                os._exit(0)
            os.setsid()
        os.chdir("/")
        hold = single.lock(f"{directory}/{place.lock}", END_PATIENCE)
        os.ftruncate(hold, 0)
        os.write(hold, b"%d\n" % os.getpid())
        listener = single.listen(directory, place)
        os.close(start)
        if foreground:
            print(f"listening on {place.path(place.socket)}", flush=True)  # noqa: T201
        else:
            quiet()
        from lbtool.daemon.server import serve  # noqa: PLC0415  # listen first

        serve(listener, directory, place, idle)
    return 0


def quiet() -> None:
    """Let go of the streams, which tells who started it that it listens."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


if __name__ == "__main__":
    sys.exit(main())
