"""One guest, in a process of its own: what a child of the fork server does.

It reads the module, gives up everything it does not need (``sandbox``), runs it as
``lbtool run`` would, and reports how that ended as one JSON object. Who reads the
report does not trust it.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lbtool.daemon import params, sandbox
from lbtool.daemon.requests import Order

if TYPE_CHECKING:
    from lbtool.cli.running import Request
    from lbtool.daemon.protocol import Json
    from lbtool.engines import EngineTrap
    from lbtool.errors import ModuleError

DIAGNOSTICS = 100  # that are told of a module


def run(order: Json, report: int) -> None:
    """Run what `order` (an `Order` as JSON) says; the report goes to a descriptor."""
    try:
        ending = perform(params.read(Order, order, "order"))
    except MemoryError:
        ending = {"ended": "memory"}
    except BaseException as error:  # noqa: BLE001  # told to who waits for the report
        ending = {"ended": "failed", "report": text_of(error)}
    for stream in (sys.stdout, sys.stderr):
        # nobody may be reading any more
        with suppress(OSError):
            stream.flush()
    data = json.dumps(ending).encode()
    while data:
        data = data[os.write(report, data) :]


def perform(order: Order) -> Json:
    """Confine this process, then run; gives how it ended."""
    from lbtool.cli import running  # noqa: PLC0415  # the fork server has it already
    from lbtool.cli.guest import GuestExit  # noqa: PLC0415
    from lbtool.cli.report import placing  # noqa: PLC0415
    from lbtool.engines import EngineTrap  # noqa: PLC0415
    from lbtool.errors import ModuleError  # noqa: PLC0415
    from lbtool.wasm import read  # noqa: PLC0415

    sandbox.enter(order.limits, [host for host, _ in order.dirs], order.path)
    request = running.Request(
        path=order.path,
        args=order.args,
        invoke=order.invoke,
        backend=order.options.backend,
        timeout=order.limits.time,
        env=order.env,
        dirs=order.dirs,
        profile=order.options.profile,
        bounds=order.options.bounds,
    )
    try:
        with placing(order.path):
            outcome = running.attempt(read(order.path), request)
    except GuestExit as end:
        return {"ended": "exit", "code": end.status}
    except EngineTrap as trap:
        return trapped(trap, request)
    except ModuleError as error:
        return refused(error)
    if isinstance(outcome, int):
        return {"ended": "exit", "code": outcome}
    return {"ended": "returned", **outcome.as_json()}


def trapped(trap: EngineTrap, request: Request) -> Json:
    """A trap, as ``lbtool run`` shows it: data, and its text as `report`."""
    from lbtool.cli.terminal import Style  # noqa: PLC0415
    from lbtool.cli.trap_report import trap_json, trap_text  # noqa: PLC0415

    found: Any = trap_json(trap, request)["trap"]
    text = trap_text(trap, request, Style(enabled=False))
    return {"ended": "trap", "report": text, **found}


def refused(error: ModuleError) -> Json:
    """A module that cannot be run: what is wrong with it."""
    from lbtool.cli import render  # noqa: PLC0415

    found = [render.as_json(each) for each in error.diagnostics[:DIAGNOSTICS]]
    return {"ended": "refused", "report": text_of(error), "diagnostics": found}


def text_of(error: BaseException) -> str:
    """An exception as ``lbtool run`` would show it."""
    from lbtool.cli.report import error_text  # noqa: PLC0415
    from lbtool.cli.terminal import Style  # noqa: PLC0415

    return error_text(error, Style(enabled=False))
