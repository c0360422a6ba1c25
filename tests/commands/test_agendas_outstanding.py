"""The status freeze: what is overdue two working days before is kept with the meeting, and opened from the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands.agendas.freeze import at_cut_off
from panel.cycle import CutOff
from sandbox.client import Outcome
from storage.tables import Action, ActionMove, Agency, AuditRow, Case, StatusFreeze
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, desk_before_panel, issued, outside
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.seen import SIZES, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

POLICE = "R.Y."
REASON = "quindlewort"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as made:
        with made.work() as work:
            for row in work.find(Action):
                row.status = "complete"
        yield made


def insert(desk: Desk, ref: str, owner: str, due: str, **told: Any) -> int:
    """An acknowledged action on a case that nobody is recused from."""
    with desk.work() as work:
        case, agency = work.first(Case, Case.ref == "MSP-26-0033"), work.first(Agency, Agency.code == owner)
        assert case and case.id and agency
        given = {"status": "acknowledged", "code": "P17", "priority": "standard", "text": "x"} | told
        row = work.add(
            Action(
                panel_id=case.panel_id, case_id=case.id, ref=ref, owner_id=agency.id, due=date.fromisoformat(due),
                agreed_at=work.now, status_at=work.now, **given,
            )
        )  # fmt: skip
        assert row.id
        return row.id


def freeze(desk: Desk) -> None:
    desk.go_to(desk.stage.after(CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE))


def opened(desk: Desk, who: str) -> Outcome:
    desk.stage.close(who)
    desk.stage.command(who, "/agenda")
    return desk.stage.press(who, "agendas.overdue")


def test_the_list_is_of_that_moment_and_says_what_changed_since(desk: Desk) -> None:
    done = insert(desk, "A-033-91", "POL", "2026-10-01")
    insert(desk, "A-033-92", "HOU", "2026-09-21")
    insert(desk, "A-033-93", "POL", "2026-10-12")
    freeze(desk)
    with desk.work() as work:
        (kept,) = work.find(StatusFreeze)
        assert [(row["action"], row["due"]) for row in kept.overdue] == [
            (done + 1, "2026-09-21"), (done, "2026-10-01"),
        ]  # fmt: skip
        assert [row["level"] for row in kept.overdue] == [3, 2] and kept.open_then == 3
        work.get(Action, done).status = "reported_complete"
    desk.go_to(desk.stage.after(CutOff.AGENDA_LOCKED))
    seen = words(opened(desk, COORDINATOR))
    assert "2 overdue" in seen and "1 of them reported or complete, 1 more overdue" in seen
    assert "Now: Reported complete" in seen and "with the chair" in seen and "with the senior lead" in seen
    assert seen.index("Overdue at the freeze*") < seen.index("A-033-91") < seen.index("Overdue since*")
    assert seen.index("Overdue since*") < seen.index("A-033-93")
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "listed", AuditRow.by_user == desk.users[COORDINATOR])


def test_the_channel_counts_and_opens_and_the_preview_is_told_the_count(desk: Desk) -> None:
    insert(desk, "A-033-91", "POL", "2026-10-01")
    insert(desk, "A-033-92", "HOU", "2026-11-01")
    freeze(desk)
    assert any("1 action is overdue" in text for text in desk.seen_by(CHAIR))
    issued(desk)
    (posted,) = [message for message in desk.workspace.messages(desk.channel) if "Agenda of" in message["text"]]
    assert "1 overdue of 2 open" in posted["text"] and "A-033" not in str(posted) and "HOU" not in posted["text"]
    seen = desk.workspace.press(
        desk.users[CHAIR], "agendas.overdue", channel=desk.channel, ts=posted["ts"], block_id="outstanding_actions"
    )
    assert "A-033-91" in words(seen)


def test_a_representative_sees_their_own_agencys_alone(desk: Desk) -> None:
    insert(desk, "A-033-91", "POL", "2026-10-01")
    insert(desk, "A-033-92", "HOU", "2026-10-01")
    freeze(desk)
    seen = words(opened(desk, HOUSING))
    assert "A-033-92" in seen and "A-033-91" not in seen and "POL" not in seen
    assert "1 overdue" in seen, "what is hidden is not counted"
    refused = outside(desk, "C.M.")  # a lead has no agenda
    assert refused.view is None


def test_the_reason_is_recorded_by_the_agency_and_by_nobody_elses(desk: Desk) -> None:
    insert(desk, "A-033-91", "POL", "2026-10-01")
    insert(desk, "A-033-92", "HOU", "2026-11-01")
    freeze(desk)
    desk.stage.command(POLICE, "/actions")
    desk.stage.press(POLICE, "actions.open")
    desk.stage.press(POLICE, "actions.reason")
    desk.stage.submit(POLICE, {"reason": f"{REASON} <!channel>"})
    desk.stage.close(POLICE)
    seen = words(opened(desk, CHAIR))
    assert f"{REASON} &lt;!channel&gt;" in seen and "Now: overdue since" in seen
    with desk.work() as work:
        (row,) = work.find(ActionMove, ActionMove.move == "reason")
        assert work.get(Action, row.action_id).status == "acknowledged", "the date and the reminders stay"
    assert "actions.reason" in str(desk.stage.press(CHAIR, "actions.open").view), "the office may say it on its behalf"
    desk.stage.close(CHAIR)
    desk.stage.command(HOUSING, "/actions", "agency")
    assert "actions.reason" not in str(desk.stage.press(HOUSING, "actions.open").view), "it is not overdue"


def test_a_meeting_that_comes_to_its_cut_off_again_is_frozen_anew(desk: Desk) -> None:
    insert(desk, "A-033-91", "POL", "2026-10-01")
    freeze(desk)
    insert(desk, "A-033-92", "HOU", "2026-10-05")
    with desk.work() as work:
        at_cut_off(work, panel_of(work), meeting_of(desk, work))
    with desk.work() as work:
        (kept,) = work.find(StatusFreeze)
        assert len(kept.overdue) == 2


@pytest.mark.parametrize("number", SIZES)
def test_a_list_of_any_length_opens_and_turns(desk: Desk, number: int) -> None:
    for n in range(number):
        insert(desk, f"A-033-{n + 100}", "POL" if n % 2 else "HOU", "2026-10-01")
    freeze(desk)
    view = opened(desk, COORDINATOR).view
    rows, pages = _rows(view), 1
    while "agendas.overdue_page.next" in str(view):
        view = desk.stage.press(COORDINATOR, "agendas.overdue_page.next").view
        rows, pages = rows + _rows(view), pages + 1
    assert rows == number and pages == (4 if number == 300 else 1)


def _rows(view: Any) -> int:
    return sum(block.get("accessory", {}).get("action_id") == "actions.open" for block in view["blocks"])
