"""How a guest of the daemon ended, said where the command writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.cli.daemon_run import code_of

if TYPE_CHECKING:
    import pytest

RETURNED = {"ended": "returned", "results": [{"type": "i32", "value": "8"}]}


def test_results_go_where_output_goes(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(RETURNED) == 0
    assert capsys.readouterr() == ("8\n", "")
    assert code_of(RETURNED, 2) == 0
    assert capsys.readouterr() == ("", "8\n")
