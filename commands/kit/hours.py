"""When people may be written to: one rule for every message, in the hours of its panel."""

from __future__ import annotations

from datetime import datetime

from commands.kit.meetings import calendar_of, settings_of, today, zone_of
from panel.ladder import quiet
from storage.tables import Panel


def awake(panel: Panel, now: datetime) -> datetime:
    """The first moment from `now` at which an ordinary message of this panel may go: not in its quiet hours, at a
    weekend or on a bank holiday."""
    return quiet(now, calendar_of(panel, today(panel, now)), zone_of(panel), settings_of(panel))
