"""Reading WebAssembly: binary format, opcode table, validation of modules, printing.

Independent of the compiler and of any platform. The pieces others use::

    data = read("prog.wat")            # bytes of a binary module
    module = decode(data, path="prog.wat")
    problems = validate_module(module, Profile("2.0"))
"""

from __future__ import annotations

from lbtool.wasm.decode import decode
from lbtool.wasm.instruction_text import instruction_text
from lbtool.wasm.instructions import instructions, local_decls
from lbtool.wasm.module import ConstExpr, Module
from lbtool.wasm.printer import function_text, print_module
from lbtool.wasm.profile import Profile
from lbtool.wasm.read import read
from lbtool.wasm.validate import declared_funcs, require_valid, validate_module

__all__ = [
    "ConstExpr",
    "Module",
    "Profile",
    "declared_funcs",
    "decode",
    "function_text",
    "instruction_text",
    "instructions",
    "local_decls",
    "print_module",
    "read",
    "require_valid",
    "validate_module",
]
