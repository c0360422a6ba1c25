"""/panel catalogue: a panel's own version of the catalogue, and what its actions make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.client import Outcome
from storage.tables import AuditRow, CatalogueEntry
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, beside, buttons, open_at, shown

POLICE = "R.Y."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("catalogue")) as made:
        yield made


def find(room: Room, who: str, typed: str, block: str | None = None, action: str = "answer") -> list[dict[str, Any]]:
    outcome = room.desk.workspace.suggest(room.desk.users[who], block, action, typed)
    return outcome.options or []


def codes(options: list[dict[str, Any]]) -> list[str]:
    return [option["text"]["text"].split()[0] for option in options]


def open_type(room: Room, code: str, who: str = COORDINATOR) -> Outcome:
    room.stage.close(who)
    room.stage.command(who, "/panel", "catalogue")
    option = find(room, who, code, None, "actions.types.find")[0]
    return room.stage.press(who, "actions.types.find", value=option["value"])


def change(room: Room, code: str, **answers: Any) -> None:
    open_type(room, code)
    room.stage.submit(COORDINATOR, answers)
    room.stage.close(COORDINATOR)


def press(room: Room, code: str, name: str) -> str:
    open_type(room, code)
    seen = room.stage.press(COORDINATOR, name)
    room.stage.close(COORDINATOR)
    return shown(seen.view)


def add_own(room: Room, label: str, **answers: Any) -> str:
    room.stage.close(COORDINATOR)
    room.stage.command(COORDINATOR, "/panel", "catalogue")
    room.stage.press(COORDINATOR, "actions.types.add")
    room.stage.submit(COORDINATOR, {"label": label, "lever": "housing", **answers})
    room.stage.close(COORDINATOR)
    with room.desk.work() as work:
        rows = [row for row in work.rows(CatalogueEntry) if row.label == label]
        return max(row.code for row in rows)


def agree(room: Room, who: str, agree: str = "yes") -> None:
    room.stage.settle()
    room.stage.press_in_message(who, "actions.types.lighter")
    room.stage.submit(who, {"agree": agree})
    room.stage.close(who)


def audited(room: Room, verb: str) -> list[dict[str, Any]]:
    with room.desk.work() as work:
        return [
            row.details if isinstance(row.details, dict) else json.loads(row.details)
            for row in work.rows(AuditRow, verb=verb)
        ]


def test_a_kind_is_found_by_code_word_and_owner_ones_own_first(room: Room) -> None:
    room.form()
    assert codes(find(room, COORDINATOR, "anpr", "type")) == ["P17"]
    assert codes(find(room, COORDINATOR, "p2", "type"))[0] == "P26"
    assert len(find(room, COORDINATOR, "", "type")) >= 73
    room.stage.close(COORDINATOR)
    seen = room.stage.command(POLICE, "/actions", "propose")
    first = next(block["accessory"]["value"] for block in seen.view["blocks"] if "accessory" in block)  # type: ignore[index]
    room.stage.press(POLICE, "actions.propose", value=first)
    offered = codes(find(room, POLICE, "", "type"))
    assert all(code[0] == "P" for code in offered[:5]), "the police's own first"
    room.stage.close(POLICE)


def test_owner_time_and_words_are_changed_and_the_standard_brought_back(room: Room) -> None:
    change(room, "C04", owners=["police"], term="working_days:3", also="doorbell")
    room.form()
    assert codes(find(room, COORDINATOR, "doorbell", "type")) == ["C04"]
    room.stage.close(COORDINATOR)
    made = room.row(room.add(type="C04", text="Ask the concierge to watch", due=None))
    assert made.due.isoformat() == "2026-10-19", "three working days, not two days"
    seen = press(room, "C04", "actions.types.standard")
    assert "our own" not in next(part for part in seen.split("*C04*")[1:])[:200]
    assert room.row(room.add(type="C04", text="Ask the concierge to watch", due=None)).due.isoformat() == "2026-10-16"


def test_a_stricter_check_counts_at_once_and_open_actions_are_asked_about(room: Room) -> None:
    open_before = room.add(type="P23", text="Ask the port for notice")
    assert room.row(open_before).status == "open"
    change(room, "P23", safety="R")
    assert (room.row(open_before).status, room.row(open_before).safety) == ("awaiting_safety_check", "pending")
    assert room.row(room.add(type="P23", text="Ask the port for notice")).status == "awaiting_safety_check"
    assert "before you do anything more on it" in room.told(POLICE)[-1], "its owner stops"
    press(room, "P23", "actions.types.standard")
    assert room.row(open_before).status == "awaiting_safety_check", "back to the standard eases nothing that is open"
    assert room.row(room.add(type="P23", text="Ask the port for notice")).status == "open"


def test_a_lighter_check_waits_for_the_victim_service_then_the_chair(room: Room) -> None:
    change(room, "H06", safety="A", term="working_days:2")
    assert room.row(room.add(type="H06", owner="HOU", text="Fit a safe room")).status == "awaiting_safety_check"
    seen = open_type(room, "H06", CHAIR)
    assert seen.view is not None and "working_days:2" in str(seen.view), "what needs nobody counts already"
    room.stage.close(CHAIR)
    agree(room, VICTIM_SERVICE)
    assert room.row(room.add(type="H06", owner="HOU", text="Fit a safe room")).safety == "pending", "one is not enough"
    agree(room, CHAIR)
    made = room.row(room.add(type="H06", owner="HOU", text="Fit a safe room", priority="immediate"))
    assert made.safety == "not_required"
    told = [row for row in audited(room, "lighter_agreed") if row["code"] == "H06"]
    assert [row["role"] for row in told] == ["victim_service", "chair"]


def test_what_waits_is_kept_with_its_type_and_what_else_was_changed_meanwhile_stays(room: Room) -> None:
    change(room, "H07", safety="A")
    with room.desk.work() as work:
        (row,) = work.rows(CatalogueEntry, code="H07")
        assert (row.code, row.check, (row.asked or {})["check"]) == ("H07", "R", "A")
    change(room, "H07", term="working_days:3", safety="R")
    agree(room, VICTIM_SERVICE)
    agree(room, CHAIR)
    with room.desk.work() as work:
        (row,) = work.rows(CatalogueEntry, code="H07")
        assert (row.check, row.term_n, row.asked) == ("A", 3, None)
    room.stage.command(CHAIR, "/panel", "catalogue")
    assert "actions.types.lighter" not in str(room.desk.workspace.see(room.desk.users[CHAIR])["view"])


def test_one_no_is_enough_and_the_stricter_one_stays(room: Room) -> None:
    change(room, "H04", safety="N")
    agree(room, VICTIM_SERVICE, "no")
    with room.desk.work() as work:
        (row,) = work.rows(CatalogueEntry, code="H04")
        assert row.asked is None and row.check == "R"
    assert room.row(room.add(type="H04", owner="HOU", text="Offer a flat")).safety == "pending"


def test_neither_the_coordinator_nor_a_representative_agrees_for_others(room: Room) -> None:
    change(room, "H05", safety="N")
    room.stage.settle()
    room.stage.command(COORDINATOR, "/panel", "catalogue")
    assert "Only the victim service" in shown(room.stage.press(COORDINATOR, "actions.types.lighter").view)
    room.stage.close(COORDINATOR)
    agree(room, VICTIM_SERVICE, "no")
    refused = room.stage.command(POLICE, "/panel", "catalogue", expect="message")
    assert "Only the coordinator or the chair" in str(refused.messages)


def test_a_type_of_its_own_is_offered_read_and_retired(room: Room) -> None:
    code = add_own(room, "Change the communal locks", owners=["housing"], safety="R")
    ref = room.add(type=code, owner="HOU", text="Change the front door's lock")
    assert room.row(ref).status == "awaiting_safety_check"
    assert f"{code} Change the communal locks" in room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    press(room, code, "actions.types.retire")
    room.form()
    assert code not in codes(find(room, COORDINATOR, "communal locks", "type"))
    answers = {"owner": "HOU", "text": "Change it", "due": "2026-10-21"}
    assert list(room.stage.submit(COORDINATOR, {"type": code, **answers}, expect="errors").errors) == ["type"]
    room.stage.close(COORDINATOR)
    assert f"{code} Change the communal locks" in room.open(COORDINATOR, ref, "all"), "what was agreed reads the same"
    room.stage.close(COORDINATOR)
    room.press(COORDINATOR, ref, "actions.edit", "all", owner="POL")
    assert room.row(ref).code == code, "an edit keeps it"
    press(room, code, "actions.types.retire")
    room.form()
    assert codes(find(room, COORDINATOR, "communal locks", "type")) == [code]
    room.stage.close(COORDINATOR)


def test_an_own_type_never_begins_below_the_required_check(room: Room) -> None:
    code = add_own(room, "Walk the estate", safety="N")
    assert room.row(room.add(type=code, owner="HOU", text="Walk the estate")).safety == "pending"
    agree(room, VICTIM_SERVICE)
    agree(room, CHAIR)
    assert room.row(room.add(type=code, owner="HOU", text="Walk the estate")).safety == "not_required"


def test_two_who_change_one_type_do_not_overwrite_each_other(room: Room) -> None:
    open_type(room, "E02")
    open_type(room, "E02", CHAIR)
    room.stage.submit(COORDINATOR, {"term": "working_days:5"})
    said = room.stage.submit(CHAIR, {"term": "working_days:20"}, expect="errors")
    room.stage.close(COORDINATOR)
    room.stage.close(CHAIR)
    assert "Somebody changed this" in str(said.errors)
    with room.desk.work() as work:
        assert [row.term_n for row in work.rows(CatalogueEntry, code="E02")] == [5]


def test_the_list_is_by_lever(room: Room) -> None:
    seen = room.stage.command(COORDINATOR, "/panel", "catalogue")
    assert "*P01*" in shown(seen.view) and "*H01*" not in shown(seen.view)
    assert seen.view is not None and {"actions.types.add", "actions.types.lever"} <= buttons(seen.view)
    assert beside(seen.view, "P01") is not None
    room.stage.close(COORDINATOR)
