"""The daily message: who has which line, in which order."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from panel.actions import ActionFacts, TimeAsked
from panel.calendar import WorkingCalendar
from panel.codes import ActionStatus, Nation, Priority
from panel.digest import Line, PersonFacts, action_line, digest_lines
from panel.ladder import PanelTime, Recipient
from panel.settings import PanelSettings

LONDON = ZoneInfo("Europe/London")
PANEL = PanelTime(WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2026), LONDON, PanelSettings())
AGREED = datetime(2026, 10, 14, 11, 0, tzinfo=LONDON)
ACTION = ActionFacts("HOU", date(2026, 10, 28), ActionStatus.ACKNOWLEDGED, agreed_at=AGREED, told_at=AGREED)
DOER = frozenset({Recipient.ASSIGNEE})
UNANSWERED = replace(ACTION, status=ActionStatus.OPEN)


def on(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("action", "part", "now", "line"),
    [
        (ACTION, Recipient.ASSIGNEE, on(22), None),
        (ACTION, Recipient.ASSIGNEE, on(23), Line.DUE_SOON),
        (ACTION, Recipient.REP, on(23), None),
        (ACTION, Recipient.ASSIGNEE, on(28), Line.DUE_TODAY),
        (ACTION, Recipient.ASSIGNEE, on(29), Line.OVERDUE),
        (ACTION, Recipient.REP, on(29), Line.OVERDUE),
        (ACTION, Recipient.DEPUTY, on(30), None),
        (ACTION, Recipient.DEPUTY, on(2, 11), Line.OVERDUE),
        (ACTION, Recipient.CHAIR, on(10, 11), None),
        (ACTION, Recipient.CHAIR, on(11, 11), Line.OVERDUE),
        (UNANSWERED, Recipient.ASSIGNEE, on(15), None),
        (UNANSWERED, Recipient.ASSIGNEE, on(16), Line.TO_ACKNOWLEDGE),
        (UNANSWERED, Recipient.REP, on(23), Line.TO_ACKNOWLEDGE),
        (UNANSWERED, Recipient.ASSIGNEE, on(23), Line.DUE_SOON),
        (replace(ACTION, priority=Priority.IMMEDIATE), Recipient.ASSIGNEE, on(30), None),
        (replace(ACTION, status=ActionStatus.AWAITING_SAFETY_CHECK), Recipient.CHECKER, on(15), Line.CHECKS_WAITING),
        (replace(ACTION, status=ActionStatus.AWAITING_SAFETY_CHECK), Recipient.REP, on(30), None),
        (replace(ACTION, unmet=frozenset({"A-1"})), Recipient.COORDINATOR, on(22), None),
        (replace(ACTION, unmet=frozenset({"A-1"})), Recipient.COORDINATOR, on(30), Line.HELD_UP),
        (replace(ACTION, unmet=frozenset({"A-1"})), Recipient.ASSIGNEE, on(30), None),
        (replace(ACTION, status=ActionStatus.REPORTED_COMPLETE), Recipient.ASSIGNEE, on(30), None),
    ],
)
def test_the_line_of_an_action(action: ActionFacts, part: Recipient, now: datetime, line: Line | None) -> None:
    assert action_line(action, part, now, PANEL) is line


def test_time_asked_for_keeps_the_line_that_stands_and_adds_nobody() -> None:
    asked = replace(ACTION, asked=TimeAsked(date(2026, 11, 20), on(29)))
    assert action_line(asked, Recipient.ASSIGNEE, on(5, 11), PANEL) is Line.OVERDUE
    assert action_line(asked, Recipient.DEPUTY, on(5, 11), PANEL) is None


def test_one_digest_counts_most_urgent_first() -> None:
    later = replace(ACTION, due=date(2026, 10, 30))
    person = PersonFacts(
        actions=(
            (later, DOER, PANEL),
            (ACTION, DOER, PANEL),
            (ACTION, frozenset({Recipient.REP}), PANEL),
            (replace(ACTION, due=date(2026, 10, 29)), DOER, PANEL),
        ),
        others={Line.UPDATES_OUTSTANDING: 4, Line.TO_CONFIRM: 3, Line.TIME_ASKED: 0},
    )
    assert digest_lines(person, on(29)) == [
        (Line.OVERDUE, 2),
        (Line.DUE_TODAY, 1),
        (Line.DUE_SOON, 1),
        (Line.TO_CONFIRM, 3),
        (Line.UPDATES_OUTSTANDING, 4),
    ]


def test_an_action_counts_once_for_somebody_with_several_parts_in_it() -> None:
    parts = frozenset({Recipient.REP, Recipient.ASSIGNEE, Recipient.DEPUTY})
    unanswered = PersonFacts(actions=((UNANSWERED, parts, PANEL),))
    assert digest_lines(unanswered, on(22)) == [(Line.TO_ACKNOWLEDGE, 1)]
    assert digest_lines(unanswered, on(23)) == [(Line.DUE_SOON, 1)]


def test_nothing_to_say_is_no_message() -> None:
    assert digest_lines(PersonFacts(actions=((ACTION, DOER, PANEL),)), on(15)) == []
