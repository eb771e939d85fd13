"""Bodies of messages before anything is known of them, and what is wrong with them."""

from __future__ import annotations

import json
from typing import Any

from pygls.exceptions import JsonRpcInvalidRequest, JsonRpcParseError

from lbtool.lsp.framing import MalformedFrame

__all__ = ["is_id", "parsed", "reason"]

Json = dict[str, Any]


def parsed(body: bytes | MalformedFrame) -> Json:
    """The JSON object in a body; raises for what is no message."""
    if isinstance(body, MalformedFrame):
        raise JsonRpcParseError(str(body))
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise JsonRpcParseError(f"no JSON: {problem}") from None
    if not isinstance(message, dict):
        raise JsonRpcInvalidRequest("a message is an object")
    method = message.get("method")
    if method is not None and not isinstance(method, str):
        raise JsonRpcInvalidRequest("method is a string")
    if method is not None and "id" in message and not is_id(message["id"]):
        raise JsonRpcInvalidRequest("id is a number or a string")
    return message


def is_id(value: object) -> bool:
    """Whether a request may have this id."""
    return isinstance(value, int | str) and not isinstance(value, bool)


def reason(problem: BaseException) -> str:
    """The innermost of what cattrs says, as a sentence."""
    while isinstance(problem, BaseExceptionGroup):
        problem = problem.exceptions[0]
    if isinstance(problem, KeyError):
        return f"{problem.args[0]} is missing"
    return str(problem) if isinstance(problem, ValueError) else "a wrong type"
