"""What an action rests on: it inherits the tightest restriction, and its author is warned where its owner may not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from commands.actions.enter import depend
from commands.kit.about import About
from commands.kit.errors import NoSuchThing
from storage.tables import Action, Agency, Case, Ground
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, beside, shown
from tests.commands.agenda_desk import HOUSING, desk_before_panel
from tests.commands.month_rows import meeting_of, write

CASE = "MSP-26-0029"
WORDS = {"POL": "quelstrand", "IDVA": "yorfembre", "HOU": "marnstock"}
LIMITS = {"POL": "NAMED[HOU]", "IDVA": "IDVA", "HOU": "ALL NO_MINUTE"}
POLICE, PROBATION = "R.Y.", "J.Q."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with desk_before_panel(tmp_path_factory.mktemp("grounds")) as desk:
        with desk.work() as work:
            case, meeting = work.first(Case, Case.ref == CASE), meeting_of(desk, work)
            assert case is not None
            for code, limits in LIMITS.items():
                agency = work.first(Agency, Agency.code == code)
                assert agency is not None
                write(work, meeting, case, agency, "fact", WORDS[code], limits)
            police = work.first(Agency, Agency.code == "POL")
            assert police is not None
            write(work, meeting, case, police, "fact", "wexlorin", "ALL", audience="intelligence")
            write(work, meeting, case, police, "verbal", None, "VERBAL")
        yield Room(desk)


def offered(room: Room, who: str, word: str = "add") -> dict[str, str]:
    """What the open form offers to rest on: its words and its value."""
    view = room.form(CASE, who, word).view
    assert view is not None
    assert not [planted for planted in (*WORDS.values(), "wexlorin") if planted in str(view)]
    element = next(b["element"] for b in view["blocks"] if b.get("block_id") == "depends")
    return {o["text"]["text"]: o["value"] for o in element["options"] if o["value"].startswith("item:")}


def rests(room: Room, who: str, choice: str, word: str = "add", **answers: Any) -> tuple[str, str]:
    """Add an action resting on the first choice that begins so; its reference, and what the form says then."""
    value = next(value for text, value in offered(room, who, word).items() if text.startswith(choice))
    given = {"type": "P17", "owner": "HOU", "text": "Place a marker", "due": "2026-10-21", "depends": [value]}
    view = room.stage.submit(who, given | answers).view
    room.stage.close(who)
    ref = next(each for each in shown(view).split() if each.startswith("*A-"))
    return ref.strip("*"), shown(view)


def test_an_action_that_somebody_does_not_see_is_not_there_to_wait_for(room: Room) -> None:
    """Neither in the menu of the form, nor for a client that sends its reference all the same."""
    ref = room.add(CASE, owner="IDVA", limits=["IDVA"], due="2026-10-21")
    for who, sees in ((CHAIR, True), (VICTIM_SERVICE, True), (HOUSING, False)):
        view = room.form(CASE, who, "propose").view
        assert view is not None and (f'"{ref}"' in json.dumps(view)) is sees, who
        room.stage.close(who)
    with room.desk.work() as work:
        action, housing = work.first(Action, Action.ref == ref), room.desk.users[HOUSING]
        assert action is not None
        turn = room.desk.bot.service.turn_of(work, room.desk.panel, housing, About())
        with pytest.raises(NoSuchThing):
            depend(turn, action, [ref])


def test_only_what_its_author_may_read_is_offered(room: Room) -> None:
    seen = offered(room, CHAIR)
    room.stage.close(CHAIR)
    assert any(text.startswith("Rests on IDVA: ") for text in seen)
    assert not any("ntelligence" in text or "in the room" in text for text in seen)
    seen = offered(room, POLICE, "propose")
    room.stage.close(POLICE)
    assert all(text.startswith("Rests on POL: ") for text in seen), "before the agenda is issued: their own"
    assert any("Intelligence for police" in text for text in seen)


def test_it_inherits_and_nobody_else_sees_it(room: Room) -> None:
    ref, said = rests(room, CHAIR, "Rests on IDVA: ", owner="POL", text="tindlewerf")
    assert room.row(ref).restriction == "IDVA"
    assert "POL may not read all that this action rests on" in said
    opened = room.open(CHAIR, ref, "all")
    room.stage.close(CHAIR)
    assert "Rests on the update of IDVA" in opened and "tindlewerf" in opened
    owner = room.open(POLICE, ref)
    room.stage.close(POLICE)
    assert "tindlewerf" in owner and "Rests on" not in owner, "its own people read it, not where it comes from"
    coordinator = room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    assert "tindlewerf" not in coordinator


def test_no_warning_where_the_owner_may_read_it(room: Room) -> None:
    ref, said = rests(room, POLICE, "Rests on POL: Named", "propose")
    assert room.row(ref).restriction == "NAMED[HOU,POL]" and "may not read all" not in said


def test_what_was_chosen_can_narrow_it_and_never_widen_it(room: Room) -> None:
    ref, _ = rests(room, CHAIR, "Rests on IDVA: ", limits=["NOT_PERP_FACING"])
    assert room.row(ref).restriction == "IDVA+NOT_PERP_FACING"
    room.open(CHAIR, ref, "all")
    room.stage.press(CHAIR, "actions.edit")
    seen = room.stage.submit(CHAIR, {"limits": []}, expect="errors")
    assert "fewer readers" in seen.errors["limits"]
    room.stage.submit(CHAIR, {"limits": ["IDVA"]})
    room.stage.close(CHAIR)
    assert room.row(ref).restriction == "IDVA"


def test_intelligence_stays_with_the_police(room: Room) -> None:
    value = next(v for t, v in offered(room, POLICE, "propose").items() if "Intelligence" in t)
    room.stage.close(POLICE)
    ref, said = rests(room, POLICE, "Rests on POL: Intelligence", "propose", owner="PROB")
    assert room.row(ref).restriction == "NAMED[POL]" and "PROB may not read" in said
    with room.desk.work() as work:
        assert [row.item_id for row in work.rows(Ground, action_id=room.row(ref).id)] == [int(value[5:])]
    seen = room.stage.command(HOUSING, "/actions", "agency").view
    room.stage.close(HOUSING)
    assert beside(seen, ref) is None


def test_the_flag_for_the_minutes_goes_with_it_and_the_victim_service_sees_its_own(room: Room) -> None:
    ref, _ = rests(room, COORDINATOR, "Rests on HOU: ")
    assert room.row(ref).restriction == "ALL NO_MINUTE"
    seen = offered(room, VICTIM_SERVICE, "propose")
    room.stage.close(VICTIM_SERVICE)
    assert any(text.startswith("Rests on IDVA: ") for text in seen)
