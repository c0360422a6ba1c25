"""/panel glass: a case opened in an emergency, for a reason, until an hour, and never unseen (field reference 11.2).

It opens what an invitation would open, to one person: what is restricted stays so. Nothing is changed through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col

from commands.kit.about import About
from commands.kit.alerts import alerted, of_service
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import NoMeeting, NoSuchThing, Refusal
from commands.kit.fields import Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import in_work, settings_of
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb
from panel.codes import Function, Role
from storage.tables import BreakGlass, Case
from storage.work import UnitOfWork

KIND = "access.glass"
REMIND = timedelta(hours=24)  # after this, and every so often, an opening that was not looked at is told of again


class NoSuchCase(Refusal):
    """There is no live case with this reference on the panel. Look at it once more."""


class OpenAlready(Refusal):
    """You have this case open already: until when, it says where you opened it."""


@dataclass
class OpenInEmergency(Form):
    """Which case, and why it can't wait."""

    name = "access.glass"
    title = "Open in an emergency"
    submit = "Open it"
    case: str = ask(Text("Which case?", "Its reference, and nothing else.", limit=20))
    reason: str = ask(
        Text(
            "Why can't it wait?",
            "What is about to happen, and what you need to know for it. No names, no addresses.",
            lines=True, limit=1_000,
        )
    )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """The form, with what follows from it; for whoever has a part that may."""
    turn.need(Verb.BREAK_GLASS, Thing())
    hours = settings_of(turn.panel).access.glass_hours
    before = [section(turn.say("access/glass_before", hours=hours))]
    return Show(OpenInEmergency.draw(About(panel=turn.panel.id), before=before))


def save(turn: Turn, form: OpenInEmergency) -> Answer:
    """Open it, and tell the chair and the victim service at once."""
    case = _case(turn, form.case)
    turn.need(Verb.BREAK_GLASS, thing_of(turn.work, case))
    if current(turn.work, case, turn.user) is not None:
        raise OpenAlready(field="case")
    assert turn.panel.id is not None and case.id is not None
    ends = turn.work.now + timedelta(hours=settings_of(turn.panel).access.glass_hours)
    row = turn.work.add(
        BreakGlass(
            panel_id=turn.panel.id, case_id=case.id, user_id=turn.user, reason=form.reason, at=turn.work.now,
            ends_at=ends, wake_at=turn.work.now + REMIND,
        )
    )  # fmt: skip
    turn.work.session.flush()
    turn.audit("broke glass", f"case:{case.id}", case_id=case.id, opening=row.id, until=ends.isoformat())
    tell(turn.work, row, "at once")
    return Show(opened_view(turn, row, case))


def _case(turn: Turn, ref: str) -> Case:
    """Typed, not picked from a list: who may not read a case does not read which there are."""
    found = turn.work.first(Case, Case.panel_id == turn.panel.id, Case.ref == ref.strip().upper())
    if found is None:
        turn.audit("refused", "access.glass")
        raise NoSuchCase(field="case")
    return found


def current(work: UnitOfWork, case: Case, user: str) -> BreakGlass | None:
    """What this person opened of this case, and that has not ended."""
    return work.first(
        BreakGlass, BreakGlass.case_id == case.id, BreakGlass.user_id == user, BreakGlass.ends_at > work.now
    )


def opened_view(turn: Turn, row: BreakGlass, case: Case) -> Block:
    """Until when it is open, and what it opens."""
    about = About(panel=turn.panel.id, case=case.id)
    try:
        about = about.but(meeting=in_work(turn.work, turn.panel).id)
    except NoMeeting:
        return modal("Open now", [section(turn.say("access/glass_no_meeting", case=case))], about)
    doors = actions(
        button("Open the briefing", "agendas.open", about, style="primary"),
        button("Read the timeline", "life.timeline", About(panel=turn.panel.id, case=case.id)),
        button("End it now", "access.glass.end", About(panel=turn.panel.id, row=row.id)),
    )
    said = section(turn.say("access/glass_open", case=case, until=row.ends_at))
    return modal("Open now", [said, doors], about, name="access.opened")


def end(turn: Turn) -> Answer:
    """Whoever opened it, or the chair, ends it before its hour."""
    row = of_panel(turn)
    if row.user_id != turn.user:
        turn.need(Verb.REVIEW_GLASS, thing_of(turn.work, turn.case(row.case_id), author=row.user_id))
    if row.ends_at > turn.work.now:
        row.ends_at, row.version = turn.work.now, row.version + 1
        turn.audit("ended emergency opening", f"opening:{row.id}", case_id=row.case_id)
    return Tell(turn.say("access/glass_ended"))


def of_panel(turn: Turn) -> BreakGlass:
    """The opening that the button is about. Raises NoSuchThing for another panel's."""
    row = turn.work.get(BreakGlass, turn.about.row)
    if row.panel_id != turn.panel.id:
        raise NoSuchThing
    return row


def tell(work: UnitOfWork, row: BreakGlass, when: str) -> None:
    """Owe the chair, and at once the victim service too, a word without content: never the person whom it concerns."""
    told = alerted(work, row.panel_id, Role.CHAIR, case_id=row.case_id, unless=row.user_id)
    if when == "at once":
        told += of_service(work, row.panel_id, Function.VICTIM_SERVICE, case_id=row.case_id)
    for user in dict.fromkeys(told):
        if user != row.user_id:
            work.owe(f"glass:{row.id}:{when}:{user}", KIND, user, panel_id=row.panel_id, about={"opening": row.id})


def to_review(work: UnitOfWork, panel_id: int | None) -> list[BreakGlass]:
    """The openings at which nobody has looked, the oldest first."""
    return list(work.find(BreakGlass, BreakGlass.panel_id == panel_id, col(BreakGlass.reviewed_at).is_(None)))
