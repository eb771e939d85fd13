"""The two engines that run a WASI case: wasmtime as it is, and ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import wasmtime

from lbtool import Config, Engine, Exit, Func, Linker, Module, Store, Trap, WasiConfig
from lbtool.runtime.wasi import WasiError
from tests.runtime_wasi.cases import Case, Outcome, directories, files_below

if TYPE_CHECKING:
    from pathlib import Path

TRAPS: dict[wasmtime.TrapCode | None, str] = {
    wasmtime.TrapCode.INTEGER_DIVISION_BY_ZERO: "integer divide by zero",
    wasmtime.TrapCode.UNREACHABLE: "unreachable",
    wasmtime.TrapCode.STACK_OVERFLOW: "call stack exhausted",
}


def _call_in_wasmtime(
    store: wasmtime.Store, start: wasmtime.Func
) -> tuple[str | int, ...]:
    try:
        start(store)
    except wasmtime.ExitTrap as stop:
        return "exit", stop.code
    except wasmtime.Trap as trap:
        return "trap", TRAPS.get(trap.trap_code, str(trap.trap_code))
    except wasmtime.WasmtimeError:
        return ("failed",)
    return ("return",)


def in_wasmtime(case: Case, base: Path) -> Outcome:
    """Run `case` in wasmtime, in directories made below `base`."""
    work, given = directories(base / "dirs")
    stdin, stdout, stderr = base / "stdin", base / "stdout", base / "stderr"
    stdin.write_bytes(case.stdin)
    config = wasmtime.WasiConfig()
    config.argv = list(case.argv)
    config.env = case.env
    config.stdin_file = stdin
    config.stdout_file = str(stdout)
    config.stderr_file = str(stderr)
    config.preopen_dir(str(work), "/work")
    config.preopen_dir(str(given), "given", fs_mutable=False)
    settings = wasmtime.Config()
    settings.parallel_compilation = False
    engine = wasmtime.Engine(settings)
    store = wasmtime.Store(engine)
    store.set_wasi(config)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    module = wasmtime.Module(engine, case.text)
    start = linker.instantiate(store, module).exports(store)["_start"]
    assert isinstance(start, wasmtime.Func)
    end = _call_in_wasmtime(store, start)
    return Outcome(end, stdout.read_bytes(), stderr.read_bytes(), files_below(work))


def ended(start: Func, *args: int) -> tuple[str | int, ...]:
    """Call `start`; how that ended."""
    try:
        start(*args)
    except Exit as stop:
        return "exit", stop.code
    except Trap as trap:
        if isinstance(trap.__cause__, WasiError):
            return ("failed",)
        return "trap", trap.kind
    return ("return",)


def in_lbtool(case: Case, base: Path, settings: Config | None = None) -> Outcome:
    """Run `case` with our compiler, in directories made below `base`."""
    work, given = directories(base / "dirs")
    config = WasiConfig()
    config.argv = case.argv
    config.env = case.env
    config.stdin_bytes(case.stdin)
    stdout, stderr = config.capture_stdout(), config.capture_stderr()
    config.preopen_dir(work, "/work")
    config.preopen_dir(given, "given", writable=False)
    engine = Engine(settings or Config())
    store = Store(engine)
    store.set_wasi(config)
    linker = Linker(engine)
    linker.define_wasi()
    instance = linker.instantiate(store, Module(engine, case.text))
    start = instance.exports["_start"]
    assert isinstance(start, Func)
    end = ended(start)
    return Outcome(end, stdout.getvalue(), stderr.getvalue(), files_below(work))
