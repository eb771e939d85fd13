"""Settings of lbtool: what they are, where they were set, what wins.

Command line > ``LBTOOL_*`` variables > ``lbtool.toml`` or ``[tool.lbtool]`` of
``pyproject.toml`` > defaults. What settings there are is one table
(``lbtool.config.table``); from it come the options of the commands, the checks and
``docs/configuration.md``. A warm ``lbtool run`` reads its settings too, so nothing is
imported here but ``os``: the TOML reader when a file has settings, and
`lbtool.config.errors` when something is wrong.
"""

from lbtool.config.load import Settings, load
from lbtool.config.table import BY_NAME, SETTINGS, Setting, written

__all__ = ["BY_NAME", "SETTINGS", "Setting", "Settings", "load", "written"]
