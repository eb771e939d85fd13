"""Selections grow by what belongs together."""

from __future__ import annotations

import pytest

from lbtool.service.selection import MOST, selections
from lbtool.wat.document import Document
from tests.service.texts import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "(module (func (drop (i32.load offset=^4 (local.get 0)))) ) ;; end",
            [
                "offset=4",
                "i32.load offset=4",
                "(i32.load offset=4 (local.get 0))",
                "(drop (i32.load offset=4 (local.get 0)))",
                "(func (drop (i32.load offset=4 (local.get 0))))",
                "(module (func (drop (i32.load offset=4 (local.get 0)))) )",
            ],
        ),
        (
            "(func block $l br ^0 end $l nop)",
            ["0", "br 0", "block $l br 0 end $l"],
        ),
        ("(func^ $f) ;; comment", ["func", "(func $f)"]),
        (
            "(module\n  ;; one\n  ;; t^wo\n  (func))",
            [";; two", ";; one\n  ;; two", "(module\n  ;; one\n  ;; two\n  (func))"],
        ),
        ("(func (; a ^ ;) nop)", ["(; a  ;)", "(func (; a  ;) nop)"]),
        ("(func\nnop ;; ^it\n)", [";; it", "(func\nnop ;; it\n)"]),
        ("(func) ;; a^b", [";; ab"]),
        ("(func (param ^", ["(param ", "(func (param "]),
        ("^", []),
        ("  ^  ", []),
    ],
)
def test_selections(text: str, expected: list[str]) -> None:
    text, (offset,) = marked(text)
    document = Document(text)
    found = [text[a:b] for a, b in selections(document, offset)]
    whole = [text] * (bool(text) and expected[-1:] != [text])
    assert found == expected + whole


def test_deep_nesting_ends_somewhere() -> None:
    deep = 50_000
    text = "(func " + "(block " * deep + "nop" + ")" * (deep + 1)
    found = selections(Document(text), text.index("nop"))
    assert len(found) == MOST + 1
    assert found[-1] == (0, len(text))
