"""The month's main path as people walk it at the page: coordinator, representative, chair, and who sees less."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Arrive
from tests.page.person import Person
from tests.page.rehearsing import Played

pytestmark = pytest.mark.slow

OFFICE, REP, CHAIR, POLICE = "Z.O.", "T.G.", "V.X.", "R.Y."
WRITTEN = "Rent arrears since 14 September; notice served."


def test_the_months_main_path(month: Played, arrive: Arrive) -> None:
    someone = arrive(month.address)
    for part in (
        _coordinator_lets_the_month_come_to_the_requests,
        _coordinator_sees_that_nobody_has_answered,
        _representative_is_asked,
        _representative_says_what_was_searched,
        _representative_answers_a_case_by_one_press,
        _representative_answers_another_by_the_form,
        _coordinator_sees_the_answers_and_reminds,
        _chair_opens_a_briefing_and_approves_the_agenda,
        _everybody_in_the_channel_reads_the_agenda,
        _another_agency_reads_less,
        _a_stranger_reads_nothing,
        _coordinator_keeps_the_record,
        _owner_answers_the_action,
    ):
        part(someone)


def _coordinator_lets_the_month_come_to_the_requests(someone: Person) -> None:
    someone.be(OFFICE)
    someone.sees("Tuesday 22 September 2026", someone.day)
    someone.go_to_day("2026-10-02")
    someone.sees("You arrive on Friday 2 October at 09:00.")
    someone.form.get_by_role("button", name="Go").click()
    someone.arrives_on("Friday 2 October 2026, 09:00")


def _coordinator_sees_that_nobody_has_answered(someone: Person) -> None:
    someone.open("panel-ops")
    someone.type_command("/panel board")
    someone.sees(": 0 of 55 returns in.")
    someone.leave()


def _representative_is_asked(someone: Person) -> None:
    someone.be(REP)
    expect(someone.sidebar.get_by_role("link", name="Convenor 2 unread messages")).to_be_visible()
    someone.open("Messages")
    someone.sees("6 cases to answer")
    expect(someone.sidebar.get_by_role("link", name="Convenor", exact=True)).to_be_visible()  # it is read now


def _representative_says_what_was_searched(someone: Person) -> None:
    someone.press("Open", below="6 cases to answer")
    someone.sees("What was searched")
    someone.fill("systems searched", "Lettings book")
    someone.submit()
    someone.is_told("Please complete this required field.", "Which version of the case list did you search with?")
    someone.tick("Version 1 (current)")
    someone.tick("Nobody who searched has a personal link to these cases")
    expect(someone.field("systems searched")).to_have_value("Lettings book")
    someone.submit()
    someone.sees("0 of 6 cases answered")


def _representative_answers_a_case_by_one_press(someone: Person) -> None:
    someone.press("No trace", below="MSP-26-0033")
    someone.sees("1 of 6 cases answered")
    someone.sees("No trace in systems searched")


def _representative_answers_another_by_the_form(someone: Person) -> None:
    someone.press("Tell us something", below="MSP-26-0029")
    someone.fill("What has happened since the last panel?", WRITTEN)
    someone.submit()
    someone.is_told("Please complete this required field.", "Who may read this?")
    expect(someone.field("What has happened since the last panel?")).to_have_value(WRITTEN)
    someone.tick("Chair and victim service")
    someone.submit()
    someone.sees("2 of 6 cases answered")
    someone.sees("Information to share")
    someone.leave()
    expect(someone.main.get_by_role("button", name="Open").first).to_be_focused()


def _coordinator_sees_the_answers_and_reminds(someone: Person) -> None:
    someone.be(OFFICE)
    someone.open("panel-ops")
    someone.type_command("/panel board")
    someone.sees(": 2 of 55 returns in.")
    someone.sees("No trace in systems searched: HOU")
    someone.sees("Information to share: HOU")
    someone.press("Remind those not yet returned")
    someone.sees(re.compile(r"\d+ people are being reminded, each with one message\."))
    someone.leave()
    someone.be(POLICE)
    someone.open("Messages")
    someone.sees("A reminder: 6 cases not yet returned")


def _chair_opens_a_briefing_and_approves_the_agenda(someone: Person) -> None:
    someone.be(OFFICE)
    someone.go_to_day("2026-10-13")
    someone.form.get_by_role("button", name="Go").click()
    someone.arrives_on("Tuesday 13 October 2026, 09:00")
    someone.be(CHAIR)
    someone.open("panel-ops")
    someone.type_command("/agenda")
    someone.sees("This is how it stands now; it is not issued yet.")
    someone.press("Open", below="K-029 · review 3")
    someone.sees("Briefing MSP-26-0029")
    someone.sees(WRITTEN)
    someone.close()
    someone.press("Approve")
    someone.sees("The agenda is issued and locked at once.")
    someone.press("Approve")
    someone.sees("Version 1 is issued and locked. The chair has approved it.")
    someone.leave()


def _everybody_in_the_channel_reads_the_agenda(someone: Person) -> None:
    someone.sees("Agenda of MSP for Wednesday 14 October 2026")  # it has come while the chair's form was open
    someone.be(REP)
    someone.open("panel-ops")
    someone.sees("Agenda of MSP for Wednesday 14 October 2026")
    someone.sees("Approved by the chair.")


def _another_agency_reads_less(someone: Person) -> None:
    someone.be(POLICE)
    someone.open("panel-ops")
    someone.press("Open", below="K-029 · review 3")
    someone.sees("Briefing MSP-26-0029")
    someone.sees("Failed to attend voluntary interview 2 October")
    someone.sees_not("Chair and victim service")
    someone.sees_not(WRITTEN)
    someone.leave()


def _a_stranger_reads_nothing(someone: Person) -> None:
    someone.be("stranger")
    expect(someone.sidebar.get_by_role("link", name="panel-ops")).to_have_count(0)
    someone.open("everybody")
    someone.type_command("/agenda")
    someone.sees("You are not on a panel here.")
    someone.sees("Only visible to you")
    expect(someone.main.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    someone.open("Home")
    someone.sees("You are not on a panel in this workspace.")
    someone.sees_not(re.compile("MSP-26"))


def _coordinator_keeps_the_record(someone: Person) -> None:
    someone.be(OFFICE)
    someone.go_to_day("2026-10-14")
    someone.form.get_by_role("button", name="Go").click()
    someone.arrives_on("Wednesday 14 October 2026, 09:00")
    someone.open("panel-ops")
    someone.type_command("/panel record")
    someone.sees("no decision yet")
    someone.press("Open", below="MSP-26-0033")
    someone.press("Decision")
    someone.choose("What was decided?", "Continue")
    someone.submit()
    someone.sees("Record MSP-26-0033")
    someone.sees_not("none yet")
    someone.press("Add action")
    someone.choose("What kind of action?", "I05")
    someone.choose("Which agency does it?", "HOU")
    someone.fill("What exactly will be done?", "Hold the meeting on Monday")
    someone.tick("Immediate (24 hours)")
    someone.submit()
    someone.sees("A-033-01 saved.")
    someone.leave()


def _owner_answers_the_action(someone: Person) -> None:
    someone.be(REP)
    someone.open("Messages")
    someone.sees("You have 1 new action.")
    someone.press("Open", below="You have 1 new action.")
    someone.sees("Hold the meeting on Monday")
    someone.press("Acknowledge")
    someone.sees("Acknowledged")
    someone.leave()
