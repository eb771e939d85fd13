"""Outcomes of commands, as data: per command, per file, and as JSON.

Columns say who was on trial: ``engine`` (modules, actions, returns, traps, linking),
``validator`` (``assert_invalid``), ``decoder`` (``assert_malformed`` of binary
modules), ``text`` (decided by the borrowed text parser, no merit of ours).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

SCHEMA = 1
COLUMNS = ("engine", "validator", "decoder", "text")

PASS = "pass"  # noqa: S105 a status
FAIL = "fail"
CRASH = "crash"
TIMEOUT = "timeout"
UNSUPPORTED = "unsupported"  # a typed error named the proposal
DEVIATION = "deviation"  # failed as expected: another version's semantics
STATUSES = (PASS, FAIL, CRASH, TIMEOUT, UNSUPPORTED, DEVIATION)
BAD = frozenset((FAIL, CRASH, TIMEOUT))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one command.

    detail   for people: what happened instead, or the proposal; empty on a plain pass
    agrees   whether the error message contains the script's; None without message
    """

    line: int
    kind: str
    column: str
    status: str
    detail: str = ""
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """All commands of one script, in order; `error` if it could not be read."""

    name: str
    engine: str
    profile: str
    seconds: float
    outcomes: tuple[Outcome, ...] = ()
    error: str | None = None
    counts: Counter[tuple[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        counts = Counter((o.column, o.status) for o in self.outcomes)
        object.__setattr__(self, "counts", counts)

    def total(self, column: str) -> int:
        """Commands of the column."""
        return sum(self.counts[column, status] for status in STATUSES)

    def passed(self, column: str) -> int:
        """Passed commands of the column."""
        return self.counts[column, PASS]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """What failed, crashed or took too long."""
        return tuple(o for o in self.outcomes if o.status in BAD)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return self.error is None and not self.failures

    def commands(self) -> Counter[str]:
        """Commands by kind, as the suites' manifest counts them."""
        found = Counter(o.kind for o in self.outcomes)
        only_text = sum(
            o.column == "text" and o.kind == "assert_malformed" for o in self.outcomes
        )
        if only_text:
            found["text_parser_only"] = only_text
        return found

    def with_deviations(self, lines: frozenset[int]) -> FileReport:
        """The same, failures on `lines` being expected (`DEVIATION`)."""
        return replace(
            self,
            outcomes=tuple(
                replace(o, status=DEVIATION)
                if o.status == FAIL and o.line in lines
                else o
                for o in self.outcomes
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """Counts per column and status, and every command that did not just pass."""
        columns = {
            column: {
                status: self.counts[column, status]
                for status in STATUSES
                if self.counts[column, status]
            }
            for column in COLUMNS
        }
        said = [o.agrees for o in self.outcomes if o.agrees is not None]
        return {
            "file": self.name,
            "engine": self.engine,
            "profile": self.profile,
            "seconds": round(self.seconds, 3),
            "error": self.error,
            "commands": dict(sorted(self.commands().items())),
            "columns": columns,
            "messages": {"compared": len(said), "agree": sum(said)},
            "problems": [
                {k: v for k, v in asdict(o).items() if v is not None}
                for o in self.outcomes
                if o.status != PASS
            ],
        }


def document(reports: list[FileReport]) -> dict[str, Any]:
    """The JSON document of a run."""
    totals = {
        column: {"passed": sum(r.passed(column) for r in reports)}
        | {"all": sum(r.total(column) for r in reports)}
        for column in COLUMNS
    }
    files = [report.to_json() for report in reports]
    return {"schema": SCHEMA, "totals": totals, "files": files}
