"""Charts: complete, well-formed, the same bytes for the same figures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.bench import pictures, plots
from tests.bench.compile_bench import CompileFigures, Subject
from tests.bench.programs import Program
from tests.bench.run_bench import RunFigures

SVG = "{http://www.w3.org/2000/svg}"
ENGINES = ("lbtool", "liftoff", "winch", "cranelift")


def figures() -> tuple[CompileFigures, RunFigures]:
    samples = {engine: [0.1 * (k + 1)] for k, engine in enumerate(ENGINES)}
    compiled = CompileFigures([Subject(Program("m", Path("m")), 10**6, 9)])
    compiled.samples["m"] = samples
    ran = RunFigures({"p": {**samples, "native": [0.1]}, "q <&>": {**samples}})
    return compiled, ran


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def test_all_charts_are_drawn_from_what_there_is() -> None:
    compiled, ran = figures()
    linear = {"more functions": [(1000, 0.001), (10000, 0.01)]}
    made = pictures.charts(compiled, linear, ran)
    assert list(made) == ["both.svg", "compile.svg", "linear.svg", "run.svg"]
    assert made == pictures.charts(compiled, linear, ran)
    assert not pictures.charts(None, {}, None)
    assert {"lbtool", "Liftoff", "Winch", "Cranelift"} <= set(texts(made["both.svg"]))
    assert "p" in texts(made["run.svg"])
    assert max(map(len, made.values())) < 50_000


def test_names_are_escaped() -> None:
    svg = plots.bars("a < b", [("lbtool & co", 2.0), ("x", 1.0)], "MB/s")
    assert {"a < b", "lbtool & co", "2 MB/s"} <= set(texts(svg))


def test_bars_are_as_long_as_their_values() -> None:
    root = ET.fromstring(plots.bars("t", [("a", 4.0), ("b", 1.0)], "u"))
    first, second = (float(x.get("width", "")) for x in root.iter(f"{SVG}rect"))
    assert first == pytest.approx(4 * second)


def test_a_logarithmic_axis() -> None:
    axis = plots.Axis(1, 100, 0, 200)
    assert [axis.at(x) for x in (1, 10, 100)] == pytest.approx([0, 100, 200])
    assert axis.ticks() == [1, 2, 5, 10, 20, 50, 100]
    assert plots.Axis(1, 1e4, 0, 1).ticks() == [1, 10, 100, 1000, 10000]
    assert plots.Axis(0.9, 2.2, 0, 1).ticks() == [1, 1.2, 1.5, 2]


def test_dots_of_a_missing_figure_are_missing() -> None:
    svg = plots.rows("t", ["a", "b"], [("p", [1.0, None]), ("q", [2.0, 3.0])], "times")
    assert len(list(ET.fromstring(svg).iter(f"{SVG}circle"))) == 3
