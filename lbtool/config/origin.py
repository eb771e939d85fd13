"""Where a setting was set, for people: ``lbtool config show`` and messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lbtool.config.errors import locate

if TYPE_CHECKING:
    from lbtool.config.load import ConfigFile
    from lbtool.config.table import Setting

__all__ = ["Origin"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who gave a setting its value.

    kind  ``default``, ``file``, ``environment`` or ``command line``
    name  the path, the variable or the option; empty for a default
    line  in the file, from 1
    """

    kind: Literal["default", "file", "environment", "command line"]
    name: str = ""
    line: int | None = None

    @classmethod
    def of(cls, setting: Setting, kind: str, file: ConfigFile | None) -> Origin:
        """The origin of `setting`, which was set by `kind`."""
        if kind == "file" and file is not None:
            return cls("file", file.path, locate(file, setting.name)[0])
        if kind == "environment":
            return cls("environment", setting.variable)
        if kind == "command line":
            return cls("command line", setting.option)
        return cls("default")

    def __str__(self) -> str:
        name = f"{self.name}:{self.line}" if self.line else self.name
        return name or self.kind

    def as_json(self) -> dict[str, str | int]:
        """Known fields only."""
        fields = {"kind": self.kind, "name": self.name, "line": self.line}
        return {key: value for key, value in fields.items() if value}
