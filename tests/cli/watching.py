"""`lbtool watch` as a process, and modules to save while it runs."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Self

import wasmtime

from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEADLINE = 120.0
Event = dict[str, Any]

ADD = """(module
  (func $add (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func $seven (export "seven") (result i32)
    (i32.const 7)))
"""
LOOP = '(module (func (export "_start") (loop (br 0))))'
# Writes a line to stdout; the file descriptor is the text's length after all.
HELLO = """(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 8) "\\10\\00\\00\\00\\06\\00\\00\\00hello\\n")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 32)))))
"""
HELLO_LOOP = HELLO.rstrip()[:-2] + "(loop (br 0))))"


def many_functions(count: int, constant: int) -> bytes:
    """A binary module of different functions; `constant` is in the middle one."""
    bodies = "\n".join(
        f"(func $f{each} (param i32) (result i32) (local i32)"
        f" (local.set 1 (i32.mul (local.get 0) (i32.const {each})))"
        f" (i32.xor (local.get 1) (i32.const"
        f" {constant if each == count // 2 else each * 7})))"
        for each in range(count)
    )
    return bytes(wasmtime.wat2wasm(f"(module {bodies})"))


class Watch:
    """A running `lbtool watch`; `text` without --format json, `cwd` is the tree's."""

    def __init__(
        self,
        cwd: Path,
        *arguments: str,
        text: bool = False,
        env: dict[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
    ) -> None:
        private = cwd.parent / "private"
        private.mkdir(mode=0o700, exist_ok=True)
        clean = {name: each for name, each in os.environ.items() if "COLOR" not in name}
        self.env = clean | {
            "PYTHONPATH": str(ROOT),
            "LBTOOL_CACHE_DIR": str(private / "cache"),
            "LBTOOL_STATE_DIR": str(private / "state"),
            "LBTOOL_RUNTIME_DIR": str(private),
            **(env or {}),
        }
        form = () if text else ("--format", "json")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lbtool.cli", "watch", *form, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env=self.env,
        )
        self.text = text
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.errors = ""
        self._threads = [
            threading.Thread(target=each, daemon=True)
            for each in (self._read, self._read_errors)
        ]
        for each in self._threads:
            each.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def _read_errors(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.errors += line

    def said(self, text: str) -> None:
        """Wait until this is all of stderr."""
        until = time.monotonic() + DEADLINE
        while self.errors != text:
            assert time.monotonic() < until, self.errors
            time.sleep(0.01)

    def line(self) -> str:
        """The next line of stdout."""
        try:
            return self._lines.get(timeout=DEADLINE)
        except queue.Empty:
            raise AssertionError(f"no line: {self.errors}") from None

    def lines(self, last: Callable[[str], bool]) -> list[str]:
        """Lines up to one that is the `last`."""
        found = [self.line()]
        while not last(found[-1]):
            found.append(self.line())
        return found

    def event(self, name: str) -> Event:
        """The next event of this name; those before it are dropped."""
        while True:
            event: Event = json.loads(self.line())
            assert event["schema"] == 1
            if event["event"] == name:
                return event

    def file(self) -> Event:
        """The next report; the batch must have no other."""
        report = self.event("file")
        assert self.event("summary")["files"] == 1
        return report

    def ready(self) -> Event:
        """The summary of the first batch."""
        assert self.event("begin")["first"]
        return self.event("summary")

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal; gives the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(DEADLINE)
        for each in self._threads:
            each.join(DEADLINE)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(DEADLINE)
        for each in (self.process.stdin, self.process.stdout, self.process.stderr):
            if each:
                each.close()
