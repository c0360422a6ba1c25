"""What may be told after a decision: on the next page, for chair and victim service alone, until it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from panel.codes import Telling
from sandbox.client import Outcome
from storage.tables import AuditRow, Case, Listing, Meeting
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, VICTIM_SERVICE, brief, desk_before_panel, issued
from tests.commands.month_rows import panel_of
from tests.commands.seen import buttons, words
from tests.desk import Desk

REF, NOTE = "MSP-26-0033", "quillbrook"
HEAD = "What the victim service may tell"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """In September the panel decided on a case, and said what may be told."""
    with desk_before_panel(tmp_path) as opened:
        decided(opened, Telling.SAFETY_PLAN, date(2026, 9, 21))
        issued(opened)
        yield opened


def decided(desk: Desk, tell: Telling, by: date | None, on: date = date(2026, 9, 16)) -> None:
    with desk.work() as work:
        panel, case = panel_of(work), work.first(Case, Case.ref == REF)
        assert panel.id and case and case.id
        begins = datetime(on.year, on.month, on.day, 8, 30, tzinfo=UTC)
        sitting = work.add(
            Meeting(
                panel_id=panel.id, status="held", day=on, rule_day=on, wall_time="09:30", zone=panel.timezone,
                starts_at=begins, minutes=120, mode="meeting", record_closed_at=begins,
            )
        )  # fmt: skip
        work.add(
            Listing(
                meeting_id=sitting.id or 0, case_id=case.id, kind="review", decision="continue", tell=tell,
                tell_by=by, tell_note=NOTE,
            )
        )  # fmt: skip


def overdue(desk: Desk, who: str) -> Outcome:
    desk.stage.close(who)
    desk.stage.command(who, "/agenda")
    return desk.stage.press(who, "agendas.overdue")


def test_chair_and_victim_service_read_it_on_the_next_page_and_nobody_else(desk: Desk) -> None:
    for who, reads in ((CHAIR, True), (VICTIM_SERVICE, True), (COORDINATOR, False), (HOUSING, False), ("R.Y.", False)):
        seen = words(brief(desk, who, REF))
        assert (HEAD in seen) is (NOTE in seen) is reads, who
    seen = words(brief(desk, CHAIR, REF))
    assert "decided 16 September · What is for their own safety plan · by Monday 21 September 2026" in seen
    assert "not told yet; its day is past" in seen
    assert seen.index(NOTE) < seen.index("What changed"), "before what agencies write"


def test_it_stands_with_what_is_outstanding_until_the_victim_service_says_it_is_told(desk: Desk) -> None:
    assert "agendas.told" not in buttons(overdue(desk, CHAIR))
    assert NOTE in words(overdue(desk, CHAIR)) and "1 thing to tell the person harmed" in words(overdue(desk, CHAIR))
    for who in (COORDINATOR, HOUSING):
        seen = words(overdue(desk, who))
        assert NOTE not in seen and "person harmed" not in seen, who
    outcome = overdue(desk, VICTIM_SERVICE)
    assert "agendas.told" in buttons(outcome)
    seen = words(desk.stage.press(VICTIM_SERVICE, "agendas.told"))
    assert NOTE not in seen and "Outstanding" not in seen.split("\n")[0]
    outcome = brief(desk, CHAIR, REF)
    assert "told Monday 12 October 2026" in words(outcome) and "not told yet" not in words(outcome)
    with desk.work() as work:
        row = work.first(AuditRow, AuditRow.verb == "told")
        assert row is not None and row.by_user == desk.users[VICTIM_SERVICE] and NOTE not in str(row.details)


def test_an_earlier_one_stays_until_it_is_told_and_nothing_is_owed_of_nothing(desk: Desk) -> None:
    decided(desk, Telling.NOTHING, None, date(2026, 9, 30))
    seen = words(brief(desk, VICTIM_SERVICE, REF))
    assert "decided 16 September" in seen and "decided 30 September · Nothing for now" in seen
    desk.stage.press(VICTIM_SERVICE, "agendas.told")
    seen = words(brief(desk, VICTIM_SERVICE, REF))
    assert "decided 16 September" not in seen and "decided 30 September" in seen


def test_a_second_press_from_another_window_is_told_so(desk: Desk) -> None:
    brief(desk, VICTIM_SERVICE, REF)
    with desk.work() as work:
        case = work.first(Case, Case.ref == REF)
        listing = work.first(Listing, Listing.tell == Telling.SAFETY_PLAN)
        assert case is not None and listing is not None
        case.picture = case.picture | {"told": {str(listing.id): "2026-10-01"}}
    assert "recorded as told already" in words(desk.stage.press(VICTIM_SERVICE, "agendas.told"))


def test_while_the_record_is_open_it_stands_nowhere(desk: Desk) -> None:
    with desk.work() as work:
        listing = work.first(Listing, Listing.tell == Telling.SAFETY_PLAN)
        assert listing is not None
        work.get(Meeting, listing.meeting_id).record_closed_at = None
    assert HEAD not in words(brief(desk, CHAIR, REF))
    assert "person harmed" not in words(overdue(desk, CHAIR))
