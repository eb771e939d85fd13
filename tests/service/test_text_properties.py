"""What holds of every answer about a text: nested, ordered, symmetric, never raised.

Over the valid texts of the spec suites, the malformed ones, and both cut at any place.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest

from lbtool.service.analysis import Analysis
from lbtool.service.folding import folds
from lbtool.service.hover import hover
from lbtool.service.navigate import definition, highlights, references
from lbtool.service.options import Options
from lbtool.service.selection import selections
from lbtool.service.tokens import MODIFIERS, TYPES, tokens
from lbtool.wat.document import Document
from lbtool.wat.positions import Span, token_span
from tests.service.at_once import symbols
from tests.service.texts import suite_texts
from tests.wasm.suites import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.service.outline import Symbol

    Record = Callable[[str, object], None]

# Places and references of one text that are asked about: some branch 10,000 times.
PLACES, USES = 40, 100


def check_symbols(found: list[Symbol], start: int, end: int) -> None:
    """Inside of what holds them, one behind the other."""
    for each in found:
        assert start <= each.start <= each.name_start <= each.name_end <= each.end
        assert each.end <= end
        assert each.name
        check_symbols(list(each.children), each.start, each.end)
        start = each.start
    if found and found[0].kind not in ("export", "elem", "data"):
        assert all(a.end <= b.start for a, b in pairwise(found))


def check_tokens(document: Document, *, valid: bool) -> None:
    found = list(tokens(document))
    for each in found:
        assert 0 <= each.start < each.end <= len(document.text)
        assert each.type in TYPES
        assert set(each.modifiers) <= set(MODIFIERS)
    assert all(a.end <= b.start for a, b in pairwise(found))
    middle, most = len(document.text) // 2, len(document.text) * 3 // 4
    some = [each for each in found if middle < each.end and each.start < most]
    assert list(tokens(document, middle, most)) == some
    if valid:
        starts = {each.start for each in found}
        words = {start for start, text in words_of(document) if text not in "()"}
        assert words <= starts


def check_folds(document: Document) -> None:
    open_: list[int] = []
    before = -1
    for start, end, _ in folds(document):
        assert before < start < end <= len(document.text)
        before = start
        while open_ and open_[-1] <= start:
            open_.pop()
        assert not open_ or end <= open_[-1]
        open_.append(end)


def check_selections(document: Document, offset: int) -> None:
    found = selections(document, offset)
    assert not document.text or found[-1] == (0, len(document.text))
    for inner, outer in pairwise([Span(offset, offset), *found]):
        assert outer.start <= inner.start
        assert inner.end <= outer.end
        assert inner != outer or inner.start == inner.end


def words_of(document: Document) -> Iterator[tuple[int, str]]:
    """Offset and text of every token of a field."""
    for position, chunk in enumerate(document.chunks):
        if chunk.kind == "field":
            for number, text in enumerate(document.field(position).text):
                if text:
                    yield token_span(document, position, number).start, text


def check_shape(document: Document, *, valid: bool) -> None:
    check_symbols(symbols(document), 0, len(document.text))
    check_tokens(document, valid=valid)
    check_folds(document)


def uses(document: Document) -> Iterator[Span]:
    """Every token that refers to something."""
    for position, chunk in enumerate(document.chunks):
        if chunk.kind != "field":
            continue
        field = document.field(position)
        tokens_ = [use.token for use in field.uses]
        tokens_ += [
            each.token + 1
            for each in field.code or ()
            if each.op.immediates == ("localidx",)
        ]
        for token in tokens_:
            yield token_span(document, position, token)


def check_navigation(document: Document, random: Random, count: Counter[str]) -> None:
    known: dict[Span, list[Span]] = {}
    found = list(uses(document))
    for use in random.sample(found, min(USES, len(found))):
        count["references"] += 1
        lit = highlights(document, use.start)
        places = definition(document, use.start)
        if not places:
            # Types that no field defines; parameters that only a type says.
            assert document.text[use.start] != "$"
            count["without definition"] += 1
            continue
        assert any(each[:2] == use for each in lit)
        (place,) = places
        assert any(each[:2] == place for each in lit)
        if document.text[place.start : place.end] == "func":
            continue  # also the label of the function's body
        if place not in known:
            known[place] = references(document, place.start)
        assert use in known[place]
        assert place in known[place]


@pytest.mark.parametrize("version", VERSIONS)
def test_valid_texts(version: str, record_property: Record) -> None:
    count: Counter[str] = Counter()
    random = Random(version)
    for text in suite_texts(version, valid=True):
        document = Document(text)
        check_shape(document, valid=True)
        check_navigation(document, random, count)
        analysis = Analysis(document, Options())
        for offset in some_places(random, [at for at, _ in words_of(document)]):
            check_selections(document, offset)
            shown = hover(analysis, offset)
            if shown is not None:
                assert shown.start <= offset <= shown.end
                assert shown.markdown
                count["hovers"] += 1
        count["texts"] += 1
    assert count["references"] > 10 * count["without definition"]
    record_property("summary", f"service over texts of {version}: {told(count)}")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("valid", [True, False], ids=["cut", "malformed"])
def test_broken_texts(version: str, valid: bool, record_property: Record) -> None:
    count: Counter[str] = Counter()
    random = Random(version)
    for whole in suite_texts(version, valid=valid):
        first, last = sorted(random.randrange(len(whole) + 1) for _ in range(2))
        for text in (whole[:last], whole[:first] + whole[last:]):
            document = Document(text)
            check_shape(document, valid=False)
            analysis = Analysis(document, Options())
            for offset in some_places(random, range(len(text) + 1)):
                check_selections(document, offset)
                definition(document, offset)
                for each in highlights(document, offset):
                    assert 0 <= each.start < each.end <= len(text)
                references(document, offset)
                hover(analysis, offset)
                count["places"] += 1
            count["texts"] += 1
    what = "cut texts" if valid else "malformed texts, cut,"
    record_property("summary", f"service over {what} of {version}: {told(count)}")


def some_places(random: Random, offsets: list[int] | range) -> list[int]:
    return random.sample(list(offsets), min(PLACES, len(offsets)))


def told(count: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in sorted(count.items()))
