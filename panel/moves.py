"""What can happen to an action, as a table, and the one function that applies it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from panel.access import Refused
from panel.actions import APPROVED, DOING, LIVE, ActionFacts
from panel.codes import ActionStatus, Check, Code, Outcome, SafetyStatus
from panel.grants import GRANTS, Holder, Verb


class Move(Code):
    """Something that happens to an action; the label completes "An action ... cannot ..."."""

    AGREE = "agree", "be agreed"
    START = "start", "be started"
    WAITED = "waited", "go on without advice"
    APPROVE = "approve", "be approved"
    HOLD = "hold", "be put on hold"
    PROCEED = "proceed", "proceed against advice"
    ACKNOWLEDGE = "acknowledge", "be acknowledged"
    PROGRESS = "progress", "be reported in progress"
    REPORT = "report", "be reported complete"
    CONFIRM = "confirm", "be confirmed"
    QUERY = "query", "be sent back with a query"
    NOT_POSSIBLE = "not_possible", "be recorded as no longer possible"
    NOT_DONE = "not_done", "be recorded as not done"
    SUPERSEDE = "supersede", "be replaced"
    CANCEL = "cancel", "be cancelled"
    SAY_NOT_POSSIBLE = "say_not_possible", "be said to be no longer possible"
    KEEP_ON = "keep_on", "be kept on"
    REOPEN = "reopen", "be re-opened"
    RESTORE = "restore", "be re-opened by the chair"


REPORTABLE = frozenset(
    {
        Outcome.DONE_EFFECTIVE,
        Outcome.DONE_NO_EFFECT,
        Outcome.DONE_RISK_INCREASED,
        Outcome.PARTIALLY_DONE,
        Outcome.ATTEMPTED_NOT_FOUND,
        Outcome.REFUSED_BY_SUBJECT,
        Outcome.REFUSED_BY_COURT,
        Outcome.DECLINED_BY_VICTIM,
        Outcome.DUPLICATE,
    }
)
FAILURES = frozenset({Outcome.NOT_DONE_RESOURCE, Outcome.NOT_DONE_DISPUTED, Outcome.NOT_DONE_NO_REASON})
# A check may be given while an action is only proposed, or though the catalogue does not ask for one.
CHECKABLE = LIVE | {ActionStatus.PROPOSED}


@dataclass(frozen=True)
class Transition:
    """One row: from where, to where (None: the status stays), by which verb (None: by itself), and the rule.

    `outcomes` may be given; where `outcome_needed` one must be. `sets` is recorded without asking.
    """

    move: Move
    before: frozenset[ActionStatus]
    after: ActionStatus | None
    verb: Verb | None
    rule: str
    outcomes: frozenset[Outcome] = field(default=frozenset())
    outcome_needed: bool = False
    sets: Outcome | None = None
    reason_needed: bool = False

    @property
    def who(self) -> frozenset[Holder]:
        """Who can make it happen, from the table of grants; empty where it happens by itself."""
        return frozenset(grant.holder for grant in GRANTS[self.verb]) if self.verb else frozenset()


_REPORTED = frozenset({ActionStatus.REPORTED_COMPLETE})
_HELD = frozenset({ActionStatus.BLOCKED})
_PROPOSED = frozenset({ActionStatus.PROPOSED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Move.AGREE, _PROPOSED, ActionStatus.AGREED, Verb.AGREE_ACTION, "at the panel or out of cycle"),
    Transition(
        Move.START,
        frozenset({ActionStatus.AGREED}),
        ActionStatus.OPEN,
        None,
        "waits first where the catalogue requires a check and none has been given, or advice is still to be heard",
    ),
    Transition(
        Move.WAITED,
        frozenset({ActionStatus.AWAITING_SAFETY_CHECK}),
        ActionStatus.OPEN,
        None,
        "only advice was waited for, and its hours are over or it is not needed any more",
    ),
    Transition(
        Move.APPROVE,
        _HELD | {ActionStatus.AWAITING_SAFETY_CHECK},
        ActionStatus.OPEN,
        Verb.CHECK_SAFETY,
        "approved for each linked victim; the owner gets a separate instruction; lifts a hold",
    ),
    Transition(
        Move.APPROVE,
        CHECKABLE - {ActionStatus.AWAITING_SAFETY_CHECK},
        None,
        Verb.CHECK_SAFETY,
        "a check given early, or as advice",
    ),
    Transition(
        Move.HOLD,
        CHECKABLE,
        ActionStatus.BLOCKED,
        Verb.CHECK_SAFETY,
        "the reason stays with victim service and chair",
        sets=Outcome.BLOCKED_SAFETY,
        reason_needed=True,
    ),
    Transition(
        Move.PROCEED,
        _HELD | {ActionStatus.AWAITING_SAFETY_CHECK},
        ActionStatus.OPEN,
        Verb.PROCEED_AGAINST_ADVICE,
        "the chair alone, with a reason, the victim service told first",
        reason_needed=True,
    ),
    Transition(
        Move.ACKNOWLEDGE,
        frozenset({ActionStatus.OPEN}),
        ActionStatus.ACKNOWLEDGED,
        Verb.ACKNOWLEDGE,
        "within two working days",
    ),
    Transition(Move.PROGRESS, DOING, ActionStatus.IN_PROGRESS, Verb.REPORT_PROGRESS, "reminders go on all the same"),
    Transition(
        Move.REPORT,
        DOING,
        ActionStatus.REPORTED_COMPLETE,
        Verb.REPORT_COMPLETE,
        "with an outcome",
        outcomes=REPORTABLE,
        outcome_needed=True,
    ),
    Transition(
        Move.CONFIRM,
        _REPORTED,
        ActionStatus.COMPLETE,
        Verb.CONFIRM_ACTION,
        "the chair for a sensitive outcome or the panel's own office",
    ),
    Transition(
        Move.QUERY,
        _REPORTED,
        ActionStatus.IN_PROGRESS,
        Verb.QUERY_ACTION,
        "back to the owner with a question",
        reason_needed=True,
    ),
    Transition(
        Move.NOT_POSSIBLE,
        LIVE | _HELD,
        ActionStatus.NOT_POSSIBLE,
        Verb.NOT_POSSIBLE,
        "circumstances changed: not a failure; the chair says so, or agrees to what the representative said",
        sets=Outcome.NOT_POSSIBLE_CHANGED,
        reason_needed=True,
    ),
    Transition(
        Move.SAY_NOT_POSSIBLE,
        LIVE | _HELD,
        None,
        Verb.SAY_NOT_POSSIBLE,
        "whoever does it says so, the chair decides; its line stays, further steps of the ladder wait",
        reason_needed=True,
    ),
    Transition(
        Move.KEEP_ON,
        LIVE | _HELD,
        None,
        Verb.NOT_POSSIBLE,
        "the chair does not agree: it is to be done; its owner is told",
        reason_needed=True,
    ),
    Transition(
        Move.NOT_DONE,
        LIVE,
        ActionStatus.NOT_DONE,
        Verb.NOT_DONE,
        "the agency did not act: a failure",
        outcomes=FAILURES,
        outcome_needed=True,
    ),
    Transition(
        Move.SUPERSEDE,
        LIVE | _HELD | _PROPOSED,
        ActionStatus.SUPERSEDED,
        Verb.SUPERSEDE,
        "replaced by another action",
        outcomes=frozenset({Outcome.DUPLICATE}),
        reason_needed=True,
    ),
    Transition(
        Move.CANCEL,
        LIVE | _HELD | _PROPOSED,
        ActionStatus.CANCELLED,
        Verb.CANCEL_ACTION,
        "no longer wanted",
        outcomes=frozenset({Outcome.DUPLICATE}),
        reason_needed=True,
    ),
    Transition(
        Move.REOPEN,
        frozenset({ActionStatus.COMPLETE, ActionStatus.NOT_DONE}),
        ActionStatus.OPEN,
        Verb.REOPEN_ACTION,
        "level, slips and first day stay; a check that its kind asks for is asked for anew",
        reason_needed=True,
    ),
    Transition(
        Move.RESTORE,
        frozenset({ActionStatus.NOT_POSSIBLE, ActionStatus.SUPERSEDED, ActionStatus.CANCELLED}),
        ActionStatus.OPEN,
        Verb.RESTORE_ACTION,
        "as re-opened; what the chair ended only the chair takes up again",
        reason_needed=True,
    ),
)
AGAIN = (Move.REOPEN, Move.RESTORE)


def starting(
    check: Check, safety: SafetyStatus = SafetyStatus.NOT_REQUIRED, *, advice_first: bool = False
) -> tuple[ActionStatus, SafetyStatus]:
    """The status and check of an agreed action. A check given while it was proposed counts; otherwise an
    action that needs one, or on which advice is still to be heard, waits for it, and any other is open. Waiting for
    another action is never a status.
    """
    if safety is SafetyStatus.BLOCKED:
        return ActionStatus.BLOCKED, safety
    if (check is Check.REQUIRED or advice_first) and safety not in APPROVED:
        return ActionStatus.AWAITING_SAFETY_CHECK, SafetyStatus.PENDING
    return ActionStatus.OPEN, safety


def move(
    action: ActionFacts,
    what: Move,
    at: datetime,
    *,
    outcome: Outcome | None = None,
    reason: str = "",
    verdict: SafetyStatus = SafetyStatus.APPROVED,
) -> ActionFacts | Refused:
    """The action after something happened to it at an instant, or why that cannot be.

    Whether the person may do it is for `panel.access`. `reason` is only looked at for being there; `verdict`
    is the combined one of an approval. An outcome stays until the action goes back to its owner.
    """
    row = next((row for row in TRANSITIONS if row.move is what and action.status in row.before), None)
    if row is None:
        return Refused(f"An action that is “{action.status.label}” cannot {what.label}. Open it again to see more.")
    if what is Move.APPROVE and verdict not in APPROVED:
        return Refused("Every linked victim needs an approval first.")
    refusal = _lacking(action, row, outcome, reason)
    if refusal:
        return Refused(refusal)
    return _moved(action, row, at, outcome, verdict)


def apply_verdict(action: ActionFacts, verdict: SafetyStatus, at: datetime, reason: str = "") -> ActionFacts | Refused:
    """The action after a check, from the verdict combined over its victims: approved, on hold, or waiting."""
    if verdict is SafetyStatus.BLOCKED:
        return move(action, Move.HOLD, at, reason=reason)
    if verdict in APPROVED:
        return move(action, Move.APPROVE, at, verdict=verdict)
    return action


def _lacking(action: ActionFacts, row: Transition, outcome: Outcome | None, reason: str) -> str | None:
    if row.move is Move.REPORT and action.unmet:
        waits_for = ", ".join(sorted(action.unmet))
        return f"This action waits for {waits_for}. If it has been done already, tell the coordinator."
    if row.move is Move.WAITED and (action.check is Check.REQUIRED or (action.advised and not action.advice_over)):
        return "The victim service has to answer first, or still has time to."
    if row.move is Move.SAY_NOT_POSSIBLE and action.ending_since:
        return "That has been said already: it waits for the chair."
    if row.move is Move.KEEP_ON and not action.ending_since:
        return "Nobody says that it is no longer possible. Open it again to see where it stands."
    if row.outcome_needed and outcome is None:
        return "Choose what came of it."
    if outcome is not None and outcome not in row.outcomes:
        return f"“{outcome.label}” does not fit here. Choose another outcome."
    if row.reason_needed and not reason.strip():
        return "Give the reason in a few words."
    return None


def _moved(
    action: ActionFacts, row: Transition, at: datetime, outcome: Outcome | None, verdict: SafetyStatus
) -> ActionFacts:
    status, safety = row.after or action.status, action.safety
    if row.move is Move.START:
        status, safety = starting(action.check, action.safety, advice_first=action.advised and not action.advice_over)
    elif row.move in AGAIN:
        status, safety = starting(action.check, advice_first=action.advised)
    elif row.move is Move.WAITED:
        safety = SafetyStatus.NOT_REQUIRED
    elif row.move is Move.APPROVE:
        safety = verdict
    elif row.move is Move.HOLD:
        safety = SafetyStatus.BLOCKED
        status = action.status if action.status is ActionStatus.PROPOSED else ActionStatus.BLOCKED
    again = status in DOING or row.move is Move.APPROVE or row.move in AGAIN
    kept = None if again else action.outcome
    told_at = action.told_at or at if status in DOING else action.told_at
    asked = action.asked if status in LIVE else None
    return replace(
        action,
        status=status,
        safety=safety,
        outcome=outcome or row.sets or kept,
        told_at=told_at,
        asked=asked,
        ending_since=_ending_since(action, row, status, at),
    )


def _ending_since(action: ActionFacts, row: Transition, status: ActionStatus, at: datetime) -> datetime | None:
    """Since when it waits for the chair to agree that it is no longer possible."""
    if row.move is Move.SAY_NOT_POSSIBLE:
        return at
    return action.ending_since if status in LIVE | _HELD and row.move is not Move.KEEP_ON else None
