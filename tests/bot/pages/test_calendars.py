"""A calendar of one's own: the same meeting under the same name, whatever becomes of it; dates, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from bot.moving import take_calendar
from bot.problems import Unusable
from panel.codes import Role
from storage.tables import Agency, AuditRow, Case, Conflict, FeedKey, Meeting, Seat
from tests.bot.pages.reader import Page, ask, desk_with_pages
from tests.commands import owed
from tests.commands.agenda_desk import BY_AND_FOR, CHAIR, COORDINATOR, HOUSING
from tests.commands.seen import buttons, words
from tests.desk import Desk

pytestmark = pytest.mark.slow
LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 10, 14)
NEVER = ("perpetrator", "victim", "abuse", "domestic", "offender", "MSP-26", "K-0", "POL", "IDVA", "panel-chair")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with_pages(tmp_path) as made:
        yield made


def asked_for(desk: Desk, who: str, press: str = "pages.calendar.make") -> str:
    """What /panel calendar says after a press."""
    desk.stage.close(who)
    desk.workspace.command(desk.users[who], desk.elsewhere(desk.users[who]), "/panel", "calendar")
    return words(desk.stage.press(who, press))


def address(desk: Desk, who: str) -> str:
    """The address somebody is given, without its ending."""
    found = re.search(r"`(http\S+)\.ics`", asked_for(desk, who))
    assert found
    return found[1]


def events(page: Page) -> dict[str, Event]:
    """What a calendar makes of it, by title and day."""
    assert page.status == 200 and page.headers["Content-Type"].startswith("text/calendar")
    read = Calendar.from_ical(page.body)
    assert isinstance(read, Calendar)
    return {f"{event['summary']} {event.decoded('dtstart'):%Y-%m-%d}": event for event in read.events}


def feed(desk: Desk, who: str) -> dict[str, Event]:
    return events(ask(f"{address(desk, who)}.ics"))


def test_meetings_and_cut_offs_stand_at_the_panel_s_wall_time_over_both_clock_changes(desk: Desk) -> None:
    page = ask(f"{address(desk, CHAIR)}.ics")
    found = events(page)
    for day in ("2026-10-14", "2026-11-11", "2027-03-31", "2027-04-28"):
        event = found[f"Panel meeting MSP {day}"]
        start = event.decoded("dtstart")
        assert start.strftime("%H:%M") == "09:30" and event["dtstart"].params["TZID"] == "Europe/London"
        assert event.decoded("dtend") - start == timedelta(minutes=120)
        with desk.work() as work:
            meeting = work.first(Meeting, Meeting.day == date.fromisoformat(day))
            assert meeting is not None and start == meeting.starts_at
    assert page.html.count("BEGIN:VTIMEZONE") == 1 and "BEGIN:DAYLIGHT" in page.html
    close = found["Panel MSP: Updates close 2026-10-09"]
    assert close.decoded("dtstart") == datetime(2026, 10, 9, 17, 0, tzinfo=LONDON) and close["transp"] == "TRANSPARENT"
    uids = [str(event["uid"]) for event in found.values()]
    assert len(uids) == len(set(uids)) and all(uid.endswith("@convenor") for uid in uids)


def test_no_title_says_what_the_panel_is_about_or_names_anybody(desk: Desk) -> None:
    for who in (CHAIR, HOUSING):
        text = ask(f"{address(desk, who)}.ics").html
        assert not [word for word in NEVER if word.lower() in text.lower()], who
        assert not [agency for agency in desk.users.values() if agency in text]


def test_a_meeting_that_changes_keeps_its_name_and_gets_a_higher_number(desk: Desk) -> None:
    at = address(desk, COORDINATOR)
    before = events(ask(f"{at}.ics"))["Panel meeting MSP 2026-11-11"]
    assert before["sequence"] == 0
    with desk.work() as work:
        number = getattr(work.first(Meeting, Meeting.day == date(2026, 11, 11)), "id", None)

    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "move")
    desk.stage.submit(COORDINATOR, {"meeting": str(number), "new_day": "2026-11-12"})
    moved = events(ask(f"{at}.ics"))["Panel meeting MSP 2026-11-12"]
    assert moved["uid"] == before["uid"] and moved["sequence"] == 1
    sent = ask(f"{at}/{number}.ics")
    (event,) = events(sent).values()
    assert event["uid"] == before["uid"] and event["sequence"] == 1 and b"METHOD:REQUEST" in sent.body
    desk.stage.command(COORDINATOR, "/panel", "cancel")
    desk.stage.submit(COORDINATOR, {"meeting": str(number), "sure": ["yes"]})
    off = events(ask(f"{at}.ics"))["Panel meeting MSP 2026-11-12"]
    assert (off["status"], off["sequence"], off["uid"]) == ("CANCELLED", 2, before["uid"])
    assert b"METHOD:CANCEL" in ask(f"{at}/{number}.ics").body
    page = ask(at)
    assert page.status == 200 and "cancelled" in page.words and f"{number}.ics" in page.html


def test_another_length_raises_the_number_and_the_same_again_does_not(desk: Desk) -> None:
    def set_to(minutes: str) -> None:
        desk.stage.close(COORDINATOR)
        desk.stage.command(COORDINATOR, "/panel", "settings")
        desk.stage.press(COORDINATOR, "panels.sittings")
        desk.stage.submit(COORDINATOR, {"minutes": minutes})

    set_to("150")
    set_to("150")
    event = feed(desk, CHAIR)["Panel meeting MSP 2026-11-11"]
    assert event["sequence"] == 1 and event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=150)


def test_an_invited_agency_has_the_meetings_it_is_asked_for_alone(desk: Desk) -> None:
    with desk.work() as work:
        seat = work.first(Seat, Seat.user_id == desk.users[BY_AND_FOR])
        assert seat is not None
        agency = work.get(Agency, seat.agency_id)
        assert not agency.core
    theirs = {title for title in feed(desk, BY_AND_FOR) if title.startswith("Panel meeting")}
    assert theirs == {"Panel meeting MSP 2026-10-14"}


def test_an_out_of_cycle_meeting_is_for_whoever_sits_in_it_but_not_for_whom_its_case_is_closed_to(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case)
        assert case is not None and case.id is not None
        work.add(
            Meeting(
                panel_id=case.panel_id, kind="out_of_cycle", day=DAY, rule_day=DAY, wall_time="15:00",
                zone="Europe/London", starts_at=datetime(2026, 10, 14, 15, tzinfo=LONDON), minutes=45, mode="hybrid",
                case_id=case.id, core=["HOU"],
            )
        )  # fmt: skip
        work.add(Conflict(case_id=case.id, user_id=desk.users[CHAIR], declared_at=work.now))

    def hours(who: str) -> list[str]:
        page = ask(f"{address(desk, who)}.ics")
        read = Calendar.from_ical(page.body)
        assert isinstance(read, Calendar)
        on_day = [event for event in read.events if "Panel meeting" in str(event["summary"])]
        return [f"{e.decoded('dtstart'):%H:%M}" for e in on_day if f"{e.decoded('dtstart'):%Y-%m-%d}" == "2026-10-14"]

    assert sorted(hours(HOUSING)) == ["09:30", "15:00"] and sorted(hours(COORDINATOR)) == ["09:30", "15:00"]
    assert hours(CHAIR) == ["09:30"] and hours("R.Y.") == ["09:30"]


def test_days_away_and_days_of_standing_in_name_nobody(desk: Desk) -> None:
    with desk.work() as work:
        rep = work.first(Seat, Seat.user_id == desk.users[HOUSING], Seat.role == Role.REP)
        assert rep is not None
        owed.away(work, str(rep.user_id), "2026-10-19", "2026-10-23")
        deputy = work.first(Seat, Seat.agency_id == rep.agency_id, Seat.role == Role.DEPUTY)
        if deputy is None:
            deputy = work.add(Seat(panel_id=rep.panel_id, agency_id=rep.agency_id, role=Role.DEPUTY,
                                   user_id=desk.newcomer("deputy"), since=work.now))  # fmt: skip
        stands_in = next((who for who, user in desk.users.items() if user == deputy.user_id), "")
    away = feed(desk, HOUSING)["Away (panel MSP) 2026-10-19"]
    assert away.decoded("dtstart") == date(2026, 10, 19) and away.decoded("dtend") == date(2026, 10, 24)
    assert "Covering (panel MSP) 2026-10-19" in feed(desk, stands_in)
    assert not [title for title in feed(desk, CHAIR) if "Away" in title or "Covering" in title]


def test_a_key_ends_when_a_new_one_is_made_when_it_is_ended_and_when_its_owner_leaves(desk: Desk) -> None:
    first = address(desk, HOUSING)
    assert ask(f"{first}.ics").status == 200
    second = address(desk, HOUSING)
    assert ask(f"{first}.ics").status == 404 and ask(f"{second}.ics").status == 200
    said = asked_for(desk, HOUSING, "pages.calendar.end")
    assert ask(f"{second}.ics").status == 404 and "/calendar/" not in said
    third = address(desk, HOUSING)
    with desk.work() as work:
        for seat in work.find(Seat, Seat.user_id == desk.users[HOUSING]):
            seat.until = work.now
    for path in (".ics", "", "/1.ics"):
        assert ask(f"{third}{path}").status == 404
    with desk.work() as work:
        rows = work.find(AuditRow, AuditRow.by_user == desk.users[HOUSING], order=AuditRow.seq)
        assert [row.verb for row in rows if "feed" in row.verb] == ["made_feed"] * 2 + ["ended_feed", "made_feed"]
        kept = work.find(FeedKey)
        assert len(kept) == 3 and not [row for row in kept if third.rsplit("/", 1)[1] in row.token_hash]


def test_app_home_leads_to_it(desk: Desk) -> None:
    desk.stage.close(HOUSING)
    home = desk.workspace.open_home(desk.users[HOUSING])
    (door,) = [each for each in _buttons((home.home or {})["blocks"]) if each["text"]["text"] == "Calendar"]
    shown = desk.workspace.press(desk.users[HOUSING], door["action_id"], home=True, value=door["value"])
    assert "pages.calendar.make" in buttons(shown)


def _buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for block in blocks for each in block.get("elements", ()) if each.get("type") == "button"]


def test_the_address_is_shown_once(desk: Desk) -> None:
    address(desk, CHAIR)
    desk.stage.close(CHAIR)
    shown = desk.workspace.command(desk.users[CHAIR], desk.elsewhere(desk.users[CHAIR]), "/panel", "calendar")
    assert "/calendar/" not in words(shown) and "since" in words(shown)
    assert {"pages.calendar.make", "pages.calendar.end"} <= buttons(shown)


def test_a_calendar_that_asks_again_is_told_that_nothing_has_changed(desk: Desk) -> None:
    at = f"{address(desk, CHAIR)}.ics"
    first = ask(at)
    desk.go_to(desk.bot.clock.now() + timedelta(minutes=5))
    again = ask(at, If_None_Match=first.headers["ETag"])
    assert again.status == 304 and not again.body
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == date(2026, 11, 11))
        assert meeting is not None
        meeting.status, meeting.calendar_sequence = "cancelled", 1
    changed = ask(at, If_None_Match=first.headers["ETag"])
    assert changed.status == 200 and changed.headers["ETag"] != first.headers["ETag"]


def test_another_s_meeting_and_what_is_no_meeting_are_not_there(desk: Desk) -> None:
    at = address(desk, BY_AND_FOR)
    with desk.work() as work:
        november = work.first(Meeting, Meeting.day == date(2026, 11, 11))
        assert november is not None
    for number in (november.id, 0, 999_999, "1%27"):
        assert ask(f"{at}/{number}.ics").status == 404
    assert ask(f"{at.rsplit('/', 1)[0]}/made-up.ics").status == 404


def test_the_command_line_writes_a_file_a_meeting(desk: Desk, tmp_path: Path) -> None:
    with desk.work() as work:
        november = work.first(Meeting, Meeting.day == date(2026, 11, 11))
        assert november is not None
        november.status, november.calendar_sequence = "cancelled", 3
    out = tmp_path / "dates"
    names = take_calendar(desk.store, desk.bot.clock.now(), None, out)
    assert len(names) > 12 and names == sorted(path.name for path in out.iterdir())
    off = (out / f"2026-11-11-msp-{november.id}.ics").read_bytes()
    assert b"METHOD:CANCEL" in off and b"SEQUENCE:3" in off
    assert b"METHOD:REQUEST" in (out / names[0]).read_bytes()
    with pytest.raises(Unusable):
        take_calendar(desk.store, desk.bot.clock.now(), "NOPE", out)


def test_without_an_address_there_is_no_such_word(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path, convenor_public_url=None) as bare:
        said = bare.stage.command(CHAIR, "/panel", "help", expect="message")
        assert "calendar" not in str(said)
