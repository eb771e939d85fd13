"""The one-pass compiler: canonical functions in, artifacts out. It knows no module.

    scan -> Microwasm -> driver -> selectors and values -> x64

`compile_module` and `compile_function` are the doors for whoever has a module.
"""

import lbtool.compiler._core  # noqa: F401 - first: it brings the compiled modules
from lbtool.compiler.compile import compile_function, compile_module
from lbtool.compiler.target import Target

__all__ = ["Target", "compile_function", "compile_module"]
