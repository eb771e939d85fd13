"""What is remembered of a module that was built: keys, and what they were made of.

With its MEMO record a module that nobody touched is known to be built without decoding
it: its keys have to be in the cache, that is all. There is one only for modules without
errors; a warning is in it. The LAST record of a file is for explaining a miss. (A
record per function, from raw body to key, was measured too: reading it costs as much as
the scan which it would save. ``docs/incremental.md`` has the figures.)
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from struct import Struct
from typing import TYPE_CHECKING

from lbtool.build.changes import names
from lbtool.build.report import FileReport
from lbtool.cache import last
from lbtool.cache.keys import last_key, memo_key
from lbtool.cache.kinds import LAST, MEMO
from lbtool.cache.seal import KEY_SIZE
from lbtool.errors import Diagnostic

if TYPE_CHECKING:
    from lbtool.build.functions import Recipe
    from lbtool.build.loading import Loaded

__all__ = ["note", "recall"]

# Bytes of code, functions, those among them that have none, bytes of warnings behind.
HEADER = Struct("<4Q")


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
    size, functions, unsupported, warned = HEADER.unpack_from(payload)
    end = HEADER.size + warned
    cuts = range(end, len(payload), KEY_SIZE)
    wanted = {payload[at : at + KEY_SIZE] for at in cuts}
    if cache.contains([*wanted]) != wanted:
        return None
    warnings = json.loads(payload[HEADER.size : end]) if warned else ()
    return FileReport(
        path,
        "unchanged",
        functions=functions,
        reused=functions - unsupported,
        unsupported=unsupported,
        diagnostics=tuple(Diagnostic(**{**each, "path": path}) for each in warnings),
        code_bytes=size,
    )


def note(path: str, contents: bytes, report: FileReport, loaded: Loaded) -> None:
    """Remember a build for the processes that come."""
    recipe, module = loaded.unit.recipe, loaded.unit.module
    if report.ok:
        told = [asdict(replace(each, path=None)) for each in report.diagnostics]
        warnings = json.dumps(told).encode() if told else b""
        counts = report.code_bytes, report.functions, report.unsupported, len(warnings)
        keys = dict.fromkeys(row.key for row in loaded.rows if row.key)
        payload = b"".join((HEADER.pack(*counts), warnings, *keys))
        recipe.cache.put_records(MEMO, {_key(recipe, path, contents): payload})
    known = names(module)
    entries = [
        last.entry(known.get(i) or f"func[{i}]", row.key, row.canonical)
        for i, row in enumerate(loaded.rows, module.n_imported_funcs)
        if row.key
    ]
    payload = last.record(recipe.env, path, entries)
    recipe.cache.put_records(LAST, {last_key(path): payload})
