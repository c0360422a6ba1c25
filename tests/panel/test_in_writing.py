"""What answers in writing make of a proposed decision."""

from __future__ import annotations

import pytest

from panel.codes import Written
from panel.in_writing import Standing, counted, standing

YES, NO, MEET = Written.AGREES, Written.DISAGREES, Written.NEEDS_MEETING


@pytest.mark.parametrize(
    ("answers", "closed", "met", "stands"),
    [
        ({"POL": YES, "IDVA": None}, False, False, Standing.OPEN),
        ({"POL": YES, "IDVA": None}, True, False, Standing.READY),
        ({"POL": YES, "IDVA": YES}, False, False, Standing.READY),
        ({"POL": NO, "IDVA": YES}, False, False, Standing.READY),  # another agency's dissent goes into the record
        ({"POL": YES, "IDVA": NO}, True, False, Standing.HELD),
        ({"POL": MEET, "IDVA": YES}, True, False, Standing.HELD),
        ({"POL": MEET, "IDVA": None}, False, False, Standing.HELD),
        ({"POL": MEET, "IDVA": YES}, True, True, Standing.READY),
        ({"POL": MEET, "IDVA": None}, False, True, Standing.OPEN),
        ({"POL": None, "IDVA": None}, False, False, Standing.OPEN),
    ],
)
def test_where_it_stands(answers: dict[str, Written | None], closed: bool, met: bool, stands: Standing) -> None:
    assert standing(answers, {"IDVA"}, closed=closed, met=met) is stands


def test_silence_counts_only_by_the_panels_own_rule() -> None:
    answers = {"POL": YES, "CSC": None, "HOU": NO}
    assert counted(answers, silence_agrees=False) == {"POL", "HOU"}
    assert counted(answers, silence_agrees=True) == {"POL", "CSC", "HOU"}
