"""``lbtool lsp``: the language server on stdin and stdout, for editors."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import click


@click.command()
@click.option(
    "--in-process",
    is_flag=True,
    help="Be the server; without it the daemon is, or a process of this one's own.",
)
@click.option(
    "--stdio", is_flag=True, help="What it does anyway; editors like to say so."
)
def command(*, in_process: bool, stdio: bool) -> int:
    """Speak the language server protocol on stdin and stdout."""
    del stdio
    if in_process:
        return _served()
    from lbtool.lsp.bridge import bridge  # noqa: PLC0415

    return bridge()


def _served() -> int:
    """Be the server; what is to be logged goes beside the daemon's log."""
    from lbtool.daemon.log import opened_log  # noqa: PLC0415
    from lbtool.daemon.place import NotPrivateError, here  # noqa: PLC0415
    from lbtool.lsp.door import serve_stdio  # noqa: PLC0415

    with ExitStack() as opened:
        with suppress(NotPrivateError, OSError):
            place = here()
            directory = opened.enter_context(place.opened(create=True))
            opened.enter_context(opened_log(f"{directory}/lsp-{place.version}.log"))
        return serve_stdio()
