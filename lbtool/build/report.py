"""What a build tells: records that commands, watchers and clients of the daemon show.

Plain data that becomes JSON and comes back the same. How it looks on a terminal is the
business of the command line; when something is built, of ``builder``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from lbtool.errors import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FileReport", "FunctionChange", "Summary", "unreadable"]

Json = dict[str, Any]
What = Literal["compiled", "reused", "added", "removed", "failed", "unsupported"]
State = Literal["built", "unchanged", "failed", "gone"]


@dataclass(frozen=True, slots=True)
class FunctionChange:
    """A function that is not what it was in the build before.

    name                from the name section or an export; None if it has none
    funcidx             imports counted; of the build before when it was removed
    what                ``compiled``: its code is new; ``reused``: another body whose
                        code was known; ``added``, ``removed``; ``failed``: it does not
                        validate; ``unsupported``: it validates, and lbtool does not
                        compile it
    bytes               of machine code, 0 if it has none
    instructions        likewise
    delta_bytes         difference to the build before, None if there is none to compare
    delta_instructions  likewise
    """

    name: str | None
    funcidx: int
    what: What
    bytes: int = 0
    instructions: int = 0
    delta_bytes: int | None = None
    delta_instructions: int | None = None

    def as_json(self) -> Json:
        """Plain data; what is None is left out."""
        return _known(asdict(self))

    @classmethod
    def from_json(cls, data: Json) -> FunctionChange:
        """The record that gave this data."""
        return cls(**{"name": None, **data})


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file after a build.

    state        ``built``; ``unchanged``: its bytes are those of the build before;
                 ``failed``: see `diagnostics`; ``gone``: there is no such file
    functions    defined in the module; each of them was compiled, its code was reused
                 (kept, found in the cache, or that of an equal function), it failed, or
                 it is unsupported
    changes      against the build before; of the first build only what has no code
    diagnostics  errors, and a warning when functions are unsupported
    seconds      that the build took
    code_bytes   of all functions together, equal ones counted each time
    """

    path: str
    state: State
    functions: int = 0
    compiled: int = 0
    reused: int = 0
    failed: int = 0
    unsupported: int = 0
    changes: tuple[FunctionChange, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    code_bytes: int = 0

    @property
    def ok(self) -> bool:
        """Whether the file is there and nothing in it is an error."""
        return self.state in {"built", "unchanged"}

    @property
    def accessible(self) -> bool:
        """Whether the file could be read, and written what is made of it."""
        return self.state != "gone" and all(each.code for each in self.diagnostics)

    @property
    def runs_on(self) -> Literal["lbtool", "cranelift"] | None:
        """The engine that ``lbtool run`` takes, if it can run at all."""
        if not self.ok:
            return None
        unsupported = any(each.severity == "warning" for each in self.diagnostics)
        return "cranelift" if unsupported else "lbtool"

    def as_json(self) -> Json:
        """Plain data; unknown fields of diagnostics and changes are left out."""
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        data["changes"] = [each.as_json() for each in self.changes]
        data["diagnostics"] = [_known(asdict(each)) for each in self.diagnostics]
        return data | {"runs_on": self.runs_on}

    @classmethod
    def from_json(cls, data: Json) -> FileReport:
        """The record that gave this data."""
        found = {name: value for name, value in data.items() if name != "runs_on"}
        found["changes"] = tuple(map(FunctionChange.from_json, data["changes"]))
        found["diagnostics"] = tuple(Diagnostic(**each) for each in data["diagnostics"])
        return cls(**found)


def unreadable(path: str, error: OSError) -> FileReport:
    """The report of a file that is not there or cannot be read."""
    gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    problem = Diagnostic("error", "", error.strerror or str(error), path=path)
    return FileReport(path, "gone" if gone else "failed", diagnostics=(problem,))


def _known(data: Json) -> Json:
    return {name: value for name, value in data.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Summary:
    """Many files after a build: files by state, functions by fate."""

    files: int = 0
    built: int = 0
    unchanged: int = 0
    failed: int = 0
    gone: int = 0
    functions: int = 0
    compiled: int = 0
    reused: int = 0
    failed_functions: int = 0
    unsupported: int = 0
    code_bytes: int = 0
    seconds: float = 0.0

    @classmethod
    def of(cls, reports: Iterable[FileReport], seconds: float) -> Summary:
        """Sums over reports; `seconds` is the time of everything together."""
        found = list(reports)
        states = [each.state for each in found]
        return cls(
            files=len(found),
            built=states.count("built"),
            unchanged=states.count("unchanged"),
            failed=states.count("failed"),
            gone=states.count("gone"),
            functions=sum(each.functions for each in found),
            compiled=sum(each.compiled for each in found),
            reused=sum(each.reused for each in found),
            failed_functions=sum(each.failed for each in found),
            unsupported=sum(each.unsupported for each in found),
            code_bytes=sum(each.code_bytes for each in found),
            seconds=seconds,
        )

    @property
    def ok(self) -> bool:
        """Whether every file is there and valid."""
        return not self.failed and not self.gone

    def as_json(self) -> Json:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Json) -> Summary:
        """The record that gave this data."""
        return cls(**data)
