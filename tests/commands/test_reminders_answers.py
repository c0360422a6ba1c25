"""Answers inside the digest: each acts once, from however old a message, and the message is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.reminders.listed import ANSWER, ANSWERS, IN_HAND, MOST, TO_ACKNOWLEDGE
from panel.codes import ActionStatus
from storage.tables import Action, ActionMove, MoreTime, Notice
from tests.commands import owed
from tests.commands.owed import at
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow
MORNING = at("2026-09-22T09:00:00+01:00")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as made:
        with made.work() as work:
            for action in work.find(Action):
                action.status = ActionStatus.COMPLETE
        yield made


def late(desk: Desk, days: tuple[str, ...] = ("2026-09-21",), **told: Any) -> list[str]:
    """Overdue actions of the police, and their references; the digest of the day has come."""
    with desk.work() as work:
        one = owed.case(work, 90)
        refs = [owed.action(work, one, "POL", day, **told).ref for day in days]
    desk.go_to(MORNING)
    return refs


def digest(desk: Desk, who: str = "R.Y.") -> dict[str, Any]:
    (message,) = [m for m in desk.workspace.messages(user=desk.users[who]) if "what waits" in m["text"]]
    return message


def menus(message: dict[str, Any]) -> list[dict[str, Any]]:
    found = [block.get("accessory") or {} for block in message["blocks"]]
    return [menu for menu in found if menu.get("type") == "overflow"]


def choose(desk: Desk, label: str, message: dict[str, Any], expect: str = "view", which: int = 0) -> Any:
    """Choose an answer beside an action of this message, which may be old."""
    (value,) = [o["value"] for o in menus(message)[which]["options"] if o["text"]["text"] == label]
    place = {"channel": message["channel"], "ts": message["ts"]}
    blocks = [b["block_id"] for b in message["blocks"] if (b.get("accessory") or {}).get("type") == "overflow"]
    return desk.stage.press("R.Y.", ANSWER, expect=expect, value=value, block_id=blocks[which], **place)


def status(desk: Desk, ref: str) -> str:
    with desk.work() as work:
        (row,) = work.rows(Action, ref=ref)
        return row.status


def test_the_most_urgent_stand_first_each_with_its_answers_and_the_rest_is_counted(desk: Desk) -> None:
    days = ["2026-09-22", *(f"2026-09-{day:02}" for day in range(1, 19))]
    refs = late(desk, tuple(days))
    message = digest(desk)
    listed = [line for line in message["text"].splitlines() if line.startswith("*A-")]
    assert [line.split("*")[1] for line in listed] == refs[1 : MOST + 1]
    assert "and 9 more actions" in message["text"].splitlines()
    assert [option["text"]["text"] for option in menus(message)[0]["options"]] == [ANSWERS[c][0] for c in IN_HAND]
    assert len(menus(message)) == MOST and "9 more" in str(message["blocks"])


def test_what_is_to_be_acknowledged_is_acknowledged_in_one_press_and_only_once(desk: Desk) -> None:
    late(desk, status="open")
    message = digest(desk)
    assert "Report progress" in str(menus(message)[0])  # overdue by now: acknowledging is not what it needs
    with desk.work() as work:
        soon = owed.action(work, owed.found_case(work, 90), "POL", "2026-12-21", status="open").ref
    desk.go_to(at("2026-09-23T09:00:00+01:00"))
    message = digest(desk)
    assert [o["text"]["text"] for o in menus(message)[1]["options"]] == [ANSWERS[c][0] for c in TO_ACKNOWLEDGE]
    for _ in range(2):
        choose(desk, "Acknowledge", message, which=1)
        desk.stage.close("R.Y.")
    assert status(desk, soon) == "acknowledged"
    with desk.work() as work:
        assert [row.move for row in work.find(ActionMove, ActionMove.was == "open")] == ["acknowledge"]


def test_done_is_reported_once_and_the_line_goes_from_the_message_that_stands(desk: Desk) -> None:
    first, second = late(desk, ("2026-09-18", "2026-09-21"))
    before = digest(desk)
    choose(desk, "Done", before)
    desk.stage.submit("R.Y.", {"outcome": "done_effective"})
    desk.stage.settle()
    assert (status(desk, first), status(desk, second)) == ("reported_complete", "acknowledged")
    after = digest(desk)
    assert after["ts"] == before["ts"]
    assert first not in str(after) and second in after["text"] and "1 action is overdue" in after["text"]


def test_an_answer_from_an_older_message_acts_on_what_is_so_now(desk: Desk) -> None:
    (ref,) = late(desk)
    old = digest(desk)
    with desk.work() as work:
        (row,) = work.rows(Action, ref=ref)
        row.version += 3  # it was edited since
    shown = choose(desk, "Done", old)
    assert "What came of it?" in str(shown.view)
    desk.stage.submit("R.Y.", {"outcome": "done_effective"})
    assert status(desk, ref) == "reported_complete"


def test_two_forms_of_the_same_answer_count_once(desk: Desk) -> None:
    (ref,) = late(desk)
    message = digest(desk)
    choose(desk, "More time", message)
    with desk.work() as work:  # the deputy asked meanwhile
        (row,) = work.rows(Action, ref=ref)
        row.version += 1
    refused = desk.workspace.submit(desk.users["R.Y."], {"until": "2026-10-20", "reason": "waiting for the court"})
    assert refused.kind == "errors"
    with desk.work() as work:
        assert not work.find(MoreTime)


def test_not_mine_is_asked_once_more_and_goes_to_the_coordinator_once(desk: Desk) -> None:
    (ref,) = late(desk)
    message = digest(desk)
    asked = choose(desk, "Not mine", message)
    assert f"*{ref}* goes back to the coordinator" in str(asked.view)
    desk.stage.submit("R.Y.", {}, expect="view")
    with desk.work() as work:
        assert [row.move for row in work.find(ActionMove)][-1] == "not_mine"
        told = work.find(Notice, Notice.to == desk.users["Z.O."], Notice.kind == "actions.told")
        assert len(told) == 1


def test_when_the_last_line_is_answered_the_message_says_that_nothing_waits(desk: Desk) -> None:
    (ref,) = late(desk)
    message = digest(desk)
    choose(desk, "Done", message)
    desk.stage.submit("R.Y.", {"outcome": "done_effective"})
    desk.stage.settle()
    (text,) = [text for text in desk.seen_by("R.Y.") if text.startswith("*Tuesday 22 September 2026*: nothing waits")]
    assert ref not in text
    with desk.work() as work:
        assert [n.state for n in work.find(Notice, Notice.kind == "digest_anew")] == ["sent"]
        assert len(work.find(Notice, Notice.kind == "digest", Notice.to == desk.users["R.Y."])) == 1


def test_an_answer_that_cannot_be_given_any_more_shows_the_action_as_it_stands(desk: Desk) -> None:
    (ref,) = late(desk)
    message = digest(desk)
    with desk.work() as work:
        (row,) = work.rows(Action, ref=ref)
        row.status = ActionStatus.REPORTED_COMPLETE
    shown = choose(desk, "Done", message)
    assert f"Action {ref}" in str(shown.view["title"]) and "actions.done" not in str(shown.view)
