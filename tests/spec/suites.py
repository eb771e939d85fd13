"""The spec test suites as lists of scripts, from the manifest alone, and their runs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lbtool.wast.pool import run_files

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.wast.results import FileReport

JOBS = 2
SIMD = "simd/"


@dataclass(frozen=True)
class Suite:
    """Part of a suite; `name` is also the profile that it runs under."""

    name: str
    simd: bool = False

    def __str__(self) -> str:
        return f"{self.name} {SIMD}" if self.simd else self.name

    def scripts(self, root: Path) -> dict[str, dict[str, Any]]:
        """Name of each script -> its row of the manifest."""
        rows = _json(root / "manifest.json")[self.name]
        return {k: row for k, row in rows.items() if k.startswith(SIMD) == self.simd}

    def deviations(self, root: Path) -> dict[str, frozenset[int]]:
        """Script -> lines of the commands that contradict later versions."""
        lines: dict[str, set[int]] = {}
        for row in _json(root / "version-deviations.json").get(self.name, []):
            lines.setdefault(row["file"], set()).add(row["line"])
        return {name: frozenset(found) for name, found in lines.items()}

    def run(
        self, root: Path, engine: str, target: dict[str, Any] | None = None
    ) -> list[FileReport]:
        """Every script on `engine`, each in its own process.

        `target` says how our engine generates code (see ``lbtool.engines.get``).
        """
        scripts = self.scripts(root)
        return run_files(
            [root / row["file"] for row in scripts.values()],
            engine=engine,
            profile=self.name,
            jobs=JOBS,
            names=list(scripts),
            settings={"target": target} if target else None,
        )

    def missing(self, root: Path, reports: list[FileReport]) -> list[str]:
        """Scripts whose commands are not exactly those that the manifest counts."""
        scripts = self.scripts(root)
        by_name = {report.name: report for report in reports}
        return [
            name
            for name, row in scripts.items()
            if name not in by_name
            or by_name[name].commands() != Counter(row["commands"])
        ]


@cache
def _json(path: Path) -> Any:
    return json.loads(path.read_text())


SUITES = (Suite("1.0-2018"), Suite("1.0"), Suite("2.0"), Suite("2.0", simd=True))
