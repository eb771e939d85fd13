"""Reading WebAssembly: binary format, opcode table, validation of modules, printing.

Independent of the compiler and of any platform. The pieces others use::

    data = read("prog.wat")            # bytes of a binary module
    module = decode(data, path="prog.wat")
    problems = validate_module(module, Profile("2.0"))
"""

from __future__ import annotations

from lbtool.wasm.decode import decode
from lbtool.wasm.module import ConstExpr, Module
from lbtool.wasm.profile import Profile

__all__ = ["ConstExpr", "Module", "Profile", "decode"]
