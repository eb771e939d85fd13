"""What ``make demo`` shows: real modules run by our own code, and what that code is.

Every step is a command that can be typed; nothing is done behind it. A step that fails
ends the demo with its code.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("LBTOOL_CORPUS") or ROOT.parent / "shared" / "corpus")


def step(title: str, command: str, *, stdin: str = "", expect: int = 0) -> None:
    """Show a command and its output; end when its exit code is not `expect`."""
    print(f"\n# {title}\n$ {command}", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "lbtool.cli", *shlex.split(command)[1:]],
        input=stdin.encode(),
        cwd=ROOT,
        check=False,
    )
    if done.returncode != expect:
        print(f"ended with {done.returncode}, expected {expect}", file=sys.stderr)
        sys.exit(1)
    if expect:
        print(f"(exit code {done.returncode}, as it should be)", flush=True)


def main() -> None:
    """Run all steps."""
    step(
        "A module made by clang: SHA-256 of 64 KiB, 100 times",
        "lbtool run examples/sha256.wasm --backend lbtool --invoke run 100",
    )
    lua = CORPUS / "programs" / "lua.wasm"
    if lua.is_file():
        path = os.path.relpath(lua, ROOT)
        step(
            "The Lua interpreter, compiled from Debian's sources, running a program",
            f"lbtool run {path} --backend lbtool --invoke run 10",
        )
    else:
        print("\n# (1 step left out: the corpus with the Lua interpreter is not here)")
    step(
        "A WASI program: arguments, environment, stdin, a file, an exit code",
        "lbtool run --backend lbtool --dir examples --env GREETING=Hi "
        "examples/hello.wat you motto.txt",
        stdin="typed\n",
        expect=6,
    )
    step(
        "SIMD is not compiled yet; --backend auto says so and takes Cranelift",
        "lbtool run examples/dot.wat --backend auto --invoke dot 1024",
    )
    step("The machine code of one function", "lbtool asm examples/fib.wat --func fib")


if __name__ == "__main__":
    main()
