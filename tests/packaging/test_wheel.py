"""What is shipped: a wheel and an sdist with everything needed and nothing else."""

from __future__ import annotations

import importlib.util
import runpy
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.data import ROOT

# One worker builds for all of them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
# Objects in build/ are kept, so that only what changed is compiled again.
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis", "dist"
)


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree: building must not touch the one under test."""
    copy = tmp_path_factory.mktemp("source") / "lbtool"
    shutil.copytree(ROOT, copy, symlinks=True, ignore=LEFT_OUT)
    for stale in (copy / "build").glob("lib*/**/*.py"):
        stale.unlink()
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    run(*PIP, "wheel", *options, source, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


def is_generated(path: Path) -> bool:
    return path.read_text().startswith(("# Written by setup.py", "/* Written by"))


def packages() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed: list[str] = tomllib.load(file)["tool"]["setuptools"]["packages"]
    return listed


def test_every_package_is_listed() -> None:
    # Symlinked folders are found under the name that they are imported by.
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for pattern in ("lbtool/*/__init__.py", "lbtool/__init__.py")
        for path in ROOT.glob(pattern)
    }
    assert set(packages()) == found


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"lbtool"}
    assert not [name for name in names if name.endswith((".c", ".h", ".html"))]
    for package in packages():
        assert f"{package.replace('.', '/')}/__init__.py" in names
    assert "lbtool/py.typed" in names


def test_every_compiled_module_is_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    script = runpy.run_path(str(ROOT / "setup.py"))
    stems = {script["CORE_NAME"].replace(".", "/")}
    for pxd in ROOT.glob("lbtool/*/*.pxd"):
        stem = str(pxd.relative_to(ROOT)).removesuffix(".pxd")
        if is_generated(pxd) or not pxd.with_suffix(".py").exists():
            continue
        if stem.replace("/", ".") not in script["CORE"]:
            stems.add(stem)
    for stem in stems:
        assert [n for n in names if n.startswith(f"{stem}.c") and n.endswith(".so")]


def test_wheel_runs_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    run(*PIP, "--python", python, "install", "--no-deps", wheel, cwd=tmp_path)
    # Dependencies come from the environment of the tests, behind the fresh one; a path
    # added this way does not bring along its editable installs.
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(f"{_dependencies()}\n")

    script = "import lbtool.cache, lbtool.lsp; print(lbtool.__file__)"
    assert run(python, "-c", script, cwd=tmp_path).startswith(str(environment))
    command = environment / "bin" / "lbtool"
    assert "Commands:" in run(command, "--help", cwd=tmp_path)
    fib = ROOT / "examples" / "fib.wat"
    assert run(command, "run", fib, "--invoke", "fib", "10", cwd=tmp_path) == "89\n"


def _dependencies() -> Path:
    found = importlib.util.find_spec("click")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent.parent


def test_sdist_holds_the_sources(source: Path, tmp_path: Path) -> None:
    run(sys.executable, "setup.py", "-q", "sdist", "-d", tmp_path, cwd=source)
    (made,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(made) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "setup.py", "LICENSE", "README.md", "lbtool/py.typed"}
    folders = [ROOT / package.replace(".", "/") for package in packages()]
    for folder in folders:
        for pattern in ("*.py", "*.pxd", "csrc/*.[ch]"):
            wanted |= {
                str(path.relative_to(ROOT))
                for path in folder.glob(pattern)
                if not is_generated(path)
            }
    assert wanted <= names
    assert not [name for name in names if name.startswith(("lsp/", "cache/"))]
