"""What stands in one person's calendar: the panel's meetings, the dates that lead up to them, their own days away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col

from commands.kit.away import leaves_of
from commands.kit.cover import standing_in
from commands.kit.meetings import cut_offs_of, today
from commands.kit.modes import called
from commands.kit.people import agencies_by_id, recused_on
from commands.kit.stamp import stamp_of
from panel.access import Person
from panel.codes import Mode, Role
from panel.cycle import CutOff
from storage.tables import Agency, Leave, Meeting, Panel, Request
from storage.work import UnitOfWork

SHOWN = (
    CutOff.REFERRAL_DEADLINE, CutOff.CASE_LIST_AND_REQUESTS, CutOff.UPDATE_DEADLINE, CutOff.AGENDA_LOCKED,
    CutOff.ACKNOWLEDGE_BY, CutOff.MINUTES_ISSUE,
)  # fmt: skip
BACK = timedelta(days=60)  # how far behind us it goes
AT_ONCE = timedelta(minutes=15)  # how long a deadline lasts in a calendar
OF_PANEL = {Role.CHAIR, Role.DEPUTY_CHAIR, Role.COORDINATOR, Role.STEERING, Role.OBSERVER, Role.INFORMATION_GOVERNANCE}
IN_SLACK = "Everything else is in Slack."


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. `uid` stays for as long as the thing does; `sequence` rises with each change of it.
    Days (dates, the last one included) or moments (aware, in the meeting's zone). No title names a case or anybody."""

    uid: str
    title: str
    start: date | datetime
    end: date | datetime
    note: str = IN_SLACK
    sequence: int = 0
    cancelled: bool = False
    busy: bool = True
    meeting: int | None = None  # the meeting's row id, where it is one


def meetings(panel: Panel, rows: Sequence[Meeting]) -> list[Entry]:
    """The meetings themselves, those that are off among them."""
    stamp = stamp_of(panel)
    return [_meeting(panel, row, stamp) for row in rows]


def of_panel(work: UnitOfWork, panel: Panel) -> Sequence[Meeting]:
    """Every regular meeting of some weeks back and of all that is planned."""
    return work.find(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular",
        Meeting.day >= today(panel, work.now) - BACK, order=Meeting.day,
    )  # fmt: skip


def of_person(work: UnitOfWork, panel: Panel, person: Person) -> list[Entry]:
    """Everything in this person's calendar: an agency that is invited to single cases has the meetings it is asked
    for; an out-of-cycle meeting is for whoever sits in it, and not for those to whom its case is closed."""
    theirs = [row for row in of_panel(work, panel) if _sees(work, panel, person, row)]
    urgent = [row for row in _out_of_cycle(work, panel) if _sits_in(work, panel, person, row)]
    dates = [entry for row in theirs if row.status != "cancelled" for entry in _cut_offs(work, panel, row)]
    return [*meetings(panel, [*theirs, *urgent]), *dates, *_leave(work, panel, person)]


def _meeting(panel: Panel, row: Meeting, stamp: str | None) -> Entry:
    start = row.starts_at.astimezone(ZoneInfo(row.zone))
    return Entry(
        uid=_uid(panel, f"meeting-{row.id}"), title=f"{called('Panel meeting', row)} {panel.code}",
        start=start, end=start + timedelta(minutes=row.minutes), sequence=row.calendar_sequence,
        cancelled=row.status == "cancelled", meeting=row.id,
        note=" ".join([f"{Mode(row.mode).label}.", IN_SLACK, *([stamp] if stamp else [])]),
    )  # fmt: skip


def _cut_offs(work: UnitOfWork, panel: Panel, row: Meeting) -> Iterator[Entry]:
    at = cut_offs_of(work, row)
    for name in SHOWN:
        if name in at:
            start = at[name].astimezone(ZoneInfo(row.zone))
            yield Entry(
                uid=_uid(panel, f"meeting-{row.id}-{name}"), title=f"Panel {panel.code}: {called(name.label, row)}",
                start=start, end=start + AT_ONCE, sequence=row.calendar_sequence, busy=False,
            )  # fmt: skip


def _leave(work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Entry]:
    """The days on which they are away, and those on which they stand in; never for whom."""
    for row in leaves_of(work, panel.id):
        if row.user_id == person.user:
            yield _days(panel, row, f"Away (panel {panel.code})")
        elif person.user in standing_in(work, panel.id, row.user_id, row.deputy):
            yield _days(panel, row, f"Covering (panel {panel.code})")


def _days(panel: Panel, row: Leave, title: str) -> Entry:
    return Entry(_uid(panel, f"leave-{row.id}"), title, row.first, row.last, sequence=row.version, busy=False)


def _sees(work: UnitOfWork, panel: Panel, person: Person, row: Meeting) -> bool:
    if any(held.role in OF_PANEL for held in person.roles):
        return True
    theirs = _agencies(work, panel, person)
    if any(agency.core for agency in theirs.values()):
        return True
    asked = work.first(
        Request, col(Request.agency_id).in_(theirs), Request.meeting_id == row.id, Request.status == "asked"
    )
    return asked is not None


def _out_of_cycle(work: UnitOfWork, panel: Panel) -> Sequence[Meeting]:
    return work.find(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "out_of_cycle",
        Meeting.day >= today(panel, work.now) - BACK, order=Meeting.day,
    )  # fmt: skip


def _sits_in(work: UnitOfWork, panel: Panel, person: Person, row: Meeting) -> bool:
    if row.case_id is not None and person.user in recused_on(work, row.case_id):
        return False
    codes = {agency.code for agency in _agencies(work, panel, person).values()}
    return person.has(Role.CHAIR, Role.COORDINATOR) or row.acting_chair == person.user or bool(codes & {*row.core})


def _agencies(work: UnitOfWork, panel: Panel, person: Person) -> Mapping[int | None, Agency]:
    codes = {held.agency for held in person.roles if held.agency}
    return {key: agency for key, agency in agencies_by_id(work, panel.id).items() if agency.code in codes}


def _uid(panel: Panel, of: str) -> str:
    return f"{panel.code.lower()}-{of}@convenor"
