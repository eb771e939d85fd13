"""Reading WebAssembly: binary format, opcode table, validation of modules, printing.

Independent of the compiler and of any platform. The pieces others use::

    data = read("prog.wat")            # bytes of a binary module
    module = decode(data, path="prog.wat")
    problems = validate_module(module, Profile("2.0"))

Each is imported when it is first used: a warm ``lbtool run`` needs none of them.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

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

_HOMES = {
    "ConstExpr": "module",
    "Module": "module",
    "Profile": "profile",
    "declared_funcs": "validate",
    "decode": "decode",
    "function_text": "printer",
    "instruction_text": "instruction_text",
    "instructions": "instructions",
    "local_decls": "instructions",
    "print_module": "printer",
    "read": "read",
    "require_valid": "validate",
    "validate_module": "validate",
}

if not TYPE_CHECKING:
    ModuleType = type(sys)


class _Package(ModuleType):
    """This package; its functions keep their names.

    Importing a submodule sets its name here: of ``decode`` the function is meant.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if _HOMES.get(name) == name and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - this package is cheap

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
