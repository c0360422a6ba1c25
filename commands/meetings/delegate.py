"""The chair lets somebody else approve the minutes: never a coordinator, who drafts them, and nobody to whom a part of
them is closed."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Who
from commands.kit.forms import Form, ask
from commands.kit.meetings import listed
from commands.kit.people import person_on, thing_of
from commands.kit.turn import Turn
from commands.meetings.drafting import tell_draft
from commands.meetings.reading import asked, view
from panel.access import Thing, Verb, may
from panel.codes import Role
from storage.tables import Meeting

APPROVERS = (Role.DEPUTY_CHAIR, Role.REP, Role.DEPUTY)


class NotThem(Refusal):
    """Choose the deputy chair, a representative or a deputy who may read every case of these minutes. A coordinator
    drafted them, so somebody else approves."""


class ApprovedAlready(Refusal):
    """These minutes are approved. What has to be put right goes into a new version."""


@dataclass
class DelegateForm(Form):
    """Who approves in the chair's place."""

    name = "meetings.delegate"
    title = "Who approves?"
    who: str = ask(Who("Who approves these minutes for you?", "They are told at once; you can still approve yourself."))


def open_form(turn: Turn) -> Answer:
    """The form. Raises ApprovedAlready."""
    meeting, minutes = asked(turn)
    turn.need(Verb.DELEGATE_MINUTES, Thing())
    if minutes.approved_at is not None:
        raise ApprovedAlready
    about = turn.about.but(meeting=meeting.id, version=minutes.version)
    return Show(DelegateForm.draw(about, initial={"who": minutes.delegated_to}))


def save(turn: Turn, form: DelegateForm) -> Answer:
    """They may approve this version. Raises NotThem, ApprovedAlready, ChangedMeanwhile."""
    meeting, minutes = asked(turn)
    turn.need(Verb.DELEGATE_MINUTES, Thing())
    if minutes.version != turn.about.version:
        raise ChangedMeanwhile
    if minutes.approved_at is not None:
        raise ApprovedAlready
    if not _may(turn, meeting, form.who):
        raise NotThem(field="who")
    minutes.delegated_to = form.who
    turn.audit("delegated", f"minutes:{minutes.id}", version=minutes.version, to=form.who)
    tell_draft(turn.work, meeting, minutes, form.who)
    return Back(view(turn, meeting, minutes))


def _may(turn: Turn, meeting: Meeting, user: str) -> bool:
    person = person_on(turn.work, turn.panel, user, meeting)
    if not person.has(*APPROVERS) or person.is_coordinator:
        return False
    things = [thing_of(turn.work, case, meeting) for _, case in listed(turn.work, meeting)]
    return all(may(person, Verb.SEE_MINUTES, thing) for thing in things)
