"""Alerts: somebody opens many cases in a short while, or is refused again and again (field reference 11.2).

Looked at when a press or a command has just been written to the log, in that very transaction: the alert and what
caused it are kept together, or neither.
"""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, func, select

from commands.audit.words import SEEN
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.blocks import button
from commands.kit.meetings import settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.people import holder, person_on
from commands.kit.service import Service
from panel.access import Person
from panel.codes import Role
from panel.watching import AN_HOUR, Limits, limits_of
from storage.outbox import Owed
from storage.tables import AuditRow, Listing, Meeting, Panel, Seat
from storage.work import UnitOfWork

KIND = "audit.alert"
A_DAY = timedelta(hours=24)
VIEWS, REFUSALS = "views", "refusals"
TOLD = "alerted"


def look(work: UnitOfWork, panel: Panel, user: str) -> None:
    """Whether what this person opened, or was refused, of late is worth a word; told once a day for each."""
    rows = work.told()
    read = any(row["allowed"] and row["case_id"] is not None and row["verb"] in SEEN for row in rows)
    refused = not all(row["allowed"] for row in rows)
    if read or refused:
        work.close()  # so that what they did just now counts
    for what, happened, count in ((VIEWS, read, _views), (REFUSALS, refused, _refusals)):
        if happened and not _told_of_late(work, panel, user, what):
            watch = settings_of(panel).watch
            many = count(work, panel, user, limits_of(watch, office=False))
            if many and _is_office(person_on(work, panel, user)):
                many = count(work, panel, user, limits_of(watch, office=True))
            if many:
                _tell(work, panel, user, what, many)


def _told_of_late(work: UnitOfWork, panel: Panel, user: str, what: str) -> bool:
    rows = (AuditRow.panel_id == panel.id, AuditRow.by_user == user, AuditRow.at > work.now - A_DAY)
    return work.first(AuditRow, *rows, AuditRow.verb == TOLD, AuditRow.thing == what) is not None


def _is_office(person: Person) -> bool:
    return person.is_chair or person.is_coordinator


def _views(work: UnitOfWork, panel: Panel, user: str, limits: Limits) -> int:
    """How many cases they opened, where that is more than is usual; those of the coming meeting are its preparation."""
    prepared = (
        select(Listing.case_id)
        .join(Meeting, col(Meeting.id) == Listing.meeting_id)
        .where(Meeting.panel_id == panel.id, Meeting.starts_at > work.now - A_DAY)
    )
    asked = select(func.count(func.distinct(AuditRow.case_id))).where(
        AuditRow.panel_id == panel.id, AuditRow.by_user == user, col(AuditRow.verb).in_(SEEN),
        col(AuditRow.allowed).is_(True), col(AuditRow.case_id).not_in(prepared),
    )  # fmt: skip
    for long, most in ((AN_HOUR, limits.views_hour), (A_DAY, limits.views_day)):
        many = work.session.exec(asked.where(AuditRow.at > work.now - long)).one()
        if many > most:
            return many
    return 0


def _refusals(work: UnitOfWork, panel: Panel, user: str, limits: Limits) -> int:
    asked = select(func.count()).where(
        AuditRow.panel_id == panel.id, AuditRow.by_user == user, col(AuditRow.allowed).is_(False),
        AuditRow.at > work.now - AN_HOUR,
    )  # fmt: skip
    many = work.session.exec(asked).one()
    return many if many > limits.refusals_hour else 0


def _tell(work: UnitOfWork, panel: Panel, user: str, what: str, many: int) -> None:
    """The information-governance lead and the chair; never the one whom it is about."""
    assert panel.id is not None
    lead = holder(work, panel.id, Role.INFORMATION_GOVERNANCE)
    told = {*alerted(work, panel.id, Role.CHAIR, unless=user), *([lead] if lead else [])} - {user}
    day = today(panel, work.now).isoformat()
    seat = work.first(Seat, Seat.panel_id == panel.id, Seat.user_id == user)
    about = {"seat": seat.id if seat else None, "what": what, "many": many, "day": day}
    name = f"{KIND}:{panel.id}:{what}:{user}:{day}"
    new = [work.owe(f"{name}:{to}", KIND, to, panel_id=panel.id, about=about) for to in sorted(told)]
    if any(new):
        work.audit(TOLD, what, by=user, surface="audit", panel_id=panel.id, times=many)


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """How many, not which: who it was stands in the log, behind the button."""
    about = About(panel=owed.panel_id, row=owed.about["seat"], code="||")
    text = service.words("audit/alert", what=owed.about["what"], many=owed.about["many"])
    return say(text, button("Open the log", "audit.log.open", about))
