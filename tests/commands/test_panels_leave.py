"""Days away: entered by whoever is away or by the coordinator; on those days, and only then, somebody stands in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col

from commands.actions.cast import Cast
from commands.kit.about import About
from commands.kit.people import person_on
from commands.updates.current import by_answerer, outstanding
from panel.codes import Role
from panel.ladder import Recipient
from storage.tables import Action, Agency, Leave, Panel, Seat
from tests.commands.case_desk import forged
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

COORDINATOR, REP, DEPUTY = "Z.O.", "A.Z.", "U.F."  # of MH
OTHER = "T.G."  # of another agency


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """1 October, the day before the requests."""
    with desk_with_cases(tmp_path) as desk:
        yield desk


def mine(desk: Desk, first: str, last: str, who: str = REP, **answers: Any) -> dict[str, str]:
    """One's own days away, from `/panel me`; the sentences under the questions."""
    desk.stage.command(who, "/panel", "me")
    desk.stage.press(who, "panels.leave.add")
    outcome = desk.workspace.submit(desk.users[who], {"first": first, "last": last, **answers})
    desk.stage.settle()
    return outcome.errors


def for_them(desk: Desk, who: str, first: str, last: str, **answers: Any) -> dict[str, str]:
    """Somebody's days away, from the coordinator's list of people."""
    desk.stage.command(COORDINATOR, "/panel", "people")
    desk.stage.press(COORDINATOR, "panels.leaves")
    desk.stage.press(COORDINATOR, "panels.leave.add")
    given = {"who": desk.users[who], "first": first, "last": last, **answers}
    outcome = desk.workspace.submit(desk.users[COORDINATOR], given)
    desk.stage.settle()
    return outcome.errors


def told(desk: Desk, who: str, phrase: str) -> list[str]:
    return [text for text in desk.seen_by(who) if phrase in text]


def of_mh(desk: Desk, role: Role) -> list[Seat]:
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "MH")
        assert agency is not None
        return list(work.find(Seat, Seat.agency_id == agency.id, Seat.role == role, col(Seat.until).is_(None)))


def seat(desk: Desk, role: Role, user: str | None) -> None:
    """Give a role of MH to a user, or to nobody."""
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "MH")
        assert agency is not None
        for held in work.find(Seat, Seat.agency_id == agency.id, Seat.role == role, col(Seat.until).is_(None)):
            held.until = work.now
        if user:
            work.session.flush()
            work.add(Seat(panel_id=1, agency_id=agency.id, role=role, user_id=user, since=work.now))


def test_whoever_stands_in_is_asked_on_those_days_and_the_person_again_after(desk: Desk) -> None:
    assert mine(desk, "2026-10-01", "2026-10-08") == {}
    seen = words(desk.workspace.see(desk.users[REP])["view"])
    assert "Away from *1 October* to *8 October*." in seen and f"<@{desk.users[DEPUTY]}> stands in." in seen
    assert len(told(desk, DEPUTY, "You stand in on panel MSP from 1 October to 8 October")) == 1
    assert not told(desk, REP, "away on panel"), "who entered it knows"
    desk.go_to(ASKED)
    assert told(desk, DEPUTY, "6 cases to answer") and not told(desk, REP, "to answer*")
    with desk.work() as work:
        action, panel, agency = work.first(Action), work.first(Panel), work.first(Agency, Agency.code == "MH")
        assert action is not None and panel is not None and agency is not None
        action.owner_id, action.assignee = agency.id, None
        cast = Cast(work, panel)
        assert cast.owners(action) == [desk.users[DEPUTY]] == cast.holders(action, Recipient.REP)
        action.assignee = desk.users[REP]  # named, and away all the same
        assert cast.owners(action) == [desk.users[DEPUTY]] == cast.holders(action, Recipient.ASSIGNEE)
    desk.go_to(ASKED + timedelta(days=7))
    with desk.work() as work:
        theirs = by_answerer(work, 1, outstanding(work, meeting_of(desk, work)))
        assert desk.users[REP] in theirs and desk.users[DEPUTY] not in theirs, "the representative is back on the 9th"
        assert Cast(work, work.get(Panel, 1)).owners(work.get(Action, action.id)) == [desk.users[REP]]


def test_the_coordinator_enters_it_for_others_and_all_are_told(desk: Desk) -> None:
    assert for_them(desk, REP, "2026-10-01", "2026-10-08") == {}
    assert len(told(desk, REP, "You are entered as away on panel MSP from 1 October to 8 October")) == 1
    assert len(told(desk, DEPUTY, "You stand in")) == 1
    seen = words(desk.workspace.see(desk.users[COORDINATOR])["view"])
    assert f"<@{desk.users[REP]}>: away from *1 October* to *8 October*" in seen
    desk.stage.press(COORDINATOR, "panels.leave.take_back")
    desk.stage.settle()
    assert told(desk, DEPUTY, "taken back") and told(desk, REP, "goes to you again")
    desk.go_to(ASKED)
    assert told(desk, REP, "6 cases to answer") and not told(desk, DEPUTY, "to answer*")


def test_who_comes_back_sooner_was_away_until_yesterday(desk: Desk) -> None:
    mine(desk, "2026-10-01", "2026-10-20")
    desk.stage.close(REP)
    desk.go_to(ASKED)
    assert told(desk, DEPUTY, "6 cases to answer")
    desk.stage.command(REP, "/panel", "me")
    desk.stage.press(REP, "panels.leave.take_back")
    with desk.work() as work:
        (row,) = work.find(Leave)
        assert (str(row.first), str(row.last), row.ended_at) == ("2026-10-01", "2026-10-01", None)
        theirs = by_answerer(work, 1, outstanding(work, meeting_of(desk, work)))
        assert desk.users[REP] in theirs and desk.users[DEPUTY] not in theirs


def test_somebody_else_of_the_agency_can_be_named_and_may_then_do_what_a_deputy_may(desk: Desk) -> None:
    lead = desk.newcomer("lead")
    seat(desk, Role.LEAD, lead)
    wrong = mine(desk, "2026-10-01", "2026-10-08", deputy=desk.users[OTHER])
    assert "same agency" in wrong["deputy"]
    assert desk.workspace.submit(desk.users[REP], {"deputy": desk.users[REP]}).errors.keys() == {"deputy"}
    with desk.work() as work:
        assert not person_on(work, work.get(Panel, 1), lead).agencies
    assert desk.workspace.submit(desk.users[REP], {"deputy": lead}).ok
    desk.go_to(ASKED)
    assert [m for m in desk.workspace.messages(user=lead) if "6 cases to answer" in m["text"]]
    assert not told(desk, DEPUTY, "to answer*")
    with desk.work() as work:
        assert person_on(work, work.get(Panel, 1), lead).agencies == {"MH"}
    desk.go_to(ASKED + timedelta(days=7))
    with desk.work() as work:
        assert not person_on(work, work.get(Panel, 1), lead).agencies, "on those days alone"


def test_a_deputy_who_is_away_too_passes_on_and_a_loop_ends_at_the_coordinator(desk: Desk) -> None:
    lead = desk.newcomer("lead")
    seat(desk, Role.LEAD, lead)
    mine(desk, "2026-10-01", "2026-10-08")
    mine(desk, "2026-10-01", "2026-10-08", DEPUTY, deputy=lead)
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "MH")
        action = work.first(Action)
        assert agency is not None and action is not None
        action.owner_id, action.assignee = agency.id, None
        panel = work.get(Panel, 1)
        assert Cast(work, panel).owners(action) == [lead]
        (theirs,) = (row for row in work.find(Leave) if row.user_id == desk.users[DEPUTY])
        theirs.deputy = desk.users[REP]
        work.session.flush()
        cast = Cast(work, panel)
        assert cast.owners(action) == [] and cast.holders(action, Recipient.REP) == []
        assert cast.doer(action) == desk.users[REP], "it stays theirs to do"
    desk.go_to(ASKED)
    assert told(desk, COORDINATOR, "nobody") and not told(desk, REP, "to answer*") + told(desk, DEPUTY, "to answer*")


def test_without_a_deputy_it_goes_to_the_coordinator_who_is_told_so(desk: Desk) -> None:
    seat(desk, Role.DEPUTY, None)
    assert mine(desk, "2026-10-01", "2026-10-08") == {}
    assert "Nobody stands in: it goes to the coordinator." in words(desk.workspace.see(desk.users[REP])["view"])
    assert len(told(desk, COORDINATOR, "Somebody is away on panel MSP")) == 1
    desk.go_to(ASKED)
    assert not told(desk, REP, "to answer*")


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        ("2026-10-05", "2026-10-04", "last", "can't come before"),
        ("2026-09-01", "2026-09-30", "last", "from today on"),
        ("2026-10-05", "2028-10-05", "last", "more than a year"),
    ],
)
def test_days_that_cannot_be_are_said_under_the_question(
    desk: Desk, first: str, last: str, field: str, said: str
) -> None:
    assert said in mine(desk, first, last)[field]


def test_nobody_changes_the_days_of_somebody_else_but_the_coordinator(desk: Desk) -> None:
    mine(desk, "2026-10-01", "2026-10-08")
    with desk.work() as work:
        (row,) = work.find(Leave)
    about = About(panel=1, row=row.id, version=1, code="own")
    for press in ("panels.leave.take_back", "panels.leave.change"):
        assert "Only the coordinator" in forged(desk, DEPUTY, press, about)
    with desk.work() as work:
        (row,) = work.find(Leave)
        assert row.ended_at is None and row.version == 1


def test_two_who_change_the_same_days_do_not_undo_each_other(desk: Desk) -> None:
    mine(desk, "2026-10-05", "2026-10-08")
    desk.stage.press(REP, "panels.leave.change")
    with desk.work() as work:
        (row,) = work.find(Leave)
        row.version += 1
    assert "changed" in str(desk.workspace.submit(desk.users[REP], {"last": "2026-10-09"}).errors)


def test_days_away_are_one_persons_and_do_not_pass_to_the_next(desk: Desk) -> None:
    mine(desk, "2026-10-01", "2026-10-08")
    newcomer = desk.newcomer("newcomer")
    seat(desk, Role.REP, newcomer)
    desk.go_to(ASKED)
    assert [m for m in desk.workspace.messages(user=newcomer) if "6 cases to answer" in m["text"]]
