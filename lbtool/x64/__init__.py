"""x86-64 encodings, the assembler of the compiler core, and a disassembler for
display."""

import lbtool.compiler._core  # noqa: F401 - the compiled assembler is part of the core
