"""Guests on wasmtime's engines, WASI included by wasmtime's own ``WasiConfig``.

``proc_exit`` alone is a function of ours: wasmtime's refuses codes from 126 on. While
the guest computes, Ctrl-C has its default action, which ends the process: Python's own
would wait for the guest to end.
"""

from __future__ import annotations

import ctypes
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import wasmtime
from wasmtime import _ffi as ffi

from lbtool import engines
from lbtool.abi import I32
from lbtool.cli.guest import WASI_MODULE, GuestExit, Setting, checked_dirs
from lbtool.engines.wasmtime_engine import (
    WasmtimeBackend,
    WasmtimeExtern,
    WasmtimeSession,
)
from lbtool.errors import LinkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.engines import AnyValue, CompiledModule, ExportInfo, Extern, Instance

PROC_EXIT = "proc_exit"
# Everything wasmtime can do, when the command line asks for no version.
NEWEST = "3.0"


class WasmtimeGuest:
    """`lbtool.cli.guest.Guest` over a session of a wasmtime engine."""

    def __init__(self, engine: str, module: CompiledModule) -> None:
        self.engine = engine
        self.exports: Sequence[ExportInfo] = module.exports
        self.session: WasmtimeSession | None = None
        self.instance: Instance | None = None

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call an exported function."""
        assert self.instance is not None
        try:
            with _plain_ctrl_c():
                return self.instance.call(name, args)
        except engines.EngineTrap as trap:
            if isinstance(trap.__cause__, GuestExit):
                raise trap.__cause__ from None
            raise

    def interrupt(self) -> None:
        """Make the running call trap."""
        assert self.session is not None
        self.session.interrupt()


def load_wasmtime(name: str, data: bytes, setting: Setting) -> WasmtimeGuest:
    """Compile and instantiate `data` on the engine `name`."""
    backend = WasmtimeBackend(
        name, setting.profile or NEWEST, interruptible=setting.timed
    )
    module = backend.compile(data)
    session = backend.session()
    guest = WasmtimeGuest(name, module)
    guest.session = session
    imports = _wasi(session, module, setting)
    with _plain_ctrl_c():
        guest.instance = session.instantiate(module, imports)
    return guest


@contextmanager
def _plain_ctrl_c() -> Iterator[None]:
    previous = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _wasi(
    session: WasmtimeSession, module: CompiledModule, setting: Setting
) -> dict[tuple[str, str], Extern]:
    names = [each.name for each in module.imports if each.module == WASI_MODULE]
    if not names:
        return {}
    session.store.set_wasi(_config(setting))
    linker = wasmtime.Linker(session.backend.engine)
    linker.define_wasi()
    found: dict[tuple[str, str], Extern] = {
        (WASI_MODULE, name): _function(session, linker, name)
        for name in names
        if name != PROC_EXIT
    }
    found[WASI_MODULE, PROC_EXIT] = session.host_func([I32], [], _proc_exit)
    return found


def _config(setting: Setting) -> wasmtime.WasiConfig:
    config = wasmtime.WasiConfig()
    config.argv = setting.argv
    config.env = setting.env
    config.inherit_stdin()
    config.inherit_stdout()
    config.inherit_stderr()
    for host, guest in checked_dirs(setting.dirs):
        config.preopen_dir(host, guest)
    return config


def _function(
    session: WasmtimeSession, linker: wasmtime.Linker, name: str
) -> WasmtimeExtern:
    raw = ffi.wasmtime_extern_t()
    module, item = WASI_MODULE.encode(), name.encode()
    buffers = (ctypes.create_string_buffer(text) for text in (module, item))
    found = ffi.wasmtime_linker_get(
        linker.ptr(),
        session.context,
        next(buffers),
        len(module),
        next(buffers),
        len(item),
        ctypes.byref(raw),
    )
    if not found:
        raise LinkError(f"unknown import: {WASI_MODULE}.{name}")
    return WasmtimeExtern(raw)


def _proc_exit(args: Sequence[AnyValue]) -> Sequence[AnyValue]:
    (code,) = args
    assert isinstance(code, engines.Value)
    raise GuestExit(code.bits)
