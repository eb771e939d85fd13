"""Answers that are written while they are made are the JSON that they would be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lbtool.lsp.framing import Frames, frame
from lbtool.lsp.writing import Rows, Written, record

ELEMENTS: list[list[Any]] = [[], [1], [1, 2, 3], [{"a": 'ü"'}, [], None, "\ud800"]]


def value(written: Written) -> object:
    return json.loads(b"".join(written.parts))


@pytest.mark.parametrize("elements", ELEMENTS)
def test_rows(elements: list[Any]) -> None:
    one_by_one, at_once = Rows(), Rows()
    for each in elements:
        one_by_one.add(each)
    if elements:
        at_once.add(*elements)
    assert value(one_by_one.written()) == value(at_once.written()) == elements


@pytest.mark.parametrize("elements", ELEMENTS)
@pytest.mark.parametrize("fields", [{}, {"id": None}, {"a": 1, "b": [2]}])
def test_records_in_rows(fields: dict[str, Any], elements: list[Any]) -> None:
    inner, outer = Rows(), Rows()
    for each in elements:
        inner.add(each)
    outer.put(record(fields, "children", inner.written()))
    outer.add(7)
    outer.put(record(fields, "children", inner.written()))
    row = {**fields, "children": elements}
    assert value(outer.written()) == [row, 7, row]


def test_a_message_in_parts() -> None:
    parts = record({"id": 1}, "result", Rows().written()).parts
    assert list(Frames().feed(frame(*parts))) == [b'{"id":1,"result":[]}']
