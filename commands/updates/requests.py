"""The list goes out: every agency on a case is asked, and one message goes to each person who answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.kit.alerts import alerted
from commands.kit.meetings import listed, today
from commands.kit.people import agencies_of, represented
from commands.kit.sealing import sealed
from commands.updates.current import Asked, by_answerer, pairs
from commands.updates.listing import fill
from panel.codes import Code, Role
from storage.tables import Meeting, Panel, Request
from storage.work import UnitOfWork


class ListRoute(Code):
    """How the case list, which says who a reference is, reaches the agencies. Never through Slack."""

    SECURE_EMAIL = "secure_email", "The panel's secure e-mail list"
    SECURE_WORKSPACE = "secure_workspace", "The panel's secure shared folder"
    BY_HAND = "by_hand", "By hand"


def send(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """List the cases (unless the coordinator chose them by hand), ask every agency, owe the messages."""
    if meeting.list_version is None:
        waiting = fill(work, panel, meeting)
        _first_version(work, panel, meeting)
        _tell_of_waiting(work, panel, meeting, len(waiting))
    meeting.requests_sent_at = work.now
    ask_everybody(work, panel, meeting)
    tell(work, panel, meeting, pairs(work, meeting), why="list")
    work.audit("asked", f"meeting:{meeting.id}", panel_id=panel.id, pairs=len(pairs(work, meeting)))


def _first_version(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    meeting.list_version = 1
    meeting.list_date = today(panel, work.now)
    meeting.list_route = ListRoute.SECURE_EMAIL


def ask_everybody(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Request]:
    """A request to every core agency on every listed case, and to those whose invitation was agreed; answers those
    that had not been asked before."""
    assert meeting.id is not None
    fresh: list[Request] = []
    known = {(row.case_id, row.agency_id): row for row in work.find(Request, Request.meeting_id == meeting.id)}
    for _, case in listed(work, meeting):
        assert case.id is not None
        able = represented(work, panel.id, sealed(work, panel.id, case.id))
        for agency in agencies_of(work, panel):
            assert agency.id is not None
            if agency.code not in able:
                continue
            request = known.get((case.id, agency.id))
            if request is None and agency.core:
                request = work.add(Request(meeting_id=meeting.id, case_id=case.id, agency_id=agency.id))
            if request is not None and request.status == "asked" and request.asked_at is None:
                request.asked_at = work.now
                fresh.append(request)
    return fresh


def tell(
    work: UnitOfWork, panel: Panel, meeting: Meeting, asked: Sequence[Asked], *, why: str,
    kind: str = "updates.requested",
) -> None:  # fmt: skip
    """Owe each person who answers one message, and the coordinator one where nobody can. `why` makes it unique."""
    assert panel.id is not None
    for user, theirs in by_answerer(work, panel.id, asked).items():
        about = {"meeting": meeting.id}
        if user is not None:
            name = f"requested:{meeting.id}:{meeting.list_version}:{why}:{user}"
            these = [pair.request.id for pair in theirs]
            work.owe(name, kind, user, panel_id=panel.id, about=about | {"requests": these})
            continue
        for office in alerted(work, panel.id, Role.COORDINATOR):
            name = f"nobody:{meeting.id}:{meeting.list_version}:{why}"
            work.owe(name, "updates.nobody", office, panel_id=panel.id, about=about | {"pairs": len(theirs)})


def _tell_of_waiting(work: UnitOfWork, panel: Panel, meeting: Meeting, waiting: int) -> None:
    assert panel.id is not None
    about = {"meeting": meeting.id, "waiting": waiting}
    for office in alerted(work, panel.id, Role.COORDINATOR) if waiting else ():
        work.owe(f"waiting:{meeting.id}:{meeting.day}", "updates.waiting", office, panel_id=panel.id, about=about)


def stored(work: UnitOfWork, meeting: Meeting, case_id: int, agency_id: int) -> Request | None:
    """The request of a pair, whatever its status."""
    return work.first(
        Request, Request.meeting_id == meeting.id, Request.case_id == case_id, Request.agency_id == agency_id
    )


def undecided(work: UnitOfWork, panel: Panel) -> Sequence[Request]:
    """The invitations that wait for the victim service, oldest first."""
    ahead = [m.id for m in work.find(Meeting, Meeting.panel_id == panel.id, Meeting.status == "planned")]
    return work.find(Request, Request.status == "invited", col(Request.meeting_id).in_(ahead))
