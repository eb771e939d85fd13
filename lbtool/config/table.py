"""The table of settings, and what values each kind of setting may have.

Names are those of the TOML files. Everything else about a setting follows from its row:
the variable, the attribute of ``Settings``, the option and its help. Where values come
from is ``load``.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = "LBTOOL_"

_BUILDS = ("asm", "build", "run", "watch")
_STORES = ("build", "cache", "check", "daemon", "run", "watch")


class Setting:
    """A row of the table.

    name      in TOML files; the variable and the attribute are spelt after it
    kind      a key of `KINDS`
    default   of that kind, or None for none
    help      one line
    commands  the commands that have it as an option
    option    ``--name``, or where that says too little, another spelling
    choices   for kind ``choice``
    unset     what None or 0 means, in words
    """

    __slots__ = (
        "choices", "commands", "default", "help", "kind", "name", "option", "unset"
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        kind: str,
        default: object,
        help: str,  # noqa: A002  # what click calls it
        commands: tuple[str, ...],
        *,
        option: str = "",
        choices: tuple[str, ...] = (),
        unset: str = "",
    ) -> None:
        self.name, self.kind, self.default, self.help = name, kind, default, help
        self.commands, self.choices, self.unset = commands, choices, unset
        self.option = option or f"--{name}"

    @property
    def attribute(self) -> str:
        """Name in Python: ``cache_dir``."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """Name in the environment: ``LBTOOL_CACHE_DIR``."""
        return PREFIX + self.attribute.upper()

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        return KINDS[self.kind][0] + ", ".join(self.choices)

    @property
    def default_text(self) -> str:
        """The default as one would write it, or what having none means."""
        return self.unset or written(self.default)

    def parse(self, value: object) -> object:
        """`value` of a TOML file, checked; raises ValueError that says what it must be.

        Numbers of bytes and of threads are given as numbers, whatever they were.
        """
        found = KINDS[self.kind][1](value)
        if found is None or (self.choices and found not in self.choices):
            raise ValueError(f"must be {self.expected}, not {written(value)}")
        return found

    def parse_text(self, text: str) -> object:
        """The same for a value of the environment or the command line."""
        if self.kind == "boolean":
            return self.parse(_WORDS.get(text.lower(), text))
        return self.parse(_number(text) if self.kind in _NUMBERS else text)


def written(value: object) -> str:
    """`value` as in a TOML file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return f'"{value}"' if isinstance(value, str) else str(value)


_NUMBERS = frozenset({"seconds", "threads"})
_WORDS = dict.fromkeys(("1", "true", "yes", "on"), True)
_WORDS |= dict.fromkeys(("0", "false", "no", "off"), False)
_UNITS = {
    "": 1,
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "tb": 10**12,
    "kib": 1 << 10,
    "mib": 1 << 20,
    "gib": 1 << 30,
    "tib": 1 << 40,
}


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value < float("inf") else None


def _threads(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return None
    return value or len(os.sched_getaffinity(0))


def _size(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, str):
        text = value.strip().lower()
        unit = text.lstrip("0123456789.")
        scale = _UNITS.get(unit.strip())
        number = _number(text.removesuffix(unit))
        if scale is None or isinstance(number, str) or not number < 1 << 63:
            return None
        if scale == 1 and isinstance(number, float):
            return None
        value = int(number * scale)
    return value if value > 0 else None


# Kind -> what a value must be, and the value that is meant (None: it is none).
KINDS: dict[str, tuple[str, Callable[[object], object]]] = {
    "boolean": ("true or false", _boolean),
    "choice": ("one of ", _text),
    "path": ("a path", _text),
    "seconds": ("a number of seconds above 0", _seconds),
    "size": ('a number of bytes above 0, or text like "512 MiB"', _size),
    "threads": ("a whole number, 0 or more", _threads),
}

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "wasm",
        "choice",
        "2.0",
        "Version of WebAssembly that a module may use.",
        (*_BUILDS, "check"),
        choices=("1.0", "2.0"),
    ),
    Setting(
        "bounds",
        "choice",
        "guard",
        "How memory accesses are checked: by guard pages, or by a comparison.",
        _BUILDS,
        choices=("guard", "explicit"),
    ),
    Setting(
        "threads",
        "threads",
        0,
        "Threads that compile.",
        ("build", "run", "watch"),
        unset="one for each CPU",
    ),
    Setting(
        "backend",
        "choice",
        "auto",
        "Engine; auto is lbtool, or Cranelift for what lbtool does not compile yet.",
        ("run",),
        choices=("auto", "lbtool", "cranelift", "winch"),
    ),
    Setting(
        "timeout",
        "seconds",
        None,
        "Seconds after which a running module traps.",
        ("run",),
        unset="none",
    ),
    Setting(
        "cache", "boolean", True, "Use the cache.", ("build", "check", "run", "watch")
    ),
    Setting(
        "cache-dir",
        "path",
        None,
        "Folder of the cache; relative to the file that names it.",
        _STORES,
        unset="in $XDG_CACHE_HOME",
    ),
    Setting(
        "cache-size",
        "size",
        1 << 30,
        "Bytes that the cache may take.",
        _STORES,
        unset="1 GiB",
    ),
    Setting(
        "daemon",
        "boolean",
        True,
        "Use the daemon when one runs.",
        ("build", "watch"),
    ),
    Setting(
        "daemon-idle",
        "seconds",
        900.0,
        "Seconds without a client after which the daemon ends.",
        ("daemon",),
        option="--idle",
    ),
    Setting(
        "watch-quiet",
        "seconds",
        0.03,
        "Seconds without an event after which a changed file is built.",
        ("watch",),
        option="--quiet-period",
    ),
    Setting(
        "watch-polling",
        "boolean",
        False,
        "Look at the files from time to time instead of waiting for events.",
        ("watch",),
        option="--poll",
    ),
    Setting(
        "watch-interval",
        "seconds",
        0.5,
        "Seconds between two looks.",
        ("watch",),
        option="--poll-interval",
    ),
)

BY_NAME = {each.name: each for each in SETTINGS}
