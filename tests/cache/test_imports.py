"""What reading one sealed file imports: nothing that costs milliseconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from lbtool.cache.kinds import IMAGE
from tests.data import ROOT

if TYPE_CHECKING:
    from tests.cache.places import Place

HEAVY = (
    "_hashlib diskcache hashlib json logging pickle sqlite3 subprocess tempfile"
    " threading"
).split()
CODE = """
import sys
sys.path.insert(0, ".")
before = set(sys.modules)
from lbtool.cache.cache import open_cache
from lbtool.cache.keys import image_key
from lbtool.cache.kinds import IMAGE
with open_cache() as cache:
    found = cache.file(IMAGE, image_key(b"module"))
    assert found is None or bytes(found) == b"image"
    if found is None:
        cache.put_file(IMAGE, image_key(b"module"), b"image")
    hits = cache.stats.hits
names = sorted(set(sys.modules) - before)
import json
print(json.dumps([hits, names]))
"""
OURS = {
    "lbtool",
    "lbtool.cache",
    "lbtool.cache.cache",
    "lbtool.cache.files",
    "lbtool.cache.keys",
    "lbtool.cache.kinds",
    "lbtool.cache.private",
    "lbtool.cache.seal",
    "lbtool.cache.tree",
    "lbtool.team",
}


def run() -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-S", "-c", CODE],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    hits, names = json.loads(done.stdout)
    return hits, set(names)


def test_a_warm_run_imports_little(place: Place) -> None:
    hits, _ = run()
    assert hits == 0
    hits, names = run()
    assert hits == 1
    assert place.cache.is_dir()
    assert {name for name in names if name.startswith("lbtool")} <= OURS | {
        "lbtool._pure"
    }
    assert not names & set(HEAVY)
    assert not (place.cache / "rows").exists()
    with place.open() as cache:
        assert cache.file(IMAGE, bytes(32)) is None
