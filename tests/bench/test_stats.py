"""The arithmetic of the benchmark; no times are asserted anywhere."""

from __future__ import annotations

import pytest

from tests.bench.stats import (
    Table,
    exponent,
    geomean,
    geomean_ratio,
    median,
    medians,
    number,
    ratios,
    spread,
    spreads,
)

FIGURES = {
    "a": {"ours": 2.0, "peer": 1.0},
    "b": {"ours": 1.0, "peer": 8.0},
    "c": {"ours": 5.0},
    "d": {"peer": 5.0},
}


def test_geomean() -> None:
    assert geomean([2.0, 8.0]) == pytest.approx(4.0)
    assert geomean([3.0]) == pytest.approx(3.0)
    # a plain product would overflow
    assert geomean([1e300] * 5) == pytest.approx(1e300)


def test_geomean_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        geomean([])


def test_geomean_is_independent_of_direction() -> None:
    values = [0.3, 4.0, 1.7]
    inverse = geomean(1 / value for value in values)
    assert geomean(values) == pytest.approx(1 / inverse)


def test_median() -> None:
    assert median([9.0, 1.0, 2.0]) == 2.0
    assert median([4.0, 1.0, 2.0, 9.0]) == 3.0
    assert median([7.0]) == 7.0


def test_ratios_are_over_rows_that_have_both() -> None:
    assert ratios(FIGURES, "ours", "peer") == {"a": 2.0, "b": 0.125}
    assert geomean_ratio(FIGURES, "ours", "peer") == pytest.approx(0.5)
    assert geomean_ratio(FIGURES, "peer", "ours") == pytest.approx(2.0)
    assert geomean_ratio(FIGURES, "ours", "nobody") is None


def test_the_spread_is_the_middle_half() -> None:
    assert spread([4.0]) == 0
    assert spread([1.0, 2.0, 3.0, 4.0, 5.0]) == pytest.approx(2 / 3)
    cells = {"row": {"calm": [2.0, 2.0], "wild": [1.0, 3.0], "one": [1.0]}}
    assert spreads(cells).endswith("25.0% in the middle, at most 50% (wild, row).")
    assert spreads({"row": {"one": [1.0]}}) == ""
    assert medians(cells)["row"] == {"calm": 2.0, "wild": 2.0, "one": 1.0}


def test_the_exponent_of_a_power_law() -> None:
    assert exponent((x, 3 * x**1.5) for x in (1, 10, 50)) == pytest.approx(1.5)


def test_number() -> None:
    assert number(None) == "-"
    assert number(1234.5678) == "1,234.57"
    assert number(1234.5678, 0) == "1,235"


def test_table() -> None:
    table = Table("Speeds", ("name", "x"), note="A note.")
    table.add("long name", "1.00")
    table.add("b", "10.00")
    assert table.text().splitlines() == [
        "Speeds",
        "",
        "name           x",
        "---------  -----",
        "long name   1.00",
        "b          10.00",
        "A note.",
    ]
    assert table.markdown().splitlines() == [
        "## Speeds",
        "",
        "| name | x |",
        "| --- | ---: |",
        "| long name | 1.00 |",
        "| b | 10.00 |",
        "",
        "A note.",
    ]


def test_a_row_must_fit_its_table() -> None:
    with pytest.raises(ValueError, match="3 cells under 2 headings"):
        Table("t", ("a", "b")).add("1", "2", "3")
