r"""``--depfile``: which files an output was made from, for Make and for Ninja.

::

    out/fib.o: src/fib.wat lbtool.toml
    src/fib.wat:
    lbtool.toml:

A line per output, then every input as a target without inputs, so that Make goes on
when one was removed (as ``gcc -MP``). Blanks, ``#``, ``$`` and ``:`` are escaped in the
way that Make and Ninja read alike; names with characters for which there is no such way
are errors. Sources: GNU Make manual, 3.8 "How make Reads a Makefile" and 4.3 "Types of
Prerequisites"; Ninja manual, "depfile"; tests ask both about every character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["depfile", "escaped"]

# A backslash is itself unless it stands before one of these.
_SPECIAL = re.compile(r"(\\*) |[#:]|\$")
_UNSAYABLE = re.compile(r"""[\x00-\x1f'"();=|%*?&<>`^]|\\[#:$]|[\\: ]\Z""")


def escaped(name: str) -> str:
    r"""`name` as a word of a depfile. Raises ValueError when it cannot be one.

    >>> escaped("a b#$.wat")
    'a\\ b\\#$$.wat'
    """
    wrong = _UNSAYABLE.search(name)
    if wrong:
        raise ValueError(
            f"{wrong[0]!r} in {name!r}: Make and Ninja read it differently"
        )

    def escape(match: re.Match[str]) -> str:
        if match[0] == "$":
            return "$$"
        return f"{match[1] or ''}\\{match[0]}"

    return _SPECIAL.sub(escape, name)


def depfile(inputs: Mapping[str, Iterable[str]]) -> str:
    """Text of the file: output -> what it was made from, in order."""
    lines = []
    every: dict[str, None] = {}
    for output, found in inputs.items():
        names = list(dict.fromkeys(found))
        every |= dict.fromkeys(names)
        lines.append(f"{escaped(output)}: {' '.join(map(escaped, names))}\n")
    return "".join(lines) + "".join(f"{escaped(name)}:\n" for name in every)
