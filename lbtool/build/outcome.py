"""From a loaded module to the report of its build."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lbtool.build.changes import Side, changes, failures, names
from lbtool.build.report import FileReport
from lbtool.compiler.codes import INVALID, OK, UNSUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.build.loading import Loaded
    from lbtool.build.report import FunctionChange
    from lbtool.errors import Diagnostic
    from lbtool.wasm import Module

__all__ = ["malformed", "outcome"]


def malformed(
    path: str, text: bytes | None, diagnostics: Iterable[Diagnostic]
) -> FileReport:
    """No module at all."""
    return FileReport(path, "failed", diagnostics=_placed(path, text, diagnostics))


def outcome(
    path: str, text: bytes | None, now: Loaded, before: Loaded | None
) -> FileReport:
    """What a build gave; `text` is the source of a module in text format."""
    unit, rows = now.unit, now.rows
    statuses = [row.status for row in rows]
    failed = statuses.count(INVALID)
    found = [*now.problems, *unit.problems(rows)]
    if not found:
        found = [*unit.warnings(rows)]
    found = _named(unit.module, found)
    if now.problems:
        return FileReport(
            path,
            "failed",
            functions=len(rows),
            failed=len(rows),
            diagnostics=_placed(path, text, found),
        )
    return FileReport(
        path,
        "failed" if failed else "built",
        functions=len(rows),
        compiled=len(now.compiled),
        reused=statuses.count(OK) - len(now.compiled),
        failed=failed,
        unsupported=statuses.count(UNSUPPORTED),
        changes=_changes(now, before),
        diagnostics=_placed(path, text, found),
        code_bytes=now.code_bytes,
    )


def _side(loaded: Loaded) -> Side:
    return Side(loaded.unit.module, loaded.rows, loaded.artifacts)


def _changes(now: Loaded, before: Loaded | None) -> tuple[FunctionChange, ...]:
    if before is None:
        return failures(_side(now))
    return changes(_side(before), _side(now), now.compiled, now.touched)


def _named(module: Module, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """With names of functions: what is told again later has to tell them, too."""
    if not diagnostics:
        return diagnostics
    known = names(module)
    return [
        replace(each, function=known[each.funcidx]) if each.funcidx in known else each
        for each in diagnostics
    ]


def _placed(
    path: str, text: bytes | None, diagnostics: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """With this file's name, and lines and columns when it is text."""
    found = [replace(each, path=path) for each in diagnostics]
    if text is not None and found:
        from lbtool.wat.locate import locate  # noqa: PLC0415 - only for errors

        found = locate(text, found)
    return tuple(found)
