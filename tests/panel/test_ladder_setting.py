"""What a ladder's numbers may be, and what they come to."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from panel.calendar import WorkingCalendar
from panel.codes import Nation
from panel.ladder import PanelTime, Recipient
from panel.ladder_setting import BOUNDS, HOURS, picture, problems
from panel.settings import Ladder, PanelSettings

LONDON = ZoneInfo("Europe/London")
PANEL = PanelTime(WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2027), LONDON, PanelSettings())


def test_the_fields_default_is_a_possible_ladder() -> None:
    assert problems(Ladder()) == {}
    assert {*Ladder().fast_hours} <= {*HOURS}
    assert {*BOUNDS} | {"fast_hours"} == {*Ladder.__dataclass_fields__}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"deputy_days": 1}, {"deputy_days"}),
        ({"deputy_days": 5}, {"lead_days"}),
        ({"rep_days": 0}, {"rep_days"}),
        ({"chair_days": 61}, {"chair_days"}),
        ({"rep_days": 20}, {"deputy_days"}),
        ({"fast_hours": ()}, {"fast_hours"}),
        ({"fast_hours": (5,)}, {"fast_hours"}),
        ({"steering_panels": 0, "steering_slips": 0}, {"steering_panels", "steering_slips"}),
    ],
)
def test_a_ladder_rises_step_by_step_and_keeps_its_bounds(changes: dict[str, object], wrong: set[str]) -> None:
    assert set(problems(replace(Ladder(), **changes))) == wrong  # type: ignore[arg-type]


def test_the_picture_says_who_is_told_when_for_an_action_due_on_a_day() -> None:
    found = picture(PANEL, date(2026, 10, 9))
    assert [(at.astimezone(LONDON).strftime("%a %d %b %H:%M"), tell[-1]) for at, tell in found.standard] == [
        ("Tue 06 Oct 09:00", Recipient.ASSIGNEE),
        ("Fri 09 Oct 09:00", Recipient.ASSIGNEE),
        ("Mon 12 Oct 09:00", Recipient.REP),
        ("Wed 14 Oct 09:00", Recipient.DEPUTY),
        ("Fri 16 Oct 09:00", Recipient.COORDINATOR),
        ("Fri 23 Oct 09:00", Recipient.CHAIR),
    ]
    assert found.immediate[0] == (
        datetime(2026, 10, 9, 13, tzinfo=LONDON), (Recipient.ASSIGNEE, Recipient.REP, Recipient.DUTY)
    )  # fmt: skip
    assert found.immediate[-1][0] == datetime(2026, 10, 9, 19, tzinfo=LONDON)
    assert found.immediate[-1][1][-1] is Recipient.CHAIR
