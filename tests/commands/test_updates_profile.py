"""The police profile: before the others answer, at the head of the case, for whoever may read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.scenes.answering import press_answer
from commands.kit.about import About
from commands.kit.errors import NotAllowed
from commands.updates.profile import open_form
from sandbox.client import Outcome
from storage.tables import Case, Item
from tests.commands.seen import buttons
from tests.commands.seen import words as read
from tests.commands.updates_desk import ASKED, desk_with_cases, letter, sit
from tests.desk import Desk

C41 = "MSP-26-0041"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests have gone out."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def hub(desk: Desk, who: str) -> Outcome:
    sit(desk, who)
    return press_answer(desk.stage, who, "updates.sections.open", C41)


def write(desk: Desk, who: str = "R.Y.", **values: Any) -> Outcome:
    hub(desk, who)
    desk.stage.press(who, "updates.profile.open")
    return desk.workspace.submit(desk.users[who], {"body": "Two breaches in September", "readers": ["ALL"]} | values)


def about(desk: Desk) -> About:
    """What a button for the case says."""
    with desk.work() as work:
        case = work.first(Case, Case.ref == C41)
        assert case is not None
        return About(panel=desk.panel.id, case=case.id)


def seen(desk: Desk, who: str) -> str:
    """The profile as somebody finds it at the head of the case; nothing where it is not offered."""
    shown = hub(desk, who)
    assert "Two breaches" not in read(shown), "the head says that it is there, not what it says"
    if "updates.profile.read" not in buttons(shown):
        return ""
    return read(desk.stage.press(who, "updates.profile.read"))


@pytest.mark.parametrize(
    ("values", "readers"),
    [
        ({}, {"R.Y.", "T.G.", "B.X.", "I.K."}),
        ({"readers": ["NOT_PERP_FACING"]}, {"R.Y.", "T.G.", "I.K."}),
        ({"readers": ["NAMED"], "named": ["HOU"]}, {"R.Y.", "T.G."}),
        ({"readers": ["IDVA"]}, {"R.Y.", "I.K."}),
        ({"readers": ["CHAIR"]}, {"R.Y."}),
    ],
)
def test_it_is_read_before_the_return_by_whom_it_is_for(desk: Desk, values: dict[str, Any], readers: set[str]) -> None:
    write(desk, **values)
    assert {who for who in ("R.Y.", "T.G.", "B.X.", "I.K.") if "Two breaches" in seen(desk, who)} == readers


def test_it_is_no_answer_and_a_new_one_takes_its_place(desk: Desk) -> None:
    write(desk)
    assert letter(desk, C41, "POL") == "M"
    write(desk, body="Three breaches by now")
    assert "Three breaches" in seen(desk, "T.G.")
    with desk.work() as work:
        old, new = sorted(work.find(Item, Item.kind == "profile"), key=lambda item: item.id or 0)
        assert (new.replaces_id, old.replaced_at is None) == (old.id, False)


def test_only_police_and_coordinator_write_it(desk: Desk) -> None:
    assert "updates.profile.open" not in buttons(hub(desk, "T.G."))
    with desk.work() as work:
        turn = desk.bot.service.turn_of(work, desk.panel, desk.users["T.G."], about(desk))
        with pytest.raises(NotAllowed):
            open_form(turn)


def test_whoever_enters_it_for_the_police_does_not_read_it(desk: Desk) -> None:
    write(desk, readers=["IDVA"])
    with desk.work() as work:
        turn = desk.bot.service.turn_of(work, desk.panel, desk.users["Z.O."], about(desk))
        shown = str(open_form(turn))
    assert "Two breaches" not in shown and "takes the place" in shown


def test_two_who_write_it_at_once_do_not_lose_each_other(desk: Desk) -> None:
    hub(desk, "R.Y.")
    desk.stage.press("R.Y.", "updates.profile.open")
    write(desk, "K.U.", body="The deputy's")
    outcome = desk.workspace.submit(desk.users["R.Y."], {"body": "The representative's", "readers": ["ALL"]})
    assert "while you were writing" in outcome.errors["body"]
