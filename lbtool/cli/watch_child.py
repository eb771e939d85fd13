"""``python -m lbtool.cli.watch_child PID ...``: ``lbtool``, which ends when PID does.

``lbtool watch --run`` starts this with its own process id: a signal that nobody catches
may end it, and a run that was forgotten would go on for ever.
"""

from __future__ import annotations

import signal
import sys

from lbtool.orphans import die_with_parent


def main() -> None:
    """Never returns."""
    if not die_with_parent(int(sys.argv.pop(1))):
        sys.exit(128 + signal.SIGKILL)
    from lbtool.cli.fast import main as lbtool  # noqa: PLC0415 - not for nobody

    lbtool()


if __name__ == "__main__":
    main()
