"""What the chair decides about a late referral: for the nearest meeting after all, or for the next."""

from __future__ import annotations

from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace
from commands.kit.errors import ChangedMeanwhile, NoMeeting
from commands.kit.turn import Turn
from commands.referrals import additions
from commands.referrals.decide import Decided, triage_view
from commands.referrals.facts import OPEN, meetings_for
from commands.referrals.late import LATE, NEXT, THIS
from commands.referrals.triage import to_be_triaged
from panel.access import Thing, Verb
from panel.codes import Role
from storage.tables import Meeting


def take(turn: Turn) -> Answer:
    """At the nearest meeting."""
    nearest, _ = meetings_for(turn.work, turn.panel)
    return _put(turn, THIS, nearest)


def leave(turn: Turn) -> Answer:
    """For the next."""
    _, following = meetings_for(turn.work, turn.panel)
    return _put(turn, NEXT, following)


def _put(turn: Turn, which: str, meeting: Meeting | None) -> Answer:
    turn.need(Verb.DECLARE_URGENT, Thing())
    referral = to_be_triaged(turn)
    if turn.about.version != referral.version:
        raise ChangedMeanwhile
    if referral.status not in OPEN or not referral.late:
        raise Decided
    if meeting is None and which == THIS:
        raise NoMeeting
    referral.meeting_id = meeting.id if meeting else None
    referral.version += 1
    additions.note(turn, referral, LATE, {"for": which})
    turn.audit("decided_late", f"referral:{referral.id}", which=which)
    for told in alerted(turn.work, referral.panel_id, Role.COORDINATOR):
        if told != turn.user:
            turn.work.owe(
                f"referral_late:{referral.id}:{referral.version}:{told}", "referrals.late", told,
                panel_id=referral.panel_id, about={"referral": referral.id},
            )  # fmt: skip
    return Replace(triage_view(turn, referral))
