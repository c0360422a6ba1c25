"""What a chair's decision makes of a case."""

from panel.codes import CaseStatus, Decision

# What ends a case here, once nothing is left to be done on it. A transfer does not: the case is this panel's until the
# other one has accepted it (field reference 8.5).
ENDS = {Decision.CLOSE_WITH_FLAGS_12_MONTHS: CaseStatus.CLOSED}


def status_after(decision: Decision, unfinished: int) -> CaseStatus:
    """A case's status after a decision. `unfinished`: how many of its actions have not ended.

    No case ends while an action on it is unfinished: it stays active.
    """
    if decision is Decision.STEP_DOWN:
        return CaseStatus.MONITOR
    return ENDS.get(decision, CaseStatus.ACTIVE) if not unfinished else CaseStatus.ACTIVE


def held_back(decision: Decision, unfinished: int) -> bool:
    """Whether the decision has to wait for the case's actions."""
    return decision in ENDS and unfinished > 0
