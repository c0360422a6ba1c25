"""Attendance: one menu an agency, saved at once; and a small form for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, options, plain, section, sections
from commands.kit.cover import covered
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Many, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import listed
from commands.kit.modes import in_writing
from commands.kit.text import count, escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.chairing import chairing_button
from commands.meetings.decide import unkept_in
from commands.meetings.information import lift
from commands.meetings.quorum import attendance, expected, present_at
from commands.meetings.statement import ask_video, confirmed, observers
from commands.meetings.which import still_open, to_record
from commands.updates.current import pairs
from panel.codes import Attendance as Came
from panel.codes import Mode
from panel.quorum import AWAY, THERE
from storage.tables import Agency, Attendance, Meeting, Request
from storage.work import UnitOfWork

CAME = [(came.value, came.label) for came in Came]


class NobodyComes(Refusal):
    """This panel works in writing: it has a closing date, and no attendance is kept."""


@dataclass
class AttendanceForm(Form):
    """All that can be said about one agency's attendance."""

    name = "meetings.attendance"
    title = "Attendance"
    who: str = ask(One("Who came?", choices=CAME))
    remote: str = ask(
        One("In the room, or by video?", choices=[("room", "In the room"), ("video", "By video")]), default="room"
    )
    written: str = ask(One("Did it send a written return?", choices=[("yes", "Yes"), ("no", "No")]))
    cases: Sequence[str] = ask(
        Many("Only for these cases", "Leave empty when it was there throughout.", optional=True), default=()
    )
    note: str | None = ask(
        Text("Note", "Such as who covered for whom, by role. No names. It stays out of the minutes.", optional=True),
        default=None,
    )


def show(turn: Turn) -> Answer:
    """The list of agencies, in place of the record."""
    meeting = to_record(turn)
    if in_writing(meeting):
        raise NobodyComes
    return Replace(view(turn, meeting))


def view(turn: Turn, meeting: Meeting) -> Block:
    """Every agency that is expected, with a menu and a button for more."""
    rows = attendance(turn.work, meeting)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    said = turn.say(
        "meetings/attendance", meeting=meeting, quorum=present_at(turn.work, turn.panel, meeting),
        observers=observers(turn.work, meeting),
    )  # fmt: skip
    at = about.but(page=None)
    buttons = [button("To the list", "meetings.hub", at), button("Observers", "meetings.observers", at)]
    buttons += chairing_button(turn, meeting)
    if meeting.began_at is not None:
        buttons.insert(0, button("To the meeting", "meetings.sit", at))
    top = [*sections(said), actions(*buttons)]
    parts = [_agency(turn, meeting, agency, rows.get(agency.id or 0)) for agency in _agencies(turn, meeting)]
    return paged("Attendance", [top, *parts], about, "meetings.attendance", name="meetings.attending")


def _agencies(turn: Turn, meeting: Meeting) -> list[Agency]:
    return expected(turn.work, turn.panel, meeting)


def _agency(turn: Turn, meeting: Meeting, agency: Agency, row: Attendance | None) -> list[Block]:
    about = About(panel=turn.panel.id, meeting=meeting.id, agency=agency.id, page=turn.about.page)
    choices = options([(about.but(code=code).dump(), label) for code, label in CAME])
    menu = {
        "type": "static_select", "action_id": "meetings.attended", "options": choices,
        "placeholder": plain("Who came?"),
    }  # fmt: skip
    chosen = [option for option, (code, _) in zip(choices, CAME, strict=True) if row and row.who == code]
    if chosen:
        menu["initial_option"] = chosen[0]
    more = button("More", "meetings.attendance.edit", about.but(version=row.version if row else None))
    return [
        section(f"*{escape(agency.code)}* {escape(agency.name)[:2_000]}: {_state(turn, meeting, agency, row)}"),
        actions(menu, more, block_id=agency.code),
    ]


def _state(turn: Turn, meeting: Meeting, agency: Agency, row: Attendance | None) -> str:
    if row is None:
        done, asked = sent(turn.work, meeting, agency)
        away = agency.id in covered(turn.work, turn.panel.id)
        said = ["not recorded", *(["the deputy stands in today"] if away else [])]
        return ", ".join([*said, *([f"update sent on {done} of {count(asked, 'case')}"] if asked else [])])
    said = [Came(row.who).label.lower()]
    said += ["for its own cases only"] if row.cases else []
    said += ["written return sent"] if row.written_return else []
    if row.remote and row.who in THERE:
        said.append("by video, " + ("confirmed" if confirmed(turn.work, meeting, agency) else "not confirmed yet"))
    return ", ".join(said + (["with a note"] if row.note else []))


def sent(work: UnitOfWork, meeting: Meeting, agency: Agency) -> tuple[int, int]:
    """On how many cases an agency has sent its update, and on how many it was asked."""
    asked = pairs(work, meeting, agency)
    return sum(pair.complete for pair in asked), len(asked)


def attended(turn: Turn) -> Answer:
    """A choice in the menu of one agency."""
    meeting = still_open(to_record(turn))
    agency = _agency_of(turn)
    row = _row(turn, meeting, agency)
    row.who = turn.code(Came).value
    if row.version == 0:
        row.cases = _slots(turn, meeting, agency)
    row.written_return = row.who in AWAY and (row.written_return or bool(sent(turn.work, meeting, agency)[0]))
    _saved(turn, meeting, agency, row)
    return Replace(view(turn, meeting))


def edit(turn: Turn) -> Answer:
    """The form, filled in with what is recorded; reading a note is audited."""
    meeting, agency = still_open(to_record(turn)), _agency_of(turn)
    row = attendance(turn.work, meeting).get(agency.id or 0)
    initial = {
        "who": row.who if row else None,
        "written": "yes" if (row.written_return if row else sent(turn.work, meeting, agency)[0]) else "no",
        "remote": "video" if row and row.remote else "room",
        "cases": [str(key) for key in (row.cases if row else _slots(turn, meeting, agency))],
        "note": row.note if row else None,
    }
    if row is not None and row.note:
        turn.audit("opened", f"attendance:{row.id}", meeting=meeting.id)
    choices = [(str(case.id), case.ref) for _, case in listed(turn.work, meeting)]
    about = turn.about.but(version=row.version if row else 0)
    without = (*unkept_in(turn, "note"), *(() if choices else ("cases",)))
    without += () if meeting.mode == Mode.HYBRID else ("remote",)
    return Show(AttendanceForm.draw(about, initial=initial, choices={"cases": choices}, without=without))


def save(turn: Turn, form: AttendanceForm) -> Answer:
    """Keep it, unless somebody else has changed it in between."""
    meeting = still_open(to_record(turn))
    row = _row(turn, meeting, _agency_of(turn))
    if row.version != (turn.about.version or 0):
        raise ChangedMeanwhile
    row.who, row.written_return, row.note = form.who, form.written == "yes", form.note
    row.cases, row.remote = [int(key) for key in form.cases], form.remote == "video"
    _saved(turn, meeting, _agency_of(turn), row)
    return Back(view(turn, meeting))


def _agency_of(turn: Turn) -> Agency:
    agency = turn.work.get(Agency, turn.about.agency)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return agency


def _row(turn: Turn, meeting: Meeting, agency: Agency) -> Attendance:
    """The agency's row; a new one has version 0 until it is saved."""
    assert meeting.id is not None and agency.id is not None
    found = turn.work.first(Attendance, Attendance.meeting_id == meeting.id, Attendance.agency_id == agency.id)
    return found or turn.work.add(Attendance(meeting_id=meeting.id, agency_id=agency.id, who=Came.ABSENT, version=0))


def _saved(turn: Turn, meeting: Meeting, agency: Agency, row: Attendance) -> None:
    row.version += 1
    turn.work.session.flush()
    if row.remote and row.who in THERE:
        ask_video(turn, meeting, agency)
    lift(turn, meeting)
    turn.audit("recorded", f"attendance:{row.id}", who=row.who, cases=len(row.cases))


def _slots(turn: Turn, meeting: Meeting, agency: Agency) -> list[int]:
    """The cases for which alone an agency was asked to come."""
    asked = turn.work.find(
        Request, Request.meeting_id == meeting.id, Request.agency_id == agency.id, Request.status == "asked"
    )
    return [request.case_id for request in asked if request.slot]
