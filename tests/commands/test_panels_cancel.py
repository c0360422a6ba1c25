"""What a cancelled meeting hands on: nothing that was agreed is lost, and nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands.kit.notices import Message
from commands.panels.cycle import add
from commands.updates.current import counts
from commands.updates.requests import send
from storage.outbox import Owed
from storage.tables import Action, Agency, Case, Listing, Meeting, Notice, Panel, Referral, Request
from storage.work import UnitOfWork
from tests.commands.updates_desk import ASKED, desk_with_cases, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

COORDINATOR, INVITED_REP, REP = "Z.O.", "S.O.", "A.Z."
C41, C33 = "MSP-26-0041", "MSP-26-0033"
NEXT = date(2026, 11, 11)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests for 14 October."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def on(work: UnitOfWork, day: date) -> Meeting:
    found = work.first(Meeting, Meeting.day == day)
    assert found is not None
    return found


def requests(work: UnitOfWork, day: date, ref: str, code: str) -> list[tuple[str, bool, str | None]]:
    """Status, slot and whose agreement, of a pair at a meeting."""
    case, agency = work.first(Case, Case.ref == ref), work.first(Agency, Agency.code == code)
    assert case is not None and agency is not None
    found = work.find(Request, Request.meeting_id == on(work, day).id)
    return [
        (row.status, row.slot, row.agreed_by) for row in found if (row.case_id, row.agency_id) == (case.id, agency.id)
    ]


def invite(desk: Desk, ref: str, code: str, status: str, *, asked: bool = False, slot: bool = False) -> None:
    with desk.work() as work:
        case, agency = work.first(Case, Case.ref == ref), work.first(Agency, Agency.code == code)
        assert case is not None and case.id and agency is not None and agency.id
        meeting = on(work, desk.stage.panel_day)
        known = work.first(
            Request, Request.meeting_id == meeting.id, Request.case_id == case.id, Request.agency_id == agency.id
        )
        row = known or work.add(Request(meeting_id=meeting.id or 0, case_id=case.id, agency_id=agency.id))
        row.status, row.slot, row.agreed_by = status, slot, "UVICTIM" if status == "asked" else None
        row.asked_at = work.now if asked or known else None


def cancel(desk: Desk, day: date | None = None) -> str:
    with desk.work() as work:
        chosen = str(on(work, day or desk.stage.panel_day).id)
    desk.stage.command(COORDINATOR, "/panel", "cancel")
    said = words(desk.stage.submit(COORDINATOR, {"meeting": chosen, "sure": ["yes"]}).view)
    desk.stage.close(COORDINATOR)
    desk.stage.settle()
    return said


def test_agreed_invitations_and_slots_go_to_the_next_meeting(desk: Desk) -> None:
    invite(desk, C41, "BAF", "asked", asked=True, slot=True)
    invite(desk, C33, "BAF", "invited")
    invite(desk, C41, "ICB", "asked", slot=True)
    said = cancel(desk)
    assert "6 listed cases go to the next one" in said and "3 invitations and slots go with it" in said
    assert "had not asked" not in said
    with desk.work() as work:
        assert requests(work, NEXT, C41, "BAF") == [("asked", True, "UVICTIM")]
        assert requests(work, NEXT, C33, "BAF") == [("invited", False, None)]
        assert requests(work, NEXT, C41, "ICB") == [("asked", True, "UVICTIM")]
        assert requests(work, NEXT, C41, "MH") == [], "a core agency is asked with the others"
        assert requests(work, desk.stage.panel_day, C41, "BAF"), "what it was asked stays where its answer is"
    (notice,) = [text for text in desk.in_channel() if "is cancelled" in text]
    assert "6 listed cases go there" in notice
    view = desk.stage.command(COORDINATOR, "/panel", "list").view
    assert C41 in words(view)


def test_where_the_requests_are_out_what_is_missing_is_asked_once(desk: Desk) -> None:
    with desk.work() as work:
        panel = work.first(Panel)
        assert panel is not None
        soon = add(work, panel, date(2026, 10, 16), date(2026, 10, 16))
        soon.list_version, soon.list_date, soon.list_route = 1, date(2026, 10, 2), "by_hand"
        soon.requests_sent_at = work.now
        case = work.first(Case, Case.ref == C33)
        assert case is not None and case.id
        work.add(Listing(meeting_id=soon.id or 0, case_id=case.id, kind="review"))
        for agency in work.find(Agency):
            if agency.core:
                row = Request(meeting_id=soon.id or 0, case_id=case.id, agency_id=agency.id or 0, asked_at=work.now)
                work.add(row)
    invite(desk, C41, "BAF", "asked", asked=True, slot=True)
    said = cancel(desk)
    assert "are out: what it had not asked is being asked now" in said
    with desk.work() as work:
        meeting = on(work, date(2026, 10, 16))
        assert meeting.list_version == 2 and counts(work, meeting)[1] == 6 * 9 + 1
        pairs = [(row.case_id, row.agency_id) for row in work.find(Request, Request.meeting_id == meeting.id)]
        assert len(pairs) == len(set(pairs))
        told = [n for n in work.find(Notice) if n.kind == "updates.added" and n.to == desk.users[REP]]
        assert len(told) == 1
    (request,) = [text for text in desk.seen_by(REP) if "more cases to answer" in text]
    assert "*5 more cases to answer*" in request and C33 not in request and "16 October" in request
    assert [text for text in desk.seen_by(INVITED_REP) if "*1 more case to answer*" in text and C41 in text]


def test_referrals_proposals_and_actions_go_with_it(desk: Desk) -> None:
    with desk.work() as work:
        meeting = on(work, desk.stage.panel_day)
        row = work.first(Listing, Listing.meeting_id == meeting.id)
        assert row is not None
        row.proposal, row.proposed_by = "transfer_out", "U1"
        case_id, following = row.case_id, on(work, NEXT)
        work.add(Listing(meeting_id=following.id or 0, case_id=case_id, kind="review"))
        for status in ("in_triage", "deferred", "accepted"):
            work.add(
                Referral(panel_id=1, meeting_id=meeting.id, by_user="U1", at=work.now, ref=f"R-{status}", status=status)
            )
        action = work.first(Action)
        assert action is not None
        action.meeting_id = meeting.id
    cancel(desk)
    with desk.work() as work:
        following = on(work, NEXT)
        there = work.first(Listing, Listing.meeting_id == following.id, Listing.case_id == case_id)
        assert there is not None and there.proposal == "transfer_out"
        assert {row.meeting_id for row in work.find(Referral)} == {following.id}
        assert work.get(Action, action.id).meeting_id == following.id


def test_what_was_handed_on_keeps_its_place_in_a_full_list(desk: Desk) -> None:
    with desk.work() as work:
        panel = work.first(Panel)
        assert panel is not None
        panel.settings = panel.settings | {"capacity": {"max_cases": 3, "max_new": 1, "live_cohort_target": 20}}
    assert "longer than the panel has room for" in cancel(desk)
    with desk.work() as work:
        following = on(work, NEXT)
        send(work, work.get(Panel, following.panel_id), following)
        assert len(work.find(Listing, Listing.meeting_id == following.id)) == 6
        assert not [n for n in work.find(Notice) if n.kind == "updates.waiting"]


def test_an_invitation_is_not_cancelled_into_nothing(desk: Desk) -> None:
    with desk.work() as work:
        for meeting in work.find(Meeting, Meeting.day > desk.stage.panel_day):
            meeting.status = "cancelled"
        for row in work.find(Listing):
            work.session.delete(row)
        chosen = str(on(work, desk.stage.panel_day).id)
    invite(desk, C41, "BAF", "asked")
    desk.stage.command(COORDINATOR, "/panel", "cancel")
    outcome = desk.workspace.submit(desk.users[COORDINATOR], {"meeting": chosen, "sure": ["yes"]})
    assert "Plan one with /panel schedule first" in outcome.errors["meeting"]


def told(desk: Desk, kind: str, **about: int | None) -> str | None:
    """What a message would say that was still waiting to be sent when the meeting was cancelled."""
    with desk.work() as work:
        notice = Owed(1, kind, kind, desk.panel.id, desk.users[REP], about, 1, False)
        found = desk.bot.service.notices[kind].render(work, notice)
    assert found is None or isinstance(found, Message)
    return found.text if found else None


def test_that_somebody_is_in_danger_is_told_though_the_meeting_is_off(desk: Desk) -> None:
    cancel(desk)
    with desk.work() as work:
        meeting, case = on(work, desk.stage.panel_day), work.first(Case, Case.ref == C41)
        assert case is not None
    said = told(desk, "updates.urgent", meeting=meeting.id, case=case.id)
    assert said is not None and C41 in said
    assert told(desk, "updates.remind", meeting=meeting.id) is None, "nobody is reminded for a meeting that is off"


def test_an_invitation_not_yet_told_of_is_told_for_the_next_meeting(desk: Desk) -> None:
    invite(desk, C33, "BAF", "invited")
    with desk.work() as work:
        meeting, agency = on(work, desk.stage.panel_day), work.first(Agency, Agency.code == "BAF")
        assert agency is not None
        (row,) = work.find(Request, Request.meeting_id == meeting.id, Request.agency_id == agency.id)
    cancel(desk)
    said = told(desk, "updates.invitation", meeting=meeting.id, request=row.id)
    assert said is not None and C33 in said and "11 November" in said
