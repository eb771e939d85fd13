"""x86-64 encodings, the assembler of the compiler core, and a disassembler for
display."""
