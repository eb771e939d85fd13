"""Incremental builds: what was compiled before is not compiled again.

A `Builder` turns files into code in a cache and says what changed; `tree.find` finds
the files. Watching files is ``lbtool.watch``, serving many clients ``lbtool.daemon``.
Names are loaded when first used: who only shows reports does not import the compiler.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.build.builder import Builder, Built
    from lbtool.build.options import Options
    from lbtool.build.report import FileReport, FunctionChange, Summary

__all__ = ["Builder", "Built", "FileReport", "FunctionChange", "Options", "Summary"]

_HOMES = {
    "Builder": "builder",
    "Built": "builder",
    "FileReport": "report",
    "FunctionChange": "report",
    "Options": "options",
    "Summary": "report",
}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415 - as the names themselves

    if name not in _HOMES:
        raise AttributeError(f"module 'lbtool.build' has no attribute {name!r}")
    return getattr(import_module(f"lbtool.build.{_HOMES[name]}"), name)
