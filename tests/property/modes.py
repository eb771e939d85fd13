"""The ways our engine is run in comparisons: settings of the compiler by name.

A mode is a name that says everything, so that a report or a kept file can name it:
``default``, ``explicit`` (bounds checks), ``strict`` (no summary), ``masks-N``
(register sets, and optimisations that are off, drawn from seed N), ``knobs-N`` (the
latter alone), ``no-X`` (optimisation X switched off). Not here: running.
"""

from __future__ import annotations

import random
from typing import Any

from lbtool import engines
from tests.property.outcome import EngineRunner

BASIC = ("default", "explicit", "strict")


def masks(seed: int) -> dict[str, Any]:
    """Bit sets of general and of vector registers, from the three that are always there
    to all, and how many locals may have registers of their own.
    """
    from lbtool.compiler.target import ALL_GPRS, ALL_XMMS  # noqa: PLC0415

    rng = random.Random(seed)
    # Few registers as often as many.
    density = rng.random()
    bits = [1 << i for i in range(16) if rng.random() < density]
    vector_bits = [1 << i for i in range(16) if rng.random() < density]
    pins = (8, 9) if rng.random() < 0.5 else (rng.randrange(9), rng.randrange(10))
    return {
        "gprs": sum(bits) & ALL_GPRS,
        "xmms": sum(vector_bits) & ALL_XMMS,
        "pins": pins,
        "off": knobs(seed) if seed % 2 else [],
    }


def knobs(seed: int) -> list[str]:
    """Some optimisations, few as often as many."""
    from lbtool.compiler.knobs import KNOBS  # noqa: PLC0415 - imported with the engine

    rng = random.Random(seed)
    density = rng.random()
    return [knob.name for knob in KNOBS if rng.random() < density]


def switches() -> list[str]:
    """Modes that each switch one optimisation off."""
    from lbtool.compiler.knobs import KNOBS  # noqa: PLC0415 - imported with the engine

    return [f"no-{knob.name}" for knob in KNOBS]


def settings(mode: str) -> dict[str, Any]:
    """Fields of the compiler's target for a mode."""
    if mode == "default":
        return {}
    if mode == "explicit":
        return {"bounds": "explicit"}
    if mode == "strict":
        return {"strict": True}
    if mode.startswith("masks-"):
        return masks(int(mode.removeprefix("masks-")))
    if mode.startswith("knobs-"):
        return {"off": knobs(int(mode.removeprefix("knobs-")))}
    if mode.startswith("no-"):
        return {"off": [mode.removeprefix("no-")]}
    raise ValueError(mode)


def runner(mode: str) -> EngineRunner:
    """Our engine in one mode. The auxiliary module is compiled in that mode, too."""
    return EngineRunner(engines.get("lbtool", target=settings(mode)))
