"""A case that comes after the requests: the chair's urgent one joins the list, another waits, one is added by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands.updates.current import board_of, counts
from panel import refs
from panel.cycle import CutOff
from storage.tables import AuditRow, Case, Listing, Meeting, Notice, Panel, Referral, Request
from tests.commands.updates_desk import ASKED, asked, desk_with_cases, meeting_of, sit, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

CHAIR, COORDINATOR, REP, OTHER_REP = "V.X.", "Z.O.", "A.Z.", "D.U."
C41, C42, C43 = "MSP-26-0041", "MSP-26-0042", "MSP-26-0043"
ANSWERS = {
    "routes": ["PRISON_REL"], "whereabouts": "unknown", "victims": "1", "children": 0, "why": "x", "conflict": "no",
    "sharing": "yes",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests for six cases."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def refer(desk: Desk) -> str:
    desk.stage.command("N.B.", "/refer")
    found = re.search(refs.REFERRAL, str(desk.stage.submit("N.B.", ANSWERS, expect="view").view))
    assert found is not None
    desk.stage.close("N.B.")
    desk.stage.settle()
    return found[0]


def accept(desk: Desk, who: str = COORDINATOR) -> str:
    """Open the newest alert and accept; what is read then."""
    desk.stage.press_in_message(who, "referrals.triage.open")
    said = words(desk.stage.submit(who, {"outcome": "accepted", "case_ref": C43, "subject_ref": "K-043"}).view)
    desk.stage.settle()
    return said


def call_urgent(desk: Desk) -> None:
    desk.stage.press_in_message(CHAIR, "referrals.triage.open")
    desk.stage.press(CHAIR, "referrals.call_urgent")
    desk.stage.close(CHAIR)
    desk.stage.settle()


def told(desk: Desk, who: str, phrase: str) -> list[str]:
    return [text for text in desk.seen_by(who) if phrase in text]


def case_of(desk: Desk, ref: str) -> Case:
    with desk.work() as work:
        found = work.first(Case, Case.ref == ref)
        assert found is not None
        work.session.expunge(found)
        return found


def test_an_urgent_one_joins_the_list_and_every_agency_is_asked_about_it(desk: Desk) -> None:
    refer(desk)
    with desk.work() as work:
        before = counts(work, meeting_of(desk, work))[1]
    call_urgent(desk)
    said = accept(desk)
    assert "joins its list as version 2" in said and "14 October" in said
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        assert meeting.list_version == 2 and counts(work, meeting)[1] == before + 9
        pair = asked(desk, work, C43, "MH")
        assert (pair.listing.kind, pair.listing.imminent, pair.case.status) == ("new", True, "listed")
    (request,) = told(desk, REP, "more case")
    assert "*1 more case to answer*" in request and C43 in request and "9 October 2026 at 17:00" in request
    assert "List version 2 of 2 October" in request and "late" not in request
    assert not told(desk, REP, "Version 2 of the case list"), "one message, not two"
    (office,) = told(desk, COORDINATOR, "came on to the list")
    assert "send version 2" in office and "agenda" not in office
    assert f"*{C43}*" in words(desk.stage.command(COORDINATOR, "/panel", "board").view)
    assert C43 in words(sit(desk, REP).view)


def test_after_the_deadline_it_is_said_that_the_answer_counts_as_late(desk: Desk) -> None:
    refer(desk)
    call_urgent(desk)
    desk.go_to(desk.stage.cut_offs[CutOff.UPDATE_DEADLINE] + timedelta(minutes=30))
    accept(desk)
    (request,) = told(desk, REP, "more case")
    assert "Updates closed" in request and "counts as late" in request
    desk.stage.close(REP)
    desk.stage.command(REP, "/update")
    desk.stage.submit(REP, {"other": "Records", "list_version": "2", "no_link": ["yes"]})
    desk.stage.press(REP, "updates.no_trace", block_id=C43)
    with desk.work() as work:
        assert board_of(work, meeting_of(desk, work)).square(C43, "MH").late


def test_after_the_agenda_the_channel_and_the_coordinator_are_told(desk: Desk) -> None:
    refer(desk)
    call_urgent(desk)
    desk.go_to(desk.stage.cut_offs[CutOff.AGENDA_LOCKED] + timedelta(hours=1))
    assert "the channel is being told" in accept(desk)
    (line,) = [text for text in desk.in_channel() if "Since the agenda" in text]
    assert C43 in line
    (office,) = told(desk, COORDINATOR, "came on to the list")
    assert "issued without it" in office and "late paper" in office
    assert desk.stage.press_in_message(COORDINATOR, "updates.board.open").view is not None


def test_one_that_is_not_urgent_waits_and_the_coordinator_is_told(desk: Desk) -> None:
    with desk.work() as work:  # it came in time for the meeting, and triage was late
        meeting = meeting_of(desk, work)
        referral = Referral(
            panel_id=meeting.panel_id, meeting_id=meeting.id, by_user=desk.users["N.B."], at=work.now,
            ref="MSP-26-R-0301", routes=["MARAC"], answers={**ANSWERS, "urgent": None, "verified": None, "victims": 1},
        )  # fmt: skip
        work.add(referral)
        work.owe("alert", "referrals.alert", desk.users[CHAIR], panel_id=1, about={"referral": referral.id})
    desk.stage.settle()
    said = accept(desk, CHAIR)
    assert "not called urgent, so it waits" in said and "a new case for the panel on Wednesday 11 November 2026" in said
    (office,) = told(desk, COORDINATOR, "had gone out")
    assert C43 in office and "waits for the panel on Wednesday 11 November 2026" in office
    assert not told(desk, REP, C43)
    with desk.work() as work:
        following = work.first(Meeting, Meeting.day > desk.stage.panel_day, order=Meeting.day)
        assert following is not None and work.get(Referral, referral.id).meeting_id == following.id
        assert meeting_of(desk, work).list_version == 1


def test_one_referred_for_a_meeting_that_has_begun_goes_to_the_next(desk: Desk) -> None:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        referral = Referral(
            panel_id=meeting.panel_id, meeting_id=meeting.id, by_user=desk.users["N.B."], at=work.now, urgent=True,
            ref="MSP-26-R-0301", routes=["MARAC"], answers={**ANSWERS, "urgent": "x", "verified": None, "victims": 1},
        )  # fmt: skip
        work.add(referral)
        work.owe("alert", "referrals.alert", desk.users[CHAIR], panel_id=1, about={"referral": referral.id})
    desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
    assert "a new case for the panel on Wednesday 11 November 2026" in accept(desk, CHAIR)
    with desk.work() as work:
        assert meeting_of(desk, work).list_version == 1


# ---- added by hand


def add(desk: Desk, who: str, ref: str, why: str | None = "accepted_late") -> dict[str, str]:
    """The list's form with a case added; the sentences under its questions."""
    desk.stage.close(who)
    values = {"added": [str(case_of(desk, ref).id)]} | ({"why": why} if why else {})
    desk.stage.command(who, "/panel", "list")
    outcome = desk.workspace.submit(desk.users[who], values)
    desk.stage.settle()
    return outcome.errors


def waiting_case(desk: Desk, *, late: bool) -> None:
    """A case accepted, and not on the list."""
    with desk.work() as work:
        closed = desk.stage.cut_offs[CutOff.REFERRAL_DEADLINE]
        case = work.add(
            Case(panel_id=1, ref=C43, subject_ref="K-043", opened_at=work.now, status="accepted_waiting", picture={})
        )
        at = closed + timedelta(hours=1 if late else -1)
        work.add(Referral(panel_id=1, by_user="U1", at=at, ref="MSP-26-R-0301", status="accepted", case_id=case.id))


def test_the_coordinator_adds_a_case_for_a_reason(desk: Desk) -> None:
    waiting_case(desk, late=False)
    sit(desk, REP)
    desk.stage.press(REP, "updates.no_trace", block_id=C41)
    assert "Say why" in add(desk, COORDINATOR, C43, None)["why"]
    assert "Only the chair calls a case urgent" in add(desk, COORDINATOR, C43, "urgent")["why"]
    assert add(desk, COORDINATOR, C43) == {}
    assert len(told(desk, REP, "*1 more case to answer*")) == 1
    with desk.work() as work:
        assert meeting_of(desk, work).list_version == 2
        assert asked(desk, work, C41, "MH").complete and not asked(desk, work, C43, "MH").complete
        (listed,) = work.find(AuditRow, AuditRow.verb == "listed late")
        assert listed.details == {"reason": "accepted_late"}
        assert listed.case_id == asked(desk, work, C43, "MH").case.id
    view = desk.stage.command(COORDINATOR, "/panel", "list").view
    assert view is not None and not [block for block in view["blocks"] if block.get("block_id") == "added"]


def test_a_late_referral_is_added_by_the_chair_alone(desk: Desk) -> None:
    waiting_case(desk, late=True)
    assert "unless the chair calls it urgent" in add(desk, COORDINATOR, C43, "new_risk")["added"]
    assert add(desk, CHAIR, C43, "urgent") == {}
    with desk.work() as work:
        assert asked(desk, work, C43, "MH").listing.imminent
    assert told(desk, COORDINATOR, "send version 2")


def test_there_is_room_for_so_many_and_none_once_it_has_begun(desk: Desk) -> None:
    waiting_case(desk, late=False)
    with desk.work() as work:
        panel = work.first(Panel)
        assert panel is not None
        panel.settings = panel.settings | {"capacity": {"max_cases": 6, "max_new": 3, "live_cohort_target": 20}}
    assert "room for 6 cases" in add(desk, COORDINATOR, C43)["added"]
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "list")
    desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
    late = desk.workspace.submit(
        desk.users[COORDINATOR], {"added": [str(case_of(desk, C43).id)], "why": "accepted_late"}
    )
    assert "The meeting has begun" in late.errors["added"]


def test_a_second_catch_up_asks_nothing_twice(desk: Desk) -> None:
    waiting_case(desk, late=False)
    add(desk, COORDINATOR, C43)
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "list")
    desk.stage.submit(COORDINATOR, {})
    desk.stage.settle()
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        assert meeting.list_version == 3
        requests = work.find(Request, Request.meeting_id == meeting.id)
        assert len({(row.case_id, row.agency_id) for row in requests}) == len(requests)
        assert len(work.find(Listing, Listing.meeting_id == meeting.id)) == 7
        to_rep = [n for n in work.find(Notice) if n.to == desk.users[REP] and n.kind == "updates.added"]
        assert len(to_rep) == 1
