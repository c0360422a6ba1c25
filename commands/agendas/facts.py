"""From rows to what the agenda's rules look at, and the agenda they come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import col, select

from commands.agendas.overdue import overdue_at
from commands.cases import record
from commands.kit.meetings import calendar_of, last_held, listed, settings_of, zone_of
from commands.kit.named import named
from commands.panels.cadence import cadence_of
from commands.updates.current import informed
from panel.agenda import Agenda, MeetingFacts, OutOfCycle, Recusal, compile_agenda
from panel.calendar import panel_dates
from panel.case_order import CaseFacts
from panel.codes import CaseKind, Decision, OnHoliday, RiskView
from panel.codes.agenda import PaperReview
from storage.tables import Agency, Case, Conflict, Item, Listing, Meeting, Panel, Request, Seat
from storage.work import UnitOfWork

ROSE = (RiskView.INCREASED, RiskView.IMMINENT)
A_QUARTER = timedelta(days=100)  # the longest gap between two dates of a series that we look back over
Listed = Sequence[tuple[Listing, Case]]


def compiled(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Agenda:
    """The agenda of a meeting, from the rows as they stand now. Everybody reads it: no sealed case is on it."""
    with work.in_public():
        cases = listed(work, meeting)
        facts = meeting_facts(work, panel, meeting, cases)
        return compile_agenda(facts, case_facts(work, panel, meeting, cases), settings_of(panel))


def meeting_facts(work: UnitOfWork, panel: Panel, meeting: Meeting, cases: Listed) -> MeetingFacts:
    """The meeting itself: when it is, the one before it, what is to be ratified, who stays out of what."""
    urgent = to_ratify(work, panel, meeting)
    refs = {row.id: row.ref for row in named(work, panel, col(Case.id).in_([row.case_id for row in urgent]))}
    return MeetingFacts(
        start=meeting.starts_at,
        zone=zone_of(panel),
        minutes=meeting.minutes,
        last_meeting=day_of_last(work, panel, meeting, cases),
        out_of_cycle=tuple(OutOfCycle(row.day, refs[row.case_id]) for row in urgent if row.case_id),
        recusals=tuple(_recusals(work, panel, cases)),
    )


def case_facts(work: UnitOfWork, panel: Panel, meeting: Meeting, cases: Listed) -> list[CaseFacts]:
    """What the order of cases looks at, for every case on the list; each table is read once."""
    codes = {agency.id: agency.code for agency in work.find(Agency, Agency.panel_id == panel.id)}
    ids = [case.id for _, case in cases if case.id]
    urgent = {row.case_id for row in out_of_cycle_since(work, panel, meeting, day_of_last(work, panel, meeting, cases))}
    slots = _slots(work, meeting, codes)
    late: Counter[int | None] = Counter(action.case_id for action in overdue_at(work, panel, meeting, ids))
    rose = {item.case_id for item in _risk_items(work, meeting) if item.body in ROSE}
    waiting = unreached_before(work, panel, meeting)
    told = informed(work, meeting)
    return [
        CaseFacts(
            ref=case.ref,
            kind=CaseKind(listing.kind),
            lead=codes.get(case.lead_agency_id),
            imminent=listing.imminent or case.id in urgent,
            slots=tuple(sorted(slots[case.id])),
            children=record.children(case),
            proposed=Decision(listing.proposal) if listing.proposal else None,
            release=record.release(case),
            hearing=record.hearing(case),
            overdue_actions=late[case.id],
            rfg=record.rfg(case),
            risk_rose=case.id in rose,
            unreached=listing.carried or case.id in waiting,
            informed=case.id in told,
            paper=PaperReview(listing.paper) if listing.paper else None,
        )
        for listing, case in cases
    ]


def day_of_last(work: UnitOfWork, panel: Panel, meeting: Meeting, cases: Listed) -> date | None:
    """The day of the meeting before: as held, else (a panel that moved in with live cases) by its series."""
    held = last_held(work, panel, meeting.day)
    if held is not None:
        return held.day
    if all(listing.kind == CaseKind.NEW for listing, _ in cases):
        return None
    known = work.find(Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.day < meeting.day)
    first = min([meeting.day, *(row.day for row in known)])
    found = panel_dates(
        cadence_of(panel.cadence), first - A_QUARTER, first, OnHoliday(panel.on_holiday), calendar_of(panel, first)
    )
    return max((each.day for each in found if each.day < first), default=None)


def to_ratify(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Sequence[Meeting]:
    """The out-of-cycle meetings up to this one that no meeting has ratified yet, or that this one did."""
    return [row for row in _out_of_cycle(work, panel, meeting) if row.ratified_at in (None, meeting.day)]


def out_of_cycle_since(work: UnitOfWork, panel: Panel, meeting: Meeting, last: date | None) -> Sequence[Meeting]:
    """The out-of-cycle meetings after the last regular one: their cases are imminent."""
    return [row for row in _out_of_cycle(work, panel, meeting) if last is None or row.day > last]


def unreached_before(work: UnitOfWork, panel: Panel, meeting: Meeting) -> set[int]:
    """The cases (by id) that the last meeting's record closed without a decision."""
    held = last_held(work, panel, meeting.day)
    if held is None or held.record_closed_at is None:
        return set()
    return {row.case_id for row in work.find(Listing, Listing.meeting_id == held.id, col(Listing.decision).is_(None))}


def _out_of_cycle(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Sequence[Meeting]:
    return work.find(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "out_of_cycle", Meeting.status != "cancelled",
        Meeting.day <= meeting.day, order=Meeting.day,
    )  # fmt: skip


def _recusals(work: UnitOfWork, panel: Panel, cases: Listed) -> Iterable[Recusal]:
    refs = {case.id: case.ref for _, case in cases}
    agencies = {agency.id: agency.code for agency in work.find(Agency, Agency.panel_id == panel.id)}
    seats = work.find(Seat, Seat.panel_id == panel.id, col(Seat.until).is_(None))
    conflicts = work.find(Conflict, col(Conflict.case_id).in_(refs), col(Conflict.lifted_at).is_(None))
    for conflict in conflicts:
        held = [seat for seat in seats if seat.user_id == conflict.user_id]
        seat = next((seat for seat in held if seat.agency_id == conflict.agency_id), held[0] if held else None)
        code = agencies.get(conflict.agency_id or (seat.agency_id if seat else None), panel.code)
        yield Recusal(code, seat.role if seat else "member", refs[conflict.case_id])


def _slots(work: UnitOfWork, meeting: Meeting, codes: Mapping[int | None, str]) -> Mapping[int | None, set[str]]:
    found: dict[int | None, set[str]] = defaultdict(set)
    asked = work.find(Request, Request.meeting_id == meeting.id, col(Request.slot).is_(True), Request.status == "asked")
    for request in asked:
        found[request.case_id].add(codes[request.agency_id])
    return found


def _risk_items(work: UnitOfWork, meeting: Meeting) -> Sequence[Item]:
    query = select(Item).where(Item.meeting_id == meeting.id, Item.kind == "risk", col(Item.replaced_at).is_(None))
    return work.session.exec(query).all()
