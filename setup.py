"""Builds the ahead-of-time compiled core.

Every ``.py`` file of the package with a ``.pxd`` beside it is compiled by Cython.
Constants live in one Python table each (`ENUMS`); the ``cdef enum`` and the C header
that compiled code reads are written from it here: no number is typed twice.

The modules of the compiler (`CORE`) become one extension module, because calls inside
one C file are direct and can be inlined, while calls between extension modules go
through tables of pointers. ``lbtool.compiler.core`` registers them under their names.
"""

from __future__ import annotations

import ast
import os
import runpy
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from Cython.Build import cythonize
from Cython.Compiler import Buffer, Naming, Options
from Cython.Compiler.Symtab import CClassScope
from setuptools import Extension, setup

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent
ENUMS = (
    "lbtool/abi.py",
    "lbtool/compiler/codes.py",
    "lbtool/x64/encodings.py",
    "lbtool/compiler/scan_codes.py",
)
# Each after what it needs.
CORE = (
    "lbtool.compiler.artifact",
    "lbtool.x64.assembler",
    "lbtool.compiler.tables",
    "lbtool.compiler.places",
    "lbtool.compiler.entries",
    "lbtool.compiler.values",
    "lbtool.compiler.moves",
    "lbtool.compiler.function",
    "lbtool.compiler.lowering",
    "lbtool.compiler.microwasm",
    "lbtool.compiler.select_int",
    "lbtool.compiler.select_product",
    "lbtool.compiler.select_condition",
    "lbtool.compiler.select_float",
    "lbtool.compiler.select_memory",
    "lbtool.compiler.select_bulk",
    "lbtool.compiler.select_call",
    "lbtool.compiler.ahead",
    "lbtool.compiler.labels",
    "lbtool.compiler.driver",
    "lbtool.compiler.frame",
    "lbtool.compiler.generator",
    "lbtool.compiler.recording",
    "lbtool.compiler.outline",
    "lbtool.compiler.scan_cursor",
    "lbtool.compiler.scan_locals",
    "lbtool.compiler.scan_stack",
    "lbtool.compiler.scan_instructions",
    "lbtool.compiler.scan",
    "lbtool.compiler.batch",
    "lbtool.compiler.keying",
)
CORE_NAME = "lbtool.compiler.core"
CORE_SOURCE = Path("build/core/core.py")
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
# What C modules include: a change there makes those of the same package out of date.
HEADERS_OF = {
    "lbtool.runtime": sorted(map(str, CSRC.glob("*.[ch]"))),
    "lbtool.compiler": ["lbtool/compiler/crew.h"],
}
COMPILE_ARGS = ["-O3", "-g0", "-fno-strict-aliasing", "-Wno-unused-function"]

# The core is many small methods that call each other: more inlining than usual.
CORE_ARGS = [
    "-fno-tree-vectorize",
    # they fill registers across branches that are all over the place here: 1 percent
    *("-fno-code-hoisting", "-fno-tree-pre"),
    *("--param=inline-unit-growth=200", "--param=max-inline-insns-single=400"),
    *("--param=large-function-growth=400", "--param=large-stack-frame-growth=4000"),
]


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


# ---- the core as one module

# All buffers have one dimension. A view has room for as many as this says (1 is too few
# for Cython itself): the objects of the core are half as large as with the usual 8.
Options.buffer_max_dims = 2

_declare: Callable[..., Any] = CClassScope.declare_cfunction
_look_up: Callable[..., object] = Buffer.put_buffer_lookup_code


def _declare_final(
    scope: Any,  # noqa: ANN401 - some attributes are set from outside
    name: str,
    *args: object,
    **kwargs: object,
) -> object:
    """The C methods of the core are final, and named as soon as they are declared.

    Cython gives final methods their names when they are defined, which is after
    subclasses have copied the declarations, and then it calls the inherited ones
    through tables of pointers: nothing of those could be inlined.
    """
    of_core = getattr(scope.outer_scope, "qualified_name", None) == CORE_NAME
    if not of_core or kwargs.get("overridable"):  # that is, cpdef
        return _declare(scope, name, *args, **kwargs)
    before = scope.directives
    scope.directives = {**before, "final": True}
    entry = _declare(scope, name, *args, **kwargs)
    scope.directives = before
    entry.final_func_cname = scope.mangle(Naming.func_prefix, name)
    return entry


def _look_up_unsigned(**given: Any) -> object:  # noqa: ANN401
    """One comparison for the bounds of an index: a negative one is a very large one."""
    names = [f"((size_t){name})" for name in given["index_cnames"]]
    changed = {"index_cnames": names, "index_signeds": [0] * len(names)}
    return _look_up(**{**given, **changed})


CClassScope.declare_cfunction = _declare_final  # type: ignore[assignment,method-assign]
# Negative indices do not count from the end here (`DIRECTIVES`).
Buffer.put_buffer_lookup_code = _look_up_unsigned  # type: ignore[assignment]

# Error paths out of the way of the code that runs.
COLD = """cdef extern from *:
    \"\"\"
    static void __Pyx_AddTraceback(const char *, int, int, const char *)
        __attribute__((cold, noinline));
    static void __Pyx_RaiseBufferIndexErrorNogil(int)
        __attribute__((cold, noinline));
    \"\"\"
"""
# The modules that were put together appear under their own names.
REGISTER = """

def _register():
    import sys
    from importlib import import_module
    from types import ModuleType

    for name, names in {names!r}.items():
        module = sys.modules[name] = ModuleType(name)
        module.__file__ = __file__
        for each in names:
            if each in globals():  # C variables are not
                setattr(module, each, globals()[each])
    for name in {names!r}:
        parent, _, child = name.rpartition(".")
        setattr(import_module(parent), child, sys.modules[name])


_register()
"""


def _only_uncompiled(node: ast.stmt) -> bool:
    """``if not cython.compiled`` or ``if TYPE_CHECKING``, or a docstring."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in {"not cython.compiled", "TYPE_CHECKING"}
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [t.id for t in targets if isinstance(t, ast.Name)]


def core_source() -> str:
    """All modules of the core as one, without what they import from each other."""
    imports: dict[str, None] = {"from __future__ import annotations": None}
    body: list[str] = []
    names: dict[str, list[str]] = {}
    for module in CORE:
        text = Path(module.replace(".", "/") + ".py").read_text()
        names[module] = []
        for node in ast.parse(text).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                # what `typing` has is in annotations only
                if getattr(node, "module", None) not in (*CORE, "typing"):
                    imports[ast.unparse(node)] = None
            elif not _only_uncompiled(node):
                decorators = getattr(node, "decorator_list", [])
                first = min(each.lineno for each in (node, *decorators))
                body += text.splitlines()[first - 1 : node.end_lineno]
                names[module] += _defined(node)
    # what it is compiled with is a part of the source: this file, and all declarations
    made = [Path(__file__), *(Path(path).with_suffix(".pxd") for path in ENUMS)]
    made += [Path(module.replace(".", "/") + ".pxd") for module in CORE]
    digest = sha256(b"".join(path.read_bytes() for path in made)).hexdigest()
    parts = [f"# {digest}", *imports, *body, REGISTER.format(names=names)]
    return "\n".join(parts)


def core_declarations() -> str:
    """The ``.pxd`` files of the core as one."""
    imports: dict[str, None] = {}
    body: list[str] = []
    for module in CORE:
        for line in Path(module.replace(".", "/") + ".pxd").read_text().splitlines():
            if not line.startswith(("from ", "cimport ")):
                body.append(line)
            elif line.split()[1] not in CORE:
                imports[line] = None
    return "\n".join([COLD, *imports, *body, ""])


def amalgamate() -> None:
    CORE_SOURCE.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(CORE_SOURCE, core_source())
    pxd = Path(CORE_NAME.replace(".", "/") + ".pxd")
    write_if_changed(pxd, f"# Written by setup.py.\n{core_declarations()}")


def extension(name: str, sources: list[str]) -> Extension:
    return Extension(
        name,
        sources,
        include_dirs=["lbtool", str(CSRC)],
        depends=HEADERS_OF.get(name.rpartition(".")[0], []),
        extra_compile_args=COMPILE_ARGS + (CORE_ARGS if name == CORE_NAME else []),
    )


def extensions() -> list[Extension]:
    enums = {str(Path(p).with_suffix(".pxd")) for p in ENUMS}
    found = [extension(CORE_NAME, [str(CORE_SOURCE)])]
    for pxd in sorted(Path("lbtool").rglob("*.pxd")):
        source = pxd.with_suffix(".py")
        name = ".".join(source.with_suffix("").parts)
        if str(pxd) in enums or not source.exists() or name in CORE:
            continue
        found.append(extension(name, [str(source), *NATIVE_SOURCES.get(name, [])]))
    only = os.environ.get("LBTOOL_BUILD_ONLY")
    if only:
        found = [e for e in found if e.name in only.split(",")]
    return found


def main() -> None:
    os.chdir(ROOT)
    generate()
    amalgamate()
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
