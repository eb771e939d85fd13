"""From files, variables and command line to `Settings`.

The file is the nearest upwards from a folder: ``lbtool.toml``, or a ``pyproject.toml``
with a ``[tool.lbtool]`` table. A ``pyproject.toml`` is only parsed when it holds the
characters ``tool.lbtool``. Why a value is refused, with its place, is ``errors``.
"""

from __future__ import annotations

import os

from lbtool.config.table import BY_NAME, SETTINGS

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Literal

    from lbtool.config.origin import Origin

__all__ = ["ConfigFile", "Settings", "load"]

# Name of the file -> the tables around the settings.
FILES: dict[str, tuple[str, ...]] = {
    "lbtool.toml": (),
    "pyproject.toml": ("tool", "lbtool"),
}


class ConfigFile:
    """A file with settings: its path, content, and the keys around the settings."""

    __slots__ = ("data", "path", "prefix")

    def __init__(self, path: str, data: bytes, prefix: tuple[str, ...]) -> None:
        self.path, self.data, self.prefix = path, data, prefix


class Settings:
    """Every setting as an attribute, and where each was set.

    ``threads`` is the number of threads, never 0. ``cache_dir`` is absolute when a file
    gave it, and None for the usual place. ``cache_size`` is in bytes, ``timeout``,
    ``daemon_idle``, ``watch_quiet`` and ``watch_interval`` are in seconds.
    """

    wasm: str
    bounds: Literal["guard", "explicit"]
    threads: int
    backend: str
    timeout: float | None
    cache: bool
    cache_dir: str | None
    cache_size: int
    daemon: bool
    daemon_idle: float
    watch_quiet: float
    watch_polling: bool
    watch_interval: float

    def __init__(self, file: ConfigFile | None) -> None:
        self.file = file
        self._from: dict[str, str] = {}
        for each in SETTINGS:
            value = None if each.default is None else each.parse(each.default)
            setattr(self, each.attribute, value)

    def set(self, name: str, value: object, source: str) -> None:
        """Give the setting a checked value; `source` is as in `Origin.kind`."""
        setattr(self, BY_NAME[name].attribute, value)
        self._from[name] = source

    def is_given(self, name: str) -> bool:
        """Whether anyone set it, as opposed to the default."""
        return name in self._from

    def origin(self, name: str) -> Origin:
        """Where the setting `name` (as in files) was set."""
        from lbtool.config.origin import Origin  # noqa: PLC0415  # only `config show`

        return Origin.of(BY_NAME[name], self._from.get(name, "default"), self.file)

    def as_dict(self) -> dict[str, object]:
        """Values by the names that files use."""
        return {each.name: getattr(self, each.attribute) for each in SETTINGS}


def load(
    start: str | Path | None = None,
    command_line: Mapping[str, object] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Settings as they are in the folder `start` (None: the working directory).

    `command_line` holds values by attribute name; None is not given. Raises
    `lbtool.config.errors.ConfigError` for unknown keys, wrong values and malformed
    files, OSError for files that cannot be read.
    """
    file = find(start)
    made = Settings(file)
    if file is not None:
        _from_file(made, file)
    for each in SETTINGS:
        text = environ.get(each.variable)
        if text:
            _from_text(made, each.name, text, "environment")
    for attribute, value in (command_line or {}).items():
        name = attribute.replace("_", "-")
        if isinstance(value, str):
            _from_text(made, name, value, "command line")
        elif value is not None:
            made.set(name, BY_NAME[name].parse(value), "command line")
    return made


def find(start: str | Path | None = None) -> ConfigFile | None:
    """The nearest file with settings, in `start` or above."""
    for folder in _upwards(start):
        for name, prefix in FILES.items():
            path = os.path.join(folder, name)  # noqa: PTH118  # no pathlib on this path
            try:
                with open(path, "rb") as file:  # noqa: PTH123
                    data = file.read()
            except (FileNotFoundError, NotADirectoryError):
                continue
            if ".".join(prefix).encode() in data:
                return ConfigFile(path, data, prefix)
    return None


def _upwards(start: str | Path | None) -> Iterator[str]:
    try:
        folder = os.path.abspath(start or os.getcwd())  # noqa: PTH100, PTH109
    except FileNotFoundError:
        return  # the working directory was removed
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return
        folder = above


def _from_file(made: Settings, file: ConfigFile) -> None:
    if not file.data.strip():
        return
    import tomllib  # noqa: PLC0415  # 8 ms that most runs do not need

    try:
        table: object = tomllib.loads(file.data.decode())
        for key in file.prefix:
            table = table.get(key, {}) if isinstance(table, dict) else table
        if not isinstance(table, dict):
            raise TypeError(table)  # noqa: TRY301
        for name, value in table.items():
            made.set(name, BY_NAME[name].parse(value), "file")
    except (ValueError, KeyError, TypeError) as error:
        from lbtool.config.errors import file_error  # noqa: PLC0415

        raise file_error(file) from error
    if made.cache_dir is not None:
        folder = os.path.dirname(file.path)  # noqa: PTH120
        made.cache_dir = os.path.join(  # noqa: PTH118
            folder,
            os.path.expanduser(made.cache_dir),  # noqa: PTH111
        )


def _from_text(made: Settings, name: str, text: str, source: str) -> None:
    setting = BY_NAME[name]
    try:
        made.set(name, setting.parse_text(text), source)
    except ValueError as error:
        from lbtool.config.errors import text_error  # noqa: PLC0415

        where = setting.variable if source == "environment" else setting.option
        raise text_error(where, str(error)) from None
