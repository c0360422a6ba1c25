"""/actions import: rows of a tracker pasted, looked at, corrected, added once; names refused and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.client import Outcome
from storage.tables import Action, AuditRow, Conflict, Draft, ImportedRow, Notice, Receipt
from tests.commands.actions_help import CHAIR, COORDINATOR, Room, open_at, shown

HEADINGS = ("Case number", "Action", "Type", "Agency", "Due", "Status")
FORM = "actions.bring"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("bring")) as made:
        yield made


def pasted(*rows: str) -> str:
    """Rows as a spreadsheet puts them on the clipboard."""
    return "\n".join(["\t".join(HEADINGS), *(row.replace("|", "\t") for row in rows)])


def good(words: str, **other: str) -> str:
    cells = {"case": "MSP-26-0033", "words": words, "type": "P17", "agency": "POL", "due": "30/10/2026", "status": ""}
    return "|".join((cells | other).values())


def paste(room: Room, text: str, who: str = COORDINATOR, expect: str = "saved", **answers: Any) -> Outcome:
    """Open the form, paste and look."""
    room.stage.command(who, "/actions", "import")
    return room.stage.submit(who, {"rows": text} | answers, expect=expect)


def submit_label(seen: Outcome) -> str:
    assert seen.view is not None
    label: str = seen.view["submit"]["text"]
    return label


def brought(room: Room, words: str) -> list[Action]:
    with room.desk.work() as work:
        ids = {row.action_id for row in work.find(ImportedRow)}
        return [action for action in work.find(Action) if action.id in ids and words in (action.text or "")]


def test_nothing_is_added_before_it_was_looked_at_and_then_once(room: Room) -> None:
    text = pasted(good("Mark the car once"), good("Mark the van", due="31/02/2026"))
    seen = paste(room, text)
    assert "1 new action:" in shown(seen.view) and "Row 3, column E: there is no such day." in shown(seen.view)
    assert submit_label(seen) == "Add 1 action" and not brought(room, "once")
    again = room.stage.submit(COORDINATOR, {"rows": text})
    assert "1 action added." in shown(again.view) and len(brought(room, "once")) == 1
    assert submit_label(again) == "Look again" and "1 row, left as it is." in shown(again.view)
    room.stage.submit(COORDINATOR, {"rows": text})
    room.stage.close(COORDINATOR)
    assert len(brought(room, "once")) == 1


def test_what_was_corrected_is_looked_at_again(room: Room) -> None:
    paste(room, pasted(good("Mend this row"), good("Mend that row", agency="zqm")))
    seen = room.stage.submit(COORDINATOR, {"rows": pasted(good("Mend this row"), good("Mend that row"))})
    assert submit_label(seen) == "Add 2 actions" and not brought(room, "Mend")
    seen = room.stage.submit(COORDINATOR, {"rows": pasted(good("Mend this row"), good("Mend that row"))})
    assert "2 actions added." in shown(seen.view) and len(brought(room, "Mend")) == 2
    room.stage.press(COORDINATOR, "actions.bring.more")
    assert "rows" in room.stage.submit(COORDINATOR, {}, expect="errors").errors, "the rows of before are gone"
    room.stage.close(COORDINATOR)


def test_another_day_in_the_same_row_is_looked_at_first_too(room: Room) -> None:
    paste(room, pasted(good("Turn the day", due="30/10/2026")))
    seen = room.stage.submit(COORDINATOR, {"rows": pasted(good("Turn the day", due="27/11/2026"))})
    assert submit_label(seen) == "Add 1 action" and not brought(room, "Turn the day")
    room.stage.close(COORDINATOR)


def test_names_are_refused_under_the_question_and_kept_nowhere(room: Room) -> None:
    text = pasted(good("x")).replace("Action", "Victim name")
    seen = paste(room, text.replace("x", "Zqm Zqmson"), expect="errors")
    assert "column B (“victim name”)" in seen.errors["rows"] and "Zqm" not in seen.errors["rows"]
    room.stage.close(COORDINATOR)
    with room.desk.work() as work:
        assert not [draft for draft in work.find(Draft, Draft.form == FORM) if "Zqm" in str(draft.answers)]


def test_what_was_pasted_is_not_in_what_is_kept_of_an_answer(room: Room) -> None:
    paste(room, pasted(good("Zqmpasted")))
    room.stage.close(COORDINATOR)
    with room.desk.work() as work:
        assert not [receipt for receipt in work.find(Receipt) if "Zqmpasted" in str(receipt.answer)]
        assert not [row for row in work.find(AuditRow) if "Zqmpasted" in str(row.details)]


@pytest.mark.parametrize("text", ["just words", "Case number\tAction\nx\ty", "\t\t\n"])
def test_what_is_no_tracker_is_told_under_the_question(room: Room, text: str) -> None:
    assert "rows" in paste(room, text, expect="errors").errors
    room.stage.close(COORDINATOR)


def test_a_suggested_type_needs_a_tick(room: Room) -> None:
    text = pasted(good("Put an ANPR marker on the third car", type=""), good("Hover about", type=""))
    seen = paste(room, text)
    assert "the words suggest P17" in shown(seen.view) and submit_label(seen) == "Look again"
    seen = room.stage.submit(COORDINATOR, {"rows": text, "suggested": ["yes"], "other": "I05"})
    assert submit_label(seen) == "Add 2 actions" and "Row 3: taken as I05" in shown(seen.view)
    room.stage.submit(COORDINATOR, {"rows": text, "suggested": ["yes"], "other": "I05"})
    room.stage.close(COORDINATOR)
    assert [action.code for action in brought(room, "third car")] == ["P17"]


def test_a_long_preview_has_pages_and_keeps_what_was_typed(room: Room) -> None:
    text = pasted(*(good(f"Wrong {n}", agency="zqm") for n in range(30)), good("Right at the end"))
    seen = paste(room, text)
    assert "Page 1 of 2" in shown(seen.view) and "Row 2," in shown(seen.view)
    seen = room.stage.press(COORDINATOR, "actions.bring_page.next")
    assert "Page 2 of 2" in shown(seen.view) and "Row 31," in shown(seen.view)
    room.stage.submit(COORDINATOR, {})  # what was typed is still there
    room.stage.close(COORDINATOR)
    assert len(brought(room, "Right at the end")) == 1


def test_only_coordinator_and_chair_bring(room: Room) -> None:
    assert "coordinator" in str(room.stage.command("R.Y.", "/actions", "import", expect="message").messages)


def test_a_case_that_is_closed_to_whoever_brings_it_is_not_there(room: Room) -> None:
    with room.desk.work() as work:
        found = next(each for each in work.find(Action) if each.ref.startswith("A-018"))
        work.add(Conflict(case_id=found.case_id, user_id=room.desk.users[CHAIR], declared_at=work.now))
    seen = paste(room, pasted(good("Closed", case="MSP-26-0018")), who=CHAIR)
    assert "Row 2, column A: no case here has this reference." in shown(seen.view)
    room.stage.close(CHAIR)


def test_owners_are_told_how_many_and_nothing_of_what(room: Room) -> None:
    text = pasted(good("Zqmnotice", agency="HOU"), good("Zqmcheck", agency="HOU", type="H01"))
    paste(room, text)
    room.stage.submit(COORDINATOR, {"rows": text})
    room.stage.close(COORDINATOR)
    (told,) = [said for said in room.told("T.G.") if "own tracker" in said]
    assert told.startswith("2 actions of your agency came in from the panel's own tracker. Look")
    assert "1 of these waits for the victim service's check: do not act on it yet." in told and "Zqm" not in told
    assert any("1 action from the panel's own tracker waits for your" in said for said in room.told("I.K."))
    with room.desk.work() as work:
        assert "Zqm" not in str([notice.about for notice in work.find(Notice)])
