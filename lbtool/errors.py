"""Errors of lbtool and the table of their stable codes.

A problem in a module is a `Diagnostic`: data with a position, to be shown on a terminal,
in an editor or as JSON. Exceptions carry diagnostics. Messages begin with the phrase which
the WebAssembly specification's tests use, when there is one; the code follows from that
phrase. How diagnostics look on a terminal is not here (see ``lbtool.cli``).
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Iterable

    from lbtool.diagnostic import Code, Diagnostic

    CODES: dict[str, Code]

__all__ = [
    "CODES",
    "COMPONENTS",
    "Code",
    "Diagnostic",
    "LbtoolError",
    "LinkError",
    "MalformedError",
    "ModuleError",
    "UnsupportedError",
    "ValidationError",
    "code_for",
    "one_line",
]

# The proposal that none of the engines runs.
COMPONENTS = "component-model"


class LbtoolError(Exception):
    """Base of every error that lbtool raises on purpose; `hints` say what to do."""

    hints: tuple[str, ...] = ()


class LinkError(LbtoolError):
    """An import is missing or has the wrong type."""


class ModuleError(LbtoolError):
    """A module is unusable; `diagnostics` holds at least one error, in module order."""

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        from lbtool.diagnostic import Diagnostic  # noqa: PLC0415 - see `__getattr__`

        if isinstance(diagnostics, Diagnostic):
            diagnostics = (diagnostics,)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))

    @property
    def message(self) -> str:
        """Message of the first diagnostic, without its position."""
        return self.diagnostics[0].message if self.diagnostics else ""


class MalformedError(ModuleError):
    """The bytes or the text do not follow the grammar."""


class ValidationError(ModuleError):
    """The module is well-formed but does not validate."""


class UnsupportedError(ModuleError):
    """The module uses a proposal which is recognised but not supported here."""

    def __init__(
        self, diagnostics: Diagnostic | Iterable[Diagnostic], proposal: str
    ) -> None:
        super().__init__(diagnostics)
        self.proposal = proposal


# Columns: code, phrase, explanation. The phrases of E01 and E02 are those of the
# specification's test suite. Codes are never reused.
# ruff: noqa: E501 - one row per line
# fmt: off
_ROWS: tuple[tuple[str, str, str], ...] = (
    ("E0100", "malformed", "The module does not follow the grammar of the binary or the text format."),
    ("E0101", "magic header not detected", "A binary module begins with the four bytes 00 61 73 6D (a zero and `asm`). This file does not, so it is no binary WebAssembly module."),
    ("E0102", "unknown binary version", "Bytes 4 to 7 hold the version of the binary format, which is 1 for core modules. Components have another number and are not core modules."),
    ("E0103", "unexpected end", "The module, a section or a function body ends in the middle of an item: the file is cut off, or a size or a count is wrong."),
    ("E0104", "integer representation too long", "A LEB128 integer takes more bytes than its type allows (5 for 32 bits, 10 for 64)."),
    ("E0105", "integer too large", "The last byte of a LEB128 integer has bits beyond the width of its type."),
    ("E0106", "malformed section id", "A section begins with a number that is no section of this WebAssembly version."),
    ("E0107", "unexpected content after last section", "Sections must be in order and, custom ones apart, appear once. This section comes too late or twice."),
    ("E0108", "section size mismatch", "The contents of a section do not end where its size says."),
    ("E0109", "length out of bounds", "A size or length reaches beyond the end of the module or of the enclosing section."),
    ("E0110", "malformed UTF-8 encoding", "Names of imports, exports and custom sections must be valid UTF-8, without surrogates and without over-long forms."),
    ("E0111", "malformed import kind", "An import's kind is none of function (0), table (1), memory (2), global (3) and tag (4)."),
    ("E0112", "malformed export kind", "An export's kind is none of function (0), table (1), memory (2), global (3) and tag (4)."),
    ("E0113", "malformed mutability", "A global's mutability is 0 (constant) or 1 (mutable)."),
    ("E0114", "malformed limits flags", "The flags in front of a memory's or table's limits have unknown bits."),
    ("E0115", "malformed value type", "A byte stands for no value type."),
    ("E0116", "malformed reference type", "A byte stands for no reference type."),
    ("E0117", "malformed type", "An entry of the type section has an unknown form."),
    ("E0118", "function and code section have inconsistent lengths", "Every entry of the function section needs one body in the code section."),
    ("E0119", "data count and data section have inconsistent lengths", "The data count section announces another number of segments than the data section holds."),
    ("E0120", "data count section required", "memory.init and data.drop are only allowed in modules with a data count section."),
    ("E0121", "illegal opcode", "A byte sequence stands for no instruction of the chosen WebAssembly version."),
    ("E0122", "END opcode expected", "A body or an initialiser goes on after its last `end`, or lacks it."),
    ("E0123", "zero byte expected", "This byte is reserved and must be zero in the chosen WebAssembly version."),
    ("E0124", "too many locals", "A function has more than 2^32 - 1 locals, or more than lbtool's limit."),
    ("E0125", "malformed elements segment kind", "The flags of an element segment are unknown."),
    ("E0126", "malformed element kind", "The kind byte of an element segment must be 0 (functions)."),
    ("E0127", "malformed data segment kind", "The flags of a data segment are unknown."),
    ("E0128", "malformed memop flags", "The alignment of a memory access has unknown bits."),
    ("E0129", "malformed tag attribute", "The attribute byte of a tag must be 0."),
    ("E0130", "multiple start sections", "A module has at most one start section."),
    ("E0131", "junk after last section", "Bytes follow after the last section which form no section."),
    ("E0132", "malformed text", "The text does not follow the grammar of the text format."),
    ("E0133", "malformed block type", "A block type is neither a value type, nor empty, nor the index of a type."),
    ("E0136", "malformed lane index", "A lane index is one byte."),
    ("E0137", "unclosed", "A parenthesis or a block is not closed. Where a module field begins at the start of a line, as far left as the one before or further, missing parentheses are taken as written in front of it, so that the rest of the text is read all the same."),
    ("E0138", "unexpected )", "A closing parenthesis has no opening one, or the module ended before it: mostly there is one parenthesis too many further up."),
    ("E0139", "illegal character", "Outside of strings and comments text is printable ASCII; in strings, control characters are written as escapes (`\\n`, `\\1f`, `\\u{1f}`), and other escapes do not exist."),
    ("E0140", "unclosed string", "A string has no closing quote on its line."),
    ("E0141", "unclosed comment", "A block comment `(;` has no `;)`. Block comments nest, so an inner one needs its own end."),
    ("E0142", "unknown operator", "A word stands for no instruction and no other keyword, or a blank between two tokens is missing."),
    ("E0143", "unexpected token", "The grammar of the text format does not allow this here; the message says what is expected."),
    ("E0144", "constant out of range", "A number does not fit its type; a NaN's payload is not zero and fits the mantissa."),
    ("E0145", "alignment must be a power of two", "The number behind `align=` counts bytes and is 1, 2, 4 and so on."),
    ("E0146", "mismatching label", "The label behind `else` or `end` is not that of the block."),
    ("E0147", "duplicate", "Two definitions of one kind have the same name. References mean the first one."),
    ("E0148", "import after", "Imports come before all functions, tables, memories, globals and tags that the module defines."),
    ("E0149", "inline function type", "A type is given by reference and in full, and the two differ."),
    ("E0200", "invalid", "The module does not validate."),
    ("E0201", "unknown type", "A type index is not below the number of types."),
    ("E0202", "unknown function", "A function index is not below the number of functions, imports counted."),
    ("E0203", "unknown table", "A table index is not below the number of tables, imports counted."),
    ("E0204", "unknown memory", "A memory index is not below the number of memories, imports counted. A module without memory cannot access memory."),
    ("E0205", "unknown global", "A global index is not below the number of globals. Initialisers see imported globals only."),
    ("E0206", "unknown local", "A local index is not below the number of parameters and locals."),
    ("E0207", "unknown label", "A branch names a label deeper than the nesting."),
    ("E0208", "unknown elem segment", "An element segment index is out of range."),
    ("E0209", "unknown data segment", "A data segment index is out of range."),
    ("E0210", "type mismatch", "An operand on the stack, a result or an initialiser has another type than the context needs."),
    ("E0211", "duplicate export name", "Two exports have the same name."),
    ("E0212", "multiple memories", "Before the multi-memory proposal a module has at most one memory."),
    ("E0213", "multiple tables", "Before the reference-types proposal a module has at most one table."),
    ("E0214", "constant expression required", "An initialiser contains an instruction which is not constant, or reads a global that is mutable."),
    ("E0215", "start function", "The start function takes no parameters and gives no results."),
    ("E0216", "memory size must be at most 65536 pages (4GiB)", "Limits of a 32-bit memory are at most 65536 pages of 64 KiB."),
    ("E0217", "size minimum must not be greater than maximum", "The minimum of limits exceeds their maximum."),
    ("E0218", "undeclared function reference", "`ref.func` in a body may only name functions that occur in the module outside bodies: in an element segment, an export or a global's initialiser."),
    ("E0219", "alignment must not be larger than natural", "The alignment hint of a memory access exceeds the size of the access."),
    ("E0220", "immutable global", "`global.set` needs a mutable global."),
    ("E0221", "invalid result arity", "The chosen WebAssembly version allows at most one result here."),
    ("E0222", "invalid lane index", "A lane index is not below the number of lanes of the shape."),
    ("E0223", "table size must be at most 2^32-1", "Limits of a 32-bit table are at most 2^32 - 1 elements."),
    ("E0224", "unknown tag", "A tag index is out of range."),
    ("E0225", "non-empty tag result type", "The type of a tag has no results."),
    ("E0226", "shared memory must have maximum", "A shared memory needs a maximum size."),
    ("E0227", "invalid custom page size", "A memory's page size is 1 or 65536 bytes."),
    ("E0228", "offset out of range", "The offset of a memory access is beyond the index type of the memory."),
    ("E0229", "else without if", "`else` is only allowed once, directly inside `if`."),
    ("E0300", "unsupported", "The module uses a WebAssembly proposal which the chosen version (`--wasm`) does not include or which lbtool does not support yet. The message names the proposal. `lbtool run --backend auto` runs such modules on another engine; components (proposal component-model) run on none."),
    ("E0301", "implementation limit", "The module exceeds a limit of this implementation; the message gives it."),
    ("E0400", "link error", "The module cannot be instantiated with these imports."),
    ("E0401", "unknown import", "Nothing is defined under the imported module and name."),
    ("E0402", "incompatible import type", "What is defined under this name has another kind or type than the module imports."),
    ("E0500", "configuration", "The configuration file (`lbtool.toml`, or `pyproject.toml` with a table `[tool.lbtool]`) is not well-formed TOML in UTF-8."),
    ("E0501", "unknown setting", "The configuration file sets something that lbtool does not know. `lbtool config show` lists the settings."),
    ("E0502", "wrong value", "A setting has a value of the wrong type or out of range. The message says where the value comes from and what it must be; docs/configuration.md tells more."),
)
# fmt: on


def one_line(text: str) -> str:
    """A message of wasmtime's, whose causes stand on indented lines of their own."""
    lines = [line.strip() for line in text.splitlines()]
    return ": ".join(each for each in lines if each not in {"", "Caused by:"})


def code_for(message: str, default: str = "E0200") -> str:
    """Code of the longest phrase which the message begins with, else `default`."""
    for code, phrase, _ in sorted(_ROWS, key=lambda row: -len(row[1])):
        if message.startswith(phrase):
            return code
    return default


def __getattr__(name: str) -> object:
    """Diagnostics are imported when there is one: a warm run has none."""
    if name not in ("CODES", "Code", "Diagnostic"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from lbtool import diagnostic  # noqa: PLC0415

    value: object = (
        {row[0]: diagnostic.Code(*row) for row in _ROWS}
        if name == "CODES"
        else getattr(diagnostic, name)
    )
    globals()[name] = value
    return value
