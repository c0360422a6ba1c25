"""/panel urgent: an out-of-cycle meeting, recorded so that the next panel ratifies it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from commands.agendas.facts import day_of_last
from commands.kit.about import About
from commands.kit.alerts import alerted, for_agency
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import button, label, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Day, Many, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import in_work, listed, next_after, start_of, today, zone_of
from commands.kit.people import agencies_of, case_of, thing_of
from commands.kit.turn import Turn
from commands.updates.joining import catch_up
from commands.updates.listing import live, put_on
from panel.access import Thing, Verb
from panel.calendar import instant
from panel.codes import Function, Role, UrgentTrigger
from storage.tables import Case, Listing, Meeting

AT_ONCE = timedelta(days=2)  # an emergency meeting is held within 48 hours
HALF_AN_HOUR = 30


class NotThatFarAhead(Refusal):
    """An out-of-cycle meeting is held within two days. For a later day, use the next panel."""


class BeforeTheLastPanel(Refusal):
    """This day lies before the last panel. Record it in that panel's minutes."""


class UnknownCase(Refusal):
    """There is no case with this reference. Look it up in the case list, such as {example}."""


class RecordedAlready(Refusal):
    """An out-of-cycle meeting on this case and day has been recorded already."""


@dataclass
class Urgent(Form):
    """What the office records of an out-of-cycle meeting."""

    name = "agendas.urgent"
    title = "Out-of-cycle meeting"
    submit = "Record"
    day: date = ask(Day("Day of the meeting"))
    case: str = ask(Text("Case", "Its reference, such as ABC-26-0041. Never a name.", limit=20))
    trigger: str = ask(One("Why could it not wait?", choices=[(code.value, code.label) for code in UrgentTrigger]))
    core: list[str] = ask(Many("Which agencies met?", "The few that could act at once."))


def open_form(turn: Turn) -> Answer:
    """The form. It is not how to call for help, and says so."""
    turn.need(Verb.RECORD_MEETING, Thing())
    agencies = agencies_of(turn.work, turn.panel)
    usual = [a.code for a in agencies if a.function in (Function.POLICE, Function.VICTIM_SERVICE)]
    about = About(panel=turn.panel.id)
    day = today(turn.panel, turn.work.now)
    return Show(
        Urgent.draw(
            about,
            before=[section(turn.say("agendas/urgent"), button("Call one now", "agendas.call", about))],
            initial={"day": day, "core": usual},
            choices={"core": [(a.code, label(f"{a.code}: {a.name}")) for a in agencies]},
        )
    )


def save(turn: Turn, form: Urgent) -> Answer:
    """Keep the meeting, put the case first on the next agenda, and tell those who were there."""
    turn.need(Verb.RECORD_MEETING, Thing())
    case = case_typed(turn, form.case)
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case))
    coming = in_work(turn.work, turn.panel)
    _check_day(turn, form.day, coming)
    if turn.work.first(
        Meeting, Meeting.panel_id == turn.panel.id, Meeting.kind == "out_of_cycle", Meeting.case_id == case.id,
        Meeting.day == form.day,
    ):  # fmt: skip
        raise RecordedAlready(field="day")
    meeting = _keep(turn, form, case)
    nxt = coming
    if coming.agenda_issued_at is not None:  # too late for that agenda
        nxt = next_after(turn.work, turn.panel, coming.day) or coming
    put_first(turn, nxt, case)
    _owe(turn, meeting, nxt, form.core)
    return Tell(turn.say("agendas/urgent_saved", meeting=meeting, case=case, next=nxt))


def case_typed(turn: Turn, typed: str) -> Case:
    """The case with this reference. Raises UnknownCase."""
    try:
        return case_of(turn.work, turn.panel, typed.strip().upper())
    except NoSuchThing:
        raise UnknownCase(field="case", example=f"{turn.panel.code}-26-0041") from None


def _check_day(turn: Turn, day: date, coming: Meeting) -> None:
    if day > today(turn.panel, turn.work.now) + AT_ONCE:
        raise NotThatFarAhead(field="day")
    last = day_of_last(turn.work, turn.panel, coming, listed(turn.work, coming))
    if last is not None and day < last:
        raise BeforeTheLastPanel(field="day")


def put_first(turn: Turn, nxt: Meeting, case: Case) -> None:
    """The case is imminent on the list of the meeting that ratifies; one that does not stand there is put on it, and
    asked about where that list is out. An agenda that was issued, and a case that has ended, stay as they are."""
    listing = turn.work.first(Listing, Listing.meeting_id == nxt.id, Listing.case_id == case.id)
    if listing is None and nxt.agenda_issued_at is None and case in live(turn.work, turn.panel):
        listing = put_on(turn.work, turn.panel, nxt, case)
        turn.work.session.flush()
        if nxt.requests_sent_at is not None:
            catch_up(turn.work, turn.panel, nxt)
    if listing is not None:
        listing.imminent = True


def _keep(turn: Turn, form: Urgent, case: Case) -> Meeting:
    panel = turn.panel
    assert panel.id is not None
    meeting = turn.work.add(
        Meeting(
            panel_id=panel.id, kind="out_of_cycle", status="held", day=form.day, rule_day=form.day,
            wall_time=panel.starts, zone=panel.timezone, starts_at=instant(form.day, start_of(panel), zone_of(panel)),
            minutes=HALF_AN_HOUR, mode=panel.mode, case_id=case.id, trigger=form.trigger, core=list(form.core),
        )
    )  # fmt: skip
    turn.audit("recorded", f"out_of_cycle:{meeting.id}", case_id=case.id, trigger=form.trigger, agencies=len(form.core))
    return meeting


def _owe(turn: Turn, meeting: Meeting, nxt: Meeting, core: list[str]) -> None:
    chairs = alerted(turn.work, nxt.panel_id, Role.CHAIR, case_id=meeting.case_id, acting=nxt.acting_chair)
    told = dict.fromkeys(chairs, False)
    for agency in agencies_of(turn.work, turn.panel):
        found = for_agency(turn.work, agency, meeting.case_id) if agency.code in core else {}
        told |= {user: in_place or told.get(user, False) for user, in_place in found.items()}
    for to, in_place in told.items():
        if in_place or to != turn.user:
            turn.work.owe(
                f"out_of_cycle:{meeting.id}:{to}", "out_of_cycle", to, panel_id=turn.panel.id,
                about={"meeting": meeting.id, "next": nxt.id, "in_place": in_place},
            )  # fmt: skip
