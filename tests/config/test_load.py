"""Which file counts, who wins, what values may be."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Literal, get_type_hints

import click
import pytest

from lbtool.config import BY_NAME, SETTINGS, Setting, Settings, load
from lbtool.config.errors import ConfigError
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NOTHING: dict[str, str] = {}


def test_defaults(tmp_path: Path) -> None:
    found = load(tmp_path, environ=NOTHING)
    assert found.file is None
    for each in SETTINGS:
        value = getattr(found, each.attribute)
        assert value == (each.default if each.name != "threads" else found.threads)
        assert found.origin(each.name).as_json() == {"kind": "default"}
        assert not found.is_given(each.name)
    assert found.threads == len(os.sched_getaffinity(0))


def test_command_line_over_environment_over_file(tmp_path: Path) -> None:
    path = tmp_path / "lbtool.toml"
    path.write_text('\nbounds = "explicit"\nwasm = "1.0"\nthreads = 3\n')
    found = load(
        tmp_path,
        {"threads": 5, "wasm": None, "cache": False},
        {"LBTOOL_THREADS": "4", "LBTOOL_WASM": "2.0", "LBTOOL_BOUNDS": ""},
    )
    assert (found.bounds, found.wasm, found.threads) == ("explicit", "2.0", 5)
    assert found.cache is False
    assert found.is_given("cache")
    origins = {name: str(found.origin(name)) for name in BY_NAME}
    assert origins["bounds"] == f"{path}:2"
    assert origins["wasm"] == "LBTOOL_WASM"
    assert origins["threads"] == "--threads"
    assert origins["timeout"] == "default"


def test_the_nearest_file_counts_alone(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "lbtool.toml").write_text('wasm = "1.0"\ntimeout = 1')
    assert load(inner, environ=NOTHING).wasm == "1.0"
    # Without the table it is somebody else's, whatever it says.
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "lbtool"\nx =')
    assert load(inner, environ=NOTHING).wasm == "1.0"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.lbtool]\nthreads = 7")
    found = load(inner, environ=NOTHING)
    assert (found.wasm, found.threads, found.timeout) == ("2.0", 7, None)
    (tmp_path / "a" / "lbtool.toml").write_text("")
    found = load(inner, environ=NOTHING)
    assert (found.wasm, found.threads) == ("2.0", len(os.sched_getaffinity(0)))
    assert found.file is not None
    assert found.file.path == str(tmp_path / "a" / "lbtool.toml")


def test_a_removed_working_directory_has_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert load(environ=NOTHING).file is None


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "lbtool.toml").mkdir()
    with pytest.raises(OSError, match=r"lbtool\.toml"):
        load(tmp_path, environ=NOTHING)


def test_a_relative_cache_dir_starts_where_it_is_said(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "lbtool.toml").write_text('cache-dir = "store"')
    assert load(inner, environ=NOTHING).cache_dir == str(tmp_path / "store")
    given = load(inner, environ={"LBTOOL_CACHE_DIR": "mine"})
    assert given.cache_dir == "mine"


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("cache", "false", False),
        ("cache-size", "4096", 4096),
        ("cache-size", '"3 kB"', 3000),
        ("cache-size", '"2GiB"', 2 << 30),
        ("cache-size", '"1.5 GiB"', 3 << 29),
        ("timeout", "2", 2.0),
        ("timeout", "0.25", 0.25),
        ("threads", "2", 2),
        ("wasm", '"1.0"', "1.0"),
    ],
)
def test_values(tmp_path: Path, name: str, written: str, value: object) -> None:
    (tmp_path / "lbtool.toml").write_text(f"{name} = {written}")
    attribute = BY_NAME[name].attribute
    assert getattr(load(tmp_path, environ=NOTHING), attribute) == value
    (tmp_path / "lbtool.toml").unlink()
    given = {BY_NAME[name].variable: written.strip('"')}
    made = getattr(load(tmp_path, environ=given), attribute)
    assert (made, type(made)) == (value, type(value))


# What is wrong for each kind, as text; the last ones are wrong in files only.
WRONG = {
    "boolean": ("maybe", "2", "", "1", '"true"'),
    "choice": ("7.0", "guards", "", "1", "true"),
    "path": ("", "1", "[]"),
    "seconds": ("0", "-1", "inf", "nan", "soon", "true", '"1"'),
    "size": ("0", "-1", "1.5.1 MiB", "1.5 B", "1 XB", "MiB", "true", "1.5"),
    "threads": ("-1", "1.5", "many", "true", '"1"'),
}
ONLY_IN_FILES = {'"true"', '"1"', "[]", "1", "2", "true", "1.5"}
ROWS = [
    pytest.param(each, text, id=f"{each.name}={text}")
    for each in SETTINGS
    for text in WRONG[each.kind]
]


@pytest.mark.parametrize(("setting", "text"), ROWS)
def test_wrong_values(tmp_path: Path, setting: Setting, text: str) -> None:
    plain = text in ONLY_IN_FILES or text.lstrip("-").isdigit()
    toml = text if plain or text in ("inf", "nan") else f'"{text}"'
    (tmp_path / "lbtool.toml").write_text(f"# 1\n# 2\n  {setting.name} = {toml}")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, environ=NOTHING)
    (one,) = caught.value.diagnostics
    assert (one.code, one.line, one.column) == ("E0502", 3, 3)
    assert setting.expected in one.message


@pytest.mark.parametrize("text", ["maybe", "-1", "0", "soon", "1 XB", "inf"])
@pytest.mark.parametrize("setting", [e for e in SETTINGS if e.kind != "path"])
def test_wrong_variables(tmp_path: Path, setting: Setting, text: str) -> None:
    if (setting.kind, text) in (("boolean", "0"), ("threads", "0")):
        assert load(tmp_path, environ={setting.variable: text}) is not None
        return
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, environ={setting.variable: text})
    (one,) = caught.value.diagnostics
    assert one.message.startswith(f"wrong value: {setting.variable} must be ")
    assert one.path is None


def test_wrong_values_of_the_command_line_name_the_option(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"E0502.*: --poll-interval must be a number"):
        load(tmp_path, {"watch_interval": "x"}, NOTHING)


def test_names_are_spelt_once() -> None:
    hints = get_type_hints(Settings, localns={"Literal": Literal})
    assert list(hints) == [each.attribute for each in SETTINGS]
    assert len({each.option for each in SETTINGS}) == len(SETTINGS)


def test_every_command_has_the_options_of_its_settings() -> None:
    from lbtool.cli.main import COMMANDS, group  # noqa: PLC0415

    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        parts = [command, *getattr(command, "commands", {}).values()]
        params = [each for part in parts for each in part.params]
        options = {option for each in params for option in each.opts}
        for each in SETTINGS:
            if name in each.commands:
                assert each.option in options, f"{name} lacks {each.option}"


def test_loading_without_a_file_imports_nothing(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import os, lbtool\n"
        "before = set(sys.modules)\n"
        "from lbtool import config; config.load()\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        "lbtool.config",
        "lbtool.config.load",
        "lbtool.config.table",
    ]
