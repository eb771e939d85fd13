"""Markdown that any text can stand in: names may hold backticks, strings anything."""

from __future__ import annotations

import re

__all__ = ["code", "fence"]

_TICKS = re.compile("`+")


def code(text: str) -> str:
    """A code span on one line."""
    text = " ".join(text.split())
    ticks = "`" * (_longest(text) + 1)
    pad = " " if not text or "`" in (text[0], text[-1]) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def fence(language: str, text: str) -> str:
    """A block of code."""
    ticks = "`" * max(3, _longest(text) + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def _longest(text: str) -> int:
    """Length of the longest run of backticks."""
    return max(map(len, _TICKS.findall(text)), default=0)
