"""Builds the ahead-of-time compiled core.

Every ``.py`` file of the package with a ``.pxd`` beside it is compiled by Cython.
Constants live in one Python table each (`ENUMS`); the ``cdef enum`` and the C header
that compiled code reads are written from it here: no number is typed twice.
"""

from __future__ import annotations

import os
import runpy
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

ROOT = Path(__file__).parent
ENUMS = (
    "lbtool/abi.py",
    "lbtool/compiler/codes.py",
    "lbtool/x64/encodings.py",
    "lbtool/compiler/scan_codes.py",
)
HEADERS = {"lbtool/abi.py": "lbtool/abi.h"}
DIRECTIVES = {
    "language_level": 3,
    "boundscheck": True,
    "wraparound": False,
    "initializedcheck": False,
    "cdivision": True,
    "cpow": True,
    "infer_types": True,
    "annotation_typing": False,
    # The hints are to drop bounds checks, which are wanted.
    "show_performance_hints": False,
}
CSRC = Path("lbtool/runtime/csrc")
# What has state is in `native` only; the other files may be in several modules.
NATIVE_SOURCES = {
    "lbtool.runtime.native": sorted(
        str(p) for p in CSRC.glob("*.c") if not p.name.startswith("wasi")
    ),
    "lbtool.runtime.cells": [str(CSRC / "memory.c")],
    "lbtool.runtime.linked": [str(CSRC / "relocate.c"), str(CSRC / "segments.c")],
}
# Included by the modules of lbtool/runtime: a change there makes them out of date.
NATIVE_DEPENDS = sorted(str(p) for p in Path("lbtool/runtime").rglob("csrc/*.[ch]"))
COMPILE_ARGS = ["-O3", "-g0", "-fno-strict-aliasing", "-Wno-unused-function"]


def constants(path: str) -> dict[str, int]:
    names = runpy.run_path(str(ROOT / path))
    return {k: v for k, v in names.items() if k.isupper() and type(v) is int}


def write_if_changed(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def generate() -> None:
    for path in ENUMS:
        table = constants(path)
        body = "".join(f"    {k} = {v}\n" for k, v in table.items())
        note = f"# Written by setup.py from {path}.\n"
        write_if_changed((ROOT / path).with_suffix(".pxd"), f"{note}cdef enum:\n{body}")
        if path in HEADERS:
            lines = "".join(f"#define LB_{k} {v}\n" for k, v in table.items())
            text = f"/* Written by setup.py from {path}. */\n#pragma once\n{lines}"
            write_if_changed(ROOT / HEADERS[path], text)


def extensions() -> list[Extension]:
    enums = {str(Path(p).with_suffix(".pxd")) for p in ENUMS}
    found = []
    for pxd in sorted(Path("lbtool").rglob("*.pxd")):
        source = pxd.with_suffix(".py")
        if str(pxd) in enums or not source.exists():
            continue
        name = ".".join(source.with_suffix("").parts)
        native = NATIVE_SOURCES.get(name, [])
        found.append(
            Extension(
                name,
                [str(source), *native],
                include_dirs=["lbtool", "lbtool/runtime/csrc"],
                depends=NATIVE_DEPENDS if name.startswith("lbtool.runtime.") else [],
                extra_compile_args=COMPILE_ARGS,
            )
        )
    only = os.environ.get("LBTOOL_BUILD_ONLY")
    if only:
        found = [e for e in found if e.name in only.split(",")]
    return found


def main() -> None:
    os.chdir(ROOT)
    generate()
    modules = cythonize(
        extensions(),
        compiler_directives=DIRECTIVES,
        quiet=True,
        nthreads=int(os.environ.get("LBTOOL_JOBS", "0")),
    )
    setup(ext_modules=modules)


# Guarded, because the processes that translate in parallel may import this file.
if __name__ == "__main__":
    main()
