"""What people are told of a case's life in Slack: a reference, a date or a count, and a button. Nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlmodel import col

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.meetings import today
from commands.kit.notices import Rendered, say
from commands.kit.people import recused_on
from commands.kit.service import Service
from commands.life.ending import is_decided, missing, needs_view
from commands.life.receive import LINK
from commands.life.transfer import OPEN
from panel.codes import CaseStatus
from storage.outbox import Owed
from storage.tables import AuditRow, Case, Flag, FollowUp, Panel, Transfer
from storage.work import UnitOfWork

Renderer = Callable[[Service, UnitOfWork, Owed], Rendered | None]
A_DAY = timedelta(days=1)


def reviews_moved(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Reviews whose day passed without one, and stand for the next meeting now: by reference, in one message."""
    panel = work.get(Panel, owed.panel_id)
    day = date.fromisoformat(owed.about["day"])
    rows = work.find(
        AuditRow, AuditRow.panel_id == panel.id, AuditRow.verb == "review_moved", AuditRow.at <= work.now,
        col(AuditRow.at) > work.now - 4 * A_DAY, order=AuditRow.seq,
    )  # fmt: skip
    ids = {row.case_id for row in rows if today(panel, row.at) == day}
    cases = [case for case in work.rows(Case, id=ids) if case.next_review is not None] if ids else []
    if not cases:
        return None
    text = service.words("life/reviews_moved", pairs=[(case.ref, case.next_review) for case in cases])
    return say(text, button("Open a case", "life.choose", About(panel=panel.id)))


def forward(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """A case comes forward. Not sent once its review was set otherwise."""
    case = work.get(Case, owed.about["case"])
    day = date.fromisoformat(owed.about["review"])
    if case.next_review != day:
        return None
    return say(service.words("life/forward", case=case, day=day), _open(case))


def end_record(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The record of an end is not complete."""
    case = work.get(Case, owed.about["case"])
    if not (_ended(case) or is_decided(case)) or not missing(case):
        return None
    return say(service.words("life/end_record", case=case), _open(case))


def view_asked(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The victim service is asked how the victim is."""
    case = work.get(Case, owed.about["case"])
    if not (_ended(case) or is_decided(case)) or not needs_view(case):
        return None
    about = About(panel=case.panel_id, case=case.id)
    return say(service.words("life/view_asked", case=case), button("Open", "life.view.open", about))


def flag(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """An agency marks its own file. Not sent once it has said that it did."""
    row = work.get(Flag, owed.about["flag"])
    case = work.get(Case, row.case_id)
    if row.set_at is not None or not _ended(case):
        return None
    text = service.words("life/flag", case=case, day=row.until, in_place=owed.about["in_place"])
    return say(text, button("Open", "life.flag.open", About(panel=case.panel_id, row=row.id)))


def flag_ends(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The months of a mark are over."""
    row = work.get(Flag, owed.about["flag"])
    case = work.get(Case, row.case_id)
    if not _ended(case) or not owed.name.startswith(f"life.flag_ends:{row.id}:{row.until}:"):
        return None
    return say(service.words("life/flag_ends", case=case, day=row.until, in_place=owed.about["in_place"]))


def follow_up(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Three numbers are asked for. Not sent once they were given, or the case is open again."""
    row = work.get(FollowUp, owed.about["follow_up"])
    case = work.get(Case, row.case_id)
    if row.numbers is not None or not _ended(case):
        return None
    text = service.words("life/follow_up", case=case, number=row.months)
    return say(text, button("Open", "life.follow_up.open", About(panel=case.panel_id, row=row.id)))


def death(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Chair and coordinator telephone."""
    case = work.get(Case, owed.about["case"])
    return say(service.words("life/death_told", case=case), _open(case))


def offered(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Another panel offers a case. Not sent once it was taken back."""
    transfer = work.get(Transfer, owed.about["transfer"])
    if transfer.status not in OPEN or owed.to in recused_on(work, transfer.case_id):
        return None
    case = work.get(Case, transfer.case_id)
    about = About(panel=transfer.to_panel_id, row=transfer.id)
    link = button(LINK, "life.transfer.link", about, ask="The offered case is closed to you from this moment.")
    return say(service.words("life/offered", case=case), button("Open", "life.transfer.receive", about), link)


def transfer_answered(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The other panel has opened, accepted or refused it: which, is read in the record."""
    case = work.get(Case, work.get(Transfer, owed.about["transfer"]).case_id)
    return say(service.words("life/transfer_answered", case=case), _open(case))


KINDS: dict[str, Renderer] = {
    "life.reviews_moved": reviews_moved,
    "life.forward": forward,
    "life.end_record": end_record,
    "life.view_asked": view_asked,
    "life.flag": flag,
    "life.flag_ends": flag_ends,
    "life.follow_up": follow_up,
    "life.death": death,
    "life.offered": offered,
    "life.transfer_answered": transfer_answered,
}
AT_ANY_HOUR = {"life.death"}


def _ended(case: Case) -> bool:
    return case.status == CaseStatus.CLOSED and case.hold_at is None


def _open(case: Case) -> dict[str, object]:
    return button("Open", "cases.open", About(panel=case.panel_id, case=case.id))
