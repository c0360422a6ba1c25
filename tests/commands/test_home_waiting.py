"""App Home: what waits for each role, and the button beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands.kit.meetings import today
from commands.kit.waits import Waiting
from panel.access import Person
from panel.codes import ActionStatus, Role
from panel.cycle import CutOff
from storage.tables import Action, AgendaVersion, CutOffRow, Meeting, Minutes, Panel, Request, Seat
from storage.work import UnitOfWork
from tests.commands import owed
from tests.commands.home_help import beside, home, said
from tests.desk import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-10-07T10:00:00+01:00") as made:
        with made.work() as work:
            for action in work.find(Action):
                action.status = ActionStatus.COMPLETE
        yield made


def test_what_waits_stands_first_and_everything_else_below_a_line(desk: Desk) -> None:
    with desk.work() as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-09-21")
    blocks = home(desk, "R.Y.")["blocks"]
    kinds = [block["type"] for block in blocks]
    waits = next(n for n, block in enumerate(blocks) if "accessory" in block)
    below = next(n for n, block in enumerate(blocks) if block.get("text", {}).get("text") == "*Everything else*")
    assert "*What waits for you*" in blocks[waits - 1]["text"]["text"]
    assert waits < below and kinds[below - 1] == "divider" and kinds[below + 1 :] == ["actions"]
    styles = [block["accessory"].get("style") for block in blocks if "accessory" in block]
    assert styles == ["primary", None], "the most urgent line stands out, and no other"
    assert not [each for each in blocks[-1]["elements"] if each.get("style")]


def test_an_update_waits_from_the_request_on_before_any_reminder(desk: Desk) -> None:
    with desk.work() as work:
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), [owed.case(work, 1)], "POL")
        reminder = work.first(CutOffRow, CutOffRow.name == CutOff.REMINDER_1, CutOffRow.at <= work.now)
        assert reminder is not None
        reminder.at = work.now + timedelta(hours=1)
    assert said(home(desk, "R.Y.")) == ["1 update not yet returned; due by Friday 9 October 2026 at 17:00"]


def test_the_coordinator_reads_how_many_returns_are_in_until_all_are(desk: Desk) -> None:
    with desk.work() as work:
        cases = [owed.case(work, number) for number in range(2)]
        requests = owed.ask(work, owed.meeting_on(work, "2026-10-14"), cases, "POL", "HOU")
        owed.answer(work, requests[0])
    line = ("1 of 4 returns in; updates close on Friday 9 October 2026 at 17:00", "Return board", "/panel board")
    assert line in beside(home(desk, "Z.O.")) and line not in beside(home(desk, "V.X."))
    with desk.work() as work:
        for request in requests[1:]:
            owed.answer(work, work.get(Request, request.id))
    assert not [each for each in said(home(desk, "Z.O.")) if "return" in each]


def test_a_referral_and_an_action_to_confirm_wait_for_the_coordinator(desk: Desk) -> None:
    with desk.work() as work:
        owed.refer(work)
        owed.action(
            work, owed.case(work, 1), "POL", "2026-10-21",
            status=ActionStatus.REPORTED_COMPLETE, reported_by=desk.users["R.Y."],
        )  # fmt: skip
    assert beside(home(desk, "Z.O."))[:2] == [
        ("1 reported action to confirm", "Open all actions", "/actions all"),
        ("1 referral to triage", "Open the referrals", "/panel triage"),
    ]
    assert ("1 referral to triage", "Open the referrals", "/panel triage") in beside(home(desk, "V.X."))


def test_the_victim_services_checks_have_their_own_button(desk: Desk) -> None:
    with desk.work() as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", status=ActionStatus.AWAITING_SAFETY_CHECK)
    checks = ("1 safety check is waiting", "Open the checks", "/actions checks")
    assert beside(home(desk, "I.K."))[0] == checks
    assert checks not in beside(home(desk, "R.Y."))


def test_the_chair_is_asked_for_the_agenda_then_the_minutes_and_the_office_for_the_record(desk: Desk) -> None:
    agenda = "The agenda of the panel on Wednesday 14 October 2026 waits for your approval"
    record = "The record of the panel on Wednesday 14 October 2026 is not closed yet"
    minutes = "The minutes of the panel on Wednesday 14 October 2026 still need your approval"
    with desk.work() as work:
        meeting = owed.meeting_on(work, "2026-10-14")
        meeting.requests_sent_at = work.now
        preview = CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE
        ready = work.first(CutOffRow, CutOffRow.meeting_id == meeting.id, CutOffRow.name == preview)
        assert ready is not None
        assert agenda not in said(home(desk, "V.X.")), "not before it can be previewed"
        ready.at = work.now
    assert beside(home(desk, "V.X."))[0] == (agenda, "Agenda", "/agenda")
    assert agenda not in said(home(desk, "Z.O."))
    with desk.work() as work:
        meeting = work.get(Meeting, meeting.id)
        assert meeting.id is not None
        meeting.day, meeting.agenda_issued_at = today(owed.the_panel(work), work.now), work.now
        work.add(AgendaVersion(meeting_id=meeting.id, version=1, public=[], made_at=work.now, approved_at=work.now))
    assert agenda not in said(home(desk, "V.X.")), "approved"
    assert (record.replace("14", "7"), "The meeting's record", "/panel record") in beside(home(desk, "Z.O."))
    with desk.work() as work:
        meeting = work.get(Meeting, meeting.id)
        assert meeting.id is not None
        meeting.status, meeting.record_closed_at = "held", work.now
        written = work.add(Minutes(meeting_id=meeting.id, version=1, text="", drafted_at=work.now)).id
    assert (minutes.replace("14", "7"), "The minutes", "/panel minutes") in beside(home(desk, "V.X."))
    assert not [each for each in said(home(desk, "Z.O.")) if "record" in each or "minutes" in each]
    with desk.work() as work:
        work.get(Minutes, written).approved_at = work.now
    assert not [each for each in said(home(desk, "V.X.")) if "minutes" in each]


def test_a_deputy_reads_what_waits_on_the_days_of_cover_alone(desk: Desk) -> None:
    with desk.work() as work:
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), [owed.case(work, 1)], "POL")
        own = owed.agency(work, "POL").id
        deputy = work.first(Seat, Seat.agency_id == own, Seat.role == Role.DEPUTY)
        seat = work.first(Seat, Seat.agency_id == own, Seat.role == Role.REP)
        assert seat is not None and deputy is not None and deputy.user_id
        who = next(name for name, user_id in desk.users.items() if user_id == deputy.user_id)
    assert not [each for each in said(home(desk, who)) if "update" in each]
    with desk.work() as work:
        day = work.now.date().isoformat()
        owed.away(work, str(seat.user_id), day, day)
    assert [each for each in beside(home(desk, who)) if each[2] == "/update"]
    assert not [each for each in said(home(desk, "R.Y.")) if "update" in each]


def test_a_journey_says_what_of_it_waits_and_home_shows_it_with_its_button(desk: Desk) -> None:
    def found(work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
        if person.is_chair:
            yield Waiting("2 things wait", ("Open them", "/panel triage"))

    desk.bot.service.waits_for(found)
    assert ("2 things wait", "Open them", "/panel triage") in beside(home(desk, "V.X."))
    assert "2 things wait" not in said(home(desk, "R.Y."))
