"""Immigration enforcement is off: chair and victim service both agree, in any order, or it sees nothing; an invitation
is taken back at once (field reference 3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.people import asked_on
from storage.tables import Agency, Case, Request, Seat
from tests.commands.test_updates_office import invite
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of
from tests.desk import Desk

CASE, CODE = "MSP-26-0041", "HOIE"
CHAIR, VICTIM_SERVICE, THEIRS = "V.X.", "I.K.", "Q.Q."
pytestmark = pytest.mark.slow


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests, with an agency for immigration enforcement that nobody invited."""
    with desk_with_cases(tmp_path) as opened:
        user = opened.newcomer(THEIRS)
        with opened.work() as work:
            panel_id = opened.panel.id or 0
            agency = work.add(
                Agency(panel_id=panel_id, code=CODE, name="Enforcement", function="immigration", core=False)
            )
            work.session.flush()
            work.add(Seat(panel_id=panel_id, agency_id=agency.id, role="rep", user_id=user, since=work.now))
        opened.go_to(ASKED)
        yield opened


def on_case(desk: Desk) -> bool:
    with desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        return CODE in asked_on(work, case, meeting_of(desk, work))


def answer(desk: Desk, who: str, button: str) -> None:
    desk.stage.settle()
    desk.stage.press_in_message(who, "updates.invitations")
    desk.stage.press(who, button, block_id=f"{CASE} {CODE}")
    desk.stage.close(who)


@pytest.mark.parametrize("order", [(CHAIR, VICTIM_SERVICE), (VICTIM_SERVICE, CHAIR)])
def test_nothing_is_shown_before_both_agree_in_whatever_order(desk: Desk, order: tuple[str, str]) -> None:
    assert not on_case(desk)
    assert not invite(desk, CASE, CODE).errors
    assert not on_case(desk)
    answer(desk, order[0], "updates.agree")
    assert not on_case(desk)
    desk.stage.settle()
    assert not desk.seen_by(THEIRS)
    answer(desk, order[1], "updates.agree")
    assert on_case(desk)
    desk.stage.settle()
    assert desk.seen_by(THEIRS)


def test_one_who_does_not_agree_ends_it(desk: Desk) -> None:
    invite(desk, CASE, CODE)
    answer(desk, CHAIR, "updates.agree")
    answer(desk, VICTIM_SERVICE, "updates.decline")
    assert not on_case(desk)
    with desk.work() as work:
        (request,) = [row for row in work.find(Request) if row.status == "declined"]
        assert request.chair_agreed_by == desk.users[CHAIR]


def test_taken_back_it_is_off_the_case_at_once_and_is_agreed_to_anew(desk: Desk) -> None:
    invite(desk, CASE, CODE)
    answer(desk, CHAIR, "updates.agree")
    answer(desk, VICTIM_SERVICE, "updates.agree")
    assert on_case(desk)
    assert not invite(desk, CASE, CODE, "take_back").errors
    assert not on_case(desk)
    assert invite(desk, CASE, CODE, "take_back").errors
    assert invite(desk, CASE, "POL", "take_back").errors
    invite(desk, CASE, CODE)
    answer(desk, CHAIR, "updates.agree")
    assert not on_case(desk), "what was agreed before it was taken back does not count"


def test_without_somebody_of_the_victim_service_it_cannot_be_invited(desk: Desk) -> None:
    with desk.work() as work:
        agency = work.first(Agency, Agency.function == "victim_service")
        assert agency is not None
        for seat in work.find(Seat, Seat.agency_id == agency.id):
            seat.until = work.now
    assert "both agree" in str(invite(desk, CASE, CODE).errors)
    assert not on_case(desk)
