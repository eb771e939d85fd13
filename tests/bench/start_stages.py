"""Where the time of a warm run goes, stage by stage: ``start_stages.py ARGUMENTS``.

The same calls as ``lbtool.cli.fast``, with a clock between them; milliseconds as JSON
on stderr.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    stages: dict[str, float] = {}
    last = time.perf_counter()

    def stage(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[name] = (now - last) * 1e3
        last = time.perf_counter()

    from lbtool.cli.run_options import parse  # noqa: PLC0415

    given = parse(sys.argv[1:])
    assert given is not None
    from lbtool.cache.tree import Reading  # noqa: PLC0415
    from lbtool.cli import modules  # noqa: PLC0415

    reading = Reading(given.file)
    known = modules.Modules(given.settings, given.file, print)
    reading.start(known.digest(reading))
    stage("options, settings, cache, start of reading")
    from lbtool.cli import guest_lbtool, running  # noqa: PLC0415
    from lbtool.runtime import image, instance  # noqa: F401, PLC0415

    stage("imports of the rest")
    data, digest = reading.result()
    stage("rest of reading the module")
    request = running.request_of(given)
    setting = request.setting()
    module = known.ready(guest_lbtool.engine_of(setting), data, digest)
    assert module is not None
    stage("image: read, seal checked, decoded, mapped")
    guest = guest_lbtool.LbtoolGuest(module, setting, known)
    stage("WASI and instance")
    call: Callable[[], object] = lambda: running._call(guest, data, request)  # noqa: E731
    try:
        call()
    except BaseException as end:
        if type(end).__name__ != "GuestExit":
            raise
    stage("the guest")
    sys.stdout.flush()
    print(json.dumps(stages), file=sys.stderr, flush=True)
    os._exit(0)


main()
