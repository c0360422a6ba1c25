"""The meeting that a month is about, and its dates against the computed ones."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.month import Difference, differences, read_month, settings_of, sittings
from bot.month.fields import CutOffTime
from tests.bot.month.conftest import MONTHS, OCTOBER


@pytest.mark.parametrize("file", sorted(MONTHS.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_given_cycle_is_the_computed_one(file: Path) -> None:
    assert differences(read_month(file)) == []


def test_october_stands_between_september_and_november() -> None:
    month = read_month(OCTOBER)
    found = sittings(month, date(2026, 10, 30))
    assert found.previous is not None
    assert (found.previous.day, found.this.day, found.next.day) == (
        date(2026, 9, 16),
        date(2026, 10, 14),
        date(2026, 11, 11),
    )
    assert sittings(month, date(2026, 10, 14)).this.day == date(2026, 10, 14)
    assert sittings(month, date(2026, 10, 13)).this.day == date(2026, 9, 16)


def test_easter_monday_moves_the_second_month_a_week() -> None:
    found = sittings(read_month(MONTHS / "fenhallow-april.yaml"), date(2027, 4, 21))
    assert (found.this.rule_date, found.this.day) == (date(2027, 3, 29), date(2027, 4, 5))
    assert found.this.moved and not found.next.moved


def test_the_first_meeting_has_none_before_it() -> None:
    month = read_month(OCTOBER)
    assert sittings(month, date(2026, 1, 20)).previous is None
    with pytest.raises(ValueError, match="no meeting on or before 2026-01-06"):
        sittings(month, date(2026, 1, 6))


def test_a_difference_is_reported_not_refused(tmp_path: Path) -> None:
    text = OCTOBER.read_text(encoding="utf-8")
    file = tmp_path / "month.yaml"
    changed = text.replace("triage: 2026-10-01", "triage: 2026-09-30").replace("2026-10-09T17:00", "2026-10-09T16:00")
    file.write_text(changed.replace("next_panel: 2026-11-11", "next_panel: 2026-11-18"), encoding="utf-8")
    assert differences(read_month(file)) == [
        Difference("triage", CutOffTime(date(2026, 9, 30)), CutOffTime(date(2026, 10, 1))),
        Difference(
            "update_deadline",
            CutOffTime(date(2026, 10, 9), time(16)),
            CutOffTime(date(2026, 10, 9), time(17)),
        ),
        Difference("next_panel", CutOffTime(date(2026, 11, 18)), CutOffTime(date(2026, 11, 11))),
    ]


def test_a_panel_date_outside_the_series_is_reported(tmp_path: Path) -> None:
    text = OCTOBER.read_text(encoding="utf-8")
    file = tmp_path / "month.yaml"
    until = text[: text.index("cycle:")] + "cycle: {panel_date: 2026-10-15}\n"
    file.write_text(until, encoding="utf-8")
    found = differences(read_month(file))
    assert found == [Difference("panel_date", CutOffTime(date(2026, 10, 15)), CutOffTime(date(2026, 10, 14)))]


def test_settings_take_capacity_and_quorum_from_the_file() -> None:
    settings = settings_of(read_month(MONTHS / "fenhallow-april.yaml"))
    assert (settings.capacity.max_cases, settings.capacity.max_new) == (7, 2)
    assert settings.quorum.must_have == ("FHC", "PRB", "VIS")
    assert hash(settings.quorum)
