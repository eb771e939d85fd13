"""Which keys survive which edit, on real modules: ``python -m tests.build.survival``.

Arguments are modules, for example ``dist/sql-wasm.wasm`` of consecutive versions of
sql.js from npm. The last is edited; each is compared with the one before. Beside
lbtool's rule three simpler ones are measured, two of which are sound. Every hit of
lbtool is compiled and compared: a hit with other code would be an error. With
``--write`` the tables in ``docs/incremental.md`` are replaced.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lbtool.build.functions import Recipe
from lbtool.build.loading import load
from lbtool.cache.cache import open_cache
from lbtool.cache.keys import Env
from lbtool.compiler import Target
from tests.data import ROOT
from tests.reference.binary import Body, RawModule, decode, encode, encode_body
from tests.scan import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lbtool.build.loading import Loaded

DOCUMENT = ROOT / "docs/incremental.md"
RULES = ("body and all module facts", "body alone", "callees by structure", "lbtool")
Key = Any

# ---- edits that `tests.scan.edits` does not have


def one_body(m: RawModule) -> None:
    m.bodies[len(m.bodies) // 2].code.insert(0, (0x01,))


def func_deleted(m: RawModule) -> None:
    """The one in the middle; whoever named it names another of its type."""
    first = len(m.imported("func"))
    k = len(m.funcs) // 2
    other = next((i for i, t in enumerate(m.funcs) if t == m.funcs[k] and i != k), None)
    if other is None:
        raise LookupError("no other function of that type")
    target = other - (other > k)

    def to(i: int) -> int:
        return first + target if i == first + k else i - (i > first + k)

    edits.remap(m, "func", to)
    del m.funcs[k], m.bodies[k]


def funcs_reversed(m: RawModule) -> None:
    first, last = len(m.imported("func")), len(m.imported("func")) + len(m.funcs) - 1
    edits.remap(m, "func", lambda i: first + last - i if i >= first else i)
    m.funcs.reverse()
    m.bodies.reverse()


def import_defined(m: RawModule) -> tuple[str, int]:
    """The last imported function becomes the first defined one: same index."""
    at = max(k for k, each in enumerate(m.imports) if each[2] == "func")
    m.funcs.insert(0, m.imports.pop(at)[3])
    m.bodies.insert(0, Body([], [(0x00,), (0x0B,)]))
    return "func", len(m.imported("func"))


def memory_maximum(m: RawModule) -> None:
    edits.memory_maximum(m)
    m.imports = [
        (a, b, kind, (what[0], 65535) if kind == "memory" else what)
        for a, b, kind, what in m.imports
    ]


EDITS: tuple[tuple[str, Callable[[RawModule], Any]], ...] = (
    ("insert a type at 0", edits.type_front),
    ("insert an import of a function at 0", edits.import_func_front),
    ("insert an import of a global at 0", edits.import_global_front),
    ("insert a global at 0", edits.global_front),
    ("insert a function at 0", edits.func_front),
    ("append a function", edits.func_back),
    ("delete the function in the middle", func_deleted),
    ("reverse the order of all functions", funcs_reversed),
    ("raise the maximum of the memory", memory_maximum),
    ("edit one body", one_body),
    ("an imported function becomes defined", import_defined),
    ("a defined function becomes imported", edits.func_imported),
    ("a defined global becomes imported", edits.global_imported),
)
# What may not apply; the other edits always do.
FACTS = frozenset({"import_defined", "func_imported", "global_imported"})


def copied(m: RawModule) -> RawModule:
    """Deep enough for every edit, and faster than a deep copy."""
    return replace(
        m,
        types=[*m.types], imports=[*m.imports], funcs=[*m.funcs], tables=[*m.tables],
        memories=[*m.memories], globals=[*m.globals], exports=[*m.exports],
        elems=[replace(each) for each in m.elems],
        datas=[replace(each) for each in m.datas],
        bodies=[Body([*each.locals], [*each.code]) for each in m.bodies],
    )  # fmt: skip


# ---- the rules of others


def _facts(m: RawModule) -> Key:
    imports = [(kind, what) for _, _, kind, what in m.imports]
    globals_ = [(valtype, mutable) for valtype, mutable, _ in m.globals]
    return repr((m.types, imports, m.funcs, m.tables, m.memories, globals_))


class _Callees:
    """Functions by structure, as Cranelift's cache has them; everything else by place
    in the VMContext, which the number of imported functions shifts."""

    def __init__(self, m: RawModule) -> None:
        self.m = m
        self.imported = len(m.imported("func"))
        self.types = m.func_types()

    def key(self, k: int) -> bytes:
        body = self.m.bodies[k]
        slots: dict[int, int] = {}
        parts: list[Any] = [self.types[self.imported + k], body.locals]
        for instr in body.code:
            parts.append(instr[0])
            spaces = edits.SPACES.get(instr[0])
            if instr[0] in edits.BLOCKS and instr[1] >= 0:
                parts.append(self.m.types[instr[1]])
            elif spaces is None:
                parts.append(instr[1:])
            else:
                for space, index in zip(spaces, instr[1:], strict=True):
                    parts.append(self.reference(space, index, slots))
        return blake2b(repr(parts).encode(), digest_size=16).digest()

    def reference(self, space: str | None, index: int, slots: dict[int, int]) -> Any:
        if space == "func":
            if index < self.imported:
                return "imported", index
            return slots.setdefault(index, len(slots)), self.types[index]
        if space == "type":
            return self.m.types[index]
        if space is None:
            return index
        origin = index < len(self.m.imported(space))
        return space, origin, index, self.imported


# ---- measuring


@dataclass(frozen=True)
class Version:
    """A module: per rule the keys of its functions."""

    loaded: Loaded
    keys: tuple[Sequence[Key], ...]


def version(m: RawModule, data: bytes | None = None) -> Version:
    recipe = Recipe(open_cache(enabled=False), Env(Target()), Target(), 4)
    loaded = load(recipe, encode(m) if data is None else data, "module.wasm", {})
    assert not loaded.problems, loaded.problems
    bodies = [encode_body(body) for body in m.bodies]
    facts, types = _facts(m), m.func_types()[len(m.imported("func")) :]
    callees = _Callees(m)
    return Version(
        loaded,
        (
            [(facts, body) for body in bodies],
            list(zip(types, bodies, strict=True)),
            [callees.key(k) for k in range(len(bodies))],
            [row.key for row in loaded.rows],
        ),
    )


@dataclass(frozen=True)
class Survival:
    """An edit: functions afterwards, and per rule how many keys were there before.

    wrong   hits of the body-alone rule for functions of which a fact changed
    missed  functions that lbtool compiles
    """

    title: str
    functions: int
    hits: tuple[int, ...]
    wrong: int

    @property
    def missed(self) -> int:
        return self.functions - self.hits[-1]

    def row(self) -> str:
        shares = [f"{100 * hits / self.functions:.2f} %" for hits in self.hits]
        shares[1] += f" ({self.wrong} wrong)" if self.wrong else ""
        return f"| {self.title} | {' | '.join(shares)} | {self.missed} |"


def compared(title: str, before: Version, after: Version) -> Survival:
    hits = []
    for old, new in zip(before.keys, after.keys, strict=True):
        there = set(old)
        hits.append(sum(key in there for key in new))
    known, made = before.loaded.artifacts, after.loaded.artifacts
    for key in known.keys() & made.keys():
        assert known[key] == made[key], f"{title}: a hit with other code"
    alone: dict[Key, set[bytes]] = {}
    for key, ours in zip(before.keys[1], before.keys[-1], strict=True):
        alone.setdefault(key, set()).add(ours)
    wrong = sum(
        key in alone and ours not in alone[key]
        for key, ours in zip(after.keys[1], after.keys[-1], strict=True)
    )
    return Survival(title, len(after.keys[0]), tuple(hits), wrong)


def survivals(m: RawModule) -> Iterable[Survival]:
    """Every edit that applies."""
    before = version(m)
    for title, edit in EDITS:
        changed = copied(m)
        try:
            if edit(changed) is None and edit.__name__ in FACTS:
                continue
        except (LookupError, ValueError):
            continue
        yield compared(title, before, version(changed))


# ---- tables


def table(first: str, rows: Iterable[Survival]) -> str:
    titles = " | ".join((first, *RULES, "compiled"))
    line = "|---|" + "---:|" * (len(RULES) + 1)
    return "\n".join((f"| {titles} |", line, *(row.row() for row in rows)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.build.survival")
    parser.add_argument("--write", action="store_true", help="into docs/incremental.md")
    parser.add_argument("--name", action="append", help="what to call each file")
    parser.add_argument("files", nargs="+", type=Path)
    chosen = parser.parse_args()
    names = chosen.name or [str(path) for path in chosen.files]
    modules = [path.read_bytes() for path in chosen.files]
    raws = [decode(data) for data in modules]
    distinct = Counter(row.key for row in version(raws[-1]).loaded.rows)
    head = f"{names[-1]}: {len(raws[-1].bodies):,} functions, {len(distinct):,} keys"
    parts = [f"{head}.", table("edit", survivals(raws[-1]))]
    if len(modules) > 1:
        versions = [version(r, d) for r, d in zip(raws, modules, strict=True)]
        pairs = [
            compared(f"{names[k]} → {names[k + 1]}", versions[k], versions[k + 1])
            for k in range(len(versions) - 1)
        ]
        parts.append(table("releases", pairs))
    text = "\n\n".join(parts)
    print(text)  # noqa: T201 - a command that prints tables
    if chosen.write:
        replaced("survival", text)


def replaced(mark: str, text: str) -> None:
    """Put tables between two marks of the document."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    before, _, rest = DOCUMENT.read_text().partition(begin)
    _, _, after = rest.partition(end)
    DOCUMENT.write_text(f"{before}{begin}\n{text}\n\n{end}{after}")


if __name__ == "__main__":
    main()
