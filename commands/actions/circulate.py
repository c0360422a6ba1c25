"""The actions of a meeting go round: each person is told how many are theirs, the channel how many there are."""

from __future__ import annotations

from collections import Counter

from sqlmodel import col

from commands.actions.cast import Cast
from commands.actions.kind import check_of
from commands.kit.meetings import cut_offs_of
from panel.actions import DOING
from panel.codes import ActionStatus, Check
from panel.cycle import CutOff
from storage.tables import Action, Meeting, Panel
from storage.work import UnitOfWork

NOT_AGREED = (ActionStatus.PROPOSED, ActionStatus.CANCELLED)


def circulated(work: UnitOfWork, meeting: Meeting) -> bool:
    """Whether this meeting's actions have gone round already: what is added from now on is told at once."""
    at = cut_offs_of(work, meeting).get(CutOff.ACTIONS_CIRCULATED)
    return meeting.record_closed_at is not None or (at is not None and at <= work.now)


def agreed_at(work: UnitOfWork, meeting: Meeting) -> list[Action]:
    """The actions agreed at a meeting, whatever has become of them since."""
    return list(work.find(Action, Action.meeting_id == meeting.id, col(Action.status).not_in(NOT_AGREED)))


def circulate(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Owe everybody with a part in the meeting's actions one message; called when the record is closed and at the
    cut-off, whichever comes first counts. Immediate ones have been told of already and are counted with the rest."""
    cast = Cast(work, panel)
    users: dict[str, None] = {}
    for action in agreed_at(work, meeting):
        users |= dict.fromkeys(cast.owners(action) or cast.coordinator(action))
        if to_check(action):
            users |= dict.fromkeys(cast.checkers_here(action) or cast.coordinator(action))
    for user in users:
        work.owe(
            f"agreed:{meeting.id}:{user}", "actions.agreed", user, panel_id=panel.id, about={"meeting": meeting.id}
        )


def announce(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """At the cut-off: everybody's message, if it has not gone yet, and the counts in the channel."""
    circulate(work, panel, meeting)
    with work.in_public():
        agreed = agreed_at(work, meeting)
    if panel.channel_id and agreed:
        work.owe(
            f"circulated:{meeting.id}:{meeting.day}", "actions.circulated", panel.channel_id, panel_id=panel.id,
            about={"meeting": meeting.id},
        )  # fmt: skip


def parts_of(work: UnitOfWork, panel: Panel, meeting: Meeting, user: str) -> Counter[str]:
    """One person's parts in a meeting's actions: theirs to do, waiting for a check, their agency's, to check."""
    cast = Cast(work, panel)
    parts: Counter[str] = Counter()
    for action in agreed_at(work, meeting):
        live = action.status in DOING
        waiting = action.status == ActionStatus.AWAITING_SAFETY_CHECK
        if live or waiting:
            if cast.doer(action) == user:
                parts["mine"] += 1
                parts["waiting"] += waiting
            elif user in cast.owners(action):
                parts["agency"] += 1
            elif not cast.owners(action) and user in cast.coordinator(action):
                parts["nobody"] += 1
        if to_check(action) and user in cast.checkers(action):
            parts["advice" if not waiting else "check"] += 1
    return parts


def to_check(action: Action) -> bool:
    """Whether the victim service is asked about it: a check that is waited for, or advice not yet given."""
    if action.status == ActionStatus.AWAITING_SAFETY_CHECK:
        return True
    advised = check_of(action) is Check.ADVISE and action.safety == "not_required"
    return advised and action.status in DOING
