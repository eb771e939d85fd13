"""Depth and length cost nothing but themselves: no recursion, linear work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.wat import chunks, lexer
from lbtool.wat.assemble import assemble
from lbtool.wat.document import Document
from tests.wat import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEP = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "(" * DEEP,
        ")" * DEEP,
        "(func " + "(" * DEEP,
        "(func " + "(i32.eqz " * DEEP,
        "(func " + "(block " * DEEP,
        "(func " + "(if (i32.const 0) (then " * (DEEP // 10),
        "(; " * DEEP,
        "(module " + "(; (func) " * (DEEP // 10),
        "(@a " * DEEP,
        '"' * DEEP,
        "(func " + "block $l " * (DEEP // 10),
        "(func\n" * (DEEP // 10),
    ],
    ids=lambda text: text[:16],
)
def test_deep_and_broken(text: str) -> None:
    document = Document(text)
    assert document.problems()
    assert document.edit(len(text) // 2, len(text) // 2, ")").problems()


def test_deep_and_right() -> None:
    text = "(func (drop " + "(i32.eqz " * DEEP + "(i32.const 1)" + ")" * DEEP + "))"
    document = Document(text)
    assert document.problems() == []
    (field,) = document.fields()
    assert len(field.code or ()) == DEEP + 3
    blocks = "(func " + "(block $l " * DEEP + "(br $l)" + ")" * (DEEP + 1)
    assert Document(blocks).problems() == []


def test_a_line_of_a_million_characters() -> None:
    one = "(func (drop (i32.const 1)) (drop (i32.const 2)) (drop (i32.const 3)))"
    count = 1_000_000 // len(one) + 1
    document = Document("(module " + one * count + ")")
    assert len(document.text) > 1_000_000
    assert document.line_count == 1
    assert document.problems() == []
    assert document.line_column(999_999) == (0, 999_999)
    assert len(assemble(document)) > 10 * count
    name = Document(f'(func (export "{"x" * 1_000_000}"))')
    assert name.problems() == []


class Counting:
    """A pattern that counts the characters which its matches cover."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.characters = 0

    def _counted(self, found: re.Match[str] | None) -> re.Match[str] | None:
        if found is not None:
            self.characters += found.end() - found.start() + 1
        return found

    def match(self, *args: Any) -> re.Match[str] | None:
        return self._counted(self.pattern.match(*args))

    def fullmatch(self, *args: Any) -> re.Match[str] | None:
        return self._counted(self.pattern.fullmatch(*args))

    def finditer(self, *args: Any) -> Iterator[re.Match[str]]:
        for found in self.pattern.finditer(*args):
            self._counted(found)
            yield found

    def findall(self, *args: Any) -> list[str]:
        found: list[str] = self.pattern.findall(*args)
        self.characters += sum(map(len, found)) + len(found)
        return found


def work(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    """Characters that the patterns of the reader look at."""
    counters = []
    for module, names in (
        (chunks, ("_STRUCTURE", "_TRIVIA", "_HEAD")),
        (lexer, ("_SOUND", "_SOUND_TOKEN", "TOKEN", "_BRACKET")),
    ):
        for name in names:
            counter = Counting(re.compile(getattr(module, name)))
            counters.append(counter)
            monkeypatch.setattr(module, name, counter)
    Document(text).problems()
    monkeypatch.undo()
    return sum(each.characters for each in counters)


@pytest.mark.parametrize(
    "text",
    [
        "(func (drop (i32.const 1)) nop)\n",
        "(; a (func) ",
        "(func ;; (\n",
        '(func "a\n',
        "(@a (func) ",
    ],
    ids=["functions", "comments", "unclosed", "strings", "annotations"],
)
def test_work_is_linear(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    repeat = 20_000 // len(text) + 1
    once = work(monkeypatch, text * repeat)
    twice = work(monkeypatch, text * repeat * 2)
    assert once > 10_000
    assert once * 1.8 < twice < once * 2.2


def test_five_megabytes() -> None:
    count = 5_000_000 // len(generate.FUNCTION)
    text = generate.module(count)
    assert len(text) > 4_900_000
    document = Document(text)
    assert len(document.tables.owners["func"]) == count
    place = text.index(f"(i32.const {count - 3})")
    edited = document.edit(place, place + 1, "(nop (")
    assert sum(a is b for a, b in zip(document.chunks, edited.chunks, strict=False)) > (
        count - 3
    )
