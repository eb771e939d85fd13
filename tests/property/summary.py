"""The opcode histogram of a whole run, put together from its parts for the last lines.

`test_differential` leaves counts as properties of its reports, so they arrive here from
the worker processes of the test runner, too.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.property.differential import Report
from tests.reference.opcodes import OPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def lines(reports: Iterable[Any]) -> Iterator[str]:
    """Nothing when no generated module ran."""
    total = Report()
    for report in reports:
        found = dict(report.user_properties)
        if "opcodes" in found:
            counts = json.loads(str(found["opcodes"]))
            total.executed.update({int(k): n for k, n in counts.items()})
            total.kinds.update(Counter(json.loads(str(found["outcomes"]))))
            total.cases += int(str(found["modules"]))
    if total.cases:
        rare = min(total.executed[code] for code in OPS)
        yield "generated modules: " + total.histogram()
        yield (
            f"{total.trapped():.0%} of the calls trapped; every one of {len(OPS)} "
            f"opcodes was executed at least {rare} times"
        )
