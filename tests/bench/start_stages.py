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
    from lbtool.cli import modules  # noqa: PLC0415
    from lbtool.runtime.engine import Config, Engine  # noqa: PLC0415

    settings = given.settings
    engine = Engine(Config(settings.wasm, settings.bounds, settings.threads))
    file = modules.ModuleFile(given.file)
    known = modules.Modules(settings, given.file, print)
    unread = known.noted(file)
    if unread:
        known.expect(engine, file.digest)
    else:
        file.start()
    stage("options, settings, cache, start of reading")
    from lbtool.cli import guest_lbtool, running  # noqa: PLC0415
    from lbtool.runtime import image, instance  # noqa: F401, PLC0415

    stage("imports of the rest")
    data, digest = (file, file.digest) if unread else known.binary_of(file)
    stage("rest of reading the module")
    request = running.request_of(given)
    setting = request.setting()
    module = None if data is None else known.ready(engine, data, digest)
    assert data is not None
    assert module is not None
    stage("image: rest of reading, seal checked, decoded, mapped")
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
