"""Adding an action, and proposing one."""

from collections.abc import Iterator

import pytest

from commands.actions.words import chosen_of, restriction_of, type_choices
from panel.catalogue import ACTION_TYPES
from panel.restriction import Restriction
from storage.tables import Action, Agency, Case
from tests.commands.actions_help import CHAIR, COORDINATOR, Room, buttons, open_at, shown


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("adding")) as made:
        yield made


def test_the_same_form_comes_back_empty_with_the_reference_above(room: Room) -> None:
    room.form("MSP-26-0025")
    answers = {"type": "P17", "owner": "POL", "text": "Place a marker", "due": "2026-10-21"}
    seen = room.stage.submit(COORDINATOR, answers)
    assert "saved" in shown(seen.view) and seen.view is not None and seen.view["title"]["text"] == "Add an action"
    again = room.stage.submit(COORDINATOR, {}, expect="errors")
    assert {"type", "owner"} <= set(again.errors), "nothing that was typed before is sent again"
    room.stage.close(COORDINATOR)


def test_references_follow_the_highest_of_the_case(room: Room) -> None:
    first, second = room.add("MSP-26-0018"), room.add("MSP-26-0018")
    assert int(second[-2:]) == int(first[-2:]) + 1 > 1 and first.startswith("A-018-")


def test_what_the_catalogue_asks_for_decides_where_it_starts(room: Room) -> None:
    assert room.row(room.add(type="B07", owner="PROB")).status == "awaiting_safety_check"
    assert room.row(room.add(type="P02")).status == "open"
    free = room.row(room.add(type="P17"))
    assert (free.status, free.safety) == ("open", "not_required")


def test_what_is_left_empty_is_as_usual_for_its_kind(room: Room) -> None:
    made = room.row(room.add(type="P06", due=None))
    assert (made.due.isoformat(), made.priority, made.assignee) == ("2026-10-28", "standard", None)
    soon = room.row(room.add(type="P06", priority="immediate", due=None))
    assert (soon.due.isoformat(), soon.priority) == ("2026-10-15", "immediate"), "a day later, not in two weeks"


@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("due", {"due": "2026-10-13"}),
        ("due", {"due": "2036-10-13"}),
        ("text", {"text": "All agencies to monitor"}),
        ("text", {"text": "Victim to keep a diary"}),
        ("text", {"text": None}),
        ("text", {"limits": ["VERBAL"]}),
        ("doer", {"doer": "T.G."}),
    ],
)
def test_what_cannot_be_is_said_under_its_question(room: Room, field: str, answers: dict[str, object]) -> None:
    room.form()
    given = {"type": "P17", "owner": "POL", "text": "Place a marker", "due": "2026-10-21"} | answers
    given = {name: value for name, value in given.items() if value is not None}
    if "doer" in given:
        given["doer"] = room.desk.users[str(given["doer"])]
    seen = room.stage.submit(COORDINATOR, given, expect="errors")
    assert list(seen.errors) == [field] and seen.errors[field].endswith(".")
    room.stage.close(COORDINATOR)


def test_vague_words_are_advised_on_once_and_taken_as_they_are(room: Room) -> None:
    room.form()
    answers = {"type": "P17", "owner": "POL", "text": "Monitor the situation", "due": "2026-10-21"}
    advised = room.stage.submit(COORDINATOR, answers)
    assert "“monitor” has no end" in shown(advised.view) and "*A-" not in shown(advised.view)
    assert advised.view is not None and advised.view["submit"]["text"] == "Send as it is"
    sent = shown(room.stage.submit(COORDINATOR, {}).view)
    assert "saved" in sent and "has no end" not in sent, "what was typed stood in it"
    ref = next(word for word in sent.split() if word.startswith("*A-")).strip("*")
    made = room.row(ref)
    assert (made.text, made.code, made.due.isoformat()) == ("Monitor the situation", "P17", "2026-10-21")
    assert "has no end" in shown(room.stage.submit(COORDINATOR, answers).view), "the next one is advised on anew"
    right = room.stage.submit(COORDINATOR, {"text": "Flag the address"})
    assert "saved" in shown(right.view)
    room.stage.close(COORDINATOR)


def test_an_edit_is_advised_on_where_its_words_are_new(room: Room) -> None:
    ref = room.add(text="Flag the flat")
    room.open(COORDINATOR, ref, "all")
    room.stage.press(COORDINATOR, "actions.edit")
    assert "Say who does it" in shown(room.stage.submit(COORDINATOR, {"text": "Flat to be flagged"}).view)
    assert room.row(ref).text == "Flag the flat"
    room.stage.submit(COORDINATOR, {})
    room.stage.close(COORDINATOR)
    assert room.row(ref).text == "Flat to be flagged"


def test_ongoing_work_needs_the_day_of_its_review(room: Room) -> None:
    room.form()
    answers = {"type": "P09", "owner": "POL", "text": "Stop the uninsured car"}
    assert list(room.stage.submit(COORDINATOR, answers, expect="errors").errors) == ["due"]
    again = {**answers, "type": "P17", "priority": "ongoing"}
    assert list(room.stage.submit(COORDINATOR, again, expect="errors").errors) == ["due"]
    assert "saved" in shown(room.stage.submit(COORDINATOR, {"due": "2026-11-02"}).view)
    room.stage.close(COORDINATOR)


def test_a_restriction_is_kept_and_inherited(room: Room) -> None:
    first = room.add(limits=["only:POL", "only:IDVA"])
    assert room.row(first).restriction == "NAMED[IDVA,POL]"
    assert room.row(room.add(depends=[first])).restriction == "NAMED[IDVA,POL]"


def test_only_chair_and_coordinator_add(room: Room) -> None:
    seen = room.stage.command("R.Y.", "/actions", "add", expect="message")
    assert "coordinator" in str(seen.messages)


def test_a_proposal_is_agreed_by_the_chair_and_sent_by_the_coordinator(room: Room) -> None:
    room.form("MSP-26-0029", "B.X.", "propose")
    answers = {"type": "M02", "owner": "SUB", "text": "Offer an appointment", "due": "2026-10-30"}
    ref = next(w for w in shown(room.stage.submit("B.X.", answers).view).split() if w.startswith("*A-")).strip("*")
    room.stage.close("B.X.")
    assert room.row(ref).status == "proposed"
    assert any("waits for the chair" in text for text in room.told(CHAIR))
    room.open(COORDINATOR, ref, "all")
    assert "actions.agree" not in buttons(room.stage.workspace.see(room.desk.users[COORDINATOR])["view"])
    room.stage.close(COORDINATOR)
    room.press(CHAIR, ref, "actions.agree", "all")
    assert room.row(ref).status == "agreed"
    room.press(COORDINATOR, ref, "actions.start", "all")
    assert room.row(ref).status == "awaiting_safety_check"


def test_editing_the_words_asks_for_the_check_again(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB")
    room.check(ref)
    assert room.row(ref).status == "open"
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Confirm the opt-in by letter")
    assert (room.row(ref).status, room.row(ref).safety) == ("awaiting_safety_check", "pending")


def test_a_reference_can_be_put_right_but_never_be_anothers(room: Room) -> None:
    first, second = room.add(), room.add()
    room.open(COORDINATOR, second, "all")
    room.stage.press(COORDINATOR, "actions.edit")
    for wrong in (first, "A-041-77", "anything"):
        assert "ref" in room.stage.submit(COORDINATOR, {"ref": wrong}, expect="errors").errors
    room.stage.submit(COORDINATOR, {"ref": "A-033-88"})
    room.stage.close(COORDINATOR)
    assert room.row("A-033-88").code == "P17"
    room.press(COORDINATOR, "A-033-88", "actions.edit", "all", ref=second)


def test_nothing_waits_for_itself(room: Room) -> None:
    first = room.add()
    second = room.add(depends=[first])
    room.open(COORDINATOR, first, "all")
    room.stage.press(COORDINATOR, "actions.edit")
    assert "depends" in room.stage.submit(COORDINATOR, {"depends": [second]}, expect="errors").errors
    room.stage.close(COORDINATOR)


def test_the_coordinator_does_not_read_restricted_words_by_editing(room: Room) -> None:
    ref = room.add(text="quolbrix", limits=["only:POL"])
    assert "quolbrix" not in room.open(COORDINATOR, ref, "all")
    room.stage.press(COORDINATOR, "actions.edit")
    view = room.stage.workspace.see(room.desk.users[COORDINATOR])["view"]
    assert "quolbrix" not in str(view) and "text" not in {block["block_id"] for block in view["blocks"]}
    room.stage.submit(COORDINATOR, {"priority": "urgent"})
    room.stage.close(COORDINATOR)
    assert (room.row(ref).text, room.row(ref).restriction) == ("quolbrix", "NAMED[POL]")


def test_every_type_fits_a_menu() -> None:
    choices = dict(type_choices())
    assert list(choices) == list(ACTION_TYPES) and max(map(len, choices.values())) <= 75 and len(choices) <= 100


@pytest.mark.parametrize(
    "text", ["ALL", "NAMED[IDVA,POL]", "NOT_PERP_FACING", "IDVA+NOT_PERP_FACING NO_MINUTE", "CHAIR", "VERBAL"]
)
def test_ticks_say_every_restriction(text: str) -> None:
    assert restriction_of(chosen_of(Restriction.parse(text))) == Restriction.parse(text)


def test_every_agency_and_every_action_is_offered_however_many_there_are(room: Room) -> None:
    with room.desk.work() as work:
        for n in range(150):
            work.add(Agency(panel_id=1, code=f"X{n:03}", name="n" * 90, function="other", core=False))
        case = work.first(Case, Case.ref == "MSP-26-0029")
        assert case is not None and case.id is not None
        for n in range(150):
            work.add(
                Action(
                    panel_id=1, case_id=case.id, ref=f"A-029-{n + 100}", code="P17", owner_id=1, priority="standard",
                    due=room.stage.panel_day, status="complete", status_at=work.now,
                )
            )  # fmt: skip
    ref = room.add("MSP-26-0029", owner="X149", limits=["only:X149", "only:X000"], depends=["A-029-100", "A-029-249"])
    assert room.row(ref).restriction == "NAMED[X000,X149]"
    room.press(COORDINATOR, ref, "actions.edit", "all", priority="urgent")
    assert (room.row(ref).priority, room.row(ref).restriction) == ("urgent", "NAMED[X000,X149]")
