"""Codes and places of diagnostics."""

from __future__ import annotations

from lbtool.errors import CODES, Diagnostic, LbtoolError, MalformedError, code_for


def test_codes_are_unique_and_explained() -> None:
    phrases = [code.phrase for code in CODES.values()]
    assert len(set(phrases)) == len(phrases)
    for key, code in CODES.items():
        assert key == code.code
        assert len(key) == 5
        assert key[0] == "E"
        assert code.explanation.endswith((".", "."))
        assert len(code.explanation) > 20


def test_the_longest_phrase_wins() -> None:
    assert code_for("unknown function 7") == "E0202"
    assert code_for("data count section required: memory.init") == "E0120"
    assert code_for("something else") == "E0200"
    assert code_for("something else", "E0100") == "E0100"
    for code in CODES.values():
        assert code_for(code.phrase + " 3") == code.code


def test_places() -> None:
    text = Diagnostic("error", "E0132", "m", path="a.wat", line=2, column=5)
    assert str(text) == "a.wat:2:5: error[E0132]: m"
    body = Diagnostic(
        "error", "E0210", "m", "a.wasm", 0x1F, funcidx=3, ordinal=7, mnemonic="i32.add"
    )
    assert body.place() == "a.wasm:0x1f: function 3, instruction 7 (i32.add)"
    assert Diagnostic("note", "E0100", "m", section="type").place() == "type section"
    assert str(Diagnostic("error", "E0100", "m")) == "error[E0100]: m"


def test_module_errors_carry_their_diagnostics() -> None:
    one = Diagnostic("error", "E0103", "unexpected end", offset=8)
    error = MalformedError(one)
    assert error.diagnostics == (one,)
    assert error.message == "unexpected end"
    assert isinstance(error, LbtoolError)
    assert str(MalformedError([one, one])) == f"{one}\n{one}"
