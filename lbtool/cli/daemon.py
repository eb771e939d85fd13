"""``lbtool daemon``: start, ask and stop the daemon; read its log.

No command needs the daemon, and it is found and started by ``lbtool.daemon.client``.
"""

from __future__ import annotations

import json
import os
import select
import sys
from typing import TYPE_CHECKING, Any

import click

from lbtool.cli import options, render
from lbtool.cli.report import UsageFault
from lbtool.cli.terminal import Style, printable

if TYPE_CHECKING:
    from lbtool.config import Settings

NOT_RUNNING = 1
ENDING = 20.0  # seconds for a daemon to answer what it is asked, and to end


@click.group()
def command() -> None:
    """One process that keeps builds warm and runs guests in sandboxes."""


def _told(output: str, document: dict[str, Any], text: str) -> None:
    if output == "json":
        text = json.dumps({"schema": render.SCHEMA, **document})
    click.echo(text)


@command.command()
@click.option("--foreground", is_flag=True, help="Be the daemon, until Ctrl-C.")
@options.settings("daemon")
@options.format_option
def start(output: str, settings: Settings, *, foreground: bool) -> int:
    """Start the daemon unless it runs; returns when it can be used."""
    idle = settings.daemon_idle
    env = {"LBTOOL_CACHE_DIR": settings.cache_dir} if settings.cache_dir else {}
    if foreground:
        return _be(idle, env)
    from lbtool.daemon.client import connect, running  # noqa: PLC0415

    with running() or connect(idle=idle, env=env) as client:
        pid, started = client.greeting["pid"], client.started
    said = "the daemon was started" if started else "the daemon runs"
    document = {"pid": pid, "started": started}
    _told(output, document, f"{said}: process {pid}")
    return 0


def _be(idle: float, env: dict[str, str]) -> int:
    from lbtool.daemon.__main__ import ALREADY, become  # noqa: PLC0415
    from lbtool.daemon.place import here  # noqa: PLC0415

    os.environ.update(env)
    code = become(here(), idle, foreground=True)
    if code == ALREADY:
        raise UsageFault("the daemon runs already", "`lbtool daemon stop` ends it")
    return code


@command.command()
@options.format_option
def status(output: str) -> int:
    """Show the daemon and what it holds; the exit code is 1 when there is none."""
    from lbtool.daemon.client import DaemonGone, Silent, greeted  # noqa: PLC0415
    from lbtool.daemon.place import here  # noqa: PLC0415
    from lbtool.daemon.protocol import Fault  # noqa: PLC0415

    try:
        with greeted(here()) as client:
            found = client.request("status")
    except Silent:
        raise
    except DaemonGone:
        _told(output, {"running": False}, "no daemon runs")
        return NOT_RUNNING
    except Fault as fault:
        text = f"a daemon runs that is not of this build: {fault}"
        _told(output, {"running": False, "other": True}, text)
        return NOT_RUNNING
    _told(output, {"running": True, **found}, _status_text(found))
    return 0


def _status_text(found: dict[str, Any]) -> str:
    """A line per fact."""
    style = Style.of(sys.stdout)
    builds, guests = found["builds"], found["guests"]
    rows = {
        "process": f"{found['pid']}, lbtool {found['version']}",
        "running for": f"{found['uptime']:.0f} s, ends when idle for "
        f"{found['idle_exit']:.0f} s",
        "memory": f"{found['resident'] / 1e6:.0f} MB",
        "connections": str(found["connections"]),
        "requests": _counts(found["requests"]),
        "watches": str(builds["watches"]),
    }
    for each in builds["caches"]:
        kept = "written by it" if each["writable"] else "only read"
        where = each["directory"] or "in memory"
        hits, misses = each["hits"], each["misses"]
        rows["cache"] = f"{where}, {kept}, {hits} hits, {misses} misses"
    rows["guests"] = f"{guests['running']} running, ended: {_counts(guests['ended'])}"
    rows["sandbox"] = ", ".join(
        f"{name} {'' if each is True else each}".rstrip() if each else f"NO {name}"
        for name, each in guests["sandbox"].items()
    )
    rows |= {"socket": found["socket"], "log": found["log"]}
    width = max(map(len, rows))
    return "\n".join(
        f"{style.bold(name)}{' ' * (width - len(name))}  {printable(text)}"
        for name, text in rows.items()
    )


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "none"


@command.command()
@options.format_option
def stop(output: str) -> int:
    """End the daemon; returns when it has ended."""
    from lbtool.daemon.client import dismiss  # noqa: PLC0415
    from lbtool.daemon.place import here  # noqa: PLC0415

    pid = dismiss(here())
    if pid is None:
        _told(output, {"stopped": None}, "no daemon runs")
        return 0
    if not _ended(pid):
        raise UsageFault(f"process {pid} does not end", f"kill -9 {pid} ends it")
    _told(output, {"stopped": pid}, f"the daemon has ended: process {pid}")
    return 0


def _ended(pid: int) -> bool:
    """Wait for the end of a process that is not our child."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], ENDING)[0])
    finally:
        os.close(watch)


@command.command()
@click.option(
    "-n",
    "--lines",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    help="How many lines.",
)
@options.format_option
def log(output: str, lines: int) -> None:
    """Show the end of the daemon's log, whether it runs or not."""
    from lbtool.daemon.log import tail  # noqa: PLC0415
    from lbtool.daemon.place import here  # noqa: PLC0415

    place = here()
    text = tail(str(place.path(place.log)), lines)
    shown = "\n".join(printable(line) for line in text.splitlines())
    _told(output, {"text": text}, shown or "the log is empty")
