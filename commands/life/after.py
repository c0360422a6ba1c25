"""What follows an end at panel: agencies' flags, three numbers some months later, and a record that is complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import col

from commands.kit.alerts import alerted, for_agency, of_service
from commands.kit.meetings import settings_of, today
from commands.kit.people import agencies_by_id
from commands.life.ending import missing, needs_view
from panel.codes import CaseStatus, Function, Role
from panel.life import months_after
from storage.tables import Agency, Case, Flag, FollowUp, Panel, Request
from storage.work import UnitOfWork

A_WEEK = timedelta(days=7)


def follow(work: UnitOfWork, panel: Panel, case: Case, day: date) -> date | None:
    """Do what is due after a case's end; answers the next day on which something may be. Nothing follows a merge, a
    transfer or a death."""
    if case.status != CaseStatus.CLOSED or case.ended_at is None or case.hold_at is not None:
        return None
    ended = today(panel, case.ended_at)
    later = [*_flags(work, panel, case, ended, day), *_follow_ups(work, panel, case, ended, day)]
    if missing(case):
        ask_to_complete(work, case, day)
        later.append(day + A_WEEK)
    return min((each for each in later if each > day), default=None)


def agencies_on(work: UnitOfWork, case: Case) -> Sequence[Agency]:
    """Every agency that was ever asked about a case; the core agencies where nobody was yet."""
    asked = {row.agency_id for row in work.rows(Request, case_id=case.id, status="asked")}
    every = agencies_by_id(work, case.panel_id).values()
    return [agency for agency in every if (agency.id in asked if asked else agency.core)]


def flags_expiring(work: UnitOfWork, panel: Panel, until: date) -> Sequence[tuple[Flag, Case]]:
    """The flags that end up to a day, from today on, with their cases: for the agenda's cross-check."""
    day = today(panel, work.now)
    cases = {case.id: case for case in work.find(Case, Case.panel_id == panel.id)}
    flags = work.find(
        Flag, col(Flag.case_id).in_(list(cases)), Flag.until >= day, Flag.until <= until, order=Flag.until
    )
    return [(flag, cases[flag.case_id]) for flag in flags]


def _flags(work: UnitOfWork, panel: Panel, case: Case, ended: date, day: date) -> Iterable[date]:
    """Each agency is asked to mark its own file, and told when the mark ends."""
    assert case.id is not None
    until = months_after(ended, settings_of(panel).life.flag_months)
    known = {flag.agency_id: flag for flag in work.rows(Flag, case_id=case.id)}
    for agency in agencies_on(work, case) if until > day else ():
        assert agency.id is not None
        flag = known.get(agency.id)
        if flag is None:
            flag = known[agency.id] = work.add(Flag(case_id=case.id, agency_id=agency.id, until=until))
        elif flag.until < until:  # it ended once more: the file is marked anew
            flag.until, flag.set_by, flag.set_at = until, None, None
        _tell_agency(work, panel, case, agency, "life.flag", flag)
    for flag in known.values():
        if flag.until <= day and flag.set_by is not None:
            _tell_agency(work, panel, case, agencies_by_id(work, panel.id)[flag.agency_id], "life.flag_ends", flag)
    return [flag.until for flag in known.values()]


def _tell_agency(work: UnitOfWork, panel: Panel, case: Case, agency: Agency, kind: str, flag: Flag) -> None:
    for to, in_place in for_agency(work, agency, case.id).items():
        work.owe(
            f"{kind}:{flag.id}:{flag.until}:{to}", kind, to, panel_id=panel.id,
            about={"flag": flag.id, "in_place": in_place},
        )  # fmt: skip


def _follow_ups(work: UnitOfWork, panel: Panel, case: Case, ended: date, day: date) -> Iterable[date]:
    """Rows for the months that the panel has set; the coordinator is asked when their day has come."""
    assert case.id is not None
    known = {row.months: row for row in work.rows(FollowUp, case_id=case.id)}
    for months in settings_of(panel).life.follow_up_months:
        due = months_after(ended, months)
        if months not in known:
            known[months] = work.add(FollowUp(case_id=case.id, months=months, due=due))
        elif known[months].numbers is None:
            known[months].due = due
    open_ones = [row for row in known.values() if row.numbers is None]
    for row in open_ones:
        if row.due <= day:
            for to in alerted(work, case.panel_id, Role.COORDINATOR, case_id=case.id):
                work.owe(f"follow_up:{row.id}:{row.due}:{to}", "life.follow_up", to, panel_id=panel.id,
                         about={"follow_up": row.id})  # fmt: skip
    return [row.due for row in open_ones]


def ask_to_complete(work: UnitOfWork, case: Case, day: date) -> None:
    """Once a week, until the record of the end is complete: the coordinator; the victim service for its view."""
    week = day.strftime("%G-%V")
    for to in alerted(work, case.panel_id, Role.COORDINATOR, case_id=case.id):
        work.owe(f"end_record:{case.id}:{week}:{to}", "life.end_record", to, panel_id=case.panel_id,
                 about={"case": case.id})  # fmt: skip
    for to in of_service(work, case.panel_id, Function.VICTIM_SERVICE, case_id=case.id) if needs_view(case) else ():
        work.owe(f"victim_view:{case.id}:{week}:{to}", "life.view_asked", to, panel_id=case.panel_id,
                 about={"case": case.id})  # fmt: skip
