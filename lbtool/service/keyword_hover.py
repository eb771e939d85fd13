"""What the words of the text format mean, a line each, with the section that says so.

Sections are those of the WebAssembly specification, by title: numbers below a chapter
change with its versions. Instructions are not here: the
opcode table and the compiler know more about them.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["KEYWORDS", "Keyword"]


class Keyword(NamedTuple):
    """An explanation and a section."""

    meaning: str
    section: str


_ROWS = {
    "6.6 Modules": {
        "module": "everything that is compiled and instantiated together",
    },
    "6.6 Modules, Types": {
        "type": "a defined type, or the use of one",
    },
    "6.4 Types, Recursive Types": {
        "rec": "types that may refer to each other",
        "sub": "a type with its supertypes",
        "final": "no type may have this one as its supertype",
    },
    "6.4 Types, Composite Types": {
        "struct": "a type with fields of their own types",
        "array": "a type with any number of elements of one type",
        "field": "a field of a structure",
        "i8": "8 bits, in fields of structures and arrays",
        "i16": "16 bits, in fields of structures and arrays",
    },
    "6.6 Modules, Imports": {
        "import": "something that whoever instantiates the module gives",
    },
    "6.6 Modules, Functions": {
        "func": "a function with its instructions, or the type of one",
        "local": "a variable of one call, at first zero or null",
    },
    "6.4 Types, Function Types": {
        "param": "a parameter; parameters are the first locals",
        "result": "types of the values that are left on the stack",
    },
    "6.6 Modules, Tables": {
        "table": "references that instructions reach by a number",
    },
    "6.6 Modules, Memories": {
        "memory": "bytes that instructions reach by an address",
    },
    "6.6 Modules, Globals": {
        "global": "a variable of the instance",
    },
    "6.4 Types, Global Types": {
        "mut": "can be written; without it, only read",
    },
    "6.6 Modules, Tags": {
        "tag": "a kind of exception and the types of its values",
    },
    "6.6 Modules, Exports": {
        "export": "a name under which others reach a part of the instance",
    },
    "6.6 Modules, Start Function": {
        "start": "the function that runs when the module is instantiated",
    },
    "6.6 Modules, Element Segments": {
        "elem": "references that a table is filled with",
        "declare": "names functions for ref.func and holds nothing",
        "item": "an element of a segment, as an expression",
        "offset": "where an active segment goes",
    },
    "6.6 Modules, Data Segments": {
        "data": "bytes that a memory is filled with",
    },
    "6.5 Instructions, Control Instructions": {
        "then": "what runs if the condition is not zero",
        "catch": "where an exception with this tag goes, with its values",
        "catch_ref": "like catch, the exception itself comes last",
        "catch_all": "where every exception goes",
        "catch_all_ref": "like catch_all, with the exception itself",
    },
    "6.4 Types, Reference Types": {
        "ref": "a reference type",
        "null": "null is one of the values",
        "funcref": "a reference to a function, or null",
        "externref": "a reference to something of the host, or null",
        "anyref": "a reference to a value of the module's own, or null",
        "eqref": "a reference that ref.eq compares, or null",
        "i31ref": "an integer of 31 bits kept in a reference, or null",
        "structref": "a reference to a structure, or null",
        "arrayref": "a reference to an array, or null",
        "exnref": "a reference to an exception, or null",
    },
    "6.4 Types, Memory Types": {
        "shared": "a memory that several threads may have",
    },
    "6.4 Types, Number Types": {
        "i32": "32 bits: an integer, signed or unsigned by instruction",
        "i64": "64 bits: an integer, signed or unsigned by instruction",
        "f32": "an IEEE 754 number of 32 bits",
        "f64": "an IEEE 754 number of 64 bits",
    },
    "6.4 Types, Vector Types": {
        "v128": "128 bits that instructions see as lanes",
    },
}
KEYWORDS = {
    word: Keyword(meaning, section)
    for section, row in _ROWS.items()
    for word, meaning in row.items()
}
"""Word -> its meaning."""
