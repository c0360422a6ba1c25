"""Actions and the clock: who is told when, levels, the meeting's round; and lists of any length."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.demo.scenes import actions as scenes
from bot.demo.scenes.action_entry import carried
from bot.demo.stage import Stage
from bot.month import calendar_of, read_month, settings_of
from commands.actions import checks, choose_case, listing
from commands.actions.circulate import announce
from commands.actions.wake import carry_forward
from commands.kit.about import About
from commands.kit.people import person_on
from commands.kit.turn import Request, Turn
from panel.calendar import instant
from panel.cycle import CutOff, cut_offs
from storage.tables import Action, Case, Meeting, Notice, Panel
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, open_at
from tests.commands.seen import SIZES
from tests.desk import MONTHS

pytestmark = pytest.mark.slow

WORDS = {"text": "quambrist", "note": "zelporant", "conditions": "tarvolith", "instruction": "emberlock"}


def test_a_meetings_actions_go_round_once_and_the_channel_reads_counts(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        meeting_id = room.meeting_id()
        for number, (code, status) in enumerate((("P17", "open"), ("B07", "awaiting_safety_check"))):
            _insert(room, f"A-033-{number + 10}", code=code, status=status, meeting_id=meeting_id)
        with room.desk.work() as work:
            meeting, panel = work.get(Meeting, meeting_id), work.get(Panel, 1)
            announce(work, panel, meeting)
            announce(work, panel, meeting)
        found = [text for text in room.told("R.Y.") if "From the panel" in text]
        assert len(found) == 1 and "2 new actions" in found[0] and "Do not act yet on 1 of them" in found[0]
        assert any("1 action waits for your safety check" in text for text in room.told(VICTIM_SERVICE))
        channel = [text for text in room.desk.in_channel() if "2 new. On the tracker: 3 open, 1 overdue" in text]
        assert len(channel) == 1 and "POL" not in channel[0]


def test_levels_rise_by_themselves_and_the_coordinator_is_asked_to_telephone(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add(priority="standard", due="2026-10-16")
        levels = {}
        for day in ("2026-10-16", "2026-10-19", "2026-10-23", "2026-10-30", "2026-11-11"):
            room.desk.go_to(room.stage.on(date.fromisoformat(day), "10:00"))
            levels[day] = room.row(ref).level
        assert list(levels.values()) == [0, 1, 2, 3, 3]
        calls = [text for text in room.told(COORDINATOR) if "telephone" in text]
        assert len(calls) == 1
        room.press("R.Y.", ref, "actions.done", outcome="done_effective")
        assert (room.row(ref).level, room.row(ref).wake_at) == (0, None)


def test_a_request_for_more_time_holds_the_ladder_where_it_stands(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add(priority="standard", due="2026-10-16")
        room.desk.go_to(room.stage.on(date(2026, 10, 19), "10:00"))
        room.press("R.Y.", ref, "actions.time", until="2026-11-06", reason="later")
        room.desk.go_to(room.stage.on(date(2026, 10, 30), "10:00"))
        assert room.row(ref).level == 1
        room.press(CHAIR, ref, "actions.time.give", "all")
        assert room.row(ref).level == 0


def test_an_immediate_action_has_its_own_hours_even_at_night(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        room.desk.go_to(room.stage.on(room.stage.panel_day, "20:00"))
        ref = room.add(priority="immediate", due="2026-10-15")
        assert sum("You have 1 new action" in text for text in room.told("R.Y.")) == 1
        heard = []
        for hours in (22, 24, 25, 28):
            room.desk.go_to(room.stage.on(room.stage.panel_day, "20:01") + timedelta(hours=hours))
            heard.append(sum("an immediate action of yours" in text for text in room.told("R.Y.")))
        assert heard == [1, 2, 3, 4]
        assert any("Immediate action " in text and "was due 4 hours ago" in text for text in room.told(CHAIR))
        assert room.row(ref).level == 3


def test_after_an_outage_only_the_latest_step_is_told(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        room.add(priority="immediate", due="2026-10-15")
        room.desk.go_to(room.stage.on(date(2026, 10, 17), "10:00"))
        assert sum("an immediate action of yours" in text for text in room.told("R.Y.")) == 1


def test_a_check_that_is_waited_for_is_the_checkers_to_hear_of(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add(type="B06", owner="PROB", priority="immediate", due="2026-10-15")
        before = len([text for text in room.told("J.Q.") if "immediate" in text])
        room.desk.go_to(room.stage.on(date(2026, 10, 15), "12:00"))
        assert any("still waits" in text for text in room.told(VICTIM_SERVICE))
        assert len([text for text in room.told("J.Q.") if "immediate" in text]) == before == 0
        assert room.row(ref).level == 0


def test_meetings_at_which_it_is_overdue_are_counted(tmp_path: Path) -> None:
    with open_at(tmp_path, "2026-10-14T08:00:00+01:00") as room:
        assert room.row("A-018-01").carried_forward == 3
        room.desk.go_to(room.stage.on(room.stage.panel_day, "12:00"))
        assert room.row("A-018-01").carried_forward == 3, "the books were made up for this meeting"
        with room.desk.work() as work:
            panel = work.get(Panel, 1)
            later = work.first(Meeting, Meeting.day > room.stage.panel_day, order=Meeting.day)
            assert later is not None
            carry_forward(work, panel, later)
        assert room.row("A-018-01").carried_forward == 4


def test_no_message_holds_a_word_of_what_was_written(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add(type="B07", owner="PROB", priority="immediate", due="2026-10-15", text=WORDS["text"])
        words = {"conditions": WORDS["conditions"], "instruction": WORDS["instruction"]}
        room.check(ref, verdict="approved_with_conditions", **words)
        room.press("J.Q.", ref, "actions.progress", note=WORDS["note"])
        room.stage.settle()
        sent = str([room.desk.seen_by(who) for who in room.desk.users]) + str(room.desk.in_channel())
        with room.desk.work() as work:
            sent += str([notice.model_dump() for notice in work.find(Notice)])
        views = str([call for call in room.stage.workspace.calls() if "private_metadata" in str(call)])
        told = [word for word in WORDS.values() if word in sent]
        assert not told and "B07" not in sent and "private_metadata" in views
        file = b"".join(path.read_bytes() for path in tmp_path.glob("convenor.db*"))
        assert not [word for word in WORDS.values() if word.encode() in file]


@pytest.mark.parametrize("number", SIZES)
def test_lists_of_any_length_open_and_turn(tmp_path: Path, number: int) -> None:
    with open_at(tmp_path) as room:
        for n in range(number):
            _insert(room, f"A-033-{n + 100}", code="B07", status="awaiting_safety_check", safety="pending")
        for who, word in (("R.Y.", ""), ("R.Y.", "agency"), (COORDINATOR, "all"), (VICTIM_SERVICE, "checks")):
            turn_to = "actions.checks_page.next" if word == "checks" else "actions.page.next"
            view = room.stage.command(who, "/actions", word).view
            pages, rows = 1, _rows(view)
            while turn_to in str(view):
                view = room.stage.press(who, turn_to).view
                pages, rows = pages + 1, rows + _rows(view)
            room.stage.close(who)
            assert rows == number + (word == "all"), "with the one from the books"
            assert (pages > 3) is (number == 300), "a page is drawn of what it shows"


def test_the_sdk_takes_every_view(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        _insert(room, "A-033-09", code="P17", status="open")
        with room.desk.work() as work:
            panel, user = work.get(Panel, 1), room.desk.users[COORDINATOR]
            ask = Request("command", "", panel.team_id, user, None, About(panel=panel.id))
            turn = Turn(room.desk.bot.service, ask, work, panel, person_on(work, panel, user))
            for which in listing.SOURCES:
                View(**listing.view(turn, which)).validate_json()
            View(**choose_case.view(turn, "actions.add")).validate_json()
            helper = Turn(turn.service, ask, work, panel, person_on(work, panel, room.desk.users[VICTIM_SERVICE]))
            View(**checks.view(helper)).validate_json()


@pytest.mark.parametrize("file", sorted(MONTHS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_story_of_every_action_ends_in_time_and_in_order(file: Path) -> None:
    month = read_month(file)
    assert month.cycle is not None and month.demo is not None
    panel, day = month.panel, month.cycle.panel_date
    offsets = settings_of(month).offsets
    moments = cut_offs(day, panel.cadence.time, panel.timezone, calendar_of(month, day), offsets)
    stage = Stage(None, month, {}, "C", moments)  # type: ignore[arg-type]
    found = list(scenes.scenes(stage))
    end = instant(month.demo.as_of, time(9), panel.timezone)
    assert found and all(moments[CutOff.PANEL] < scene.at < end for scene in found)
    for row in month.actions:
        own = [scene.at for scene in found if f" {row.id}" in scene.tells]
        assert own == sorted(set(own)), row.id
        reported = [scene.at for scene in found if f"reports {row.id} complete" in scene.tells]
        for ref in row.depends_on:
            before = [scene.at for scene in found if f"reports {ref} complete" in scene.tells]
            assert not reported or before[0] < reported[0]
    assert {row.id for row in month.actions if carried(stage, row)}


def _insert(room: Room, ref: str, **facts: Any) -> None:
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0033")
        assert case is not None and case.id is not None
        given: dict[str, Any] = {
            "safety": "not_required",
            "restriction": "ALL",
            "priority": "standard",
            "due": date(2026, 10, 21),
        }
        work.add(
            Action(
                panel_id=1, case_id=case.id, ref=ref, text="x", owner_id=1, agreed_at=work.now, status_at=work.now,
                **(given | facts),
            )
        )  # fmt: skip


def _rows(view: object) -> int:
    assert isinstance(view, dict)
    return sum(
        block.get("accessory", {}).get("action_id") in ("actions.open", "actions.check") for block in view["blocks"]
    )
