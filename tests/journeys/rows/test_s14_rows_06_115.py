"""Forms that teach (S14); a calendar file for everybody (row 6); a feed that only reads (row 115)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from icalendar import Calendar

import commands
from commands.kit.fields import Text
from commands.kit.registry import Registry
from tests.bot.pages.reader import ask, desk_with_pages
from tests.bot.pages.test_calendars import address, events
from tests.commands.agenda_desk import COORDINATOR, HOUSING
from tests.desk import Desk

NEVER = re.compile(r"\b(only|no|not|never|nothing|nobody|without|reference)\b", re.IGNORECASE)
# Which systems an agency searches, and days ahead: neither is about a person.
OF_NOBODY = {"panels.agency.save systems", "referrals.more.situation dates"}
MOST_QUESTIONS = 8


class Whatever:
    """Stands where a bot would be while forms are gathered: has everything, and does nothing."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()

    def __call__(self, *_given: Any, **_named: Any) -> Any:
        return Whatever()


class Gathered(Registry):
    """What the journeys register, without a bot."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()


def forms() -> Gathered:
    found = Gathered()
    for register in commands.JOURNEYS:
        register(cast(Any, Whatever()), cast(Any, found))
    return found


def test_s14_every_free_text_question_says_what_a_good_answer_holds_and_what_never_to_write() -> None:
    asked = {
        f"{name} {key}": question
        for name, form in forms().forms.items()
        for key, question in form.questions().items()
        if isinstance(question, Text)
    }
    assert len(asked) > 100
    assert [name for name, question in asked.items() if not question.hint] == [], "no hint"
    long = {name: question.hint for name, question in asked.items() if question.lines and name not in OF_NOBODY}
    assert [name for name, hint in long.items() if not NEVER.search(hint)] == [], "nothing about what never to write"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with_pages(tmp_path) as made:
        yield made


@pytest.mark.slow
def test_row_06_each_representative_has_an_invitation_and_its_update_once_a_meeting_moves(desk: Desk) -> None:
    at = address(desk, HOUSING)
    number = desk.meeting.id
    (before,) = events(ask(f"{at}/{number}.ics")).values()
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "move")
    desk.stage.submit(COORDINATOR, {"meeting": str(number), "new_day": "2026-10-15"})
    sent = ask(f"{at}/{number}.ics")
    (after,) = events(sent).values()
    assert b"METHOD:REQUEST" in sent.body and after["uid"] == before["uid"]
    assert (
        int(str(after["sequence"])) > int(str(before["sequence"]))
        and f"{after.decoded('dtstart'):%d %H:%M}" == "15 09:30"
    )


@pytest.mark.slow
def test_row_115_a_feed_only_reads_and_follows_what_the_panel_decides(desk: Desk) -> None:
    at = f"{address(desk, HOUSING)}.ics"
    for written in (b"", b"BEGIN:VCALENDAR"):
        assert ask(at, written).status == 405
    read = Calendar.from_ical(ask(at).body)
    assert isinstance(read, Calendar) and len(read.events) > 50
    assert {str(event["class"]) for event in read.events} == {"PRIVATE"} and "METHOD" not in read
