"""What is remembered of a module that was built: keys, and what they were made of.

With its MEMO record a module that nobody touched is known to be built without decoding
it: its keys have to be in the cache, that is all. There is one only for modules without
any diagnostic. The LAST record of a file is for explaining a miss. (A record per
function, from raw body to key, was measured too: reading it costs as much as the scan
which it would save. ``docs/build.md`` has the figures.)
"""

from __future__ import annotations

import os
from struct import Struct
from typing import TYPE_CHECKING

from lbtool.build.changes import names
from lbtool.build.report import FileReport
from lbtool.cache import last
from lbtool.cache.keys import last_key, memo_key
from lbtool.cache.kinds import LAST, MEMO
from lbtool.cache.seal import KEY_SIZE

if TYPE_CHECKING:
    from lbtool.build.functions import Recipe
    from lbtool.build.loading import Loaded

__all__ = ["note", "recall"]

HEADER = Struct("<2Q")  # bytes of code, functions


def _key(recipe: Recipe, path: str, contents: bytes) -> bytes:
    """Of a file with these contents: that another file has them is no news of this one.

    The name also decides whether the contents are text.
    """
    where = os.fsencode(os.path.realpath(path))
    return memo_key(recipe.env, recipe.target.profile.name, where, contents)


def recall(recipe: Recipe, path: str, contents: bytes) -> FileReport | None:
    """The report for a file that was built as it is, if all its code is there."""
    cache, key = recipe.cache, _key(recipe, path, contents)
    payload = cache.records(MEMO, [key]).get(key, b"")
    if len(payload) < HEADER.size:
        return None
    size, functions = HEADER.unpack_from(payload)
    cuts = range(HEADER.size, len(payload), KEY_SIZE)
    wanted = {payload[at : at + KEY_SIZE] for at in cuts}
    if cache.contains([*wanted]) != wanted:
        return None
    return FileReport(
        path, "unchanged", functions=functions, reused=functions, code_bytes=size
    )


def note(path: str, contents: bytes, report: FileReport, loaded: Loaded) -> None:
    """Remember a build for the processes that come."""
    recipe, module = loaded.unit.recipe, loaded.unit.module
    if not report.diagnostics:
        head = HEADER.pack(report.code_bytes, report.functions)
        keys = dict.fromkeys(row.key for row in loaded.rows)
        key = _key(recipe, path, contents)
        recipe.cache.put_records(MEMO, {key: head + b"".join(keys)})
    known = names(module)
    entries = [
        last.entry(known.get(i) or f"func[{i}]", row.key, row.canonical)
        for i, row in enumerate(loaded.rows, module.n_imported_funcs)
        if row.key
    ]
    payload = last.record(recipe.env, entries)
    recipe.cache.put_records(LAST, {last_key(path): payload})
