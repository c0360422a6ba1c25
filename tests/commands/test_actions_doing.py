"""What befalls an action, and who reads what of it."""

import json
from collections.abc import Iterator

import pytest

from commands.actions import tracker
from commands.actions.tracker import cell
from commands.actions.words import NO_WORDS
from commands.kit.people import person_on
from storage.tables import Action, AuditRow, Conflict, MoreTime, Panel, SafetyCheck
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, beside, buttons, open_at, shown


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("doing")) as made:
        yield made


# ---- from open to complete


def test_acknowledged_under_way_reported_confirmed(room: Room) -> None:
    ref = room.add()
    assert "Acknowledged" in room.press("R.Y.", ref, "actions.acknowledge")
    assert "In progress" in room.press("R.Y.", ref, "actions.progress", note="half of it")
    told = room.press("R.Y.", ref, "actions.done", outcome="done_effective", note="seen", evidence="OPS/17")
    assert "Reported complete" in told and "OPS/17" in told
    assert "Complete" in room.press(COORDINATOR, ref, "actions.confirm", "all")
    row = room.row(ref)
    assert (row.status, row.outcome, row.wake_at, row.level) == ("complete", "done_effective", None, 0)


def test_what_is_to_be_done_comes_first_then_by_when_then_the_buttons(room: Room) -> None:
    ref = room.add(text="quillfeather")
    room.press("R.Y.", ref, "actions.acknowledge")
    room.press("R.Y.", ref, "actions.progress", note="half of it")
    read = room.open("R.Y.", ref)
    view = room.stage.workspace.see(room.desk.users["R.Y."])["view"]
    room.stage.close("R.Y.")
    in_order = ("P17 ", "quillfeather", "In progress, due", "actions.done", "More you can do", "half of it")
    places = [json.dumps(view["blocks"], ensure_ascii=False).index(words) for words in in_order]
    assert "quillfeather" in read and places == sorted(places)
    first, more = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    assert len(first) == 5 and first[0]["text"]["text"] == "Done" and first[0]["style"] == "primary"
    assert more and not [each for each in more if each.get("style")]


def test_who_may_not_read_it_is_told_by_when_before_the_buttons(room: Room) -> None:
    ref = room.add(text="quillfeather", limits=["only:POL"])
    room.open(COORDINATOR, ref, "all")
    blocks = json.dumps(room.stage.workspace.see(room.desk.users[COORDINATOR])["view"]["blocks"], ensure_ascii=False)
    room.stage.close(COORDINATOR)
    assert "quillfeather" not in blocks
    assert blocks.index(NO_WORDS) < blocks.index("Open, due") < blocks.index("actions.edit")


def test_nobody_else_is_offered_what_the_doer_is(room: Room) -> None:
    ref = room.add()
    room.open(COORDINATOR, ref, "all")
    offered = buttons(room.stage.workspace.see(room.desk.users[COORDINATOR])["view"])
    room.stage.close(COORDINATOR)
    assert "actions.edit" in offered and not {"actions.acknowledge", "actions.done", "actions.cancel"} & offered


def test_a_report_is_sent_back_with_a_question(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.done", outcome="done_no_effect")
    room.press(COORDINATOR, ref, "actions.query", "all", question="which day was that?")
    assert (room.row(ref).status, room.row(ref).outcome) == ("in_progress", None)
    assert any("a question for you" in text for text in room.told("R.Y."))
    assert "which day was that?" in room.open("R.Y.", ref)
    room.stage.close("R.Y.")


def test_the_chair_confirms_what_the_panels_office_does(room: Room) -> None:
    ref = room.add(type="I05", owner="PANEL")
    room.press(COORDINATOR, ref, "actions.done", "", outcome="done_effective")
    room.open(COORDINATOR, ref, "all")
    assert "actions.confirm" not in buttons(room.stage.workspace.see(room.desk.users[COORDINATOR])["view"])
    room.stage.close(COORDINATOR)
    room.press(CHAIR, ref, "actions.confirm", "all")
    assert room.row(ref).status == "complete"


def test_a_sensitive_outcome_is_for_the_chair_and_the_victim_service(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.done", outcome="declined_by_victim", note="zintoquell")
    coordinator = room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    assert "Not taken forward" in coordinator and "Declined" not in coordinator and "zintoquell" not in coordinator
    assert "Declined by the victim" in room.press(CHAIR, ref, "actions.confirm", "all")


def test_no_longer_possible_is_not_a_failure_and_the_chair_is_told(room: Room) -> None:
    ref = room.add()
    told = room.press("R.Y.", ref, "actions.end.not_possible", reason="moved away")
    assert "it waits for the chair" in told and room.row(ref).status == "open"
    assert any("waits for your decision" in text for text in room.told(CHAIR))
    assert "moved away" in room.press(CHAIR, ref, "actions.end.agree", "all")
    assert (room.row(ref).status, room.row(ref).outcome) == ("not_possible", "not_possible_changed")


def test_not_done_is_one(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.not_done", outcome="not_done_resource")
    assert (room.row(ref).status, room.row(ref).outcome) == ("not_done", "not_done_resource")


@pytest.mark.parametrize(("button", "status"), [("supersede", "superseded"), ("cancel", "cancelled")])
def test_the_chair_alone_ends_what_is_no_longer_wanted(room: Room, button: str, status: str) -> None:
    ref = room.add()
    room.press(CHAIR, ref, f"actions.end.{button}", "all", reason="the same as another", duplicate=["yes"])
    assert (room.row(ref).status, room.row(ref).outcome) == (status, "duplicate")


def test_not_mine_goes_back_to_the_representative(room: Room) -> None:
    ref = room.add(doer=room.desk.users["K.U."])
    room.press("K.U.", ref, "actions.not_mine", "")
    assert room.row(ref).assignee is None
    assert any("needs somebody to do it" in text for text in room.told("R.Y."))
    assert any("needs somebody to do it" in text for text in room.told(COORDINATOR))


def test_both_people_are_told_when_somebody_else_does_it(room: Room) -> None:
    ref = room.add(doer=room.desk.users["K.U."])
    told = room.press(COORDINATOR, ref, "actions.reassign", "all", doer=None, reason="on another shift")
    assert "on another shift" in told
    assert any("given to you" in text for text in room.told("R.Y."))
    assert any("yours no longer" in text for text in room.told("K.U."))
    assert room.row(ref).assignee is None


# ---- more time


def test_more_time_changes_the_day_only_when_the_chair_agrees(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.time", until="2026-10-30", reason="no unit free")
    assert room.row(ref).due.isoformat() == "2026-10-21"
    assert any("waits for your decision" in text for text in room.told(CHAIR))
    told = room.press(CHAIR, ref, "actions.time.give", "all")
    row = room.row(ref)
    assert (row.due.isoformat(), str(row.original_due), row.extended_by) == ("2026-10-30", "2026-10-21", "chair")
    assert "First due Wednesday 21 October 2026" in told


def test_a_refusal_keeps_the_day_and_another_request_can_follow(room: Room) -> None:
    ref = room.add()
    for _ in range(2):
        room.press("R.Y.", ref, "actions.time", until="2026-10-30", reason="no unit free")
        room.press(CHAIR, ref, "actions.time.refuse", "all", reason="the hearing comes first")
    assert room.row(ref).due.isoformat() == "2026-10-21"
    with room.desk.work() as work:
        assert [r.granted for r in work.find(MoreTime, MoreTime.action_id == room.row(ref).id)] == [False, False]


def test_an_earlier_day_is_refused_under_the_form(room: Room) -> None:
    ref = room.add()
    room.open("R.Y.", ref)
    room.stage.press("R.Y.", "actions.time")
    seen = room.stage.submit("R.Y.", {"until": "2026-10-20", "reason": "?"}, expect="errors")
    assert "after the day it is due" in str(seen.errors)
    room.stage.close("R.Y.")


def test_a_check_that_was_given_does_not_outlive_its_day(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB")
    room.check(ref)
    room.press("J.Q.", ref, "actions.time", until="2026-11-02", reason="not before")
    room.press(CHAIR, ref, "actions.time.give", "all")
    assert (room.row(ref).status, room.row(ref).safety) == ("awaiting_safety_check", "pending")


# ---- the safety check


def test_nobody_acts_before_the_check(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB", priority="immediate", due="2026-10-15")
    told = room.open("J.Q.", ref)
    offered = buttons(room.stage.workspace.see(room.desk.users["J.Q."])["view"])
    room.stage.close("J.Q.")
    assert "do not act yet" in told and "actions.acknowledge" not in offered
    assert any("do not act on it yet" in text for text in room.told("J.Q."))
    room.check(ref)
    assert any("You may act now" in text for text in room.told("J.Q."))


def test_conditions_stay_with_victim_service_and_chair(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB")
    words = {"conditions": "vorblenth", "instruction": "kestrimal"}
    room.check(ref, verdict="approved_with_conditions", **words)
    seen = {who: room.open(who, ref, word) for who, word in (("J.Q.", ""), (CHAIR, "all"), (COORDINATOR, "all"))}
    for who in seen:
        room.stage.close(who)
    assert "kestrimal" in seen["J.Q."] and "vorblenth" not in seen["J.Q."]
    assert "vorblenth" in seen[CHAIR] and "kestrimal" in seen[CHAIR]
    assert not {"vorblenth", "kestrimal"} & set(seen[COORDINATOR].split())


def test_one_victim_on_hold_stops_it_and_only_two_read_why(room: Room) -> None:
    ref = room.add("MSP-26-0033", type="B07", owner="PROB")
    room.check(ref, verdict="approved", held=["V-033b"], reason="drelloway")
    row = room.row(ref)
    assert (row.status, row.safety, row.outcome) == ("blocked", "blocked", "blocked_safety")
    with room.desk.work() as work:
        rows = work.find(SafetyCheck, SafetyCheck.action_id == row.id)
        assert sorted(check.verdict for check in rows) == ["approved", "blocked"]
    owner = room.open("J.Q.", ref)
    room.stage.close("J.Q.")
    assert "On hold" in owner and "drelloway" not in owner
    assert "drelloway" in room.open(CHAIR, ref, "all")
    room.stage.close(CHAIR)
    assert not any("drelloway" in text for who in room.desk.users for text in room.desk.seen_by(who))


def test_a_hold_needs_its_reason_and_conditions_an_instruction(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB")
    seen = room.stage.command(VICTIM_SERVICE, "/actions", "checks")
    room.stage.press(VICTIM_SERVICE, "actions.check", value=beside(seen.view, ref))
    assert "reason" in room.stage.submit(VICTIM_SERVICE, {"verdict": "blocked"}, expect="errors").errors
    more = {"verdict": "approved_with_conditions"}
    more |= {"conditions": "only after the hearing"}
    assert "instruction" in room.stage.submit(VICTIM_SERVICE, more, expect="errors").errors
    room.stage.close(VICTIM_SERVICE)


def test_the_owners_agency_never_checks_itself(room: Room) -> None:
    ref = room.add(type="L01", owner="IDVA")
    for swap in (False, True):
        seen = room.stage.command(VICTIM_SERVICE, "/actions", "checks")
        view = room.stage.press(VICTIM_SERVICE, "actions.checks_swap").view if swap else seen.view
        assert beside(view, ref) is None
        room.stage.close(VICTIM_SERVICE)
    assert "none outside its owner" in room.press(CHAIR, ref, "actions.proceed", "all"), "there is nobody to tell"
    room.press(CHAIR, ref, "actions.proceed", "all", reason="it can not wait")
    assert room.row(ref).status == "open"


def test_what_may_be_advised_on_goes_on_meanwhile(room: Room) -> None:
    ref = room.add(type="P02")
    room.press("R.Y.", ref, "actions.acknowledge")
    room.check(ref, verdict="approved")
    assert (room.row(ref).status, room.row(ref).safety) == ("acknowledged", "approved")


def test_only_the_victim_service_has_checks(room: Room) -> None:
    assert "victim service" in str(room.stage.command("R.Y.", "/actions", "checks", expect="message").messages)


# ---- waiting for another action


def test_what_waits_cannot_be_reported_and_is_told_when_it_may_start(room: Room) -> None:
    first = room.add()
    second = room.add(owner="HOU", type="P17", depends=[first])
    told = room.open("T.G.", second)
    assert f"waits for {first}" in told
    assert "actions.done" not in buttons(room.stage.workspace.see(room.desk.users["T.G."])["view"])
    room.stage.close("T.G.")
    room.press("R.Y.", first, "actions.done", outcome="done_effective")
    assert any("You may act now on 1 action" in text for text in room.told("T.G."))
    room.press("T.G.", second, "actions.done", outcome="done_effective")


# ---- who sees what


def test_a_restricted_action_leaves_no_gap_for_those_outside(room: Room) -> None:
    before, ref, after = room.add(), room.add(text="frundolic", limits=["only:POL"]), room.add()
    assert int(after[-2:]) == int(before[-2:]) + 1, "the numbers of the others run on"
    assert "frundolic" in room.open("R.Y.", ref)
    room.stage.close("R.Y.")
    seen = room.stage.command(COORDINATOR, "/actions", "all")
    assert ref in shown(seen.view)
    room.stage.close(COORDINATOR)
    with room.desk.work() as work:
        panel = work.get(Panel, 1)
        found = {}
        for who in (COORDINATOR, "T.G.", "R.Y."):
            rows = tracker.rows(work, panel, person_on(work, panel, room.desk.users[who]))
            found[who] = {row["action"]: row["words"] for row in rows}
    assert found[COORDINATOR][ref] == "restricted" and ref not in found["T.G."] and found["R.Y."][ref] == "frundolic"


def test_a_case_that_is_closed_to_somebody_shows_nothing_of_its_actions(room: Room) -> None:
    ref = room.add("MSP-26-0025", owner="SUB", type="P17")
    with room.desk.work() as work:
        found = work.first(Action, Action.ref == ref)
        assert found is not None
        link = work.add(Conflict(case_id=found.case_id, user_id=room.desk.users["B.X."], declared_at=work.now))
    for word in ("", "agency"):
        assert ref not in shown(room.stage.command("B.X.", "/actions", word).view)
        room.stage.close("B.X.")
    assert ref in shown(room.stage.command("Y.E.", "/actions").view), "the deputy has it instead"
    room.stage.close("Y.E.")
    with room.desk.work() as work:
        work.get(Conflict, link.id).lifted_at = work.now


def test_every_look_and_every_move_is_audited_without_words(room: Room) -> None:
    ref = room.add(text="blenkarsh")
    room.press("R.Y.", ref, "actions.progress", note="ostrivane")
    with room.desk.work() as work:
        rows = work.find(AuditRow, AuditRow.thing == f"action:{room.row(ref).id}")
        assert {"agreed", "opened", "progress"} <= {row.verb for row in rows}
        everything = str([row.model_dump() for row in work.find(AuditRow)])
    assert "blenkarsh" not in everything and "ostrivane" not in everything


def test_two_people_at_once_and_nothing_is_lost(room: Room) -> None:
    ref = room.add()
    room.open("R.Y.", ref)
    room.stage.press("R.Y.", "actions.progress")
    room.press("K.U.", ref, "actions.acknowledge", "agency")
    seen = room.stage.submit("R.Y.", {"note": "half"}, expect="errors")
    assert "Somebody changed this" in str(seen.errors)
    room.stage.close("R.Y.")
    assert room.row(ref).status == "acknowledged"


@pytest.mark.parametrize(
    ("given", "safe"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("K-041", "K-041"), (None, ""), (" x=1", " x=1")],
)
def test_a_spreadsheet_takes_no_cell_for_a_formula(given: object, safe: str) -> None:
    assert cell(given) == safe


@pytest.mark.parametrize(
    "blank", ["", " ", "  ", "\t", "\r", "\n", "\r\n ", "\u00a0", "\u2003", "\u200b", "\ufeff", "\0"]
)
@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212")
def test_nor_one_that_begins_with_blanks_or_with_wide_signs(blank: str, sign: str) -> None:
    assert cell(f"{blank}{sign}1+1") == f"'{blank}{sign}1+1"


def test_a_hostile_text_arrives_harmless(room: Room) -> None:
    ref = room.add(text="<!channel> & <@U1>")
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in room.open("R.Y.", ref)
    room.stage.close("R.Y.")


def test_a_word_nobody_knows_and_the_help(room: Room) -> None:
    seen = room.stage.command("R.Y.", "/actions", "K-033 was seen", expect="message")
    assert "K-033" not in str(seen.messages) and "never type case details" in str(seen.messages)
    assert "/actions checks" in str(room.stage.command("R.Y.", "/actions", "help", expect="message").messages)
