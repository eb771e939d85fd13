"""Versions of WebAssembly in scripts: spelling, and what the engine runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScriptProfile:
    """`legacy`: modernise before reading; `wasm`: the engine's profile."""

    name: str
    wasm: str
    legacy: bool


PROFILES = {
    profile.name: profile
    for profile in (
        ScriptProfile("1.0-2018", "1.0", legacy=True),
        ScriptProfile("1.0", "1.0", legacy=True),
        ScriptProfile("2.0", "2.0", legacy=False),
    )
}
DEFAULT_PROFILE = "2.0"
