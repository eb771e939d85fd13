"""Names of compiled functions for the ``perf`` tool (``LBTOOL_PERF_MAP=1``).

``perf`` reads ``perf-PID.map`` in the folder for temporary files: one line per
function, start and size in hexadecimal and a name. Source:
tools/perf/Documentation/jit-interface.txt of the Linux sources.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lbtool.runtime.linked import CodeBlock

__all__ = ["write_perf_map"]


def write_perf_map(code: CodeBlock) -> None:
    """Append the functions of linked code."""
    module = code.info.wasm
    name = module.names.module or "wasm"
    first = module.n_imported_funcs
    starts = [code.start_of(k) for k in range(len(module.bodies))]
    ends = [*starts[1:], code.size]
    lines = []
    for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
        func = module.func_name(first + k) or f"func[{first + k}]"
        lines.append(f"{code.address + start:x} {end - start:x} {name}!{func}\n")
    with Path(gettempdir(), f"perf-{os.getpid()}.map").open("a") as file:
        file.writelines(lines)
