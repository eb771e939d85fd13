"""Positions in three encodings, against counting one character at a time."""

from __future__ import annotations

import random

import pytest

from lbtool.lsp.positions import (
    ENCODINGS,
    applied,
    choose,
    column_of,
    offset_of,
    position_of,
)
from lbtool.wat.document import Document

ASTRAL = (
    ';; a\U0001f600b é\u20ac\r\n(module ;;\t\U0001d4b3\n\r (func $ö "\U0001f600"))\r;;'
)
PIECES = ["a", "é", "\u20ac", "\U0001f600", "\n", "\r\n", "\r", "(", ")", '"', ";;"]


def units(text: str, encoding: str) -> int:
    width = {
        "utf-8": lambda c: len(c.encode()),
        "utf-16": lambda c: 2 if ord(c) > 0xFFFF else 1,
        "utf-32": lambda _: 1,
    }[encoding]
    return sum(map(width, text))


def lines(text: str) -> list[str]:
    """Lines with their ends, by the protocol's three line ends only."""
    found, line = [], ""
    for i, each in enumerate(text):
        line += each
        if each == "\n" or (each == "\r" and text[i + 1 : i + 2] != "\n"):
            found.append(line)
            line = ""
    return [*found, line]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_offset_there_and_back(encoding: str) -> None:
    document = Document(ASTRAL)
    offset = 0
    for number, line in enumerate(lines(ASTRAL)):
        body = line.rstrip("\r\n")
        for column in range(len(body) + 1):
            place = (number, units(body[:column], encoding))
            assert position_of(document, offset + column, encoding) == place
            assert offset_of(document, *place, encoding) == offset + column
        offset += len(line)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_beyond_is_the_end(encoding: str) -> None:
    document = Document("ab\U0001f600\ncd")
    assert offset_of(document, 0, 99, encoding) == 3
    assert offset_of(document, 1, 99, encoding) == 6
    assert offset_of(document, 9, 0, encoding) == 6
    assert offset_of(document, 2**31 - 1, 2**31 - 1, encoding) == 6
    assert offset_of(Document(""), 0, 5, encoding) == 0
    assert position_of(Document(""), 0, encoding) == (0, 0)


def test_inside_of_a_character_is_before_it() -> None:
    line = "a\U0001f600b"
    assert [column_of(line, n, "utf-8") for n in range(8)] == [0, 1, 1, 1, 1, 2, 3, 3]
    assert [column_of(line, n, "utf-16") for n in range(6)] == [0, 1, 1, 2, 3, 3]
    # surrogates that are alone are characters of one unit
    alone = "\ud83dx\ude00é"
    assert [column_of(alone, n, "utf-16") for n in range(5)] == [0, 1, 2, 3, 4]


def test_the_clients_order() -> None:
    assert choose(["utf-32", "utf-8", "utf-16"]) == "utf-32"
    assert choose(["utf-7", "utf-8"]) == "utf-8"
    assert choose(["utf-7"]) == choose([]) == choose(None) == "utf-16"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_random_edits_as_on_a_list_of_lines(encoding: str) -> None:
    chance = random.Random(encoding)
    text = ASTRAL
    document = Document(text)
    for _ in range(300):
        start, end = sorted(chance.choices(range(len(text) + 1), k=2))
        end = min(end, start + 5)
        if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
            continue  # no position is between these two
        new = "".join(chance.choices(PIECES, k=chance.randrange(4)))
        where = {
            name: dict(
                zip(
                    ("line", "character"),
                    position_of(document, offset, encoding),
                    strict=True,
                )
            )
            for name, offset in (("start", start), ("end", end))
        }
        document = applied(document, [{"range": where, "text": new}], encoding)
        text = text[:start] + new + text[end:]
        assert document.text == text
    document = applied(document, [{"text": "(module)"}], encoding)
    assert document.text == "(module)"
