"""Where a menu can't hold the cases they are searched: by reference, by whoever may, and nothing typed is kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from commands.kit import searching
from commands.life.ended import A_GLANCE
from panel.life import ENDED
from storage.tables import Case, Conflict, Listing, Meeting
from tests.bench.years import Size, grow
from tests.commands.agenda_desk import desk_before_panel
from tests.commands.month_rows import meeting_of
from tests.desk import Desk

COORDINATOR, REP, STRANGER = "Z.O.", "N.B.", "S.O."
MENU = 100  # choices, by Slack's own limit


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_before_panel(tmp_path_factory.mktemp("search")) as made:
        grow(made, Size(cases=340, agencies=14, months=0))
        yield made


def cases(desk: Desk, *conditions: Any) -> list[str]:
    with desk.work() as work:
        return list(work.session.exec(select(Case.ref).where(*conditions).order_by(col(Case.ref))))


def find(desk: Desk, who: str, action: str, typed: str, block: str | None = None) -> list[str]:
    offered = desk.workspace.suggest(desk.users[who], block, action, typed).options
    return [option["text"]["text"] for option in offered or []]


def open_view(desk: Desk, who: str, word: str) -> dict[str, Any]:
    desk.stage.close(who)
    view = desk.stage.command(who, "/panel", word).view
    assert view is not None
    return view


def test_a_live_case_is_found_by_part_of_its_reference_and_opened(desk: Desk) -> None:
    view = open_view(desk, COORDINATOR, "case")
    assert "static_select" not in str(view) and "MSP-" not in str(view)
    assert len(find(desk, COORDINATOR, "cases.find", "")) == MENU
    assert find(desk, COORDINATOR, "cases.find", "24-1004") == ["MSP-24-1004 · K-1004"]
    assert find(desk, COORDINATOR, "cases.find", "k-1004") == ["MSP-24-1004 · K-1004"]
    assert find(desk, COORDINATOR, "cases.find", "%") == [], "a sign of the database's is a sign like any other"
    ended = cases(desk, col(Case.status).in_(sorted(ENDED)))[0]
    assert find(desk, COORDINATOR, "cases.find", ended) == []
    option = desk.workspace.suggest(desk.users[COORDINATOR], None, "cases.find", "24-1004").options
    assert option
    opened = desk.workspace.press(desk.users[COORDINATOR], "cases.find", value=option[0]["value"]).view
    assert "MSP-24-1004" in str(opened)


def test_of_many_ended_cases_the_last_are_listed_and_the_others_found(desk: Desk) -> None:
    ended = cases(desk, col(Case.status).in_(sorted(ENDED)))
    assert len(ended) > MENU
    with desk.work() as work:
        earlier, latest = (work.find(Case, Case.ref == ref)[0] for ref in ended[3:5])
        earlier.ended_at, latest.ended_at = work.now, work.now + timedelta(minutes=1)
        assert latest.id is not None
        closed = work.add(Conflict(case_id=latest.id, user_id=desk.users[COORDINATOR], declared_at=work.now))
    try:
        view = open_view(desk, COORDINATOR, "ended")
        assert f"{len(ended) - 1} cases" in str(view), "the one that is closed to them is not counted"
        (listed,) = [each["elements"][0] for each in view["blocks"] if "static_select" in str(each)]
        assert len(listed["options"]) == A_GLANCE and ended[3] in str(listed["options"][0])
        assert ended[4] not in str(listed)
        assert find(desk, COORDINATOR, "life.find_ended", ended[7])[0].startswith(ended[7])
        assert find(desk, COORDINATOR, "life.find_ended", ended[4]) == []
        assert find(desk, COORDINATOR, "life.find_ended", "24-1004") == []
    finally:
        with desk.work() as work:
            for row in work.rows(Conflict, id=closed.id):
                work.session.delete(row)


def test_a_closed_case_is_never_found(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-24-1007")
        assert case is not None and case.id is not None
        link = work.add(Conflict(case_id=case.id, user_id=desk.users[COORDINATOR], declared_at=work.now))
    try:
        open_view(desk, COORDINATOR, "case")
        assert find(desk, COORDINATOR, "cases.find", "24-1007") == []
        open_view(desk, COORDINATOR, "conflict")
        assert find(desk, COORDINATOR, "answer", "24-1007", "case") == []
    finally:
        with desk.work() as work:
            work.session.delete(work.get(Conflict, link.id))


def test_a_personal_link_is_declared_to_a_case_that_was_found(desk: Desk) -> None:
    open_view(desk, REP, "conflict")
    option = desk.workspace.suggest(desk.users[REP], "case", "answer", "24-1010").options
    assert option
    desk.stage.submit(REP, {"case": option[0]["value"], "kind": "knows", "sure": ["yes"]})
    with desk.work() as work:
        link = work.first(Conflict, Conflict.user_id == desk.users[REP])
        assert link is not None and work.get(Case, link.case_id).ref == "MSP-24-1010"


def test_a_case_is_added_to_the_list_by_its_reference(desk: Desk) -> None:
    assert "MSP-24-1013" not in str(open_view(desk, COORDINATOR, "list"))
    listed = cases(desk, col(Case.id).in_(select(Listing.case_id)))
    assert find(desk, COORDINATOR, "answer", listed[0], "added") == [], "it stands there already"
    assert find(desk, COORDINATOR, "answer", "24-1013", "added") == ["MSP-24-1013 · K-1013"]


def test_who_may_not_open_the_list_finds_nothing_in_it(desk: Desk) -> None:
    view = open_view(desk, COORDINATOR, "list")
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        assert work.get(Meeting, meeting.id).requests_sent_at is not None
    said: list[Any] = []
    for user in (desk.users[COORDINATOR], desk.users[REP], "U0NOBODY"):
        body = {
            "type": "block_suggestion", "team": {"id": desk.box.team_id}, "user": {"id": user}, "view": view,
            "action_id": "answer", "block_id": "added", "value": "24-1013",
        }  # fmt: skip
        searching.typed(desk.bot.service, body, lambda options: said.append(len(options)))
    assert said == [1, 0, 0]


def test_what_is_typed_is_not_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    open_view(desk, COORDINATOR, "case")
    with caplog.at_level(logging.DEBUG):
        assert find(desk, COORDINATOR, "cases.find", "somebodysname") == []
    assert "somebodysname" not in caplog.text
