"""Holds: what may not be erased until somebody says so, on one case or on all of the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb
from panel.codes import HoldKind
from storage.tables import Case, Hold

VIEW = "records.holds"


class NoCase(Refusal):
    """There is no case with this reference here. Leave it empty to hold everything of the panel."""


class ReviewPast(Refusal):
    """Choose a day that is still to come."""


@dataclass
class PutHold(Form):
    """A hold overrides every clock, and every request to erase."""

    name = "records.hold"
    title = "Put on hold"
    case: str | None = ask(
        Text("Which case", "Its reference, as in MSP-26-0041. Empty: everything of the panel.", optional=True, limit=40)
    )
    kind: str = ask(One("What for", choices=[(kind.value, kind.label) for kind in HoldKind]))
    reason: str = ask(
        Text("Why", "Who asked for it, and under which number. No names of people in the case.", lines=True, limit=600)
    )
    review_on: date = ask(Day("Look at it again on", "You are reminded on this day; it stays until it is lifted."))


def show(turn: Turn) -> Answer:
    """Every hold in force."""
    turn.need(Verb.HOLD_RECORD, Thing())
    view = _view(turn)
    return Show(view) if turn.about.page is None else Replace(view)


def _view(turn: Turn) -> Block:
    about = About(panel=turn.panel.id, page=turn.about.page)
    found = turn.work.rows(Hold, panel_id=turn.panel.id, lifted_at=None)
    turn.audit("opened", "holds", holds=len(found))
    top = [
        section(turn.say("records/holds", number=len(found), dead=_dead(turn))),
        actions(button("Put something on hold", "records.hold.open", about, style="primary")),
    ]
    return paged("Holds", [top, *([_line(turn, hold)] for hold in found)], about, VIEW, name=VIEW)


def _dead(turn: Turn) -> int:
    return len(turn.work.find(Case, Case.panel_id == turn.panel.id, col(Case.hold_at).is_not(None)))


def _line(turn: Turn, hold: Hold) -> Block:
    case = turn.work.look(Case, hold.case_id)
    said = turn.say("records/hold", hold=hold, case=case, kind=HoldKind(hold.kind).label)
    about = About(panel=turn.panel.id, row=hold.id, version=hold.version)
    sure = "What was kept for it alone goes as its clock says."
    return section(said, button("Lift", "records.hold.lift", about, ask=sure))


def open_form(turn: Turn) -> Answer:
    """The form."""
    turn.need(Verb.HOLD_RECORD, Thing())
    return Show(PutHold.draw(About(panel=turn.panel.id)))


def put(turn: Turn, form: PutHold) -> Answer:
    """It counts at once, for what was approved and not carried out yet too."""
    turn.need(Verb.HOLD_RECORD, Thing())
    if form.review_on <= today(turn.panel, turn.work.now):
        raise ReviewPast(field="review_on")
    case = _case(turn, form.case)
    assert turn.panel.id is not None
    hold = turn.work.add(
        Hold(
            panel_id=turn.panel.id, case_id=case.id if case else None, kind=form.kind, reason=form.reason,
            by_user=turn.user, at=turn.work.now, review_on=form.review_on,
        )
    )  # fmt: skip
    turn.audit("held", f"hold:{hold.id}", case_id=hold.case_id, kind=form.kind, review=form.review_on.isoformat())
    return Back(_view(turn))


def _case(turn: Turn, ref: str | None) -> Case | None:
    if not ref:
        return None
    found = turn.work.rows(Case, panel_id=turn.panel.id, ref=ref.strip().upper())
    if not found:
        raise NoCase(field="case")
    return found[0]


def lift(turn: Turn) -> Answer:
    """It holds no longer. Raises ChangedMeanwhile where somebody was quicker."""
    turn.need(Verb.HOLD_RECORD, Thing())
    hold = turn.work.get(Hold, turn.about.row)
    if hold.panel_id != turn.panel.id:
        raise NoSuchThing
    if hold.lifted_at is not None or hold.version != turn.about.version:
        raise ChangedMeanwhile
    hold.lifted_at, hold.lifted_by = turn.work.now, turn.user
    hold.version += 1
    turn.audit("hold_lifted", f"hold:{hold.id}", case_id=hold.case_id, kind=hold.kind)
    return Replace(_view(turn))
