"""What became of a referral: read by whoever sent it, in a view, never in a message."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import paragraphs, section
from commands.kit.errors import NoSuchThing
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.referrals import additions
from panel.access import Thing, Verb
from panel.codes import OtherForum, TriageOutcome, TriageReason
from storage.tables import Case, Meeting, Referral


def reason_for(turn: Turn, referral: Referral) -> str | None:
    """Why it was not accepted. That it would not be safe for a victim is read by the chair and the victim service."""
    if referral.reason is None or referral.status == TriageOutcome.ACCEPTED:
        return None
    if referral.reason == TriageReason.VICTIM_SAFETY and not additions.reads_voice(turn, referral):
        return "the panel gives none for this one. Ask the coordinator how to go on"
    return TriageReason(referral.reason).label


def forum_of(turn: Turn, referral: Referral) -> str | None:
    """Where it was redirected to."""
    told = additions.latest(turn.work, referral).get(additions.REDIRECTED)
    return OtherForum(told["forum"]).label if told and referral.status == TriageOutcome.REDIRECTED else None


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
        reason=reason_for(turn, referral),
        forum=forum_of(turn, referral),
        meeting=turn.work.get(Meeting, referral.meeting_id) if referral.meeting_id else None,
    )  # fmt: skip
    note = paragraphs(referral.note, before="*Note*\n") if referral.note else []
    return Show(modal("The outcome", [section(text), *note], About(panel=turn.panel.id)))
