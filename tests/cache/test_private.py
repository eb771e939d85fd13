"""Places that are not ours alone are refused, and the MAC key is made once."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lbtool.cache import private
from lbtool.cache.private import Unusable, filesystem, mac_key, prepare

if TYPE_CHECKING:
    from tests.cache.places import Place

NOBODY = 65534
root_only = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can give files away"
)


def refused(path: Path, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        prepare(str(path))


# ---- directories


def test_directories_are_made_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        prepare(str(tmp_path / "a" / "b" / "c"))
    finally:
        os.umask(old)
    for folder in ("a/b/c", "a/b", "a"):
        assert (tmp_path / folder).stat().st_mode & 0o777 == 0o700
    prepare(str(tmp_path / "a" / "b" / "c"))


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o707, 0o701, 0o777])
def test_open_to_others(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "cache"
    path.mkdir()
    path.chmod(mode)
    refused(path, "is open to others: chmod 700")


def test_what_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OSError, match="dangling"):
        prepare(str(tmp_path / "dangling" / "a" / "b"))


def test_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "cache").symlink_to(tmp_path / "real")
    refused(tmp_path / "cache", "symbolic link")


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    refused(tmp_path / "cache", "not a directory")


def test_parents_that_others_can_write(tmp_path: Path) -> None:
    parent = tmp_path / "shared"
    parent.mkdir()
    path = parent / "home" / "cache"
    for mode in (0o777, 0o757):
        parent.chmod(mode)
        refused(path, f"{parent} is writable by others")
    parent.chmod(0o1777)  # as /tmp: nobody can rename what is another's
    prepare(str(path))


def test_parents_that_a_group_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group with the number of the user has no other members."""
    parent = tmp_path / "shared"
    parent.mkdir()
    parent.chmod(0o775)
    at = parent.stat()
    found = list(at)
    for group, wrong in ((at.st_uid, False), (at.st_uid + 1, True)):
        found[stat.ST_GID] = group
        answer = os.stat_result(found)
        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", lambda _, answer=answer: answer)
            if wrong:
                with pytest.raises(Unusable, match="writable by others"):
                    private._check_parents("/a/b")
            else:
                private._check_parents("/a/b")


def test_a_link_on_the_way_is_followed_and_its_parents_count(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "home").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path / "open" / "home")
    refused(tmp_path / "link" / "cache", "is writable by others")


@root_only
def test_somebody_elses(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    path.mkdir(mode=0o700)
    os.chown(path, NOBODY, NOBODY)
    refused(path, "belongs to another user")
    refused(path / "deeper", "belongs to another user")


def test_places(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("LBTOOL_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/house/me")
    assert private.cache_directory() == "/house/me/.cache/lbtool"
    assert private.state_directory() == "/house/me/.local/state/lbtool"
    assert private.runtime_directory() == "/house/me/.local/state/lbtool/run"
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/7")
    assert private.cache_directory() == "/xdg/lbtool"
    assert private.state_directory() == "/house/me/.local/state/lbtool"
    assert private.runtime_directory() == "/run/user/7/lbtool"
    monkeypatch.setenv("LBTOOL_CACHE_DIR", "here")
    assert private.cache_directory() == str(Path.cwd() / "here")


# ---- file systems

MOUNTS = r"""22 1 254:0 / / rw - ext4 /dev/vda1 rw
30 22 0:26 / /house rw,relatime shared:1 - nfs4 server:/house rw
31 30 254:1 / /house/me/local rw - xfs /dev/vdb rw
32 22 0:40 / /mnt/with\040blank rw - fuse.sshfs me@there rw
33 22 0:41 / /over rw master:1 propagate_from:2 - ext4 /dev/vdc rw
34 33 0:42 / /over rw - cifs //server/share rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/housely/x", "ext4"),
        ("/house", "nfs4"),
        ("/house/me/x", "nfs4"),
        ("/house/me/local/cache", "xfs"),
        ("/mnt/with blank/cache", "fuse.sshfs"),
        ("/over/cache", "cifs"),
    ],
)
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert filesystem(path, MOUNTS) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs"])
def test_network_file_systems_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(os, "major", lambda _: 0)
    monkeypatch.setattr(private, "filesystem", lambda *_: kind)
    refused(tmp_path / "cache", f"network file system .{kind}.*LBTOOL_CACHE_DIR")


@pytest.mark.parametrize("kind", ["ext4", "overlay", "tmpfs", "fuse.gocryptfs", ""])
def test_local_file_systems_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(os, "major", lambda _: 0)
    monkeypatch.setattr(private, "filesystem", lambda *_: kind)
    prepare(str(tmp_path / "cache"))


# ---- the key


def test_the_key_is_made_once(tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: mac_key(state), range(40)))
    assert len(keys) == 1
    assert [path.name for path in Path(state).iterdir()] == ["cache.key"]
    at = (tmp_path / "state" / "cache.key").stat()
    assert at.st_mode & 0o777 == 0o600
    assert at.st_size == 32


@pytest.mark.parametrize("how", ["mode", "short", "long", "empty", "link", "owner"])
def test_a_key_that_is_not_secret_or_not_whole_is_replaced(
    tmp_path: Path, how: str
) -> None:
    state = str(tmp_path / "state")
    first = mac_key(state)
    path = tmp_path / "state" / "cache.key"
    if how == "mode":
        path.chmod(0o640)
    elif how == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    elif how == "owner":
        if os.geteuid() != 0:
            pytest.skip("only root can give files away")
        os.chown(path, NOBODY, NOBODY)
    else:
        path.write_bytes({"short": first[:31], "long": first * 2, "empty": b""}[how])
    second = mac_key(state)
    assert second != first
    assert mac_key(state) == second
    assert not path.is_symlink()


def test_a_folder_in_place_of_the_key(tmp_path: Path) -> None:
    (tmp_path / "state" / "cache.key").mkdir(parents=True)
    (tmp_path / "state").chmod(0o700)
    with pytest.raises(OSError, match="directory"):
        mac_key(str(tmp_path / "state"))


def test_the_key_is_never_inside_the_cache(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LBTOOL_STATE_DIR", str(place.cache / "state"))
    cache = place.open()
    assert cache.directory is None
    assert "inside the cache" in place.warnings[0]
