"""Sites are kept packed: every distance between two of them, in code and ordinals."""

from __future__ import annotations

import pytest

from lbtool import Config, Engine, Instance, Module, Store, Trap
from lbtool.runtime import image
from lbtool.wasm import read

# Instructions between two sites: without code, and with much of it.
NOPS = (0, 1, 5, 60, 61, 62, 63, 64, 65, 200)
ADDS = (0, 1, 10, 20, 24, 25, 26, 30, 60, 300)
ACCESS = "(drop (i32.load (local.get 0)))"


def body(between: str) -> str:
    """Accesses, calls, a division and `unreachable`, that far from each other."""
    parts = (
        ACCESS,
        "(call $f (i32.const 0))",
        "(drop (i32.div_s (i32.const 1) (local.get 1)))",
        ACCESS.replace("0)", "2)"),
        "(call $f (local.get 3))",
        "(if (local.get 4) (then unreachable))",
    )
    return f"\n{between}\n".join(parts)


def cases() -> list[str]:
    add = "(global.set $g (i64.add (global.get $g) (i64.const 0x123456789abcdef)))"
    return [body("nop " * n) for n in NOPS] + [body(add * n) for n in ADDS]


@pytest.mark.parametrize("bounds", ["guard", "explicit"])
def test_every_trap_is_found(bounds: str) -> None:
    functions = "".join(
        f'(func (export "{k}") (param i32 i32 i32 i32 i32) {each})'
        for k, each in enumerate(cases())
    )
    text = f"""(module (memory 1) (global $g (mut i64) (i64.const 0))
      (func $f (param i32) (if (local.get 0) (then unreachable)))
      {functions})"""
    engine = Engine(Config(bounds="guard" if bounds == "guard" else "explicit"))
    data = read(text.encode())
    module = Module(engine, data)
    again = image.decode(memoryview(image.encode(module)), data, engine)
    fine = (0, 1, 0, 0, 0)
    wrong = ((-1, 1, 0, 0, 0), (0, 0, 0, 0, 0), (0, 1, -1, 0, 0), (0, 1, 0, 1, 0),
             (0, 1, 0, 0, 1))  # fmt: skip
    kinds = ("memory access", "divide", "memory access", "unreachable", "unreachable")
    for each in (module, again):
        exports = Instance(Store(engine), each).exports
        for k in range(len(cases())):
            exports[str(k)](*fine)
            seen = []
            for arguments, kind in zip(wrong, kinds, strict=True):
                with pytest.raises(Trap, match=kind) as caught:
                    exports[str(k)](*arguments)
                frames = caught.value.frames
                assert frames[-1].funcidx == k + 1
                assert frames[-1].ordinal is not None
                seen.append(frames[-1].ordinal)
            assert seen == sorted(set(seen)), k
            offsets = opcodes(data, module, k + 1, seen)
            assert offsets == [0x28, 0x6D, 0x28, 0x10, 0x00], k


def opcodes(data: bytes, module: Module, func: int, ordinals: list[int]) -> list[int]:
    """The first byte of these instructions of a body."""
    from lbtool.wasm import instructions, local_decls  # noqa: PLC0415

    start, end = module.wasm.bodies[func]
    _, code = local_decls(data, start, end)
    at = {number: offset for number, offset, *_ in instructions(data, code, end)}
    return [data[at[each]] for each in ordinals]
