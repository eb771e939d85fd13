"""``make bench-kernels``: the C of ``kernels/`` as text, for whoever has no clang.

Debian's clang and lld make each kernel, our own printer writes ``NAME.wat`` beside its
source. The target features are those that today's toolchains turn on by themselves,
as far as scalar code is concerned.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from lbtool.wasm import decode
from lbtool.wasm.printer import print_module
from tests.bench.kernels import FOLDER, KERNELS

FLAGS = (
    "--target=wasm32",
    "-O2",
    "-nostdlib",
    "-mbulk-memory",
    "-msign-ext",
    "-mnontrapping-fptoint",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-Wl,--no-entry",
    "-Wl,-z,stack-size=16384",
)


def compile_c(source: Path, folder: Path) -> bytes:
    """The module that clang and lld make of a kernel."""
    made = folder / f"{source.stem}.wasm"
    command = ["clang", *FLAGS, "-o", str(made), str(source)]
    subprocess.run(command, check=True, timeout=60)
    return made.read_bytes()


def main() -> int:
    """Write every text anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name in KERNELS:
            source = FOLDER / f"{name}.c"
            module = decode(compile_c(source, Path(folder)))
            source.with_suffix(".wat").write_text(print_module(module))
            print(f"{name}: {len(module.bodies)} functions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
