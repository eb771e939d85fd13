"""Guests on our own engine: the public API of ``lbtool``, WASI included."""

from __future__ import annotations

from lbtool.abi import EXTERNREF, F32, FUNCREF, I32
from lbtool.cli.guest import WASI_MODULE, GuestExit, Setting, checked_dirs
from lbtool.engines.values import ExportInfo, Ref, Value
from lbtool.errors import LbtoolError
from lbtool.runtime.engine import Config, Engine
from lbtool.runtime.module import Module
from lbtool.runtime.skeleton import KINDS
from lbtool.runtime.store import Store

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.cli.guest import Source
    from lbtool.engines import AnyValue
    from lbtool.runtime.engine import Bounds
    from lbtool.runtime.func import Func
    from lbtool.runtime.instance import Instance
    from lbtool.runtime.wasi_config import WasiConfig

DEFAULT_PROFILE = "2.0"


class LbtoolGuest:
    """`lbtool.cli.guest.Guest` over a store."""

    engine = "lbtool"

    def __init__(
        self, module: Module, setting: Setting, source: Source | None = None
    ) -> None:
        self.module = module
        self._source = source
        self.exports: Sequence[ExportInfo] = tuple(_exports(module))
        self.store = Store(module.engine)
        try:
            self.instance = self._instantiate(setting)
        except BaseException as error:
            _translate(error)
            raise

    def _instantiate(self, setting: Setting) -> Instance:
        if not self.module.imports:
            from lbtool.runtime.instance import Instance  # noqa: PLC0415 - as Linker

            return Instance(self.store, self.module)
        from lbtool.runtime.linker import Linker  # noqa: PLC0415 - not always needed

        linker = Linker(self.module.engine)
        if any(each.module == WASI_MODULE for each in self.module.imports):
            self.store.set_wasi(_wasi(setting, self._source))
            linker.define_wasi()
        return linker.instantiate(self.store, self.module)

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call an exported function."""
        func: Func = self.instance.exports[name]
        bits = [each.bits if isinstance(each, Value) else 0 for each in args]
        try:
            words = func.call_bits(*bits)
        except BaseException as error:
            _translate(error)
            raise
        pairs = zip(words, func.type.results, strict=True)
        return tuple([_value(word, valtype) for word, valtype in pairs])

    def interrupt(self) -> None:
        """Make the running call trap."""
        self.store.interrupt()


def _translate(error: BaseException) -> None:
    """Raise the exception of ``guest`` for one of the engine, if there is one."""
    from lbtool.runtime.wasi import Exit  # noqa: PLC0415 - who exits has it already

    for each in (error, error.__cause__):
        if isinstance(each, Exit):
            raise GuestExit(each.code) from None
    if isinstance(error, LbtoolError):
        from lbtool.engines import EngineTrap, TrapKind  # noqa: PLC0415 - rarely needed
        from lbtool.runtime.trap import Trap  # noqa: PLC0415

        if isinstance(error, Trap):
            raise EngineTrap(TrapKind[error.code.name], str(error)) from error


def _exports(module: Module) -> Iterator[ExportInfo]:
    of = module.skeleton
    for name, kind, index in of.exports:
        if kind == 0:
            functype = of.func_type(index)
            yield ExportInfo(name, "func", functype.params, functype.results)
        else:
            yield ExportInfo(name, KINDS[kind])


def _value(word: int, valtype: int) -> AnyValue:
    if valtype in (FUNCREF, EXTERNREF):
        return Ref(valtype, word or None)
    narrow = valtype in (I32, F32)
    return Value(valtype, word & 0xFFFFFFFF if narrow else word)


def engine_of(setting: Setting) -> Engine:
    """Our engine with the settings of a guest."""
    bounds: Bounds = "explicit" if setting.bounds == "explicit" else "guard"
    profile = setting.profile or DEFAULT_PROFILE
    return Engine(Config(wasm=profile, bounds=bounds, threads=setting.threads))


def _compiled(engine: Engine, data: bytes | memoryview) -> Module:
    from lbtool.wasm.decode import decode  # noqa: PLC0415 - not for a run from an image

    # decoded as the binary that it is by its name: `Module` would guess again
    return Module(engine, decode(data))


def load_lbtool(
    data: bytes | memoryview, setting: Setting, source: Source | None = None
) -> LbtoolGuest:
    """Compile and instantiate `data` with our own compiler and runtime."""
    make = _compiled if source is None else source.make
    return LbtoolGuest(make(engine_of(setting), data), setting, source)


def _wasi(setting: Setting, source: Source | None) -> WasiConfig:
    from lbtool.runtime.wasi_config import WasiConfig  # noqa: PLC0415 - as Linker

    config = WasiConfig()
    if source is not None:
        config.keep = source.keep
    config.argv = setting.argv
    config.env = setting.env
    config.inherit_stdio()
    for host, guest in checked_dirs(setting.dirs):
        config.preopen_dir(host, guest)
    return config
