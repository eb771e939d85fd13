"""docs/benchmarks.md, as one run of the benchmark writes it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.stats import Table

DOCUMENT = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench ARGS=--write-docs` (that is `python -m tests.bench
--write-docs`); do not edit.

- Date: {date}
- Machine: {machine}

Engines take turns in one run, each in a process of its own, on the same core;
figures are medians of CPU time (user and system, all threads of the process).
**Only ratios inside
this run mean anything**: a busy or slower machine slows everyone.

- lbtool compiles from bytes in memory to the machine code of every function:
  decoding, validation of the module, scan of the bodies, code generation.
  `--strict` is without the scan's summary, so the first locals are pinned.
  Explicit bounds compare each address instead of relying on guard pages.
- Winch and Cranelift are those of the wasmtime package with
  `parallel_compilation=False`.
- Liftoff is V8 with `--liftoff-only`, TurboFan with `--no-liftoff
  --no-wasm-tier-up`; both with `--no-wasm-lazy-compilation --single-threaded`
  and without the cache of native modules; CPU time of `new
  WebAssembly.Module(bytes)` in the process.
- `gcc -O2` compiles the C that the kernel was made from (for
  `micro/fib_readme`, C of the same shape).
- The modules come from the corpus and from npm: `sql.js` 1.16.0, `esbuild-wasm`
  0.28.2, `@resvg/resvg-wasm` 2.6.2, `@dqbd/tiktoken` 1.0.22, `web-tree-sitter`
  0.27.1.
"""


def write_document(
    machine: str,
    tables: Sequence[Table],
    problems: Sequence[str],
    fib: Mapping[str, Mapping[str, Any]],
) -> None:
    """Rewrite the document from what a run found."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    parts = [HEAD.format(date=today, machine=machine)]
    parts += [table.markdown() + "\n" for table in tables]
    if "lbtool" in fib:
        listing = "\n".join(fib["lbtool"]["listing"])
        parts.append(f"## The fib of lbtool\n\n```asm\n{listing}\n```\n")
    if problems:
        lines = "\n".join(f"- {problem}" for problem in problems)
        parts.append(f"## Not measured\n\n{lines}\n")
    DOCUMENT.write_text("\n".join(parts))
