"""Small machine-code functions that several tests of the runtime use."""

from __future__ import annotations

from lbtool import Engine, Extern, Instance, Module, Store, abi
from tests.runtime.machine import FUNC, Slot, Source, assemble, check_stack

ENGINE = Engine()
ACCESS = abi.TRAP_MEMORY | abi.SITE_ACCESS

ADD = Source("sub rsp, 8\nlea eax, [rdi+rsi]\nadd rsp, 8\nret")

# (i32) -> i32: i32.load of the address
LOAD = Source(f"sub rsp, 8\nSITE {ACCESS}, 1\nmov eax, [r14+rdi]\nadd rsp, 8\nret")

# (i32, i32) -> (): i32.store
STORE = Source(f"sub rsp, 8\nSITE {ACCESS}, 2\nmov [r14+rdi], esi\nadd rsp, 8\nret")

# () -> i32: never returns
FOREVER = Source("sub rsp, 24\n1: add rax, 1\nmov [rsp], rax\njmp 1b")

# (i32) -> i32: counts down, gives 7
FINITE = Source("sub rsp, 8\n1: dec edi\njnz 1b\nmov eax, 7\nadd rsp, 8\nret")


def explicit_trap(code: int) -> Source:
    """() -> (): traps at once, from an out-of-line stub."""
    return Source(f"sub rsp, 8\njmp 1f\nnop\n1:\nTRAP {code}, 3")


def recurse(frame: int) -> Source:
    """() -> (): function 0 calls itself for ever."""
    text = (
        f"{check_stack(frame)}\nCALL 0, 0\nadd rsp, {frame}\nret\n"
        f"stack:\nTRAP {abi.TRAP_STACK}, 0"
    )
    return Source(text, frame, (Slot(FUNC, 0),))


def call_import(index: int = 0, ordinal: int = 0) -> Source:
    """Arguments and results pass through to the imported function `index`."""
    return Source(
        f"sub rsp, 24\nFOREIGN 0, {ordinal}\nadd rsp, 24\nret",
        24,
        (Slot(FUNC, index, imported=True),),
    )


def call_import_forever(index: int = 0) -> Source:
    """() -> (): calls the imported function without end."""
    return Source(
        "sub rsp, 24\n1:\nFOREIGN 0, 0\njmp 1b",
        24,
        (Slot(FUNC, index, imported=True),),
    )


def module(text: str, *sources: Source, engine: Engine = ENGINE) -> Module:
    """A module whose bodies in `text` are replaced by machine code."""
    return Module(engine, text, functions=assemble(*sources))


def instance(
    text: str,
    *sources: Source,
    store: Store | None = None,
    imports: tuple[Extern, ...] = (),
) -> Instance:
    made = Store(ENGINE) if store is None else store
    return Instance(made, module(text, *sources), imports)
