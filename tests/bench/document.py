"""docs/benchmarks.md and its charts, as one run of the benchmark writes them."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import TYPE_CHECKING

from tests.bench.programs import LEFT_OUT, NPM
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.stats import Table

DOCUMENT = ROOT / "docs" / "benchmarks.md"
CHARTS = ROOT / "docs" / "benchmarks"
HEAD = """# Benchmarks

Written by `make bench ARGS=--write-docs` (that is `python -m tests.bench
--write-docs`); do not edit.

- Date: {date}
- Machine: {machine}

Engines take turns in one run, each in a process of its own, on the same core;
figures are medians of CPU time (user and system, all threads of the process). **Only
ratios inside this run mean anything**: a busy or slower machine slows everyone.
[Process start](startup.md) has a page of its own.

- lbtool compiles from bytes in memory to the machine code of every function:
  decoding, validation of the module, scan of the bodies, code generation.
  `--strict` is without the scan's summary, so the first locals are pinned.
  Explicit bounds compare each address instead of relying on guard pages.
- Winch and Cranelift are those of the wasmtime package with
  `parallel_compilation=False`; with four threads, `True`.
- Liftoff is V8 with `--liftoff-only`, TurboFan with `--no-liftoff
  --no-wasm-tier-up`; both with `--no-wasm-lazy-compilation --single-threaded`
  and without the cache of native modules; CPU time of `new
  WebAssembly.Module(bytes)` in the process. With four threads, without
  `--single-threaded`. V8 and wasmtime validate with `WebAssembly.validate` and
  `Module.validate`.
- wasm3 is an interpreter (`pywasm3` 0.5.0): it translates every function
  (`m3_CompileModule`), validates only what that needs, and makes no machine code.
- `gcc -O2` compiles the C that the kernel was made from (for
  `micro/fib_readme`, C of the same shape).
- Programs under `own/` are C and text in `tests/bench/kernels`; the others are those
  of the corpus.
- Cranelift and wasm3 compile modules above 1 MB once, without a warm-up; wasm3 runs
  each program once after its warm-up. Its translation of all functions is not linear
  in their number.

{modules}

{left_out}
"""


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 86, break_long_words=False, break_on_hyphens=False)


def head(machine: str) -> str:
    """The page up to the first chart."""
    modules = ", ".join(f"{name} (`{package}`)" for name, (package, _) in NPM.items())
    reasons = "; ".join(f"{why}: {', '.join(who)}" for why, who in LEFT_OUT.items())
    return HEAD.format(
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        machine=machine,
        modules=_wrapped(f"The modules come from the corpus and from npm: {modules}."),
        left_out=_wrapped(
            "Left out of those that were tried are modules that use more than "
            f"WebAssembly 2.0 without vectors, for their {reasons}."
        ),
    )


def write_document(
    machine: str,
    tables: Sequence[Table],
    problems: Sequence[str],
    listing: Sequence[str],
    charts: Mapping[str, str],
) -> None:
    """Rewrite the page and its charts from what a run found."""
    CHARTS.mkdir(exist_ok=True)
    parts = [head(machine)]
    for name, svg in charts.items():
        (CHARTS / name).write_text(svg)
        title = svg.partition("<title>")[2].partition("</title>")[0]
        parts.append(f"![{title}](benchmarks/{name})\n")
    parts += [table.markdown() + "\n" for table in tables]
    if listing:
        lines = "\n".join(listing)
        parts.append(f"## The fib of lbtool\n\n```asm\n{lines}\n```\n")
    if problems:
        lines = "\n".join(f"- {problem}" for problem in problems)
        parts.append(f"## Not measured\n\n{lines}\n")
    DOCUMENT.write_text("\n".join(parts).rstrip() + "\n")
