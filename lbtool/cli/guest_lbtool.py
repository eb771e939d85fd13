"""Guests on our own engine: the public API of ``lbtool``, WASI included."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from lbtool.abi import EXTERNREF, F32, FUNCREF, I32
from lbtool.cli.guest import WASI_MODULE, GuestExit, Setting, checked_dirs
from lbtool.engines import EngineTrap, ExportInfo, Ref, TrapKind, Value
from lbtool.runtime.engine import Config, Engine
from lbtool.runtime.linker import Linker
from lbtool.runtime.module import Module
from lbtool.runtime.store import Store
from lbtool.runtime.trap import Trap
from lbtool.runtime.wasi import Exit
from lbtool.runtime.wasi_config import WasiConfig
from lbtool.wasm import decode
from lbtool.wasm.types import FuncType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.engines import AnyValue
    from lbtool.runtime.engine import Bounds
    from lbtool.runtime.func import Func
    from lbtool.runtime.instance import Instance

DEFAULT_PROFILE = "2.0"


class LbtoolGuest:
    """`lbtool.cli.guest.Guest` over a store."""

    engine = "lbtool"

    def __init__(self, module: Module) -> None:
        self.module = module
        self.exports: Sequence[ExportInfo] = tuple(_exports(module))
        self.store = Store(module.engine)
        self.instance: Instance | None = None

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call an exported function."""
        assert self.instance is not None
        func: Func = self.instance.exports[name]
        bits = [each.bits if isinstance(each, Value) else 0 for each in args]
        with _translated():
            words = func.call_bits(*bits)
        pairs = zip(words, func.type.results, strict=True)
        return tuple(_value(word, valtype) for word, valtype in pairs)

    def interrupt(self) -> None:
        """Make the running call trap."""
        self.store.interrupt()


@contextmanager
def _translated() -> Iterator[None]:
    """Exceptions of the engine as those of ``guest``."""
    try:
        yield
    except Exit as end:
        raise GuestExit(end.code) from None
    except Trap as trap:
        if isinstance(trap.__cause__, Exit):
            raise GuestExit(trap.__cause__.code) from None
        raise EngineTrap(TrapKind[trap.code.name], str(trap)) from trap


def _exports(module: Module) -> Iterator[ExportInfo]:
    for each in module.exports:
        if isinstance(each.type, FuncType):
            yield ExportInfo(each.name, "func", each.type.params, each.type.results)
        else:
            kind = type(each.type).__name__.removesuffix("Type").lower()
            yield ExportInfo(each.name, kind)


def _value(word: int, valtype: int) -> AnyValue:
    if valtype in (FUNCREF, EXTERNREF):
        return Ref(valtype, word or None)
    narrow = valtype in (I32, F32)
    return Value(valtype, word & 0xFFFFFFFF if narrow else word)


def load_lbtool(data: bytes, setting: Setting) -> LbtoolGuest:
    """Compile and instantiate `data` with our own compiler and runtime."""
    bounds: Bounds = "explicit" if setting.bounds == "explicit" else "guard"
    config = Config(wasm=setting.profile or DEFAULT_PROFILE, bounds=bounds)
    engine = Engine(config)
    # decoded as the binary that it is by its name: `Module` would guess again
    guest = LbtoolGuest(Module(engine, decode(data)))
    linker = Linker(engine)
    if any(each.module == WASI_MODULE for each in guest.module.imports):
        guest.store.set_wasi(_wasi(setting))
        linker.define_wasi()
    with _translated():
        guest.instance = linker.instantiate(guest.store, guest.module)
    return guest


def _wasi(setting: Setting) -> WasiConfig:
    config = WasiConfig()
    config.argv = setting.argv
    config.env = setting.env
    config.inherit_stdio()
    for host, guest in checked_dirs(setting.dirs):
        config.preopen_dir(host, guest)
    return config
