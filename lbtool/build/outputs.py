"""Files that a build leaves: where they go, what is in them, when they are written.

An output is replaced in one step and only when its content changed. Its time is set all
the same, as Make wants it, unless the caller keeps it, as Ninja's ``restat`` wants it.
What the contents are is ``emit_asm`` and ``emit_obj``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lbtool.build.tree import find
from lbtool.errors import ModuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lbtool.build.builder import Built
    from lbtool.compiler.target import Target

__all__ = ["KINDS", "Output", "contents", "plan", "write"]

Kind = Literal["asm", "obj"]
KINDS: dict[Kind, str] = {"asm": ".s", "obj": ".o"}


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be made of another."""

    source: Path
    kind: Kind
    path: Path


def plan(
    paths: Iterable[str], kinds: Sequence[Kind], to: str | None
) -> dict[Path, list[Output]]:
    """What to make of each file among and below `paths`.

    to  a file, when one file is to become one other; else a folder, in which the
        folders of `paths` are repeated; None: beside the source

    Raises ValueError when two outputs would be the same file.
    """
    found = {
        file: file.relative_to(path) if Path(path).is_dir() else Path(file.name)
        for path in paths
        for file in find([path])
    }
    single = to is not None and not _is_folder(to, paths, found, kinds)
    made: dict[Path, list[Output]] = {}
    taken: dict[Path, Path] = {}
    for source, below in found.items():
        made[source] = []
        for kind in kinds:
            path = source if to is None else Path(to) / below
            path = Path(str(to)) if single else path.with_suffix(KINDS[kind])
            if path in taken:
                raise ValueError(f"{taken[path]} and {source} would both be {path}")
            taken[path] = source
            made[source].append(Output(source, kind, path))
    return made


def _is_folder(
    to: str, paths: Iterable[str], found: Iterable[Path], kinds: Sequence[Kind]
) -> bool:
    """Whether `to` is meant as a folder."""
    if to.endswith(os.sep) or Path(to).is_dir() or any(map(os.path.isdir, paths)):
        return True
    return len(list(found)) > 1 or len(kinds) > 1


def contents(
    kind: Kind,
    built: Built,
    target: Target,
    source: bytes,
    spell: Callable[[str], str] = str,
) -> bytes:
    """Bytes of an output of a module without errors; `spell` makes names printable.

    source  the file's contents

    Raises ModuleError for an object file of a module that lbtool cannot run.
    """
    module = built.module
    assert module is not None
    if kind == "asm":
        from lbtool.build import emit_asm  # noqa: PLC0415 - brings the disassembler

        explainer = emit_asm.Explainer(module, target, emit_asm.text_map(source))
        listings = explainer.listings(emit_asm.defined(module))
        lines = emit_asm.asm_lines(module, listings, lambda _, text: spell(text))
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    from lbtool.build.emit_obj import object_file  # noqa: PLC0415 - with the runtime
    from lbtool.runtime.engine import Config, Engine  # noqa: PLC0415
    from lbtool.runtime.module import Module  # noqa: PLC0415

    functions = built.linkable
    if functions is None:
        raise ModuleError(
            replace(
                each,
                severity="error",
                message=f"{each.message}, so there is no object file",
            )
            for each in built.report.diagnostics
        )
    config = Config(wasm=target.profile.name, bounds=target.bounds)
    code = Module(Engine(config), module, functions=functions).code
    linked, *_ = code.linked()
    starts = [code.start_of(k) for k in range(len(functions))]
    return object_file(module, functions, linked, starts, spell)


def write(path: Path, data: bytes, *, keep_time: bool = False) -> bool:
    """Make `data` the content of a file; whether it was not before. Raises OSError.

    Folders are made, links followed. What is no regular file (``/dev/stdout``) is
    written to.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return True
    path = path.resolve()
    try:
        if path.read_bytes() == data:
            if not keep_time:
                os.utime(path)
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True
