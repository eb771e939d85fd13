"""What a client may configure: a table, its JSON schema, and reading it.

Values come from ``initializationOptions.settings``, from ``workspace/configuration``
and from ``workspace/didChangeConfiguration``, at any time. What is wrong is told and
changes nothing; what is unknown belongs to the client.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lbtool.service.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SECTION", "SETTINGS", "Configuration", "read", "schema"]

SECTION = "lbtool"


@dataclass(frozen=True, slots=True)
class Configuration:
    """Typed settings; see `SETTINGS`."""

    features: Literal["full", "asm-only"] = "full"
    syntax: Literal["intel", "att"] = "intel"
    wasm: str = "2.0"
    bounds: Literal["guard", "explicit"] = "guard"
    code_lens: bool = True
    run_timeout: float = 10.0

    def options(self) -> Options:
        """Those that change answers of the service."""
        return Options(wasm=self.wasm, bounds=self.bounds, syntax=self.syntax)


class Setting(NamedTuple):
    """A row: `name` in the protocol, JSON `type`, and what values there are."""

    name: str
    field: str
    type: str
    help: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None

    @property
    def default(self) -> object:
        """As a new `Configuration` has it."""
        return getattr(Configuration(), self.field)

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return {
            "boolean": "true or false",
            "number": f"a number, at least {self.minimum:g}" if self.minimum else "",
        }[self.type]


# fmt: off
SETTINGS = (
    Setting("features", "features", "string", "Which features the server offers.",
            ("full", "asm-only")),
    Setting("syntax", "syntax", "string", "Syntax of the assembly.", ("intel", "att")),
    Setting("wasm", "wasm", "string",
            "Version of WebAssembly that modules are validated for.", ("1.0", "2.0")),
    Setting("bounds", "bounds", "string",
            "How compiled code checks memory accesses.", ("guard", "explicit")),
    Setting("codeLens", "code_lens", "boolean",
            "Show sizes above functions, and run buttons above exports."),
    Setting("runTimeout", "run_timeout", "number",
            "Seconds after which a run from the editor is ended.", minimum=0.1),
)
# fmt: on
assert [each.field for each in SETTINGS] == [f.name for f in fields(Configuration)]

_MOST_SECONDS = 1e6


def _fits(setting: Setting, value: object) -> bool:
    if setting.choices:
        return value in setting.choices
    if setting.type == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (setting.minimum or 0) <= value <= _MOST_SECONDS


def read(
    values: object, complain: Callable[[str], None], before: Configuration | None = None
) -> Configuration:
    """`before` with what `values` say: null is the default, what is wrong nothing."""
    made = before or Configuration()
    # An empty table of Lua, which is what Neovim's settings are, is sent as a list.
    if values is None or values == []:
        return made
    if not isinstance(values, dict):
        complain(f"the settings of {SECTION} must be an object, not {values!r:.80}")
        return made
    found: dict[str, Any] = {}
    for each in SETTINGS:
        value = values.get(each.name, found)
        if value is found:
            continue
        if value is not None and not _fits(each, value):
            complain(
                f"{SECTION}.{each.name} must be {each.expected}, not {value!r:.80}"
            )
            continue
        found[each.field] = each.default if value is None else value
    return replace(made, **found)


def schema() -> dict[str, Any]:
    """The JSON schema of the section."""
    rows: dict[str, Any] = {}
    for each in SETTINGS:
        row = {"type": each.type, "default": each.default, "description": each.help}
        if each.choices:
            row["enum"] = list(each.choices)
        if each.minimum is not None:
            row["minimum"] = each.minimum
        rows[each.name] = row
    return {"type": "object", "properties": rows}
