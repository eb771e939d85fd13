"""An edited document is the one that reading its text afresh gives; nothing raises."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from lbtool.wat import fields
from lbtool.wat.assemble import assemble
from lbtool.wat.document import Document
from lbtool.wat.encode import NotEncodedError
from tests.wat import generate

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.wat.chunks import Chunk

EDITS = int(os.environ.get("LBTOOL_EDITS", "2400"))
WORKERS = 4


def content(document: Document) -> tuple[object, ...]:
    """Everything that a document says, in comparable form."""
    tables, types = document.tables, document.types
    owners = {space: list(map(tuple, each)) for space, each in tables.owners.items()}
    starts = [document.line_start(line) for line in range(document.line_count)]
    return (
        owners,
        tables.indices,
        document.problems(),
        types.known,
        types.extra,
        starts,
        [document.line_column(each) for each in document.starts],
    )


def assembled(document: Document) -> bytes | None:
    try:
        return assemble(document)
    except NotEncodedError:
        return None


def check(document: Document, afresh: Document, *, thoroughly: bool) -> None:
    assert [c.key() for c in document.chunks] == [c.key() for c in afresh.chunks]
    assert document.starts == afresh.starts
    assert "".join(c.text for c in document.chunks) == document.text
    if thoroughly:
        assert content(document) == content(afresh)
        assert assembled(document) == assembled(afresh)


@pytest.mark.parametrize("worker", range(WORKERS))
def test_random_edits(
    worker: int, record_property: Callable[[str, object], None]
) -> None:
    random = Random(worker)
    document = Document(generate.SEED)
    for number in range(EDITS // WORKERS):
        if len(document.text) > 3000 or random.random() < 0.01:
            document = Document(generate.SEED)
        if random.random() < 0.5:  # what was asked for is carried over
            content(document)
        start, end, new = generate.edit(random, document.text)
        expected = document.text[:start] + new + document.text[end:]
        before = document
        document = document.edit(start, end, new)
        assert document.text == expected, (before.text, start, end, new)
        check(document, Document(expected), thoroughly=number % 3 == 0)
    if worker == 0:
        record_property("summary", f"text reader: {EDITS} random edits as read afresh")


@pytest.mark.parametrize(
    ("text", "start", "end", "new"),
    [
        # A comment without end is noticed before one that has an end is asked for.
        ("(module (; ;) (; x (func))", 0, 0, ""),
        # The head of a field seems to be behind an annotation that is longer than it.
        ("(\n((@a \n(func) x)) start)", 17, 18, ")"),
        ("((@a \n(func(@a)", 14, 15, ""),
        # A name twice; the place of the second in its field changes.
        ("(func $a)(func $a)", 9, 9, " "),
    ],
)
def test_edits_that_went_wrong(text: str, start: int, end: int, new: str) -> None:
    document = Document(text)
    content(document)
    edited = document.edit(start, end, new)
    check(edited, Document(edited.text), thoroughly=True)
    check(document.edit(0, 0, ""), document, thoroughly=True)


def test_comments_are_asked_for_in_any_order() -> None:
    problems = Document("(module (; ;) (; x (func))").problems()
    assert [each.code for each in problems].count("E0141") == 1


def test_an_edit_reads_one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    text = generate.module(300)
    document = Document(text)
    assert document.problems() == []
    read: list[Chunk] = []
    original = fields._read

    def counting(chunk: Chunk) -> fields.Field:
        read.append(chunk)
        return original(chunk)

    monkeypatch.setattr(fields, "_read", counting)
    place = text.index("(i32.const 150)") + len("(i32.const ")
    edited = document.edit(place, place + 3, "77")
    assert edited.problems() == []
    assert len(read) == 1
    assert "$f150" in read[0].text
    shared = sum(a is b for a, b in zip(document.chunks, edited.chunks, strict=True))
    assert shared == len(document.chunks) - 1
    assert edited.tables is document.tables
    assert edited.types is document.types
    assert edited.edit(place, place + 2, "150").text == text


def test_positions_beyond_the_text() -> None:
    document = Document("(func)")
    assert document.edit(100, 200, ")").text == "(func))"
    assert document.edit(-5, 3, "").text == "nc)"
    assert document.line_start(7) == 0
    assert document.line_column(99) == (0, 6)
    empty = Document("")
    assert empty.line_column(5) == (0, 0)
    assert empty.line_count == 1
    assert [each.code for each in empty.problems()] == ["E0132"]
    assert empty.edit(0, 0, "(func)").text == "(func)"


def test_lines() -> None:
    document = Document('(module\r\n;; ü\n\t(func \U0001f600)\r(memory 1))\n\n"')
    assert document.line_count == 6
    texts = [document.line_text(line) for line in range(6)]
    assert texts == ["(module", ";; ü", "\t(func \U0001f600)", "(memory 1))", "", '"']
    assert document.line_column(document.text.index("memory")) == (3, 1)
    assert document.line_column(len(document.text)) == (5, 1)


def test_a_parenthesis_too_many_reads_one_function() -> None:
    document = Document(generate.module(300))
    content(document)
    place = document.text.index("(i32.const 150)")
    edited = document.edit(place, place, ")))")
    shared = {id(each) for each in document.chunks} & {id(c) for c in edited.chunks}
    assert len(shared) == len(document.chunks) - 1
    assert any("outside of the module" in each.message for each in edited.problems())


def test_a_new_name_is_known_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(generate.module(50))
    content(document)
    place = document.text.index("$f20 ")
    made: list[object] = []
    monkeypatch.setattr("lbtool.wat.document.Tables", made.append)
    edited = document.edit(place, place + 4, "$other")
    assert edited.tables.index("func", "$other") == 20
    assert edited.tables.index("func", "$f20") is None
    assert document.tables.index("func", "$f20") == 20
    assert not made  # no field but the edited one was looked at
    (problem,) = edited.problems()
    assert problem.message == "unknown function $f20"
    monkeypatch.undo()
    twice = document.edit(place, place + 4, "$f21")
    assert [each.code for each in twice.problems()] == ["E0147", "E0202"]
