"""Parameters that the protocol has no types for: of our own requests and of commands.

What is not as it should be raises ``InvalidParams`` with a sentence for its author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from pygls.exceptions import JsonRpcInvalidParams

if TYPE_CHECKING:
    from lsprotocol import types as t

    Json = dict[str, Any]

__all__ = ["argument", "line_of", "position_of", "uri_of"]


def argument(params: t.ExecuteCommandParams) -> Any:  # noqa: ANN401 - as it came
    """The one argument of a command."""
    given = params.arguments or ()
    if len(given) != 1:
        message = f"{params.command} takes one argument, not {len(given)}"
        raise JsonRpcInvalidParams(message)
    return given[0]


def uri_of(who: str, given: object) -> str:
    """In ``{textDocument: {uri}}`` or ``{uri}``."""
    outer = given if isinstance(given, dict) else {}
    inner = outer.get("textDocument", outer)
    found = inner.get("uri") if isinstance(inner, dict) else None
    if not isinstance(found, str):
        message = f"{who} needs the URI of a document: {{textDocument: {{uri}}}}"
        raise JsonRpcInvalidParams(message)
    return found


def position_of(who: str, given: Json) -> tuple[int, int] | None:
    """Line and column of `position`; None without one."""
    where = given.get("position")
    if where is None:
        return None
    if isinstance(where, dict):
        line, column = where.get("line"), where.get("character")
        if _counts(line) and _counts(column):
            return line, column
    message = f"{who}: position is {{line, character}}, both numbers from 0"
    raise JsonRpcInvalidParams(message)


def line_of(who: str, given: Json) -> int | None:
    """The number of a line; None without one."""
    line = given.get("line")
    if line is None or _counts(line):
        return line
    raise JsonRpcInvalidParams(f"{who}: line is a number from 0")


def _counts(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
