"""Which functions changed between two builds of a file, and by how much.

Functions are matched by name; those without one by what they are, then by where they
stand between functions that match: inserting a function makes nothing else "changed".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from lbtool.build.report import FunctionChange
from lbtool.compiler.codes import INVALID, OK, UNSUPPORTED
from lbtool.x64.disassemble import count_instructions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lbtool.build.functions import Row
    from lbtool.build.report import What
    from lbtool.compiler.artifact import Artifact
    from lbtool.wasm.module import Module

__all__ = ["Side", "changes", "failures", "names"]


class Side(NamedTuple):
    """One of the two builds; `rows` of the defined functions."""

    module: Module
    rows: Sequence[Row]
    artifacts: Mapping[bytes, Artifact]

    def size(self, k: int) -> tuple[int, int]:
        """Bytes and instructions of a function's code, 0 if it has none."""
        artifact = self.artifacts.get(self.rows[k].key)
        if artifact is None:
            return 0, 0
        return len(artifact.code), count_instructions(artifact.code)

    def change(
        self, k: int, what: What, old: tuple[int, int] = (0, 0)
    ) -> FunctionChange:
        """A record of function `k`, compared with the size it had if it had code."""
        funcidx = self.module.n_imported_funcs + k
        size = (0, 0) if what == "removed" else self.size(k)
        delta = (size[0] - old[0], size[1] - old[1]) if old[0] else (None, None)
        return FunctionChange(
            self.module.func_name(funcidx), funcidx, what, *size, *delta
        )

    def names(self) -> dict[int, str]:
        """Names of defined functions which no other function has, by number."""
        first = self.module.n_imported_funcs
        found = names(self.module)
        times = Counter(found.values())
        return {i - first: name for i, name in found.items() if times[name] == 1}


def names(module: Module) -> dict[int, str]:
    """Names of defined functions by funcidx, as `Module.func_name` finds them."""
    functions = [each for each in module.exports if each.kind == "func"]
    found = {each.index: each.name for each in reversed(functions)}
    found |= module.names.funcs
    defined = range(module.n_imported_funcs, len(module.func_types))
    return {i: name for i, name in found.items() if i in defined}


NO_CODE: dict[int, What] = {INVALID: "failed", UNSUPPORTED: "unsupported"}


def failures(now: Side) -> tuple[FunctionChange, ...]:
    """The functions without code: what a first build tells."""
    return tuple(
        now.change(k, NO_CODE[row.status])
        for k, row in enumerate(now.rows)
        if row.status != OK
    )


def changes(
    before: Side,
    now: Side,
    compiled: frozenset[bytes],
    touched: Sequence[int] | None = None,
) -> tuple[FunctionChange, ...]:
    """Every function that is not what it was.

    compiled  the keys that are new
    touched   the functions that can differ, where all others stand where they stood
    """
    if touched is None:
        partner = _match(before, now)
        gone = sorted(set(range(len(before.rows))) - set(partner.values()))
    else:
        partner, gone = {k: k for k in touched}, []
    found = []
    for k in range(len(now.rows)) if touched is None else touched:
        row, old = now.rows[k], partner.get(k)
        if old is None:
            found.append(now.change(k, NO_CODE.get(row.status, "added")))
        elif (row.status, row.key) != before.rows[old][:2]:
            what: What = "compiled" if row.key in compiled else "reused"
            what = NO_CODE.get(row.status, what)
            found.append(now.change(k, what, before.size(old)))
    found += [before.change(k, "removed", before.size(k)) for k in gone]
    return tuple(found)


# ---- matching

Labels = dict[int, Hashable]


def _match(before: Side, now: Side) -> dict[int, int]:
    """Functions of `now` and their former selves."""
    old_names, new_names = before.names(), now.names()
    partner = _pair(old_names, new_names)
    # What something else is called now, or was, is recognised by what it does.
    taken = set(partner.values())
    old = _numbered((k, r.key) for k, r in enumerate(before.rows) if k not in taken)
    new = _numbered((k, r.key) for k, r in enumerate(now.rows) if k not in partner)
    partner |= _pair(_with_code(before, old), _with_code(now, new))
    # The rest without names is paired between neighbours that match.
    taken = set(partner.values())
    old = _gaps(len(before.rows), {k: k for k in taken}, old_names)
    new = _gaps(len(now.rows), partner, new_names)
    return partner | _pair(old, new)


def _pair(old: Mapping[int, Hashable], new: Mapping[int, Hashable]) -> dict[int, int]:
    """New and old numbers of equal labels, each of which occurs once a side."""
    where = {label: k for k, label in old.items()}
    return {k: where[label] for k, label in new.items() if label in where}


def _numbered(items: Iterable[tuple[int, Hashable]]) -> Labels:
    """Labels made different by counting equal ones."""
    times: Counter[Hashable] = Counter()
    found: Labels = {}
    for k, label in items:
        found[k] = (label, times[label])
        times[label] += 1
    return found


def _with_code(side: Side, labels: Labels) -> Labels:
    return {k: each for k, each in labels.items() if side.rows[k].key}


def _gaps(n: int, partner: Mapping[int, int], names: Mapping[int, str]) -> Labels:
    """Functions without partner and name, by the old number of whom they follow."""
    items: list[tuple[int, Hashable]] = []
    last = -1
    for k in range(n):
        if k in partner:
            last = partner[k]
        elif k not in names:
            items.append((k, last))
    return _numbered(items)
