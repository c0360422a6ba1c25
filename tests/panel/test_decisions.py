"""What a decision makes of a case."""

import pytest

from panel.codes import CaseStatus, Decision
from panel.decisions import held_back, status_after

AFTER = {
    Decision.CONTINUE: CaseStatus.ACTIVE,
    Decision.STEP_DOWN: CaseStatus.MONITOR,
    Decision.CLOSE_WITH_FLAGS_12_MONTHS: CaseStatus.CLOSED,
    Decision.REFER_TO_CASE_MANAGEMENT: CaseStatus.ACTIVE,
    Decision.REFER_TO_MAPPA: CaseStatus.ACTIVE,
    Decision.TRANSFER_OUT: CaseStatus.ACTIVE,  # until the other panel has accepted it
}


@pytest.mark.parametrize("decision", Decision)
def test_with_nothing_left_to_do(decision: Decision) -> None:
    assert status_after(decision, 0) is AFTER[decision]
    assert not held_back(decision, 0)


@pytest.mark.parametrize("decision", Decision)
def test_no_case_ends_with_an_unfinished_action(decision: Decision) -> None:
    expected = CaseStatus.MONITOR if decision is Decision.STEP_DOWN else CaseStatus.ACTIVE
    assert status_after(decision, 1) is expected
    assert held_back(decision, 1) == (AFTER[decision] is CaseStatus.CLOSED)
