"""The optimisations of code generation: what each one is, its switch, its count.

``Target(off={"pins"})`` compiles without one; `counters` says how often each applied.
This is for measuring and for tests: whatever is switched off, a program does the same.
The numbers are in ``codes`` (`OPT_*`); where one applies, `Places.use` counts it.
"""

from __future__ import annotations

from lbtool.compiler import codes
from lbtool.records import NamedTuple

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.compiler.target import Target

__all__ = ["KNOBS", "Knob", "counters", "mask"]


class Knob(NamedTuple):
    """An optimisation: its name in `Target.off`, its number, what is counted."""

    name: str
    number: int
    what: str


KNOBS = (
    Knob("pins", codes.OPT_PINS, "locals that have a home register"),
    Knob("zeros", codes.OPT_ZEROS, "zeros of locals that wait until they are read"),
    Knob("target", codes.OPT_TARGET, "results computed in the home of the next local"),
    Knob("fuse", codes.OPT_FUSE, "comparisons left in the flags for what follows"),
    Knob("flags", codes.OPT_FLAGS, "comparisons with zero that arithmetic has done"),
    Knob("defer", codes.OPT_DEFER, "loads that wait to be a memory operand"),
    Knob("lea", codes.OPT_LEA, "additions into a third register"),
    Knob("reduce", codes.OPT_REDUCE, "multiplications and divisions made cheaper"),
    Knob("red_zone", codes.OPT_RED_ZONE, "leaf functions without a frame"),
    Knob("align", codes.OPT_ALIGN, "heads of innermost loops at multiples of 16"),
    Knob("short", codes.OPT_SHORT, "jumps of two bytes"),
    Knob("xor", codes.OPT_XOR, "zeros made by xor"),
    Knob("table", codes.OPT_TABLE, "br_table as a jump through a table"),
    Knob(
        "weaken",
        codes.OPT_WEAKEN,
        "labels that ask for what falling through has",
    ),
    Knob(
        "preload", codes.OPT_PRELOAD, "locals loaded to their registers before a loop"
    ),
    Knob("guard", codes.OPT_GUARD, "bounds checks left to guard pages"),
    Knob("test", codes.OPT_TEST, "ands that are only compared with zero"),
    Knob("narrow", codes.OPT_NARROW, "ands that are zero extensions"),
    Knob("clear", codes.OPT_CLEAR, "registers cleared before a condition is stored"),
    Knob("memory", codes.OPT_MEMORY, "constants compared with what is in memory"),
    Knob("scale", codes.OPT_SCALE, "shifts by 1 to 3 that the next addition does"),
    Knob("in_place", codes.OPT_IN_PLACE, "operations on locals in their frame words"),
    Knob("argument", codes.OPT_ARGUMENT, "results computed where a call takes them"),
    Knob("byte", codes.OPT_BYTE, "bytes of memory compared where they are"),
    Knob("again", codes.OPT_AGAIN, "constants that the local already has"),
    Knob("bulk", codes.OPT_BULK, "copies and fills of constant size without a call"),
    Knob("half", codes.OPT_HALF, "64-bit divisions that look for a 32-bit one"),
    Knob("vex", codes.OPT_VEX, "floating-point operations with three operands"),
)


def mask(off: Iterable[str]) -> int:
    """The bits of these knobs; ValueError for a name that is none."""
    numbers = {knob.name: knob.number for knob in KNOBS}
    unknown = sorted(set(off) - set(numbers))
    if unknown:
        raise ValueError(f"no such optimisation: {', '.join(unknown)}")
    return sum(1 << numbers[name] for name in off)


def counters(data: bytes, target: Target) -> dict[str, int]:
    """How often each optimisation applied in the functions of a binary module.

    Raises `ModuleError` for a module that is not valid or not supported.
    """
    from lbtool.compiler.compile import FunctionCompiler  # noqa: PLC0415
    from lbtool.compiler.env import ModuleEnv  # noqa: PLC0415
    from lbtool.wasm import decode, require_valid  # noqa: PLC0415

    module = decode(data)
    require_valid(module, target.profile)
    compiler = FunctionCompiler(ModuleEnv(module, target.profile), target)
    found = dict.fromkeys((knob.name for knob in KNOBS), 0)
    for k in range(len(module.bodies)):
        compiler.compile(module, module.n_imported_funcs + k)
        for knob in KNOBS:
            found[knob.name] += compiler.generator.values.counts[knob.number]
    return found
