"""Lines of `lbtool watch`, from made-up reports: few, many, hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.build import FileReport, Summary
from lbtool.build.report import FunctionChange
from lbtool.cli.terminal import Style
from lbtool.cli.watch_view import FEW, SHOWN, TextView, batch_lines, problem_lines
from lbtool.errors import Diagnostic

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PLAIN = Style(enabled=False)


def change(number: int, name: str | None = None) -> FunctionChange:
    return FunctionChange(name, number, "compiled", 100 + number, 20, number, -1)


def built(path: str, *changes: FunctionChange) -> FileReport:
    return FileReport(
        path,
        "built",
        50,
        len(changes),
        50 - len(changes),
        changes=changes,
        code_bytes=99,
    )


def lines(*reports: FileReport, few: bool = True) -> list[str]:
    return batch_lines(reports, Summary.of(reports, 0.5), PLAIN, few=few)


def test_few_files_have_their_functions() -> None:
    removed = FunctionChange(
        "old", 9, "removed", delta_bytes=-44, delta_instructions=-9
    )
    added = FunctionChange(None, 8, "added", 30, 7)
    assert lines(built("a.wat", change(3, "f"), removed, added)) == [
        "built      a.wat: 3 compiled, 47 reused; 99 bytes, 0.0 ms",
        "    removed    $old: -44 bytes, -9 instructions",
        "    compiled   $f: 103 bytes (+3), 20 instructions (-1)",
        "    added      function 8: 30 bytes, 7 instructions",
    ]


def test_many_functions_are_the_largest_and_a_sum() -> None:
    found = lines(built("a.wat", *map(change, range(100))))
    assert len(found) == 1 + SHOWN + 1
    assert "function 99: 199 bytes (+99)" in found[1]
    assert (
        found[-1] == f"    and {100 - SHOWN} more functions: {sum(range(90)):+} bytes"
    )


def test_hundreds_of_files_are_one_line_and_the_largest_differences() -> None:
    reports = [built(f"{each}.wat", change(each, "f")) for each in range(600)]
    found = lines(*reports)
    assert (
        found[0] == "600 files, 30000 functions: 600 compiled, 29400 reused; 500.0 ms"
    )
    assert (
        found[1] == "    compiled   599.wat: $f: 699 bytes (+599), 20 instructions (-1)"
    )
    assert len(found) == 1 + SHOWN + 1
    same = [built(f"{each}.wat", change(0)) for each in range(600)]
    assert len(lines(*same)) == 1


def test_hundreds_of_errors_are_the_first_and_a_count() -> None:
    reports = [
        FileReport(
            f"{each}.wat",
            "failed",
            diagnostics=(Diagnostic("error", "E0210", "type mismatch", f"{each}.wat"),),
        )
        for each in range(300)
    ]
    found = problem_lines(reports, PLAIN)
    assert sum(each.startswith("error[E0210]") for each in found) == SHOWN
    assert f"{300 - SHOWN} more errors in 10.wat, 11.wat" in found[SHOWN]
    assert found[SHOWN].endswith(f"and {300 - 2 * SHOWN} more")
    assert found[-1].startswith("hint: ")
    assert len(found) == SHOWN + 2


def test_nothing_of_a_module_drives_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    evil = "\x1b]0;title\x07"
    view = TextView(clear=True, clock=lambda: "00:00:00")
    problem = Diagnostic("error", "", evil, evil)
    reports = [
        built(evil, change(1, evil)),
        FileReport(evil, "failed", diagnostics=(problem,)),
    ]
    view.watching([evil] * (FEW + 1))
    view.note(evil)
    for count in (1, FEW):
        view.begin(2 * count, first=False)
        for each in reports * count:
            view.file(each)
        view.finish(Summary.of(reports, 1), [str(tmp_path / evil)])
    out, err = capsys.readouterr()
    assert "\\u{1b}]0;title" in out
    assert "\\u{1b}]0;title" in err
    assert "\x1b" not in out + err
    assert "\x07" not in out + err


def test_files_that_still_fail_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    view = TextView(clear=False, clock=lambda: "00:00:00")
    view.watching(["src"])
    view.begin(1, first=False)
    view.file(built("a.wat"))
    view.finish(Summary.of([built("a.wat")], 1), ["b.wat"])
    assert "00:00:00 still with errors: b.wat\n" in capsys.readouterr().out
