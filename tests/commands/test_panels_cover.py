"""Leave cover: the deputy stands in on the days that were given, and only on those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col

from commands.actions.cast import Cast
from commands.kit.about import load
from commands.updates.current import by_answerer, outstanding
from panel.codes import Role
from panel.ladder import Recipient
from storage.tables import Action, Agency, Panel, Seat
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

COORDINATOR, REP, DEPUTY = "Z.O.", "A.Z.", "U.F."  # of MH


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """1 October, the day before the requests."""
    with desk_with_cases(tmp_path) as desk:
        yield desk


def open_form(desk: Desk, code: str = "MH") -> None:
    """The form of an agency's representative."""
    view: Any = desk.stage.command(COORDINATOR, "/panel", "people").view
    block = next(b for b in view["blocks"] if f"*{code}*" in b.get("text", {}).get("text", ""))
    chosen = next(o for o in block["accessory"]["options"] if (about := load(o["value"])) and about.code == Role.REP)
    desk.stage.press(COORDINATOR, "panels.agency", block_id=block["block_id"], value=chosen["value"])


def cover(desk: Desk, first: str | None, last: str | None, **answers: Any) -> dict[str, str]:
    """Days away for the representative; the sentences under the questions."""
    open_form(desk)
    outcome = desk.workspace.submit(desk.users[COORDINATOR], {"first": first, "last": last, **answers})
    desk.stage.settle()
    return outcome.errors


def told(desk: Desk, who: str, phrase: str) -> list[str]:
    return [text for text in desk.seen_by(who) if phrase in text]


def test_the_deputy_is_asked_and_reminded_while_standing_in(desk: Desk) -> None:
    assert cover(desk, "2026-10-01", "2026-10-08") == {}
    assert "away from 1 October to 8 October; the deputy stands in" in words(
        desk.workspace.see(desk.users[COORDINATOR])["view"]
    )
    assert len(told(desk, DEPUTY, "You stand in on panel MSP")) == 1
    assert len(told(desk, REP, "Your deputy stands in for you")) == 1
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


def test_a_cover_that_has_ended_is_told_and_gone(desk: Desk) -> None:
    cover(desk, "2026-10-01", "2026-10-08")
    desk.stage.close(COORDINATOR)
    assert cover(desk, None, None) == {}
    assert told(desk, DEPUTY, "has ended") and told(desk, REP, "has ended")
    desk.go_to(ASKED)
    assert told(desk, REP, "6 cases to answer") and not told(desk, DEPUTY, "to answer*")


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        ("2026-10-05", None, "last", "Choose both days"),
        ("2026-10-05", "2026-10-04", "last", "can't come before"),
        ("2026-09-01", "2026-09-30", "last", "from today on"),
    ],
)
def test_days_that_cannot_be_are_said_under_the_question(
    desk: Desk, first: str | None, last: str | None, field: str, said: str
) -> None:
    assert said in cover(desk, first, last)[field]


def test_without_a_deputy_nobody_stands_in(desk: Desk) -> None:
    cover(desk, "2026-10-01", "2026-10-08")
    desk.stage.close(COORDINATOR)
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "MH")
        assert agency is not None
        for seat in work.find(Seat, Seat.agency_id == agency.id, Seat.role == Role.DEPUTY, col(Seat.until).is_(None)):
            seat.until = work.now
    desk.go_to(ASKED)
    assert told(desk, REP, "6 cases to answer")
    assert "no deputy to stand in" in cover(desk, "2026-10-05", "2026-10-12")["first"]


def test_days_away_are_one_persons_and_do_not_pass_to_the_next(desk: Desk) -> None:
    cover(desk, "2026-10-01", "2026-10-08")
    desk.stage.close(COORDINATOR)
    newcomer = desk.workspace.add_user("newcomer")
    open_form(desk)
    assert desk.workspace.submit(desk.users[COORDINATOR], {"who": newcomer}).ok
    desk.stage.close(COORDINATOR)
    assert "Pick whoever is away" in cover(desk, "2026-10-05", "2026-10-12", who=None)["who"]
    desk.go_to(ASKED)
    assert [m for m in desk.workspace.messages(user=newcomer) if "6 cases to answer" in m["text"]]
