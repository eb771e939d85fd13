"""When to look at the disk: hints are collected until it is quiet for a moment.

A save is several events: a temporary file, a rename, some writes, a deleted backup. The
hints of one save are taken together once nothing came for `Settings.quiet` seconds, and
at the latest `Settings.cap` seconds after the first. Time is an argument everywhere;
nothing here looks at a clock or at a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """One batch, paths as the caller's paths spell them, in order of name.

    changed  files that are new or may have other content than when last reported
    gone     files that were reported and do not exist any more
    first    whether these are the files that existed at the start
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    first: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Settings:
    """Times in seconds.

    quiet      nothing may have happened for so long before files are looked at
    cap        but they are looked at so long after the first hint
    poll       whether to compare files at intervals instead of asking the kernel
    poll_every, reconcile_every
               how often all files are compared: when polling, and to find what the
               kernel did not say (writes through a mapping, links, lost events)
    return_every
               how often a watched folder that is gone is looked for
    share      of one processor that comparing may take: a large tree is compared less
               often
    """

    quiet: float = 0.030
    cap: float = 0.250
    poll: bool = False
    poll_every: float = 0.5
    reconcile_every: float = 2.0
    return_every: float = 0.25
    share: float = 0.05


@dataclass(slots=True)
class Hints:
    """Where to look: files, folders with all that is below them, or everywhere."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.files or self.folders or self.everything)


class ChangeSet:
    """Hints that wait for quiet. Not thread-safe: the watcher holds its lock."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._hints = Hints()
        self._first = self._last = 0.0

    def file(self, path: str, now: float) -> None:
        """Something may have happened to a file."""
        self._touch(now)
        self._hints.files.add(path)

    def folder(self, path: str, now: float) -> None:
        """Something may have happened to a folder, and to anything in it."""
        self._touch(now)
        self._hints.folders.add(path)

    def everything(self, now: float) -> None:
        """Events were lost."""
        self._touch(now)
        self._hints.everything = True

    def _touch(self, now: float) -> None:
        if not self._hints:
            self._first = now
        self._last = now

    def due(self) -> float | None:
        """Time at which to look, if nothing more comes; None when there is no hint."""
        if not self._hints:
            return None
        quiet, cap = self.settings.quiet, self.settings.cap
        return min(self._last + quiet, self._first + cap)

    def take(self) -> Hints:
        """All hints; none are left."""
        taken, self._hints = self._hints, Hints()
        return taken
