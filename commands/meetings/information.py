"""A meeting without a quorum goes on for information: urgent actions only, on the chair's authority, and it sits again
within some working days (field reference 9.4)."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Back, Show
from commands.kit.blocks import section
from commands.kit.errors import Refusal
from commands.kit.fields import Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import calendar_of, settings_of
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.meetings.quorum import present_at
from commands.meetings.sitting import to_sit, view
from commands.meetings.which import still_open
from panel.access import Thing, Verb
from panel.codes import Role
from panel.settings import Content
from storage.outbox import Owed
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork


class EnoughAreThere(Refusal):
    """There is a quorum: the meeting can decide."""


@dataclass
class WithoutQuorum(Form):
    """On whose authority the meeting goes on."""

    name = "meetings.information"
    title = "No quorum"
    submit = "Go on"
    authority: str | None = ask(
        Text(
            "Why do you go on, and for what?",
            "What can't wait, and on what authority. Agencies by code; no names and nothing about a case.",
            lines=True,
            limit=1_000,
        ),
        default=None,
    )


def open_form(turn: Turn) -> Answer:
    """The form. Raises EnoughAreThere."""
    _checked(turn)
    about = turn.about.but(row=None)
    without = ("authority",) if _references_only(turn.panel) else ()
    return Show(WithoutQuorum.draw(about, before=[section(turn.say("meetings/no_quorum"))], without=without))


def save(turn: Turn, form: WithoutQuorum) -> Answer:
    """From here on nothing is decided but to continue, and urgent actions."""
    meeting = _checked(turn)
    meeting.information_only, meeting.authority = True, form.authority
    turn.audit("went_on", f"meeting:{meeting.id}", there=len(present_at(turn.work, turn.panel, meeting).there))
    return Back(view(turn, meeting))


def lift(turn: Turn, meeting: Meeting) -> None:
    """Enough have come meanwhile: the meeting decides from here on. What was recorded stays."""
    if meeting.information_only and present_at(turn.work, turn.panel, meeting).enough:
        meeting.information_only = False
        turn.audit("quorate", f"meeting:{meeting.id}")


def sit_again(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Once its record is closed: chair and coordinator are told by when it has to sit again."""
    if not meeting.information_only:
        return
    for to in alerted(work, meeting.panel_id, Role.CHAIR, Role.COORDINATOR, acting=meeting.acting_chair):
        work.owe(f"sit_again:{meeting.id}:{to}", "sit_again", to, panel_id=panel.id, about={"meeting": meeting.id})


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """By which day."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    days = settings_of(panel).sitting.relist_days
    by = calendar_of(panel, meeting.day).add_working_days(meeting.day, days)
    return say(service.words("meetings/sit_again", meeting=meeting, by=by))


def _checked(turn: Turn) -> Meeting:
    meeting = still_open(to_sit(turn))
    turn.need(Verb.WITHOUT_QUORUM, Thing())
    if present_at(turn.work, turn.panel, meeting).enough:
        raise EnoughAreThere
    return meeting


def _references_only(panel: Panel) -> bool:
    return settings_of(panel).content is Content.REFERENCES_ONLY
