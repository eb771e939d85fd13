"""A process of its own for one run on wasmtime: ``start_peer.py MODE FILE NAME ARGS``.

MODE is ``cranelift`` or ``winch`` (FILE is the module), ``precompiled`` (FILE is what
``compile`` wrote), or ``compile`` (the module; NAME is the file to write). NAME is an
export that takes and gives an i32, or ``_start`` for a WASI command with ARGS.
"""

from __future__ import annotations

import sys

import wasmtime
from wasmtime import _ffi

WINCH = 2  # WASMTIME_STRATEGY_* of wasmtime's config.h: auto, Cranelift, Winch


def main(mode: str, file: str, name: str, *args: str) -> int:
    config = wasmtime.Config()
    if mode == "winch":  # the package's own setter does not know it
        _ffi.wasmtime_config_strategy_set(config.ptr(), WINCH)
    engine = wasmtime.Engine(config)
    if mode == "precompiled":
        module = wasmtime.Module.deserialize_file(engine, file)
    else:
        module = wasmtime.Module.from_file(engine, file)
    if mode == "compile":
        with open(name, "wb") as to:  # noqa: PTH123 - as little as possible is imported
            to.write(module.serialize())
        return 0
    store, linker = wasmtime.Store(engine), wasmtime.Linker(engine)
    if module.imports:
        wasi = wasmtime.WasiConfig()
        wasi.argv = [file, *args]
        wasi.inherit_stdout()
        wasi.inherit_stderr()
        store.set_wasi(wasi)
        linker.define_wasi()
    exports = linker.instantiate(store, module).exports(store)
    if name == "_start":
        try:
            exports[name](store)  # type: ignore[operator]
        except wasmtime.ExitTrap as end:
            return end.code
        return 0
    if "_initialize" in [each.name for each in module.exports]:
        exports["_initialize"](store)  # type: ignore[operator]
    print(exports[name](store, int(args[0])))  # type: ignore[operator]
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
