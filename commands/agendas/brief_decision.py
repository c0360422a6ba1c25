"""The briefing's first and last words: what the panel decided last time, and what there is to decide now."""

from __future__ import annotations

from sqlmodel import col

from commands.kit.blocks import Block, paragraphs, sections
from commands.kit.turn import Turn
from panel.codes import CaseKind, Decision
from storage.tables import Case, Listing, Meeting


def last_time(turn: Turn, meeting: Meeting, case: Case, listing: Listing | None) -> list[Block]:
    """Why the case is here again: the last decision on it, with its reason. Nothing for a new case; for a review
    without one it is said that there is none."""
    found = _last(turn, meeting, case)
    if found is None and (listing is None or listing.kind == CaseKind.NEW):
        return []
    before, sitting = found or (None, None)
    said = turn.say(
        "agendas/briefing_last_time", sitting=sitting, listing=before,
        decision=Decision(before.decision).label if before and before.decision else None,
    )  # fmt: skip
    note = before.decision_note if before else None
    return [*sections(said), *(paragraphs(note) if note else [])]


def decision_box(turn: Turn, meeting: Meeting, listing: Listing | None) -> list[Block]:
    """What can be decided, an end or a transfer only where it was proposed; once the record is closed, what was."""
    if listing is None:
        return []
    decided = Decision(listing.decision).label if listing.decision and meeting.record_closed_at else None
    choices = [code.label for code in Decision if not code.proposed_before or code == listing.proposal]
    said = turn.say("agendas/briefing_decision", meeting=meeting, listing=listing, decided=decided, choices=choices)
    note = listing.decision_note if decided else None
    return [*sections(said), *(paragraphs(note) if note else [])]


def _last(turn: Turn, meeting: Meeting, case: Case) -> tuple[Listing, Meeting] | None:
    rows = turn.work.find(Listing, Listing.case_id == case.id, col(Listing.decision).is_not(None))
    held = [(listing, turn.work.get(Meeting, listing.meeting_id)) for listing in rows]
    before = [each for each in held if each[1].record_closed_at and each[1].starts_at < meeting.starts_at]
    return max(before, key=lambda each: each[1].starts_at, default=None)
