"""The ways our engine is run in comparisons: settings of the compiler by name.

A mode is a name that says everything, so that a report or a kept file can name it:
``default``, ``explicit`` (bounds checks), ``strict`` (no summary), ``masks-N`` (register
sets drawn from seed N), ``no-X`` (optimisation X switched off). Not here: running.
"""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING, Any

from lbtool import abi
from tests.property.outcome import EngineRunner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.wasm import Module

BASIC = ("default", "explicit", "strict")
RESERVED = {abi.RSP, abi.SCRATCH, abi.R14, abi.R15}
ALLOCATABLE = [r for r in range(16) if r not in RESERVED]
FLOAT_ALLOCATABLE = [r for r in range(16) if r != abi.FSCRATCH]
FEWEST = 3


def _mask(rng: random.Random, registers: list[int]) -> int:
    count = rng.randint(FEWEST, len(registers))
    return sum(1 << r for r in rng.sample(registers, count))


def masks(seed: int) -> tuple[int, int]:
    """Bit sets of general and of vector registers, 3 to all that there are."""
    rng = random.Random(seed)
    return _mask(rng, ALLOCATABLE), _mask(rng, FLOAT_ALLOCATABLE)


def switches() -> list[str]:
    """Modes that each switch one optimisation off: boolean fields of the target."""
    from lbtool.compiler import Target  # noqa: PLC0415 - imported with the engine

    names = [f.name for f in dataclasses.fields(Target) if f.default is True]
    return [f"no-{name}" for name in names]


def target(mode: str, **settings: Any) -> Any:
    """The compiler's target for a mode."""
    from lbtool.compiler import Target  # noqa: PLC0415

    if mode == "explicit":
        settings["bounds"] = "explicit"
    elif mode == "strict":
        settings["strict"] = True
    elif mode.startswith("masks-"):
        general, vector = masks(int(mode.removeprefix("masks-")))
        settings |= {"register_mask": general, "fregister_mask": vector}
    elif mode.startswith("no-"):
        settings[mode.removeprefix("no-")] = False
    elif mode != "default":
        raise ValueError(mode)
    return Target(**settings)


def runner(mode: str) -> EngineRunner:
    """Our engine in one mode. The auxiliary module is compiled in that mode, too."""
    from lbtool.compiler import compile_module  # noqa: PLC0415
    from lbtool.engines.ours import LbtoolBackend  # noqa: PLC0415
    from lbtool.runtime.engine import Config, Engine  # noqa: PLC0415

    class ModeEngine(Engine):
        def compile(self, module: Module) -> Sequence[CompiledFunction]:
            return compile_module(module, target(mode, profile=self.profile))

    backend = LbtoolBackend()
    bounds = "explicit" if mode == "explicit" else "guard"
    backend.engine = ModeEngine(Config(bounds=bounds))
    return EngineRunner(backend)
