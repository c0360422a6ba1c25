"""From how many cases opened, or refusals, somebody else is told (field reference 11.2): starting values, for each
panel to check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from panel.settings import Watch

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """What counts for one person."""

    views_hour: int
    views_day: int
    refusals_hour: int


def limits_of(watch: Watch, *, office: bool) -> Limits:
    """Those of coordinator and chair, whose work is every case, or of everybody else."""
    if office:
        return Limits(watch.office_views_hour, watch.office_views_day, watch.refusals_hour)
    return Limits(watch.views_hour, watch.views_day, watch.refusals_hour)
