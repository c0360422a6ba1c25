"""Somebody who was given an action and holds no seat on the panel: their own action, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from commands.actions import doing, edit, hand_over, one, reason
from commands.kit.about import About
from commands.kit.answers import Answer
from commands.kit.errors import NotAllowed
from commands.kit.people import person_on
from commands.kit.turn import Request, Turn
from storage.tables import Action, Case, Panel
from tests.commands.actions_help import COORDINATOR, Room, buttons, open_at, shown

DOER = "W.W."
OWN, OTHER, OF_ANOTHER = "A-033-71", "A-033-72", "A-029-71"
OWN_WORDS, OTHER_WORDS = "fennimoor", "galdristle"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("doer")) as made:
        made.desk.workspace.change_channel(made.desk.channel, add=[made.desk.newcomer(DOER)])
        insert(made, OWN, "MSP-26-0033", OWN_WORDS, made.desk.users[DOER])
        insert(made, OTHER, "MSP-26-0033", OTHER_WORDS)
        insert(made, OF_ANOTHER, "MSP-26-0029", OTHER_WORDS)
        yield made


def insert(room: Room, ref: str, case_ref: str, text: str, doer: str | None = None) -> None:
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == case_ref)
        assert case is not None and case.id is not None
        row = Action(
            panel_id=case.panel_id, case_id=case.id, ref=ref, code="P17", text=text, owner_id=1, assignee=doer,
            priority="standard", due=date(2026, 10, 21), agreed_at=work.now, status="open", status_at=work.now,
        )  # fmt: skip
        work.add(row)
        if doer:
            about = {"action": row.id, "what": "given"}
            work.owe(f"action:given:{row.id}", "actions.told", doer, panel_id=case.panel_id, about=about)


def ask(room: Room, word: str = "") -> tuple[str, set[str]]:
    """What `/actions` and a word after it answer in the panel's channel: all that is shown, and what can be pressed."""
    room.stage.close(DOER)
    command, _, said = f"/actions {word}".partition(" ") if not word.startswith("/") else word.partition(" ")
    seen = room.desk.workspace.command(room.desk.users[DOER], room.desk.channel, command, said)
    view = seen.view
    return (shown(view) if view else "") + str(seen.messages), buttons(view) if view else set()


def test_the_message_opens_their_own_action_and_they_see_it_through(room: Room) -> None:
    room.stage.settle()
    seen = room.stage.press_in_message(DOER, "actions.open")
    assert OWN_WORDS in shown(seen.view) and OTHER_WORDS not in shown(seen.view)
    can = buttons(seen.view)
    assert {"actions.acknowledge", "actions.progress", "actions.done", "actions.time"} <= can
    assert not {"actions.edit", "actions.reassign", "actions.confirm", "actions.end.cancel", "actions.check"} & can
    room.stage.press(DOER, "actions.acknowledge")
    room.stage.press(DOER, "actions.done")
    room.stage.submit(DOER, {"outcome": "done_effective"})
    room.stage.close(DOER)
    assert room.row(OWN).status == "reported_complete"
    room.press(COORDINATOR, OWN, "actions.query", "all", question="which day?")
    assert room.row(OWN).status == "in_progress"


def test_their_list_is_theirs_alone(room: Room) -> None:
    text, can = ask(room)
    assert OWN in text and OTHER not in text and OF_ANOTHER not in text
    assert not {"actions.swap.agency", "actions.swap.all"} & can


@pytest.mark.parametrize(
    "word",
    ["agency", "all", "checks", "add", "/agenda", "/update", "/refer", "/panel", "/panel case", "/panel people"],
)
def test_nothing_else_opens(room: Room, word: str) -> None:
    text, can = ask(room, word)
    assert not [ref for ref in (OTHER, OF_ANOTHER, "MSP-26-", OTHER_WORDS) if ref in text], text
    assert not {name for name in can if name.startswith(("cases.choose", "agendas.", "updates.", "referrals."))}


def test_a_proposal_finds_no_case(room: Room) -> None:
    text, _ = ask(room, "propose")
    assert "MSP-26-" not in text


@pytest.mark.parametrize(
    "listener",
    [one.open_one, doing.acknowledge, doing.open_done, reason.open_form, hand_over.open_form, edit.open_form],
)
def test_a_button_of_another_action_is_refused(room: Room, listener: Callable[[Turn], Answer]) -> None:
    other = room.row(OTHER).id
    with room.desk.work() as work:
        panel = work.first(Panel)
        assert panel is not None
        about, user = About(panel=panel.id, action=other), room.desk.users[DOER]
        ask = Request("modal", "", panel.team_id, user, None, about)
        turn = Turn(room.desk.bot.service, ask, work, panel, person_on(work, panel, user))
        with pytest.raises(NotAllowed):
            listener(turn)
