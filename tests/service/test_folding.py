"""Folds: what is on several lines, and where a fold ends."""

from __future__ import annotations

import pytest

from lbtool.service.folding import folds
from lbtool.wat.document import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(func)\n(func)", []),
        ("(func\n nop)", ["field:(func\n nop"]),
        ("(func\n nop\n )", ["field:(func\n nop"]),
        ("(func\r\n nop\r\n)", ["field:(func\r\n nop"]),
        ("(func (drop\n(i32.const 1)))", ["field:(func (drop\n(i32.const 1))"]),
        (
            "(func\n(drop\n(i32.const 1)))",
            ["field:(func\n(drop\n(i32.const 1))", "expression:(drop\n(i32.const 1)"],
        ),
        ("(func\nblock\nnop\nend)", ["field:*", "block:block\nnop"]),
        ("(func\nif\nnop\nelse\nnop\nend\nnop)", [
            "field:*", "block:if\nnop", "block:else\nnop",
        ]),
        ("(func\n(if (i32.const 1)\n(then\nnop)\n(else\nnop)))", [
            "field:*", "expression:*", "expression:(then\nnop", "expression:(else\nnop",
        ]),
        (";; a\n ;; b\n\n;; c\n", ["comment:;; a\n ;; b"]),
        ("(func) ;; a\n;; b\n;; c\n", ["comment:;; b\n;; c"]),
        ("(; a\nb ;) (func)", ["comment:(; a\nb ;)"]),
        ("(func (;\n;) (;\n;))", ["field:*", "comment:(;\n;)"]),
        ('(data ";;\n"\n)', ['field:(data ";;\n"']),
        ("(module\n(func)\n)", ["module:(module\n(func)"]),
        ("(module\n(func", ["module:(module\n(func"]),
        ("(func\nblock\nnop", ["field:(func\nblock\nnop"]),
    ],
)  # fmt: skip
def test_folds(text: str, expected: list[str]) -> None:
    found = [
        f"{each.kind}:{text[each.start : each.end]}" for each in folds(Document(text))
    ]
    assert len(found) == len(expected), found
    for got, wanted in zip(found, expected, strict=True):
        if wanted.endswith("*"):
            assert got.startswith(wanted[:-1])
        else:
            assert got == wanted
