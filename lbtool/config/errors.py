"""What is wrong with a configuration, with its place: imported when something is.

TOML's reader does not say where a key stands. `locate` finds out by reading longer and
longer beginnings of the file, which is exact for every way in which a key can be
written (tables, dotted keys, inline tables, values of several lines).
"""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import TYPE_CHECKING, Any

from lbtool.config.table import BY_NAME, written
from lbtool.errors import Diagnostic, LbtoolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.config.load import ConfigFile
    from lbtool.config.table import Setting

__all__ = ["ConfigError", "file_error", "locate", "text_error"]

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class ConfigError(LbtoolError):
    """A configuration that cannot be used: `diagnostics`, at least one, and `hints`."""

    def __init__(self, found: list[tuple[Diagnostic, str]]) -> None:
        self.diagnostics = tuple(each for each, _ in found)
        self.hints = tuple(dict.fromkeys(hint for _, hint in found if hint))
        super().__init__("\n".join(map(str, self.diagnostics)))


def text_error(where: str, message: str) -> ConfigError:
    """A wrong value of a variable or an option `where`."""
    text = f"wrong value: {where} {message}"
    return ConfigError([(Diagnostic("error", "E0502", text), "")])


def file_error(file: ConfigFile) -> ConfigError:
    """Everything that is wrong with `file`, in which something is."""
    return ConfigError(list(_problems(file)))


def _problems(file: ConfigFile) -> Iterator[tuple[Diagnostic, str]]:
    def problem(
        code: str, message: str, place: tuple[int, int], hint: str = ""
    ) -> tuple[Diagnostic, str]:
        line, column = place
        made = Diagnostic(
            "error", code, message, path=file.path, line=line, column=column
        )
        return made, hint

    try:
        table: object = tomllib.loads(file.data.decode())
    except UnicodeDecodeError as error:
        before = file.data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        place = before.count(b"\n") + 1, column
        yield problem("E0500", "configuration: not UTF-8", place)
        return
    except tomllib.TOMLDecodeError as error:
        message = _PLACE.sub("", str(error))
        yield problem("E0500", f"configuration: {message}", _toml_place(error, file))
        return
    for depth, key in enumerate(file.prefix):
        table = table.get(key, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            where = ".".join(file.prefix[: depth + 1])
            place = _locate(file, file.prefix[: depth + 1])
            message = f"wrong value: {where} must be a table, not {written(table)}"
            yield problem("E0502", message, place)
            return
    for name, value in dict(table if isinstance(table, dict) else {}).items():
        if name not in BY_NAME:
            message = f"unknown setting: {name}"
            hint = _similar(name)
            if name == "tool" and not file.prefix:
                hint = "in lbtool.toml settings stand at the top, without [tool.lbtool]"
            yield problem("E0501", message, locate(file, name), hint)
            continue
        try:
            BY_NAME[name].parse(value)
        except ValueError as error:
            message = f"wrong value: {name} {error}"
            hint = _quoted(BY_NAME[name], value)
            yield problem("E0502", message, locate(file, name), hint)


def _similar(name: str) -> str:
    close = difflib.get_close_matches(name.replace("_", "-"), BY_NAME, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return "`lbtool config show` lists the settings"


def _quoted(setting: Setting, value: object) -> str:
    """What to write for a text that is written as a number."""
    if str(value) in setting.choices:
        return f'write it as text: {setting.name} = "{value}"'
    return ""


def _toml_place(error: tomllib.TOMLDecodeError, file: ConfigFile) -> tuple[int, int]:
    found = _PLACE.search(str(error))
    if found and found[1]:
        return int(found[1]), int(found[2])
    lines = file.data.decode().split("\n")
    return len(lines), len(lines[-1]) + 1


def locate(file: ConfigFile, name: str) -> tuple[int, int]:
    """Line and column, from 1, of the setting `name` of a well-formed file."""
    return _locate(file, (*file.prefix, name))


def _locate(file: ConfigFile, path: tuple[str, ...]) -> tuple[int, int]:
    lines = file.data.decode().split("\n")
    key = path[-1]
    first = next((k for k, line in enumerate(lines) if key in line), 0)
    begin = first  # of the statement that gives the key its value
    for end in range(first + 1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value
        if _has(table, path):
            break
        begin = end
    line = lines[begin]
    column = line.find(key)
    if column < 0:
        column = len(line) - len(line.lstrip())
    return begin + 1, column + 1


def _has(table: Any, path: tuple[str, ...]) -> bool:  # noqa: ANN401  # TOML's values
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True
