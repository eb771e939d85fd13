"""Ways to damage or forge a cache; each takes a copy of one that is full.

Most are drawn at random from a seed, so that a count of trials is a count of different
ones. What must hold afterwards is in ``test_mutations.py``.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool.cache import seal
from lbtool.cache.kinds import ARTIFACT, IMAGE, MEMO
from lbtool.cache.seal import Sealer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from tests.cache.places import Place

NOBODY = 65534


@dataclass
class Trial:
    """A copy of a full cache, and what an attack would leave outside of it.

    mark    a folder that unpickling a planted object makes
    victim  a file outside that nobody may change
    """

    place: Place
    random: Random
    mark: Path
    victim: Path

    @property
    def database(self) -> Path:
        return self.place.cache / "rows" / "cache.db"

    @property
    def key_file(self) -> Path:
        return self.place.state / "cache.key"

    def mac_key(self) -> bytes:
        return self.key_file.read_bytes()

    def any_file(self) -> Path:
        """A file of the cache with something in it."""
        found = [p for p in sorted(self.place.cache.rglob("*")) if p.is_file()]
        return self.random.choice([p for p in found if p.stat().st_size])

    def sql(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            for text, parameters in statements:
                connection.execute(text, parameters)
            connection.commit()

    def rows(self) -> list[tuple[bytes, bytes]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return list(connection.execute("SELECT key, value FROM Cache ORDER BY key"))

    def keys(self, tag: str) -> list[bytes]:
        query = "SELECT key FROM Cache WHERE tag = ? ORDER BY key"
        with closing(sqlite3.connect(self.database)) as connection:
            return [key for (key,) in connection.execute(query, (tag,))]

    def pick(self, n: int) -> list[tuple[bytes, bytes]]:
        return self.random.sample(self.rows(), n)


class Bomb:
    """Unpickling it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


# ---- bytes


def flip(trial: Trial) -> None:
    path = trial.any_file()
    data = bytearray(path.read_bytes())
    for _ in range(trial.random.randint(1, 16)):
        data[trial.random.randrange(len(data))] ^= trial.random.randrange(1, 256)
    path.write_bytes(data)


def truncate(trial: Trial) -> None:
    path = trial.any_file()
    os.truncate(path, trial.random.randrange(path.stat().st_size))


def blank_page(trial: Trial) -> None:
    data = bytearray(trial.database.read_bytes())
    at = 4096 * trial.random.randrange(len(data) // 4096)
    data[at : at + 4096] = trial.random.choice(
        [bytes(4096), trial.random.randbytes(4096)]
    )
    trial.database.write_bytes(data)


def garbage(trial: Trial) -> None:
    size = trial.random.choice([1, 15, 16, 53, 54, 100, 5000])
    trial.any_file().write_bytes(trial.random.randbytes(size))


def append(trial: Trial) -> None:
    with trial.any_file().open("ab") as file:
        file.write(trial.random.randbytes(trial.random.randint(1, 5000)))


def journal(trial: Trial) -> None:
    name = trial.random.choice(["cache.db-wal", "cache.db-shm", "cache.db-journal"])
    size = trial.random.choice([0, 1, 32, 4152, 32768])
    (trial.database.parent / name).write_bytes(trial.random.randbytes(size))


# ---- records


def swap(trial: Trial) -> None:
    """Every blob is one of ours, at the wrong key (of any kind)."""
    (one, first), (other, second) = trial.pick(2)
    update = "UPDATE Cache SET value = ? WHERE key = ?"
    trial.sql((update, (second, one)), (update, (first, other)))


def swap_kinds(trial: Trial) -> None:
    """A record of another kind that has the key which is asked for."""
    key = trial.random.choice(trial.keys("artifact"))
    kind = trial.random.choice([MEMO, IMAGE])
    blob = Sealer(trial.mac_key()).seal(kind, key, trial.random.randbytes(200))
    trial.sql(("UPDATE Cache SET value = ? WHERE key = ?", (blob, key)))


def swap_files(trial: Trial) -> None:
    folder = trial.place.cache / "files"
    one, other = trial.random.sample(sorted(folder.iterdir()), 2)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def replay(trial: Trial) -> None:
    """A record of another version or environment, whole and with our tag."""
    (key, value), *_ = trial.pick(1)
    payload = value[seal.START : -seal.TAG_SIZE]
    header = trial.random.choice([b"LBTR\x02\x00", b"LBTR\x00\x00", b"XXXX\x01\x00"])
    state = Sealer(trial.mac_key())._state(ARTIFACT)
    state.update(header + key + payload)
    blob = header + key + payload + state.digest()
    trial.sql(("UPDATE Cache SET value = ? WHERE key = ?", (blob, key)))


def old_layout(trial: Trial) -> None:
    """Ours, of this key and format, but no artifact of ours fits these bytes."""
    (key, value), *_ = trial.pick(1)
    payload = bytearray(value[seal.START : -seal.TAG_SIZE])
    payload = payload[: trial.random.randrange(len(payload))] or bytearray(b"\0")
    blob = Sealer(trial.mac_key()).seal(ARTIFACT, key, bytes(payload))
    trial.sql(("UPDATE Cache SET value = ? WHERE key = ?", (blob, key)))


def foreign_key(trial: Trial) -> None:
    """Records that somebody else sealed."""
    sealer = Sealer(trial.random.randbytes(32))
    trial.sql(
        *(
            (
                "UPDATE Cache SET value = ? WHERE key = ?",
                (sealer.seal(ARTIFACT, key, value[seal.START : -seal.TAG_SIZE]), key),
            )
            for key, value in trial.pick(5)
        )
    )


def new_mac_key(trial: Trial) -> None:
    trial.key_file.write_bytes(trial.random.randbytes(32))


def pickled(trial: Trial) -> None:
    """Rows that diskcache would unpickle: as value, as key, in a file."""
    (key, _), *_ = trial.pick(1)
    bomb = pickle.dumps(Bomb(trial.mark))
    where = "UPDATE Cache SET mode = 4, value = ? WHERE key = ?"
    what = trial.random.randrange(3)
    if what == 0:
        trial.sql((where, (bomb, key)))
    elif what == 1:
        trial.sql(("UPDATE Cache SET key = ?, raw = 0 WHERE key = ?", (bomb, key)))
    else:
        (trial.database.parent / "x.val").write_bytes(bomb)
        trial.sql(
            (
                "UPDATE Cache SET mode = 4, value = NULL, filename = ? WHERE key = ?",
                ("x.val", key),
            )
        )


def file_names(trial: Trial) -> None:
    """Rows that name a file outside, expired too: diskcache would delete it."""
    picked = trial.pick(3)
    name = os.path.relpath(trial.victim, trial.database.parent)
    mode = trial.random.choice([1, 2, 3, 4])
    columns = "mode = ?, filename = ?, expire_time = ?, store_time = 0"
    update = f"UPDATE Cache SET {columns} WHERE key = ?"
    expires = trial.random.choice([1.0, None])
    trial.sql(*((update, (mode, name, expires, key)) for key, _ in picked))


def wrong_types(trial: Trial) -> None:
    (key, _), *_ = trial.pick(1)
    value = trial.random.choice([None, 7, 1.5, "text", b""])
    column = trial.random.choice(["value", "mode", "raw", "tag", "store_time", "size"])
    trial.sql((f"UPDATE Cache SET {column} = ? WHERE key = ?", (value, key)))


# ---- the database


HOSTILE_SETTINGS = (
    ("sqlite_writable_schema", 1),
    ("sqlite_journal_mode", "off"),
    ("sqlite_mmap_size", 1 << 30),
    ("sqlite_user_version = 7; --", 0),
    ("disk_unknown", 1),
    ("disk_min_file_size", 0),
    ("eviction_policy", "nothing"),
    ("eviction_policy", "least-recently-used"),
    ("cull_limit", 1_000_000),
    ("size_limit", 1),
    ("count", "many"),
    ("size", None),
    ("_disk", 0),
    ("tag_index", 1),
    ("volume", 3),
)


def settings(trial: Trial) -> None:
    """Rows that diskcache makes into PRAGMAs, attributes and constructor arguments."""
    row = trial.random.choice(HOSTILE_SETTINGS)
    trial.sql(("INSERT OR REPLACE INTO Settings VALUES (?, ?)", row))


SCHEMAS = (
    "CREATE TRIGGER t AFTER INSERT ON Cache BEGIN DELETE FROM Cache; END",
    "CREATE TRIGGER t AFTER UPDATE ON Cache BEGIN DELETE FROM Settings; END",
    "CREATE TABLE extra (x)",
    "CREATE VIEW v AS SELECT load_extension('x')",
    "DROP TABLE Cache",
    "DROP TABLE Settings",
    "DROP INDEX Cache_key_raw",
    "ALTER TABLE Cache ADD COLUMN more",
    "DELETE FROM Settings",
)
ENDLESS = (
    "CREATE VIEW Settings AS WITH RECURSIVE r(key, value) AS"
    " (SELECT 'a', 1 UNION ALL SELECT 'a', 1 FROM r) SELECT * FROM r"
)


def schema(trial: Trial) -> None:
    what = trial.random.randrange(len(SCHEMAS) + 1)
    if what < len(SCHEMAS):
        trial.sql((SCHEMAS[what], ()))
    else:
        trial.sql(("DROP TABLE Settings", ()), (ENDLESS, ()))


# ---- directories


def mode(trial: Trial) -> None:
    """Open to others, or closed to ourselves."""
    path, bits = trial.random.choice(
        [
            (trial.place.cache, 0o777),
            (trial.place.cache, 0o750),
            (trial.place.cache.parent, 0o777),
            (trial.place.state, 0o777),
            (trial.key_file, 0o644),
            (trial.database, 0),
            (trial.database.parent, 0o500),
        ]
    )
    path.chmod(bits)


def owner(trial: Trial) -> None:
    """Somebody else's; only root can pretend."""
    paths = [
        trial.place.cache,
        trial.place.state,
        trial.key_file,
        trial.database,
        trial.database.parent,
    ]
    if os.geteuid() == 0:
        os.chown(trial.random.choice(paths), NOBODY, NOBODY)
    else:
        trial.place.cache.chmod(0o701)


def symlink(trial: Trial) -> None:
    """Moved elsewhere, with a link in its place."""
    cache = trial.place.cache
    path = trial.random.choice(
        [
            cache,
            cache / "rows",
            cache / "files",
            trial.database,
            trial.place.state,
            trial.key_file,
        ]
    )
    moved = path.parent.parent / f"moved-{path.name}"
    path.rename(moved)
    path.symlink_to(moved)


def strange_file(trial: Trial) -> None:
    """A FIFO, a folder or a huge hole where a file should be."""
    records = sorted((trial.place.cache / "files").iterdir())
    path = trial.random.choice(
        [*records, trial.database, trial.place.cache / "store.lock", trial.key_file]
    )
    path.unlink(missing_ok=True)
    what = trial.random.randrange(3)
    if what == 0:
        os.mkfifo(path, 0o600)
    elif what == 1:
        path.mkdir(mode=0o700)
    else:
        with path.open("wb") as file:
            file.truncate(1 << 40)


def removed(trial: Trial) -> None:
    trial.random.choice([trial.database, trial.key_file]).unlink()


DAMAGES: tuple[Callable[[Trial], None], ...] = (
    flip,
    flip,
    truncate,
    blank_page,
    garbage,
    append,
    journal,
    swap,
    swap_kinds,
    swap_files,
    replay,
    old_layout,
    foreign_key,
    new_mac_key,
    pickled,
    file_names,
    wrong_types,
    settings,
    schema,
    mode,
    owner,
    symlink,
    strange_file,
    removed,
)
