"""What became of a referral: read by whoever sent it, in a view, never in a message."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import paragraphs, section
from commands.kit.errors import NoSuchThing
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb
from panel.codes import TriageOutcome, TriageReason
from storage.tables import Case, Meeting, Referral


def show(turn: Turn) -> Answer:
    """The decision, its reason and the note."""
    referral = turn.work.get(Referral, turn.about.referral)
    if referral.panel_id != turn.panel.id or referral.decided_at is None:
        raise NoSuchThing
    if referral.by_user != turn.user:
        turn.need(Verb.TRIAGE, Thing())
    turn.audit("opened", f"referral:{referral.id}", part="outcome")
    case = turn.work.get(Case, referral.case_id) if referral.case_id else None
    text = turn.say(
        "referrals/outcome", referral=referral, case=case,
        outcome=TriageOutcome(referral.status).label,
        reason=TriageReason(referral.reason).label if referral.reason else None,
        meeting=turn.work.get(Meeting, referral.meeting_id) if referral.meeting_id else None,
    )  # fmt: skip
    note = paragraphs(referral.note, before="*Note*\n") if referral.note else []
    return Show(modal("The outcome", [section(text), *note], About(panel=turn.panel.id)))
