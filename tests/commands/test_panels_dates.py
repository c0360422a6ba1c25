"""The coordinator plans, moves and cancels, and everybody with a part in it hears of it once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.models.views import View

from commands.kit.meetings import cut_offs_of
from commands.panels import cycle
from panel.codes import Role
from panel.cycle import CutOff
from storage.tables import Agency, Case, CutOffRow, Listing, Meeting, Panel, Referral, Request, Seat
from storage.work import UnitOfWork
from tests.desk import Desk, open_desk

LONDON = ZoneInfo("Europe/London")
COORDINATOR = "Z.O."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("dates"), "2026-09-22T08:00:00+01:00") as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own, for what changes dates."""
    with open_desk(tmp_path, "2026-10-12T10:00:00+01:00") as opened:
        yield opened


def meeting_on(work: UnitOfWork, day: date) -> Meeting:
    found = work.first(Meeting, Meeting.day == day)
    assert found is not None
    return found


def panel_of(work: UnitOfWork) -> Panel:
    found = work.first(Panel)
    assert found is not None
    return found


def press(desk: Desk, action_id: str) -> str:
    outcome = desk.workspace.press(desk.users[COORDINATOR], action_id)
    assert outcome.ok, outcome
    return str(outcome.view)


def move(desk: Desk, day: str, meeting: date | None = None) -> dict[str, str]:
    """Fill the form in and send it; the sentences under its questions."""
    desk.stage.command(COORDINATOR, "/panel", "move")
    values: dict[str, str] = {"new_day": day}
    if meeting:
        with desk.work() as work:
            values["meeting"] = str(meeting_on(work, meeting).id)
    return desk.workspace.submit(desk.users[COORDINATOR], values).errors


def test_the_planner_shows_each_date_with_its_main_cut_offs(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "schedule")
    view = desk.stage.submit(COORDINATOR, {}).view
    assert view is not None
    told = str(view["blocks"])
    assert "0 meetings added" in told
    assert "*Wednesday 14 October 2026*, 09:30" in told
    for cut_off in (
        "Referrals close: 30 September, 12:00",
        "Case list and update requests: 2 October, 09:00",
        "Updates close: 9 October, 17:00",
        "Agenda issued and locked: 13 October, 12:00",
    ):
        assert cut_off in told
    View(**{key: view[key] for key in ("type", "title", "blocks", "close")}).validate_json()
    desk.stage.close(COORDINATOR)


@pytest.mark.parametrize(
    ("until", "sentence"), [("2026-09-01", "from today on"), ("2028-12-01", "At most two years ahead")]
)
def test_a_series_is_planned_from_today_for_at_most_two_years(desk: Desk, until: str, sentence: str) -> None:
    desk.stage.command(COORDINATOR, "/panel", "schedule")
    assert sentence in desk.workspace.submit(desk.users[COORDINATOR], {"until": until}).errors["until"]
    desk.stage.close(COORDINATOR)


def test_two_years_are_planned_with_two_meetings_in_one_month(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        desk.stage.command(COORDINATOR, "/panel", "schedule")
        desk.stage.submit(COORDINATOR, {"until": "2028-09-20"})
        with desk.work() as work:
            days = [meeting.day for meeting in cycle.planned(work, panel_of(work))]
        assert len(days) == len(set(days)) == 26
        assert max(days) == date(2028, 9, 13)
        months = [(day.year, day.month) for day in days]
        assert months.count((2026, 12)) == 1 and months.count((2027, 3)) == 2
        assert all(day.weekday() < 5 for day in days)


def test_cut_offs_keep_their_wall_time_over_both_clock_changes(desk: Desk) -> None:
    """In 2026 the clocks go back on 25 October; in 2027 they go forward on 28 March."""
    with desk.work() as work:
        for day in (date(2026, 11, 11), date(2027, 3, 31), date(2027, 4, 28)):
            meeting = meeting_on(work, day)
            at = {name: moment.astimezone(LONDON) for name, moment in cut_offs_of(work, meeting).items()}
            assert meeting.starts_at.astimezone(LONDON).strftime("%H:%M") == "09:30"
            assert at[CutOff.REFERRAL_DEADLINE].strftime("%H:%M") == "12:00"
            assert at[CutOff.UPDATE_DEADLINE].strftime("%H:%M") == "17:00"
            assert at[CutOff.MINUTES_ISSUE].strftime("%H:%M") == "09:00"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-09-21", "from today on"),
        ("2026-10-14", "on that day already"),
        ("2026-11-11", "another meeting"),
    ],
)
def test_a_meeting_moves_only_to_a_free_day_ahead(desk: Desk, day: str, sentence: str) -> None:
    errors = move(desk, day)
    assert sentence in errors["new_day"].replace("There is a meeting on that day already", "another meeting")
    desk.stage.close(COORDINATOR)


def test_a_bank_holiday_is_asked_about_first(fresh: Desk) -> None:
    assert move(fresh, "2026-12-28") == {}
    with fresh.work() as work:
        meeting_on(work, date(2026, 10, 14))  # still there
    assert "Monday 28 December 2026" in str(fresh.workspace.see(fresh.users[COORDINATOR])["view"])
    assert "now on Monday 28 December 2026" in press(fresh, "panels.move.anyway")
    with fresh.work() as work:
        assert meeting_on(work, date(2026, 12, 28)).rule_day == date(2026, 10, 14)


def test_what_was_issued_for_the_old_date_is_open_again(fresh: Desk) -> None:
    with fresh.work() as work:
        meeting = meeting_on(work, date(2026, 10, 14))
        meeting.agenda_issued_at = work.now
        rows = {row.name: row for row in work.find(CutOffRow, CutOffRow.meeting_id == meeting.id)}
        assert rows[CutOff.UPDATE_DEADLINE].done_at is not None  # the story began after it
    assert move(fresh, "2026-10-21") == {}
    fresh.stage.settle()
    with fresh.work() as work:
        meeting = meeting_on(work, date(2026, 10, 21))
        assert meeting.agenda_issued_at is None
        rows = {row.name: row for row in work.find(CutOffRow, CutOffRow.meeting_id == meeting.id)}
        assert rows[CutOff.UPDATE_DEADLINE].done_at is None
        assert rows[CutOff.CALL_FOR_REFERRALS].done_at is not None
        assert all(row.wake_at == (None if row.done_at else row.at) for row in rows.values())
    told = [text for text in fresh.in_channel() if "has moved" in text]
    assert len(told) == 1
    assert "The agenda that was issued for the old date is open again" in told[0]


def test_news_of_a_meeting_reaches_those_outside_the_channel(fresh: Desk) -> None:
    observer = fresh.workspace.add_user("observer")
    with fresh.work() as work:
        meeting = meeting_on(work, date(2026, 10, 14))
        invited = work.first(Agency, Agency.core == False)  # noqa: E712  # a column, not a truth value
        case = work.first(Case)
        assert invited and case and invited.id and case.id and meeting.id
        work.add(Request(meeting_id=meeting.id, case_id=case.id, agency_id=invited.id))
        work.add(Seat(panel_id=meeting.panel_id, role=Role.OBSERVER, user_id=observer, since=work.now))
    assert move(fresh, "2026-10-15") == {}
    fresh.stage.settle()
    for reader in (fresh.users["S.O."], observer):
        told = [message["text"] for message in fresh.workspace.messages(user=reader) if "has moved" in message["text"]]
        assert len(told) == 1 and "Thursday 15 October 2026" in told[0]
    assert not [text for text in fresh.seen_by("N.B.") if "has moved" in text]  # reads it in the channel


def test_a_cancelled_meeting_hands_its_cases_on(fresh: Desk) -> None:
    with fresh.work() as work:
        off, following = meeting_on(work, date(2026, 10, 14)), meeting_on(work, date(2026, 11, 11))
        first, second = work.find(Case)[:2]
        for case in (first, second):
            work.add(Listing(meeting_id=off.id or 0, case_id=case.id or 0, kind="review"))
        work.add(Listing(meeting_id=following.id or 0, case_id=second.id or 0, kind="review"))
        referral = Referral(panel_id=off.panel_id, meeting_id=off.id, by_user="U1", at=work.now, ref="MSP-26-R-0999")
        work.add(referral)
        chosen = str(off.id)
    fresh.stage.command(COORDINATOR, "/panel", "cancel")
    told = fresh.stage.submit(COORDINATOR, {"meeting": chosen, "sure": ["yes"]})
    assert "2 listed cases go to the next one" in str(told.view)
    fresh.stage.settle()
    with fresh.work() as work:
        assert {row.case_id for row in work.find(Listing, Listing.meeting_id == following.id)} == {first.id, second.id}
        assert work.get(Referral, referral.id).meeting_id == following.id
        cut_offs = work.find(CutOffRow, CutOffRow.meeting_id == off.id)
        assert cut_offs and not [row for row in cut_offs if row.wake_at]
    notice = [text for text in fresh.in_channel() if "is cancelled" in text]
    assert len(notice) == 1 and "The next one is on Wednesday 11 November 2026" in notice[0]
    fresh.stage.command(COORDINATOR, "/panel", "schedule")
    assert "*Wednesday 14 October 2026*, 09:30 · cancelled" in str(fresh.stage.submit(COORDINATOR, {}).view)


def test_a_meeting_with_cases_is_not_cancelled_into_nothing(fresh: Desk) -> None:
    with fresh.work() as work:
        off = meeting_on(work, date(2026, 10, 14))
        for meeting in work.find(Meeting, Meeting.day > off.day):
            meeting.status = "cancelled"
        case = work.first(Case)
        assert case is not None
        work.add(Listing(meeting_id=off.id or 0, case_id=case.id or 0, kind="review"))
    fresh.stage.command(COORDINATOR, "/panel", "cancel")
    outcome = fresh.workspace.submit(fresh.users[COORDINATOR], {"meeting": str(off.id), "sure": ["yes"]})
    assert "Plan one with /panel schedule first" in outcome.errors["meeting"]


def test_a_meeting_that_has_begun_stays(fresh: Desk) -> None:
    fresh.go_to(datetime(2026, 10, 14, 9, 45, tzinfo=LONDON))
    assert "has begun" in move(fresh, "2026-10-15", date(2026, 10, 14))["meeting"]
    fresh.stage.close(COORDINATOR)
    view = fresh.stage.command(COORDINATOR, "/panel", "move").view
    assert view is not None
    chosen = next(block["element"]["initial_option"] for block in view["blocks"] if block["block_id"] == "meeting")
    assert chosen["text"]["text"] == "Wednesday 11 November 2026"


def test_a_representative_may_not_change_dates(desk: Desk) -> None:
    for word in ("schedule", "move", "cancel"):
        outcome = desk.workspace.command(desk.users["N.B."], desk.channel, "/panel", word)
        assert "Only the coordinator or the chair can" in str(outcome.messages)


def test_a_monthly_series_begins_with_its_first_meeting(desk: Desk) -> None:
    with desk.store.read(desk.bot.clock.now()) as work:
        panel = panel_of(work)
        panel.cadence = {"type": "nth_weekday", "n": 2, "weekday": "wed", "first": "2026-12-09"}
        days = [found.day for found in cycle.series(panel, date(2026, 9, 22), date(2027, 2, 28))]
    assert days == [date(2026, 12, 9), date(2027, 1, 13), date(2027, 2, 10)]


def test_cut_offs_that_come_during_an_outage_are_each_acted_on_once(fresh: Desk) -> None:
    acted: list[str] = []
    for cut_off in (CutOff.AGENDA_LOCKED, CutOff.PANEL):
        fresh.bot.service.at_cut_off(cut_off, lambda work, panel, meeting, name=cut_off: acted.append(name))  # type: ignore[misc]
    fresh.go_to(datetime(2026, 10, 14, 12, 0, tzinfo=LONDON) + timedelta(days=3))
    fresh.bot.catch_up()
    assert acted == [CutOff.AGENDA_LOCKED, CutOff.PANEL]
