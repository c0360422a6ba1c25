"""Requests about somebody (field reference 11.4): opened by reference, found for, and answered outside Slack only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.records import about_person, clock
from panel.access import Thing, Verb
from panel.codes import SubjectRequestStatus, SubjectRoute
from storage.tables import SubjectItem, SubjectRequest

VIEW = "records.requests"
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,38}")
MOST_MONTHS = 3  # one month, and two more where it is complex (UK GDPR article 12)


class NotAReference(Refusal):
    """A reference alone, as in K-041: letters, digits and hyphens. Never a name."""


class NotYetReceived(Refusal):
    """That day is still to come. Give the day on which the request was received."""


class OutOfReach(Refusal):
    """A later day than now, at most three months after the request was received."""


class Closed(Refusal):
    """This request is closed. Open a new one."""


@dataclass
class OpenRequest(Form):
    """Whoever asked is known to you, and never written here."""

    name = "records.request"
    title = "A request about somebody"
    reference: str = ask(
        Text("Their reference", "As in K-041 or V-041a. Never a name, a date of birth or who asked.", limit=40)
    )
    received: date = ask(Day("Received on", "The clock runs from this day."))
    route: str = ask(
        One(
            "How it is answered", "Saying whether a record exists may itself warn the subject. You can change it.",
            choices=[(route.value, route.label) for route in SubjectRoute],
        )
    )  # fmt: skip


@dataclass
class Extend(Form):
    """Two further months where a request is complex, with the reason."""

    name = "records.extend"
    title = "More time"
    due: date = ask(Day("To be answered by", "At most three months after it was received."))
    reason: str = ask(
        Text(
            "Why it takes longer",
            "As you tell whoever asked. No names and nothing from the case.",
            limit=300,
            narrative=True,
        )
    )


def show(turn: Turn) -> Answer:
    """Every request, the open ones first."""
    turn.need(Verb.ANSWER_REQUEST, Thing())
    view = _view(turn)
    return Show(view) if turn.about.page is None else Replace(view)


def _view(turn: Turn) -> Block:
    about = About(panel=turn.panel.id, page=turn.about.page)
    found = sorted(
        turn.work.rows(SubjectRequest, panel_id=turn.panel.id), key=lambda row: (row.status != "open", row.due)
    )
    turn.audit("opened", "subject_requests", requests=len(found))
    top = [
        section(turn.say("records/requests", number=len(found))),
        actions(button("Enter a request", "records.request.open", about, style="primary")),
    ]
    return paged("Requests", [top, *([_line(turn, row)] for row in found)], about, VIEW, name=VIEW)


def _line(turn: Turn, row: SubjectRequest) -> Block:
    late = row.status == SubjectRequestStatus.OPEN and row.due < today(turn.panel, turn.work.now)
    about = About(panel=turn.panel.id, row=row.id)
    return section(turn.say("records/request_line", row=row, late=late), button("Open", "records.request.show", about))


def open_form(turn: Turn) -> Answer:
    """The form."""
    turn.need(Verb.ANSWER_REQUEST, Thing())
    return Show(OpenRequest.draw(About(panel=turn.panel.id)))


def enter(turn: Turn, form: OpenRequest) -> Answer:
    """It is found for at once; whether anything was found changes nothing of what follows."""
    turn.need(Verb.ANSWER_REQUEST, Thing())
    if not REFERENCE.fullmatch(form.reference):
        raise NotAReference(field="reference")
    if form.received > today(turn.panel, turn.work.now):
        raise NotYetReceived(field="received")
    assert turn.panel.id is not None
    due = form.received + timedelta(days=settings_of(turn.panel).retention.answer_days)
    row = turn.work.add(
        SubjectRequest(
            panel_id=turn.panel.id, reference=form.reference, received=form.received, due=due, route=form.route,
            by_user=turn.user, at=turn.work.now, details={},
        )
    )  # fmt: skip
    clock.wind(turn.work, turn.panel, row)
    find(turn, row)
    turn.audit("request_entered", f"subject_request:{row.id}", due=due.isoformat())
    return Back(_view(turn))


def find(turn: Turn, row: SubjectRequest) -> Sequence[SubjectItem]:
    """Look again for everything about them; what was decided on stays decided."""
    assert row.id is not None and row.reference is not None
    found, counts = about_person.pieces(turn.work, turn.panel, row.reference)
    known = {item.thing for item in turn.work.rows(SubjectItem, request_id=row.id)}
    for piece in found:
        if piece.thing not in known:
            turn.work.add(SubjectItem(request_id=row.id, thing=piece.thing, agency_id=piece.agency))
    there = {piece.thing for piece in found}
    for item in turn.work.rows(SubjectItem, request_id=row.id):
        if item.thing not in there:
            turn.work.session.delete(item)
    turn.work.session.flush()
    row.details = {**(row.details or {}), "counts": counts}
    turn.audit("request_found", f"subject_request:{row.id}", pieces=len(found))
    return turn.work.rows(SubjectItem, request_id=row.id)


def request_of(turn: Turn, *, open_only: bool = False) -> SubjectRequest:
    """The request that a view is about, for whoever deals with it. Raises NoSuchThing, Closed."""
    turn.need(Verb.ANSWER_REQUEST, Thing())
    row = turn.work.get(SubjectRequest, turn.about.row)
    if row.panel_id != turn.panel.id:
        raise NoSuchThing
    if open_only and (row.status != SubjectRequestStatus.OPEN or row.reference is None):
        raise Closed
    return row


def checked(turn: Turn) -> SubjectRequest:
    """The same, as it was when the view was drawn. Raises ChangedMeanwhile."""
    row = request_of(turn, open_only=True)
    if row.version != turn.about.version:
        raise ChangedMeanwhile
    row.version += 1
    return row


def open_extend(turn: Turn) -> Answer:
    """The form for more time."""
    row = request_of(turn, open_only=True)
    return Show(Extend.draw(About(panel=turn.panel.id, row=row.id, version=row.version), initial={"due": row.due}))


def extend(turn: Turn, form: Extend) -> SubjectRequest:
    """More time, with its reason. Raises OutOfReach."""
    row = checked(turn)
    if not row.due < form.due <= row.received + relativedelta(months=MOST_MONTHS):
        raise OutOfReach(field="due")
    row.details = {**(row.details or {}), "extended": form.reason}
    row.due = form.due
    clock.wind(turn.work, turn.panel, row)
    turn.audit("request_extended", f"subject_request:{row.id}", due=form.due.isoformat())
    return row
