"""``python -m lbtool.cli.watch_child PID ...``: ``lbtool``, which ends when PID does.

``lbtool watch --run`` starts this with its own process id: a signal that nobody catches
may end it, and a run that was forgotten would go on for ever.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # sys/prctl.h


def main() -> None:
    """Never returns."""
    parent = int(sys.argv.pop(1))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(128 + signal.SIGKILL)
    from lbtool.cli.fast import main as lbtool  # noqa: PLC0415 - not for nobody

    lbtool()


if __name__ == "__main__":
    main()
