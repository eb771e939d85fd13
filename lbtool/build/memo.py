"""What is remembered of a module that was built: keys, and what they were made of.

With its MEMO record a module that nobody touched is known to be built without decoding
it: its keys have to be in the cache, that is all. There is one only for modules without
any diagnostic. The LAST record of a file is for explaining a miss. (A record per
function, from raw body to key, was measured too: reading it costs as much as the scan
which it would save. ``docs/build.md`` has the figures.)
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from lbtool.build.changes import names
from lbtool.cache import last
from lbtool.cache.keys import last_key, memo_key
from lbtool.cache.kinds import LAST, MEMO
from lbtool.cache.seal import KEY_SIZE

if TYPE_CHECKING:
    from lbtool.build.functions import Recipe
    from lbtool.build.loading import Loaded
    from lbtool.build.report import FileReport

__all__ = ["Memo", "note", "recall"]

HEADER = Struct("<2Q")  # bytes of code, functions


class Memo(NamedTuple):
    """A module that was built: how many functions, and bytes of their code."""

    functions: int
    code_bytes: int


def _key(recipe: Recipe, is_text: bool, contents: bytes) -> bytes:
    """Whether bytes are text depends on the name of the file, too."""
    what = b"text" if is_text else b"binary"
    return memo_key(recipe.env, recipe.target.profile.name, what, contents)


def recall(recipe: Recipe, is_text: bool, contents: bytes) -> Memo | None:
    """What is remembered of these contents, if all their code is in the cache."""
    cache, key = recipe.cache, _key(recipe, is_text, contents)
    payload = cache.records(MEMO, [key]).get(key, b"")
    if len(payload) < HEADER.size:
        return None
    code_bytes, functions = HEADER.unpack_from(payload)
    cuts = range(HEADER.size, len(payload), KEY_SIZE)
    wanted = {payload[at : at + KEY_SIZE] for at in cuts}
    return Memo(functions, code_bytes) if cache.contains([*wanted]) == wanted else None


def note(
    path: str, contents: bytes, is_text: bool, report: FileReport, loaded: Loaded
) -> None:
    """Remember a build for the processes that come."""
    recipe, module = loaded.unit.recipe, loaded.unit.module
    if not report.diagnostics:
        head = HEADER.pack(report.code_bytes, report.functions)
        keys = dict.fromkeys(row.key for row in loaded.rows)
        key = _key(recipe, is_text, contents)
        recipe.cache.put_records(MEMO, {key: head + b"".join(keys)})
    known = names(module)
    entries = [
        last.entry(known.get(i) or f"func[{i}]", row.key, row.canonical)
        for i, row in enumerate(loaded.rows, module.n_imported_funcs)
        if row.key
    ]
    payload = last.record(recipe.env, entries)
    recipe.cache.put_records(LAST, {last_key(path): payload})
