"""/panel urgent, called ahead: a meeting within hours on one case, with the few agencies that can act at once, each
asked three questions (field reference 9.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.agendas.urgent import HALF_AN_HOUR, case_typed, put_first
from commands.agendas.which import take_seat
from commands.kit.about import About
from commands.kit.alerts import alerted, for_agency
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import label, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Many, Moment, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import in_work, next_after, settings_of, today
from commands.kit.people import agencies_of, thing_of
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from panel.codes import Function, Role, UrgentTrigger
from storage.tables import Case, Meeting, Request

LATEST = timedelta(hours=48)


class NotInTime(Refusal):
    """An emergency meeting is held within two days from now. For a later day, use the next panel."""


class CalledAlready(Refusal):
    """An emergency meeting on this case is called already: open it from the message about it."""


@dataclass
class Call(Form):
    """When, on which case, why, with whom."""

    name = "agendas.call"
    title = "Emergency meeting"
    submit = "Call it"
    case: str = ask(Text("Case", "Its reference, such as ABC-26-0041. Never a name.", limit=20))
    trigger: str = ask(One("Why can it not wait?", choices=[(code.value, code.label) for code in UrgentTrigger]))
    when: datetime = ask(Moment("When?", "Half an hour, by video or telephone, within two days."))
    core: list[str] = ask(Many("Which agencies?", "The few that can act at once; each is asked three questions."))


def open_form(turn: Turn) -> Answer:
    """The form. It is not how to call for help, and says so."""
    turn.need(Verb.RECORD_MEETING, Thing())
    agencies = agencies_of(turn.work, turn.panel)
    wanted = (Function.POLICE, Function.VICTIM_SERVICE, Function.CHILDREN)
    hours = settings_of(turn.panel).sitting.urgent_within_hours
    initial = {
        "when": turn.work.now + timedelta(hours=hours), "core": [a.code for a in agencies if a.function in wanted],
    }  # fmt: skip
    choices = {"core": [(a.code, label(f"{a.code}: {a.name}")) for a in agencies]}
    before = [section(turn.say("agendas/call"))]
    return Show(Call.draw(About(panel=turn.panel.id), before=before, initial=initial, choices=choices))


def save(turn: Turn, form: Call) -> Answer:
    """Keep it, ask the agencies, and put the case first on the list of the meeting that ratifies."""
    turn.need(Verb.RECORD_MEETING, Thing())
    case = case_typed(turn, form.case)
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case))
    if not turn.work.now < form.when <= turn.work.now + LATEST:
        raise NotInTime(field="when")
    called = (Meeting.kind == "out_of_cycle", Meeting.case_id == case.id, Meeting.status == "planned")
    if turn.work.first(Meeting, *called):
        raise CalledAlready(field="case")
    meeting = _keep(turn, form, case)
    coming = in_work(turn.work, turn.panel)
    late = coming.agenda_issued_at is not None and next_after(turn.work, turn.panel, coming.day)
    put_first(turn, late or coming, case)
    _ask(turn, meeting, case)
    return Tell(turn.say("agendas/called", meeting=meeting, case=case, by=answer_by(turn, meeting)))


def answer_by(turn: Turn, meeting: Meeting) -> datetime:
    """By when the three questions are to be answered: some minutes after the call, and before the meeting begins."""
    asked = turn.work.rows(Request, meeting_id=meeting.id)
    since = min((row.asked_at for row in asked if row.asked_at), default=turn.work.now)
    minutes = timedelta(minutes=settings_of(turn.panel).sitting.urgent_reply_minutes)
    return min(since + minutes, meeting.starts_at)


def sitting_of(turn: Turn) -> Meeting:
    """The emergency meeting that a button is about. Raises NoSuchThing for any other."""
    meeting = turn.work.get(Meeting, turn.about.meeting)
    if meeting.panel_id != turn.panel.id or meeting.kind != "out_of_cycle":
        raise NoSuchThing
    return take_seat(turn, meeting)


def _keep(turn: Turn, form: Call, case: Case) -> Meeting:
    panel, day = turn.panel, today(turn.panel, form.when)
    assert panel.id is not None
    meeting = turn.work.add(
        Meeting(
            panel_id=panel.id, kind="out_of_cycle", status="planned", day=day, rule_day=day, wall_time=panel.starts,
            zone=panel.timezone, starts_at=form.when, minutes=HALF_AN_HOUR, mode=panel.mode, case_id=case.id,
            trigger=form.trigger, core=list(form.core),
        )
    )  # fmt: skip
    turn.audit("called", f"out_of_cycle:{meeting.id}", case_id=case.id, trigger=form.trigger, agencies=len(form.core))
    return meeting


def _ask(turn: Turn, meeting: Meeting, case: Case) -> None:
    """Whoever answers for each agency, and the chair, at any hour; when time is up chair and coordinator hear how many
    have."""
    assert meeting.id is not None and case.id is not None
    told = dict.fromkeys(alerted(turn.work, meeting.panel_id, Role.CHAIR, case_id=case.id), False)
    for agency in agencies_of(turn.work, turn.panel):
        if agency.code in meeting.core and agency.id is not None:
            turn.work.add(Request(meeting_id=meeting.id, case_id=case.id, agency_id=agency.id, asked_at=turn.work.now))
            told |= for_agency(turn.work, agency, case.id)
    for to, in_place in told.items():
        turn.work.owe(
            f"called:{meeting.id}:{to}", "called", to, panel_id=meeting.panel_id,
            about={"meeting": meeting.id, "in_place": in_place},
        )  # fmt: skip
    for to in alerted(turn.work, meeting.panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case.id):
        turn.work.owe(
            f"answered:{meeting.id}:{to}", "answered", to, panel_id=meeting.panel_id, about={"meeting": meeting.id},
            not_before=answer_by(turn, meeting),
        )  # fmt: skip
