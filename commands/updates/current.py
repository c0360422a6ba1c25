"""Where the returns of a meeting stand: who was asked about what, and what has come. Later journeys read it here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from commands.kit.cover import there
from commands.kit.meetings import cut_offs_of, in_work, listed, today
from commands.kit.people import REPRESENTS, agencies_by_id, recused_from, seats_of
from panel.codes import ReturnKind
from panel.cycle import CutOff
from panel.returns import Board, Received, board
from storage.tables import Agency, Case, Listing, Meeting, Panel, Request, Return
from storage.work import NotThere, UnitOfWork

WITHDRAWN = "withdrawn"  # a version of a return that takes back what stood before it

TELLING = (ReturnKind.INFORMATION, ReturnKind.DECLINED_TO_SHARE)  # there is something, whether it is shared or not

BEHIND = (
    select(Listing, Case, Agency)
    .select_from(Request)
    .join(Listing, (col(Listing.meeting_id) == Request.meeting_id) & (col(Listing.case_id) == Request.case_id))
    .join(Case, col(Case.id) == Request.case_id)
    .join(Agency, col(Agency.id) == Request.agency_id)
    .where(Request.id == bindparam("request"))
)
_later = aliased(Return)
LAST_VERSIONS = select(Return).where(
    col(Return.request_id).in_(bindparam("requests", expanding=True)),
    ~exists().where(col(_later.request_id) == Return.request_id, col(_later.version) > Return.version),
)


@dataclass(frozen=True)
class Asked:
    """One agency asked about one case, with the last version of its return: an undo is one too."""

    request: Request
    listing: Listing
    case: Case
    agency: Agency
    last: Return | None

    @property
    def current(self) -> Return | None:
        """The return that counts; None when nothing has come, or all was taken back."""
        return None if self.last is None or self.last.kind == WITHDRAWN else self.last

    @property
    def kind(self) -> ReturnKind | None:
        """What the agency answered."""
        return ReturnKind(self.current.kind) if self.current else None

    @property
    def next_version(self) -> int:
        """Of the next return."""
        return self.last.version + 1 if self.last else 1

    @property
    def complete(self) -> bool:
        """Whether nothing more is owed."""
        return self.kind is not None and self.kind.complete


def answering(work: UnitOfWork, panel: Panel) -> Meeting:
    """The meeting for which updates are being collected: the next one whose requests are out, even while the
    record of the one before it is still open; else the one in work. Raises NoMeeting."""
    found = work.first(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status == "planned",
        col(Meeting.requests_sent_at).is_not(None), Meeting.day >= today(panel, work.now), order=Meeting.day,
    )  # fmt: skip
    return found or in_work(work, panel)


def pairs(work: UnitOfWork, meeting: Meeting, agency: Agency | None = None) -> list[Asked]:
    """Every pair that has been asked (of one agency), case by case in the order of the list. Invitations that
    wait for the victim service and agencies left out are not among them."""
    of_agency = {} if agency is None else {"agency_id": agency.id}
    requests = [
        request
        for request in work.rows(Request, meeting_id=meeting.id, status="asked", **of_agency)
        if request.asked_at is not None
    ]
    sent = _last(work, [request.id for request in requests])
    agencies = agencies_by_id(work, meeting.panel_id)
    by_case: dict[int, list[Request]] = {}
    for request in requests:
        by_case.setdefault(request.case_id, []).append(request)
    return [
        Asked(request, listing, case, agencies[request.agency_id], sent.get(request.id))
        for listing, case in listed(work, meeting)
        for request in by_case.get(listing.case_id, ())
    ]


def asked_of(work: UnitOfWork, request: Request) -> Asked:
    """The pair behind a request. Raises NotThere when its case is not on the list."""
    found = work.session.exec(BEHIND, params={"request": request.id}).first()
    if found is None:
        raise NotThere(f"request {request.id} is not listed")
    return Asked(request, *found, _last(work, [request.id]).get(request.id))


def current_return(work: UnitOfWork, request: Request) -> Return | None:
    """The return that counts for a request; None when nothing has come, or all was taken back."""
    last = _last(work, [request.id]).get(request.id)
    return None if last is None or last.kind == WITHDRAWN else last


def informed(work: UnitOfWork, meeting: Meeting) -> frozenset[int]:
    """The cases (by id) on which an agency has sent information for this meeting, or holds some that it can't share."""
    told = (
        select(Request.case_id)
        .join(Return, col(Return.request_id) == Request.id)
        .where(Request.meeting_id == meeting.id, Request.status == "asked", col(Return.kind).in_(TELLING))
        .where(~exists().where(col(_later.request_id) == Return.request_id, col(_later.version) > Return.version))
    )
    return frozenset(work.session.exec(told))


def outstanding(work: UnitOfWork, meeting: Meeting, agency: Agency | None = None) -> list[Asked]:
    """The pairs still owed: not yet returned, or unable to check."""
    return [pair for pair in pairs(work, meeting, agency) if not pair.complete]


def counts(work: UnitOfWork, meeting: Meeting) -> tuple[int, int]:
    """Returns in, of how many asked."""
    found = pairs(work, meeting)
    return sum(pair.complete for pair in found), len(found)


def answered_by(work: UnitOfWork, found: Sequence[Asked], since: int) -> frozenset[int | None]:
    """Of these pairs, the requests that were answered when return `since` (a row id) was the newest."""
    asked = [pair.request.id for pair in found]
    then = {each.request_id: each.kind for each in work.rows(Return, request_id=asked) if (each.id or 0) <= since}
    return frozenset(key for key, kind in then.items() if kind != WITHDRAWN and ReturnKind(kind).complete)


def deadline_of(work: UnitOfWork, meeting: Meeting) -> datetime:
    """When updates close; the meeting's start where the panel has no such cut-off."""
    return cut_offs_of(work, meeting).get(CutOff.UPDATE_DEADLINE, meeting.starts_at)


def board_of(work: UnitOfWork, meeting: Meeting, found: Sequence[Asked] | None = None) -> Board:
    """The return board, by case reference and agency code."""
    found = pairs(work, meeting) if found is None else found
    sent = _standing(work, [pair.request.id for pair in found])
    received = [
        Received(pair.case.ref, pair.agency.code, ReturnKind(each.kind), each.at)
        for pair in found
        for each in sent.get(pair.request.id, ())
    ]
    return board([(pair.case.ref, pair.agency.code) for pair in found], received, deadline_of(work, meeting))


def by_answerer(work: UnitOfWork, panel_id: int, found: Iterable[Asked]) -> Mapping[str | None, list[Asked]]:
    """The pairs by the person who answers them: the representative, or the deputy where there is none or the case is
    closed to them; whoever stands in while they are away. None where nobody is there, and the coordinator has to
    know."""
    seats = {(seat.agency_id, seat.role): seat.user_id for seat in seats_of(work, panel_id)}
    closed = recused_from(work, panel_id)
    people: dict[str | None, list[Asked]] = {}
    for pair in found:
        shut, agency_id = closed[pair.listing.case_id], pair.agency.id
        held = [user for role in REPRESENTS if (user := seats.get((agency_id, role))) and user not in shut]
        able = (there(work, panel_id, user, agency_id, shut) for user in held)
        people.setdefault(next((user for user in able if user), None), []).append(pair)
    return people


def _last(work: UnitOfWork, requests: Sequence[int | None]) -> Mapping[int | None, Return]:
    found = work.session.exec(LAST_VERSIONS, params={"requests": requests}).all() if requests else ()
    return {each.request_id: each for each in found}


def _standing(work: UnitOfWork, requests: Sequence[int | None]) -> Mapping[int | None, list[Return]]:
    """The returns since the last undo, oldest first."""
    standing: dict[int | None, list[Return]] = {}
    for each in sorted(work.rows(Return, request_id=requests), key=lambda each: each.version):
        before = standing.get(each.request_id, [])
        standing[each.request_id] = [] if each.kind == WITHDRAWN else [*before, each]
    return standing
