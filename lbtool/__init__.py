"""lbtool: a one-pass WebAssembly to x86-64 compiler, its runtime and its tools.

With ``LBTOOL_PURE=1`` in the environment the compiler core runs from its ``.py`` files,
un-compiled: slow, and the oracle of the compiled build.
"""

from __future__ import annotations

import os as _os

if _os.environ.get("LBTOOL_PURE"):
    from lbtool import _pure

    _pure.install()
