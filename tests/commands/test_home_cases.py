"""App Home: what cases leave waiting for somebody, each kind in one line with its day and the button that lists it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands.kit.about import About
from panel.codes import CaseStatus
from panel.codes.life import TransferStatus
from storage.tables import Case, Flag, FollowUp, Panel, Referral, Request, Transfer
from storage.work import UnitOfWork
from tests.commands import owed
from tests.commands.home_help import home, said, words
from tests.commands.life_desk import forged
from tests.desk import Desk, open_desk

COORDINATOR, CHAIR, POLICE, HEALTH, VICTIM_SERVICE = "Z.O.", "V.X.", "R.Y.", "B.X.", "I.K."
MARK = "1 file to mark after an end at panel; the first until Thursday 7 October 2027"
FOLLOW_UP = "1 follow-up to answer, due since Monday 5 October 2026"
OFFER = "1 case offered by another panel, since Wednesday 7 October 2026"
INVITED = "1 invitation to one case waits for your answer, for the panel on Wednesday 14 October 2026"
LATE = "1 late referral waits for your decision: the panel on Wednesday 14 October 2026, or the next"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-10-07T10:00:00+01:00") as made:
        yield made


def ended(work: UnitOfWork, number: int = 1) -> int:
    case = owed.case(work, number)
    case.status, case.ended_at = CaseStatus.CLOSED, work.now
    assert case.id is not None
    return case.id


def flag(work: UnitOfWork, case_id: int, until: str, *, marked: bool = False) -> None:
    agency = owed.agency(work, "POL").id
    assert agency is not None
    work.add(
        Flag(
            case_id=case_id, agency_id=agency, until=date.fromisoformat(until), set_at=work.now if marked else None,
            set_by="U1" if marked else None,
        )
    )  # fmt: skip


def press(desk: Desk, who: str, action_id: str) -> str:
    """Press the one button of this name on somebody's tab, and read what opens."""
    blocks = [b for b in home(desk, who)["blocks"] if b.get("accessory", {}).get("action_id") == action_id]
    assert len(blocks) == 1
    view = desk.workspace.press(desk.users[who], action_id, home=True).view
    assert view is not None
    return "\n".join(words(block) for block in view["blocks"] if "text" in block)


def test_an_agency_reads_which_files_to_mark_until_it_has_and_nobody_else_does(desk: Desk) -> None:
    with desk.work() as work:
        flag(work, ended(work), "2027-10-07")
    assert MARK in said(home(desk, POLICE))
    for who in (COORDINATOR, CHAIR, HEALTH, VICTIM_SERVICE):
        assert MARK not in said(home(desk, who))
    assert press(desk, POLICE, "life.waits") == "*C-1* · marked until Thursday 7 October 2027"
    desk.stage.press(POLICE, "life.flag.open")
    desk.stage.press(POLICE, "life.flag.set")
    assert MARK not in said(home(desk, POLICE))


def test_a_mark_that_ends_within_the_month_is_looked_at_again(desk: Desk) -> None:
    with desk.work() as work:
        flag(work, ended(work, 1), "2026-11-02", marked=True)
        flag(work, ended(work, 2), "2026-12-24", marked=True)
    assert "1 mark on your files ends soon, the first on Monday 2 November 2026" in said(home(desk, POLICE))


@pytest.mark.parametrize("held", ["open again", "on hold"])
def test_nothing_waits_on_a_case_that_is_open_again_or_on_hold(desk: Desk, held: str) -> None:
    with desk.work() as work:
        case = work.get(Case, ended(work))
        flag(work, case.id or 0, "2027-10-07")
        if held == "on hold":
            case.hold_at = work.now
        else:
            case.status = CaseStatus.REOPENED
    assert MARK not in said(home(desk, POLICE))


def test_the_numbers_of_the_follow_up_wait_from_their_day_on(desk: Desk) -> None:
    with desk.work() as work:
        case_id = ended(work)
        work.add(FollowUp(case_id=case_id, months=6, due=date(2026, 10, 5)))
        work.add(FollowUp(case_id=case_id, months=12, due=date(2026, 10, 8)))
    assert FOLLOW_UP in said(home(desk, COORDINATOR)) and FOLLOW_UP not in said(home(desk, CHAIR))
    assert "due since Monday 5 October 2026" in press(desk, COORDINATOR, "life.waits")
    with desk.work() as work:
        owed.recuse(work, work.get(Case, case_id), desk.users[COORDINATOR])
    assert FOLLOW_UP not in said(home(desk, COORDINATOR)) and FOLLOW_UP in said(home(desk, CHAIR))


def test_a_case_that_another_panel_offers_waits_until_it_is_answered(desk: Desk) -> None:
    with desk.work() as work:
        ours = owed.the_panel(work)
        there = work.add(Panel(**{**ours.model_dump(exclude={"id", "channel_id", "wake_at"}), "code": "OVP"}))
        offered = Transfer(
            case_id=owed.case(work, 7, there).id or 0, to_panel_id=ours.id, status=TransferStatus.OFFERED, at=work.now,
            by_user="U1", pack={"ref": "C-7", "subject": "K-7", "items": [], "routes": [], "picture": {}},
        )  # fmt: skip
        row = work.add(offered).id
    assert OFFER in said(home(desk, COORDINATOR))
    assert OFFER not in said(home(desk, CHAIR)) and OFFER not in said(home(desk, POLICE))
    assert press(desk, COORDINATOR, "life.waits") == "*C-7* · offered on Wednesday 7 October 2026"
    with desk.work() as work:
        work.get(Transfer, row).status = TransferStatus.WITHDRAWN
    assert OFFER not in said(home(desk, COORDINATOR))


def test_an_invitation_waits_for_the_victim_service_and_for_the_chair_only_in_its_place(desk: Desk) -> None:
    with desk.work() as work:
        meeting, case = owed.meeting_on(work, "2026-10-14"), owed.case(work, 1)
        agency = owed.agency(work, "BAF").id
        assert meeting.id and case.id and agency
        work.add(Request(meeting_id=meeting.id, case_id=case.id, agency_id=agency, status="invited"))
    assert INVITED in said(home(desk, VICTIM_SERVICE))
    assert INVITED not in said(home(desk, CHAIR)) and INVITED not in said(home(desk, COORDINATOR))
    assert "BAF" in press(desk, VICTIM_SERVICE, "updates.invitations")
    with desk.work() as work:
        owed.recuse(work, work.get(Case, case.id), desk.users[VICTIM_SERVICE])
        for deputy in [user for name, user in desk.users.items() if name in _deputies(desk)]:
            owed.recuse(work, work.get(Case, case.id), deputy)
    assert INVITED not in said(home(desk, VICTIM_SERVICE)) and INVITED in said(home(desk, CHAIR))


def _deputies(desk: Desk) -> set[str]:
    return {each.deputy for each in desk.month.agencies if each.function == "victim_service" and each.deputy}


def test_a_late_referral_waits_for_the_chair_until_it_is_put_somewhere(desk: Desk) -> None:
    with desk.work() as work:
        owed.refer(work)
        (referral,) = work.find(Referral)
        referral.late = True
        key = referral.id
    assert LATE in said(home(desk, CHAIR)) and LATE not in said(home(desk, COORDINATOR))
    with desk.work() as work:
        work.get(Referral, key).meeting_id = owed.meeting_on(work, "2026-10-14").id
    assert LATE not in said(home(desk, CHAIR)), "it comes to that panel already"


def test_a_button_of_a_kind_that_is_not_known_or_of_another_panel_opens_nothing(desk: Desk) -> None:
    assert "no longer here" in forged(desk, POLICE, "life.waits", About(panel=1, code="nonsense"))
