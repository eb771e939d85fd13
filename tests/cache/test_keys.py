"""What is in a key: the loaded files, every option, and nothing else."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import pytest

import lbtool
from lbtool.cache import keys
from lbtool.cache.keys import Env, H, compiler_id, function_key, memo_key, prefixed
from lbtool.compiler import Target, compile_module
from lbtool.compiler.target import host_features
from lbtool.runtime import native
from lbtool.wasm import decode
from lbtool.wasm.profile import Profile
from tests.compiler.sources import many
from tests.data import ROOT

PACKAGE = Path(lbtool.__file__).parent
# Another value for every option of code generation; a new option needs one here.
OTHER: dict[str, Any] = {
    "bounds": "explicit",
    "strict": True,
    "gprs": 0b1111,
    "xmms": 0b111,
    "pins": (1, 2),
    "features": frozenset({"bmi1"}),
    "off": frozenset({"fuse"}),
}


# ---- digests


def test_lengths_are_part_of_the_digest() -> None:
    digests = {
        H(b"ab", b"c"),
        H(b"a", b"bc"),
        H(b"abc"),
        H(b"", b"abc"),
        H(b"abc", b""),
    }
    assert len(digests) == 5
    assert {len(each) for each in digests} == {32}


def test_a_prefix_is_hashed_once_and_counts() -> None:
    assert prefixed(b"ab", b"c")(memoryview(b"d")) == H(b"ab", b"c", b"d")


# ---- the environment


def test_every_option_is_in_the_environment() -> None:
    """A new field of `Target` is in the key without anybody thinking of it."""
    names = {field.name for field in dataclasses.fields(Target)}
    assert names == {*OTHER, *keys.NOT_CODE}
    base = Env(Target(features=frozenset()))
    digests = {base.digest}
    for name, value in OTHER.items():
        env = Env(Target(**{"features": frozenset(), name: value}))
        changed = {k for k, v in env.components.items() if base.components[k] != v}
        assert changed == {f"option {name}"}
        digests.add(env.digest)
    assert len(digests) == 1 + len(OTHER)


def test_an_option_of_a_new_type_needs_a_text() -> None:
    target = Target()
    object.__setattr__(target, "pins", [1, 2])
    with pytest.raises(TypeError, match="list"):
        Env(target)


def test_the_machine_contract_is_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = Env(Target()).digest
    monkeypatch.setattr("lbtool.abi.VM_CELLS", 512)
    assert Env(Target()).digest != before


def test_the_machine_is_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Env(Target())
    assert before.components["architecture"] == platform.machine()
    names = os.uname()
    other = os.uname_result((names[0], names[1], names[2], names[3], "riscv"))
    monkeypatch.setattr(os, "uname", lambda: other)
    assert Env(Target()).digest != before.digest


def test_the_profile_does_not_reach_code() -> None:
    """It decides whether a body is valid; equal canonical bytes give equal code."""
    old, new = (Target(profile=Profile(name)) for name in ("1.0", "2.0"))
    assert Env(old).digest == Env(new).digest
    module = decode(many(60))
    found = [compile_module(module, target) for target in (old, new)]
    assert found[0] == found[1]
    assert len(found[0]) == 60
    memos = {memo_key(Env(old), name, b"env", b"body") for name in ("1.0", "2.0")}
    assert len(memos) == 2  # what a memo saves is the validation too


def test_keys_of_different_things_differ() -> None:
    env = Env(Target())
    found = {
        function_key(env, b"x"),
        env.digest,
        memo_key(env, "2.0", b"", b"x"),
        memo_key(env, "2.0", b"x", b""),
        keys.valid_key("2.0", b"x"),
        keys.last_key("x"),
        keys.image_key(b"x"),
        keys.image_key(b"x", b""),
        keys.image_key(b"", b"x"),
        keys.text_key(b"x"),
        keys.shim_key(b"x"),
    }
    assert len(found) == 11


def test_images_know_every_feature_that_code_uses() -> None:
    """A bit each, found by other means than what the compiler asks."""
    assert int(native.cpu_features()).bit_count() == len(host_features())


def test_another_assembler_makes_other_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wasmtime").mkdir()
    (tmp_path / "wasmtime" / "__init__.py").touch()
    usual = keys.text_key(b"x")
    monkeypatch.syspath_prepend(tmp_path)
    assert keys.text_key(b"x") != usual
    monkeypatch.setattr(sys, "path", [])
    assert keys.text_key(b"x") != usual


def test_the_assembler_is_the_one_that_is_imported() -> None:
    import wasmtime  # noqa: PLC0415 - as the key does not

    found = next(p for p in sys.path if (Path(p) / keys.ASSEMBLER).exists())
    assert Path(found, keys.ASSEMBLER) == Path(wasmtime.__file__)


def test_hash_seeds_do_not_matter() -> None:
    code = (
        "from lbtool.cache.keys import Env; from lbtool.compiler import Target;"
        "print(Env(Target(features=frozenset('abcdefgh'))).digest.hex())"
    )
    assert len({run(code, PYTHONHASHSEED=str(seed)) for seed in range(3)}) == 1


# ---- the compiler's files


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def files() -> dict[str, Path]:
    """What `compiler_id` reads, by module."""
    return {
        name: Path(entry.path)
        for folder in keys.COMPILER
        for name, entry in keys._loaded(folder)
    }


def source(name: str) -> str:
    return name.replace(".", "/") + ".py"


def test_every_module_of_the_compiler_is_covered() -> None:
    covered = set(files())
    expected = {
        f"{folder}.{path.stem}".lstrip(".")
        for folder in ("", "build", "cache", "compiler", "wasm", "x64")
        for path in (PACKAGE / folder).glob("*.py")
    }
    # modules that have no source beside them
    expected |= {name for name in covered if not (PACKAGE / source(name)).exists()}
    assert covered == expected
    # whatever these packages import of lbtool is covered too
    code = (
        "import sys, lbtool.compiler, lbtool.compiler.keying, json;"
        "print(json.dumps([n for n in sys.modules if n.startswith('lbtool.')]))"
    )
    loaded = {name.removeprefix("lbtool.") for name in json.loads(run(code))}
    packages = {name.removesuffix(".__init__") for name in covered}
    assert loaded <= covered | packages
    assert "compiler.scan" in loaded


def test_the_files_are_those_that_python_loads() -> None:
    """The core is one extension module; the modules in it name it as their file."""
    code = (
        "import json, sys, lbtool.compiler.keying, lbtool.build;"
        "from tests.cache.test_keys import files;"
        "print(json.dumps([{n: m.__file__ for n, m in sys.modules.items()"
        " if n.startswith('lbtool.')}, {k: str(v) for k, v in files().items()}]))"
    )
    loaded, known = json.loads(run(code))
    folders = tuple(f"lbtool.{folder}" for folder in keys.COMPILER if folder)
    paths = [Path(path) for path in known.values()]
    found = {name: Path(path) for name, path in loaded.items()}
    ours = [path for name, path in found.items() if name.startswith(folders)]
    assert len(ours) > 40
    for path in ours:
        assert any(path.samefile(each) for each in paths), path
    if not os.environ.get("LBTOOL_PURE"):
        assert found["lbtool.compiler.scan"].name.endswith(tuple(EXTENSION_SUFFIXES))


def test_an_extension_module_wins_over_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for Python, unless the compiler core is to run un-compiled."""
    monkeypatch.setattr(keys, "ROOT", str(tmp_path))
    for folder in ("compiler", "runtime"):
        (tmp_path / folder).mkdir()
        for suffix in (*EXTENSION_SUFFIXES, ".py", ".pxd", ".c"):
            (tmp_path / folder / f"scan{suffix}").touch()
    monkeypatch.delenv("LBTOOL_PURE", raising=False)
    for folder in ("compiler", "runtime"):
        ((name, entry),) = keys._loaded(folder)
        assert name == f"{folder}.scan"
        assert entry.name == f"scan{EXTENSION_SUFFIXES[0]}"
    monkeypatch.setenv("LBTOOL_PURE", "1")
    names = [e.name for f in ("compiler", "runtime") for _, e in keys._loaded(f)]
    assert names == ["scan.py", f"scan{EXTENSION_SUFFIXES[0]}"]


def test_the_pure_compiler_is_another_one() -> None:
    code = (
        "import json; from tests.cache.test_keys import files, compiler_id;"
        "import lbtool.compiler.scan as scan, lbtool.x64.assembler as assembler;"
        "print(json.dumps([compiler_id().hex(), scan.__file__, assembler.__file__,"
        " {k: str(v) for k, v in files().items()}]))"
    )
    digest, scan, assembler, found = json.loads(run(code, LBTOOL_PURE="1"))
    assert Path(found["compiler.scan"]).samefile(scan)
    assert Path(found["x64.assembler"]).samefile(assembler)
    assert scan.endswith(".py")
    assert digest != compiler_id().hex()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the ids are made of, in place of the package."""
    for name in (*keys.COMPILER, *keys.LINKING):
        (tmp_path / name).mkdir(exist_ok=True)
        for _, entry in keys._loaded(name):
            shutil.copy2(entry.path, tmp_path / name / entry.name)
    monkeypatch.setattr(keys, "ROOT", str(tmp_path))
    monkeypatch.setattr(keys, "_known", {})
    monkeypatch.setattr(keys, "_STARTED_WITH", keys._stat_identity())
    return tmp_path


def fresh_id(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """As another process has it."""
    monkeypatch.setattr(keys, "_known", {})
    monkeypatch.setattr(keys, "_STARTED_WITH", keys._stat_identity())
    return compiler_id()


def test_a_copy_has_the_same_id(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert copy.is_dir()
    first = fresh_id(monkeypatch)
    assert fresh_id(monkeypatch) == first


def test_every_byte_of_every_file_counts(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {fresh_id(monkeypatch)}
    paths = sorted(files().values())
    assert all(path.is_relative_to(copy) for path in paths)
    for path in paths:
        data = bytearray(path.read_bytes())
        middle = slice(len(data) // 2, len(data) // 2 + 1)
        data[middle] = bytes(each ^ 1 for each in data[middle]) or b"\xff"
        path.write_bytes(data)
        seen.add(fresh_id(monkeypatch))
    assert len(seen) == len(paths) + 1


def test_only_what_python_loads_counts(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fresh_id(monkeypatch)
    for name in ("scan.pxd", "scan.c", "notes.txt", "scan.pyc"):
        (copy / "compiler" / name).write_text("anything")
    assert fresh_id(monkeypatch) == before
    (copy / "compiler" / "more.py").write_text("anything")
    assert fresh_id(monkeypatch) != before


def test_files_that_change_under_a_process_give_an_id_of_its_own(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old modules are loaded and the new files are read: nobody shares that."""
    assert not keys.changed()
    (copy / "wasm" / "leb.py").write_text("another version")
    assert keys.changed()
    ids = {compiler_id()}
    assert compiler_id() in ids
    for _ in range(2):
        monkeypatch.setattr(keys, "_known", {})
        ids.add(compiler_id())
    assert len(ids) == 3


def test_an_installation_without_files_has_an_id_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ROOT", str(tmp_path / "absent"))
    monkeypatch.setattr(keys, "_known", {})
    assert len(compiler_id()) == 32


def test_quick_ids_see_replaced_files(copy: Path) -> None:
    before = keys._stat_identity()
    path = copy / "runtime" / next(iter(keys._loaded("runtime")))[1].name
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    assert keys._stat_identity() != before
