"""The chair proposes a decision in writing, with a reason and a closing date; every agency on the case is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commands.kit.alerts import alerted, for_agency
from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import calendar_of, digest_on, settings_of, today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.meetings.decide import ReviewAfterThis, unkept_in
from commands.meetings.proposed import (
    ANSWERS,
    PROPOSED,
    Proposed,
    agencies_asked,
    closing,
    looked_at,
    proposed_on,
    sitting_in_writing,
    still_undecided,
)
from commands.meetings.proposed_view import view
from panel.access import Verb
from panel.codes import Decision, Role
from storage.tables import Case, Item, Listing, Meeting

FURTHEST = timedelta(days=60)


class ClosesTooSoon(Refusal):
    """Agencies need time to answer: choose a day after today, at most 60 days ahead."""


@dataclass
class ProposeInWriting(Form):
    """What, why, and by when."""

    name = "meetings.propose"
    title = "Propose a decision"
    submit = "Propose it"
    decision: str = ask(One("What do you propose?", choices=[(code.value, code.label) for code in Decision]))
    closes: date = ask(Day("Answers until", "Agencies can change their answer until 17:00 on that day."))
    next_review: date | None = ask(Day("Next review", "Empty: at the next closing date.", optional=True))
    why: str | None = ask(
        Text(
            "Why, in a sentence or two",
            "What it rests on. Everyone on the case reads it, and it stands in the record. No names, addresses or "
            "numbers, and nothing that was shared with few.",
            optional=True, lines=True,
        ),
        None,
    )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """The form, with what is proposed already."""
    meeting, case, listing, before = _proposing(turn)
    turn.audit("opened", f"proposal on case:{case.id}", case_id=case.id, meeting=meeting.id)
    soonest = today(turn.panel, turn.work.now) + timedelta(days=1)
    told = (before.item.details or {}) if before else {}
    initial = {
        "decision": told.get("decision") or listing.proposal, "why": told.get("why"),
        "closes": date.fromisoformat(told["closes"]) if told else max(meeting.day, soonest),
        "next_review": before.next_review if before else None,
    }  # fmt: skip
    about = turn.about.but(version=_version(before), page=None)
    return Show(ProposeInWriting.draw(about, initial=initial, without=unkept_in(turn, "why")))


def save(turn: Turn, form: ProposeInWriting) -> Answer:
    """Keep it. Answers to another decision stand no longer; a later closing date leaves them. Raises ClosesTooSoon,
    ReviewAfterThis, Decided, ChangedMeanwhile."""
    meeting, case, _, before = _proposing(turn)
    if turn.about.version != _version(before):
        raise ChangedMeanwhile
    here = today(turn.panel, turn.work.now)
    if not here < form.closes <= here + FURTHEST:
        raise ClosesTooSoon(field="closes")
    if form.next_review is not None and form.next_review <= meeting.day:
        raise ReviewAfterThis(field="next_review")
    if before is not None:
        _withdraw(turn, before, answers=before.decision != form.decision)
    item = _keep(turn, form, meeting, case, before)
    turn.audit("proposed_in_writing", f"item:{item.id}", case_id=case.id, decision=form.decision)
    _tell(turn, meeting, case, item, form.closes)
    return Back(view(turn, meeting, case))


def _proposing(turn: Turn) -> tuple[Meeting, Case, Listing, Proposed | None]:
    sitting_in_writing(turn)
    meeting, case, listing = looked_at(turn)
    turn.need(Verb.DECIDE_IN_WRITING, thing_of(turn.work, case, meeting))
    still_undecided(turn, meeting, listing)
    return meeting, case, listing, proposed_on(turn.work, turn.panel, meeting, case)


def _version(before: Proposed | None) -> int:
    return (before.item.id or 0) if before else 0


def _withdraw(turn: Turn, before: Proposed, *, answers: bool) -> None:
    given = [item for item in before.answers.values() if item is not None and item.kind in ANSWERS]
    for item in (before.item, *(given if answers else ())):
        item.replaced_at = turn.work.now


def _keep(turn: Turn, form: ProposeInWriting, meeting: Meeting, case: Case, before: Proposed | None) -> Item:
    review = form.next_review.isoformat() if form.next_review else None
    words = ": ".join(filter(None, [Decision(form.decision).label, form.why]))
    assert case.id is not None
    return turn.work.add(
        Item(
            case_id=case.id, meeting_id=meeting.id, by_user=turn.user, at=turn.work.now, kind=PROPOSED, body=words,
            details={"decision": form.decision, "why": form.why, "closes": form.closes.isoformat(), "review": review},
            replaces_id=before.item.id if before else None,
        )
    )  # fmt: skip


def _tell(turn: Turn, meeting: Meeting, case: Case, item: Item, closes: date) -> None:
    """Whoever answers for each agency on the case, now and some working days before the closing date; chair and
    coordinator once it is past."""
    remind = _remind_at(turn, closes)
    for agency in agencies_asked(turn.work, turn.panel, meeting, case):
        for to, in_place in for_agency(turn.work, agency, case.id).items():
            about = {"item": item.id, "agency": agency.id, "in_place": in_place}
            turn.work.owe(f"proposed:{item.id}:{agency.id}:{to}", "proposed_told", to, panel_id=turn.panel.id,
                          about=about)  # fmt: skip
            if remind > turn.work.now:
                turn.work.owe(
                    f"proposed_due:{item.id}:{closes}:{agency.id}:{to}", "proposed_due", to, panel_id=turn.panel.id,
                    about=about, not_before=remind,
                )  # fmt: skip
    for to in alerted(turn.work, case.panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case.id,
                      acting=meeting.acting_chair):  # fmt: skip
        turn.work.owe(
            f"proposed_over:{item.id}:{closes}:{to}", "proposed_over", to, panel_id=turn.panel.id,
            about={"item": item.id}, not_before=closing(turn.panel, closes),
        )  # fmt: skip


def _remind_at(turn: Turn, closes: date) -> datetime:
    """The digest's time, the panel's number of working days before the closing date."""
    days = settings_of(turn.panel).sitting.written_remind_days
    return digest_on(turn.panel, calendar_of(turn.panel, closes).add_working_days(closes, -days))
