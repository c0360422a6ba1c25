"""Every rhythm that the menu offers is one that the calendar keeps."""

from datetime import date, timedelta

from commands.panels.cadence import OFTEN, cadence_of, rule_of

WEDNESDAY = date(2026, 10, 14)


def test_a_panel_meets_every_one_to_six_or_eight_weeks() -> None:
    weeks = {label: often for often, label in OFTEN if often.startswith("weeks:")}
    assert set(weeks) == {"Every week", *(f"Every {n} weeks" for n in (2, 3, 4, 5, 6, 8))}
    for label, often in weeks.items():
        first, second, *_ = cadence_of(rule_of(often, WEDNESDAY)).dates(WEDNESDAY, date(2027, 10, 14))
        apart = 1 if label == "Every week" else int(label.split()[1])
        assert second - first == timedelta(weeks=apart), label
