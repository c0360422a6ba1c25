"""The agenda: compiled as the files say, previewed, approved or issued by its cut-off, posted by the allow-list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.agendas.paper import agenda_markdown
from panel.codes import Role
from panel.cycle import CutOff
from storage.tables import AgendaVersion, AuditRow, Meeting, Seat
from tests.commands.agenda_desk import (
    APRIL,
    BY_AND_FOR,
    CHAIR,
    COORDINATOR,
    DEPUTY_CHAIR,
    HOUSING,
    VICTIM_SERVICE,
    desk_before_panel,
    issued,
    outside,
    play_agenda,
)
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.seen import buttons, words
from tests.desk import MARROWSHIRE, Desk

NOT_FOR_THE_CHANNEL = (
    "recused",
    "imminent",
    "there for this case",
    "children",
    "release in",
    "No trace",
    "Not yet returned",
)


LOOKER_ON = "O.O."


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The eve of the agenda, for those who change nothing."""
    with desk_before_panel(tmp_path_factory.mktemp("untouched")) as desk:
        yield desk


def version_of(desk: Desk) -> dict[str, Any]:
    with desk.work() as work:
        found = work.first(AgendaVersion)
        assert found is not None
        return found.model_dump()


@pytest.mark.parametrize("month_file", [MARROWSHIRE, APRIL], ids=lambda path: path.stem)
def test_it_is_what_the_month_file_says(tmp_path: Path, month_file: Path) -> None:
    with desk_before_panel(tmp_path, month_file) as desk:
        play_agenda(desk)
        kept = version_of(desk)
        private = {row["number"]: row for row in kept["private"]}
        found = [
            (row["number"], row["title"], row["minutes"], row["case"], *private[row["number"]].values())
            for row in kept["public"]
        ]
        assert desk.month.agenda is not None
        assert found == [
            (row.item, row.title, row.minutes, row.case, row.item, [*row.reasons], row.note)
            for row in desk.month.agenda.items
        ]
        assert kept["approved_by"] == desk.users[desk.month.panel.chair.initials]
        with desk.work() as work:
            paper = agenda_markdown(work, panel_of(work), meeting_of(desk, work))
        rows = [
            [cell.strip() for cell in line.split("|")[1:-1]] for line in paper.splitlines() if line.startswith("| ")
        ]
        told = [(int(row[0]), row[2], int(row[3]), row[4] or None) for row in rows[2:]]
        assert told == [(row.item, row.title, row.minutes, row.case) for row in desk.month.agenda.items]
        assert rows[2][1] == f"{desk.month.agenda.start:%H:%M}"


def test_the_office_sees_reasons_grid_and_note_and_the_channel_none_of_them(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        desk.stage.command(COORDINATOR, "/panel", "urgent")
        desk.stage.submit(
            COORDINATOR,
            {"day": "2026-10-06", "case": "msp-26-0029", "trigger": "abduction", "core": ["POL", "IDVA"]},
        )
        desk.stage.close(COORDINATOR)
        seen = words(desk.stage.command(COORDINATOR, "/agenda")) + words(
            desk.stage.press(COORDINATOR, "agendas.returns")
        )
        for text in (*NOT_FOR_THE_CHANNEL, "HOU rep recused MSP-26-0025", "release in 9 days", "105 of 120 minutes"):
            assert text in seen, text
        issued(desk)
        posted = [message for message in desk.workspace.messages(desk.channel) if "Agenda" in message["text"]]
        assert len(posted) == 1
        for text in NOT_FOR_THE_CHANNEL:
            assert text not in str(posted[0]), text
        for line in ("*6.*", "Ratify out-of-cycle panel of 6 October", "MSP-26-0029", "K-029", "review 3", "lead POL"):
            assert line in posted[0]["text"]
        assert "Approved by the chair." in posted[0]["text"]


def test_held_and_not_shared_is_for_the_chair_alone(untouched: Desk) -> None:
    untouched.stage.command(CHAIR, "/agenda")
    assert "MH: Held, not shared" in words(untouched.stage.press(CHAIR, "agendas.returns"))
    untouched.stage.command(COORDINATOR, "/agenda")
    seen = words(untouched.stage.press(COORDINATOR, "agendas.returns"))
    assert "Held, not shared" not in seen and "MH: Returned" in seen
    for who in (CHAIR, COORDINATOR):
        untouched.stage.close(who)


def test_only_the_chair_approves_and_only_once(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        assert "agendas.approve" not in buttons(desk.stage.command(COORDINATOR, "/agenda"))
        view = desk.stage.command(CHAIR, "/agenda").view
        assert view is not None
        assert "issued and locked" in words(desk.stage.press(CHAIR, "agendas.approve"))
        assert "agendas.approve" not in buttons(desk.stage.command(CHAIR, "/agenda"))
        desk.stage.settle()
        assert sum("Agenda of" in text for text in desk.in_channel()) == 1
        desk.go_to(desk.stage.after(CutOff.AGENDA_LOCKED))
        assert sum("Agenda of" in text for text in desk.in_channel()) == 1


def test_the_cut_off_issues_it_and_a_later_approval_hangs_under_it(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        desk.go_to(desk.stage.after(CutOff.AGENDA_LOCKED))
        posted = [message for message in desk.workspace.messages(desk.channel) if "Agenda of" in message["text"]]
        assert len(posted) == 1 and "The chair's approval is pending." in posted[0]["text"]
        assert "approval is pending" in words(desk.stage.command(CHAIR, "/agenda"))
        desk.stage.press(CHAIR, "agendas.approve")
        desk.stage.settle()
        after = desk.workspace.messages(desk.channel)
        below = [
            message for message in after if message.get("thread_ts") == posted[0]["ts"] and message is not posted[0]
        ]
        assert any("has approved version 1" in message["text"] for message in below)
        assert sum("Agenda of" in message["text"] for message in after) == 1


def test_it_can_be_previewed_two_working_days_before(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        desk.go_to(desk.stage.after(CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE))
        for who in (CHAIR, COORDINATOR):
            assert any("can be previewed" in text for text in desk.seen_by(who)), who
        assert any("Victim-safety check" in text for text in desk.seen_by(VICTIM_SERVICE))
        seen = desk.stage.press_in_message(CHAIR, "agendas.view")
        assert "agendas.approve" in buttons(seen)


def test_an_agency_invited_to_one_case_gets_its_item_by_message(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        told = [text for text in desk.seen_by(BY_AND_FOR) if "MSP-26-" in text]
        assert len(told) == 1
        assert "MSP-26-0042" in told[0] and "MSP-26-0041" not in told[0]
        assert "K-042" in words(desk.stage.press_in_message(BY_AND_FOR, "agendas.open"))
        seen = words(outside(desk, BY_AND_FOR))
        assert "MSP-26-0042" in seen and "MSP-26-0041" not in seen


def test_a_representative_sees_the_items_of_their_cases_only(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        before = words(desk.stage.command(HOUSING, "/agenda"))
        assert "MSP-26-0018" in before and "MSP-26-0025" not in before  # recused
        assert "not issued yet" in before and "Closure proposal" not in before
        issued(desk)
        after = words(desk.stage.command(HOUSING, "/agenda"))
        assert "Closure proposal" in after and "MSP-26-0025" not in after
        assert not any(text in after for text in NOT_FOR_THE_CHANNEL)


def test_a_deputy_reads_as_chair_once_they_say_so_and_it_is_written_down(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        outcome = desk.stage.command(DEPUTY_CHAIR, "/agenda")
        assert "agendas.acting" in buttons(outcome) and "recused" not in words(outcome)
        outcome = desk.stage.press(DEPUTY_CHAIR, "agendas.acting")
        assert "HOU rep recused" in words(outcome) and "agendas.approve" in buttons(outcome)
        with desk.work() as work:
            assert meeting_of(desk, work).acting_chair == desk.users[DEPUTY_CHAIR]
            assert work.first(AuditRow, AuditRow.verb == "acting_chair") is not None
        outcome = desk.stage.press(DEPUTY_CHAIR, "agendas.not_acting")
        assert "recused" not in words(outcome)


def test_an_observer_and_a_stranger_see_nothing(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        desk.newcomer(LOOKER_ON)
        with desk.work() as work:
            panel = panel_of(work)
            work.add(Seat(panel_id=panel.id or 0, role=Role.OBSERVER, user_id=desk.users[LOOKER_ON], since=work.now))
        for who in ("C.M.", LOOKER_ON):  # a senior lead of the police, and an observer
            outcome = outside(desk, who)
            assert outcome.view is None and "MSP-26" not in str(outcome.messages)
            assert "see nothing in writing" in str(outcome.messages) or "can open this briefing" in str(
                outcome.messages
            )


def test_an_agenda_that_is_too_long_says_so(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        with desk.work() as work:
            meeting_of(desk, work).minutes = 92
        seen = words(desk.stage.command(CHAIR, "/agenda"))
        assert "8 minutes too long" in seen
        assert "No review is quiet enough to go by report" in seen, "every agency but one has sent something"


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"day": "2026-10-20"}, "day", "within two days"),
        ({"day": "2026-09-01"}, "day", "before the last panel"),
        ({"case": "MSP-26-0999"}, "case", "no case with this reference"),
        ({"case": "<!channel>"}, "case", "no case with this reference"),
    ],
)
def test_an_out_of_cycle_meeting_that_cannot_be(
    untouched: Desk, changed: dict[str, str], field: str, said: str
) -> None:
    given = {"day": "2026-10-06", "case": "MSP-26-0029", "trigger": "abduction", "core": ["POL"]}
    untouched.stage.command(COORDINATOR, "/panel", "urgent")
    outcome = untouched.stage.submit(COORDINATOR, given | changed, expect="errors")
    untouched.stage.close(COORDINATOR)
    assert said in outcome.errors[field]
    with untouched.work() as work:
        assert work.first(Meeting, Meeting.kind == "out_of_cycle") is None


def test_an_out_of_cycle_meeting_is_recorded_once_and_told_without_content(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        given = {"day": "2026-10-06", "case": "MSP-26-0029", "trigger": "abduction", "core": ["POL", "BAF"]}
        desk.stage.command(COORDINATOR, "/panel", "urgent")
        desk.stage.submit(COORDINATOR, given)
        desk.stage.command(COORDINATOR, "/panel", "urgent")
        assert "recorded already" in desk.stage.submit(COORDINATOR, given, expect="errors").errors["day"]
        desk.stage.settle()
        for who in ("R.Y.", BY_AND_FOR, CHAIR):
            told = [text for text in desk.seen_by(who) if "out-of-cycle" in text]
            assert len(told) == 1 and "MSP-26-0029" in told[0], who
            assert "bduction" not in told[0] and "BAF" not in told[0]
        refused = desk.stage.command("R.Y.", "/panel", "urgent", expect="message")
        assert "Only the coordinator or the chair" in str(refused.messages)
