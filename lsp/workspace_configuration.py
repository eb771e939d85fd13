"""``workspace/configuration`` and ``didChangeConfiguration``: settings at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.configuration import SECTION, Configuration, read

if TYPE_CHECKING:
    from lbtool.lsp.server import Server

__all__ = ["changed", "fetch", "initial"]


def initial(ls: Server, options: object) -> tuple[bool, Configuration]:
    """Whether the workspace is trusted, and the settings that came with initialize."""
    if not isinstance(options, dict):
        return False, Configuration()
    return options.get("trusted") is True, read(options.get("settings"), ls.complain)


async def fetch(ls: Server) -> None:
    """Ask the client for the section, if it can be asked."""
    if not ls.client.configures:
        return
    items = [t.ConfigurationItem(section=SECTION)]
    found = await ls.ask(t.WORKSPACE_CONFIGURATION, t.ConfigurationParams(items))
    if found:
        ls.configure(read(found[0], ls.complain, ls.configuration))


def changed(ls: Server, params: Any) -> None:  # noqa: ANN401 - as it came
    """The client's settings are others now; what it sends is used if it sends any."""
    if ls.client.configures:
        ls.spawn(fetch(ls))
        return
    settings = params.get("settings") if isinstance(params, dict) else None
    if isinstance(settings, dict) and SECTION in settings:
        ls.configure(read(settings[SECTION], ls.complain, ls.configuration))
