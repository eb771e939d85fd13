"""The options of ``lbtool run``, stated once, and the fast parser that is made of them.

``run.py`` makes the click command from the same table: help, errors, completion. What
is here parses only what is plainly right; for anything else it gives None, and click
has its say.
"""

from __future__ import annotations

from lbtool.config import SETTINGS, load

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.config import Settings

__all__ = ["FORMATS", "OPTIONS", "Given", "Option", "directory", "parse", "variable"]

FORMATS = ("text", "json")


def variable(text: str) -> tuple[str, str]:
    """``K=V``, or ``K`` for the value that it has here. ValueError: no name."""
    name, equals, value = text.partition("=")
    if not name:
        raise ValueError(f"{text!r} has no name")
    if not equals:
        from os import environ  # noqa: PLC0415 - which tests replace

        value = environ.get(name, "")
    return name, value


def directory(text: str) -> tuple[str, str]:
    """``HOST::GUEST``, or ``HOST`` for the same name in the guest."""
    host, separator, guest = text.rpartition("::")
    return (host, guest) if separator else (text, text)


class Option:
    """An option that takes a value.

    attribute  in `Given`
    metavar    the value in help; None: one of `choices`
    each       what a value means, when the option may be given several times
    """

    __slots__ = ("attribute", "choices", "each", "help", "metavar", "name")

    def __init__(
        self,
        name: str,
        attribute: str,
        help: str,  # noqa: A002 - what click calls it
        *,
        metavar: str | None = None,
        choices: tuple[str, ...] = (),
        each: Callable[[str], tuple[str, str]] | None = None,
    ) -> None:
        self.name, self.attribute, self.help = name, attribute, help
        self.metavar, self.choices, self.each = metavar, choices, each


OPTIONS = (
    Option(
        "--invoke",
        "invoke",
        "Call this export; ARGS are its values.",
        metavar="NAME",
    ),
    Option(
        "--dir",
        "dirs",
        "Let the guest use a directory.",
        metavar="HOST[::GUEST]",
        each=directory,
    ),
    Option(
        "--env",
        "env",
        "Set a variable of the guest's environment.",
        metavar="NAME[=VALUE]",
        each=variable,
    ),
    Option("--format", "output", "Form of the output.", choices=FORMATS),
)
_OWN = {each.name: each for each in OPTIONS}
_SETTINGS = {each.option: each for each in SETTINGS if "run" in each.commands}
_FLAGS = {
    f"--{no}{each.option[2:]}": (each.attribute, not no)
    for each in _SETTINGS.values()
    if each.kind == "boolean"
    for no in ("", "no-")
}


class Given:
    """A parsed command line; the guest's arguments are not read."""

    __slots__ = ("args", "dirs", "env", "file", "invoke", "output", "settings")

    def __init__(self) -> None:
        self.file = ""
        self.args: tuple[str, ...] = ()
        self.invoke: str | None = None
        self.dirs: tuple[tuple[str, str], ...] = ()
        self.env: tuple[tuple[str, str], ...] = ()
        self.output = "text"
        self.settings: Settings


def parse(arguments: list[str]) -> Given | None:
    """What ``lbtool run`` was told, or None when click has to look at it.

    Options stand before FILE and directly after it; what follows is the guest's.
    """
    given = Given()
    line: dict[str, object] = {}
    at = 0
    while at < len(arguments):
        word = arguments[at]
        name, equals, value = word.partition("=")
        known = name in _OWN or name in _SETTINGS
        if word in _FLAGS:
            attribute, flag = _FLAGS[word]
            line[attribute] = flag
        elif known and name not in _FLAGS:
            if not equals:
                at += 1
                if at == len(arguments):
                    return None
                value = arguments[at]
            if name in _SETTINGS:
                line[_SETTINGS[name].attribute] = value
            elif not _take(given, _OWN[name], value):
                return None
        elif given.file:
            at += word == "--"
            break
        elif word.startswith("-") or not word:
            return None
        else:
            given.file = word
        at += 1
    given.args = tuple(arguments[at:])
    if not given.file:
        return None
    from lbtool.errors import LbtoolError  # noqa: PLC0415 - where it is used

    try:
        given.settings = load(None, line)
    except (LbtoolError, OSError):
        return None
    return given


def _take(given: Given, option: Option, value: str) -> bool:
    """Note the value of an option; False when it is not plainly right."""
    if option.each is None:
        if option.choices and value not in option.choices:
            return False
        setattr(given, option.attribute, value)
        return True
    try:
        pair = option.each(value)
    except ValueError:
        return False
    setattr(given, option.attribute, (*getattr(given, option.attribute), pair))
    return True
