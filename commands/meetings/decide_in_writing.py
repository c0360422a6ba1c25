"""The chair gives a decision that was proposed in writing: after the closing date, or as soon as all have answered.
Who disagreed, and who did not answer, goes into the record."""

from __future__ import annotations

from datetime import date

from commands.kit.answers import Answer, Replace
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.meetings import settings_of, today
from commands.kit.people import thing_of
from commands.kit.text import moment
from commands.kit.turn import Turn
from commands.kit.words import Words
from commands.meetings.proposed import (
    NothingProposed,
    Proposed,
    looked_at,
    proposed_on,
    quorum_of,
    still_undecided,
)
from commands.meetings.proposed_view import seen, view
from panel.access import Verb
from panel.codes import Decision, Written
from panel.in_writing import Standing
from panel.restriction import Restriction, for_minutes
from panel.settings import Content
from storage.tables import Item, Listing, Meeting


class StillOpen(Refusal):
    """Agencies can answer until {until}. Decide then, or as soon as all have answered."""


class HeldForMeeting(Refusal):
    """This is decided at a meeting, not in writing: an answer asks for one. Call a meeting on the case, or take it
    to the next one; once that was held, decide here."""


class TooFewAnswers(Refusal):
    """Too few have answered to decide this in writing: a quorum needs more. Propose it anew with a later closing date,
    decide to continue, or call a meeting."""


def press(turn: Turn) -> Answer:
    """The button: as proposed. Raises StillOpen, HeldForMeeting, TooFewAnswers, Decided, ChangedMeanwhile."""
    meeting, case, listing = looked_at(turn)
    turn.need(Verb.DECIDE_IN_WRITING, thing_of(turn.work, case, meeting))
    still_undecided(turn, meeting, listing)
    proposed = proposed_on(turn.work, turn.panel, meeting, case)
    if proposed is None:
        raise NothingProposed
    _check(turn, proposed)
    _decide(turn, meeting, listing, proposed)
    turn.audit("decided", f"listing:{listing.id}", case_id=case.id, decision=proposed.decision.value, in_writing=True)
    return Replace(view(turn, meeting, case))


def _check(turn: Turn, proposed: Proposed) -> None:
    if proposed.standing is Standing.HELD:
        raise HeldForMeeting
    if (turn.about.row, turn.about.version) != (proposed.item.id, seen(proposed)):
        raise ChangedMeanwhile
    if proposed.standing is Standing.OPEN:
        raise StillOpen(until=moment(proposed.closes, turn.panel.timezone))
    if proposed.decision is not Decision.CONTINUE and not quorum_of(turn.work, turn.panel, proposed).enough:
        raise TooFewAnswers


def _decide(turn: Turn, meeting: Meeting, listing: Listing, proposed: Proposed) -> None:
    listing.decision, listing.next_review = proposed.decision, _review(meeting, proposed)
    listing.decided_by, listing.decided_at = turn.user, turn.work.now
    why = proposed.why if settings_of(turn.panel).content is Content.HELD else None
    listing.decision_note = " ".join(filter(None, [why, _who(turn, proposed)]))
    listing.dissent = " · ".join(_dissent(turn, proposed)) or None
    listing.version += 1


def _review(meeting: Meeting, proposed: Proposed) -> date | None:
    return proposed.next_review if proposed.next_review and proposed.next_review > meeting.day else None


def _who(turn: Turn, proposed: Proposed) -> str:
    """Who agreed, who answered for few to read, who did not answer: by code, and silence never as consent."""
    given = {code: item for code, item in proposed.answers.items() if item is not None}
    open_to_all = {code: Written(item.kind) for code, item in given.items() if _for_all(turn, item)}
    return Words().file(
        "meetings/decided_in_writing",
        agreed=sorted(code for code, answer in open_to_all.items() if answer is Written.AGREES),
        few=sorted(set(given) - set(open_to_all)), unanswered=sorted(set(proposed.answers) - set(given)),
        silence_agrees=settings_of(turn.panel).sitting.written_silence_agrees,
    ).strip()  # fmt: skip


def _dissent(turn: Turn, proposed: Proposed) -> list[str]:
    """Who did not agree, and why, where everybody on the case may read that."""
    found = [(code, item) for code, item in proposed.answers.items() if item and item.kind != Written.AGREES]
    return [
        f"{code} {Written(item.kind).label.lower()}" + (f": {item.body}" if item.body else "")
        for code, item in found
        if _for_all(turn, item)
    ]


def _for_all(turn: Turn, item: Item) -> bool:
    return for_minutes(Restriction.parse(item.restriction), today(turn.panel, turn.work.now))
