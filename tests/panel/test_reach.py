"""Who is written to when nothing arrives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from panel.reach import is_tried

SINCE = datetime(2026, 10, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_up_to_the_number_every_message_is_tried_and_then_one_a_day() -> None:
    assert is_tried(None, 9, 3, SINCE)
    assert is_tried(SINCE, 2, 3, SINCE)
    assert not is_tried(SINCE, 3, 3, SINCE + DAY - timedelta(seconds=1))
    assert is_tried(SINCE, 3, 3, SINCE + DAY)
    assert not is_tried(SINCE, 4, 3, SINCE + DAY)
    assert is_tried(SINCE, 4, 3, SINCE + 2 * DAY)
