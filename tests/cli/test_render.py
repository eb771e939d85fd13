"""How diagnostics look, and that no text of a module can drive the terminal."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbtool.cli import render
from lbtool.cli.terminal import Style, printable, wants_color, width
from lbtool.errors import Diagnostic

PLAIN = Style(enabled=False)


def test_text_position_with_excerpt_and_caret() -> None:
    source = b"(module\n\t(func\r\n    (i32.add (f32.const 1))))\n"
    each = Diagnostic(
        "error", "E0210", "type mismatch: expected i32", "a.wat", line=3, column=5
    )
    assert render.diagnostic(each, PLAIN, source=source).split("\n") == [
        "error[E0210]: type mismatch: expected i32",
        "  --> a.wat:3:5",
        "  |",
        "3 |     (i32.add (f32.const 1))))",
        "  |     ^",
    ]


def test_binary_position_with_bytes_function_and_instruction() -> None:
    each = Diagnostic(
        "error",
        "E0207",
        "unknown label: 9",
        "a.wasm",
        offset=10,
        funcidx=2,
        ordinal=7,
        mnemonic="br",
    )
    text = render.diagnostic(each, PLAIN, source=bytes(range(32)), names={2: "f\x1b"})
    assert text.split("\n") == [
        "error[E0207]: unknown label: 9",
        "    --> a.wasm:0xa",
        "    |",
        "0xa | 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11",
        "    |                         ^^",
        "    = function 2 ($f\\u{1b}), instruction 7 (br)",
    ]


@pytest.mark.parametrize(("column", "before"), [(3, "é("), (5, "é(宽é")])
def test_caret_stands_under_wide_characters(column: int, before: str) -> None:
    source = "é(宽é\t)".encode()
    each = Diagnostic("error", "E0132", "malformed text", "a", line=1, column=column)
    lines = render.diagnostic(each, PLAIN, source=source).split("\n")
    assert lines[-1].index("^") - len("  | ") == width(before)


@pytest.mark.parametrize("column", [1, 60, 250, 399, 4000])
def test_long_lines_are_cut_around_the_caret(column: int) -> None:
    source = ("x" * (column - 1) + "!" + "y" * 400).encode()
    each = Diagnostic("error", "E0132", "malformed text", "a", line=1, column=column)
    *_, text, marks = render.diagnostic(each, PLAIN, source=source).split("\n")
    assert text[marks.index("^")] == "!"
    assert len(text) < 120


@pytest.mark.parametrize("line", [0, 2, 10**9])
def test_positions_outside_the_source_show_no_excerpt(line: int) -> None:
    each = Diagnostic("error", "E0132", "malformed text", "a", line=line, column=1)
    assert "|" not in render.diagnostic(each, PLAIN, source=b"one line")
    each = Diagnostic("error", "E0103", "unexpected end", "a", offset=8)
    assert "|" not in render.diagnostic(each, PLAIN, source=b"8 bytes.")


@given(st.text())
def test_printable_text_drives_nothing(text: str) -> None:
    shown = printable(text)
    for each in shown:
        assert unicodedata.category(each)[0] != "C"
        assert each not in "\u2028\u2029"
    assert printable(shown) == shown
    if text.isascii() and text.isprintable():
        assert shown == text


@given(st.text(), st.text(), st.text(), st.binary(), st.integers(1, 5))
def test_no_part_of_a_diagnostic_drives_the_terminal(
    message: str, path: str, name: str, source: bytes, line: int
) -> None:
    for each in (
        Diagnostic("error", "E0100", message, path, funcidx=0, line=line, column=2),
        Diagnostic("error", "E0100", message, path, funcidx=0, offset=line),
    ):
        text = render.diagnostic(each, PLAIN, source=source, names={0: name})
        assert all(
            unicodedata.category(c) not in ("Cc", "Cf") or c == "\n" for c in text
        )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("env", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_when_to_colour(
    monkeypatch: pytest.MonkeyPatch,
    env: dict[str, str],
    on_terminal: bool,
    elsewhere: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert wants_color(Terminal()) is on_terminal
    assert wants_color(io.StringIO()) is elsewhere


def test_json_leaves_out_what_is_unknown() -> None:
    each = Diagnostic("error", "E0103", "unexpected end", offset=8)
    assert render.as_json(each) == {
        "severity": "error",
        "code": "E0103",
        "message": "unexpected end",
        "offset": 8,
    }
