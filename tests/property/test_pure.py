"""The compiled and the un-compiled compiler core give the same bytes.

The un-compiled run (``LBTOOL_PURE=1``, the same sources as plain Python) checks integer
widths, signs and bounds that the ahead-of-time compiler could get wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.property.differential import ROOT

SEEDS = range(70_000, 70_012)
KERNELS = ("fib", "quicksort", "sha256", "bulkmem", "matmul", "interp", "life")
TARGETS: tuple[dict[str, Any], ...] = ({}, {"bounds": "explicit"}, {"strict": True})


def digests(folder: str) -> dict[str, str]:
    """Per module and target, a digest of code, relocations, sites and bindings."""
    from lbtool.compiler import (  # noqa: PLC0415
        Target,
        compile_module,
        driver,
    )
    from lbtool.wasm import decode  # noqa: PLC0415
    from tests.property.generate import generate  # noqa: PLC0415

    modules = {f"seed-{seed}": generate(seed).wasm for seed in SEEDS}
    if folder:
        modules |= {n: (Path(folder) / f"{n}.wasm").read_bytes() for n in KERNELS}
    found = {"core": Path(driver.__file__).suffix}
    for name, data in modules.items():
        module = decode(data)
        for i, options in enumerate(TARGETS):
            hasher = hashlib.blake2b()
            for f in compile_module(module, Target(**options)):
                a = f.artifact
                for part in (a.code, a.relocs, a.sites, f.binding):
                    hasher.update(part + b"|")
            found[f"{name} {i}"] = hasher.hexdigest()
    return found


def run(folder: str, *, pure: bool) -> dict[str, str]:
    code = (
        "import json; from tests.property.test_pure import digests;"
        f"print(json.dumps(digests({folder!r})))"
    )
    environment = {**os.environ, "LBTOOL_PURE": "1" if pure else ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment,
        capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_compiled_and_plain_core_give_the_same_bytes() -> None:
    from tests.data import CORPUS  # noqa: PLC0415

    folder = str(CORPUS.path / "kernels") if CORPUS.present else ""
    compiled, plain = run(folder, pure=False), run(folder, pure=True)
    assert compiled.pop("core") == ".so"
    assert plain.pop("core") == ".py"
    different = [name for name in compiled if compiled[name] != plain[name]]
    assert different == []
    assert len(compiled) >= len(SEEDS) * len(TARGETS)
