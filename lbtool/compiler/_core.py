"""Loads the compiled core, which brings the modules of ``setup.CORE`` with it.

Without it (not built, or ``LBTOOL_PURE=1``) the same modules run from their ``.py``
files: slow, and the oracle of the compiled build.
"""

CORE = "lbtool.compiler.core"

try:
    __import__(CORE)
except ModuleNotFoundError as error:
    if error.name != CORE:
        raise
