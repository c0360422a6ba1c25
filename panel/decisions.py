"""What a chair's decision makes of a case."""

from panel.codes import CaseStatus, Decision

# What ends a case here, once nothing is left to be done on it.
ENDS = {
    Decision.CLOSE_WITH_FLAGS_12_MONTHS: CaseStatus.CLOSED,
    Decision.TRANSFER_OUT: CaseStatus.TRANSFERRED_OUT,
}


def status_after(decision: Decision, unfinished: int) -> CaseStatus:
    """A case's status after a decision. `unfinished`: how many of its actions have not ended.

    No case ends, or leaves for another area, while an action on it is unfinished: it stays active.
    """
    if decision is Decision.STEP_DOWN:
        return CaseStatus.MONITOR
    return ENDS.get(decision, CaseStatus.ACTIVE) if not unfinished else CaseStatus.ACTIVE


def held_back(decision: Decision, unfinished: int) -> bool:
    """Whether the decision has to wait for the case's actions."""
    return decision in ENDS and unfinished > 0
