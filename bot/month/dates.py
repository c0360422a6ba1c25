"""A month file's dates: which meeting it is about, and how its own dates compare with the computed ones."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.month.fields import CutOffTime
from bot.month.model import Month
from bot.month.numbers import with_numbers
from panel.calendar import PanelDate, WorkingCalendar, panel_dates, wall
from panel.cycle import CutOff, cut_offs
from panel.settings import PanelSettings


@dataclass(frozen=True)
class Difference:
    """A date of the file that is not the computed one."""

    key: str
    given: CutOffTime
    computed: CutOffTime


@dataclass(frozen=True)
class Sittings:
    """The meeting that a month is about, the one before it (None for the first) and the one after."""

    previous: PanelDate | None
    this: PanelDate
    next: PanelDate


def settings_of(month: Month) -> PanelSettings:
    """A new panel's settings: the defaults, with what the file gives."""
    return changed_by(month, PanelSettings())


def changed_by(month: Month, now: PanelSettings) -> PanelSettings:
    """The settings of a panel that is there already, with what the file gives in their place."""
    told = month.panel
    return with_numbers(now, told.capacity, told.quorum, told.settings)


def calendar_of(month: Month, around: date) -> WorkingCalendar:
    """The panel's working days, from two years before `around` to three after it."""
    return WorkingCalendar.of(month.panel.bank_holidays, around.year - 2, around.year + 3)


def sittings(month: Month, on: date) -> Sittings:
    """The last meeting on or before a day, with its neighbours. Raises ValueError if there is none yet."""
    start, end = on - relativedelta(years=2), on + relativedelta(years=2)
    rule = month.panel.cadence.rule()
    planned = panel_dates(rule, start, end, month.panel.on_holiday, calendar_of(month, on))
    past = [meeting for meeting in planned if meeting.day <= on]
    if not past:
        raise ValueError(f"the series has no meeting on or before {on}")
    following = planned[len(past)]
    return Sittings(past[-2] if len(past) > 1 else None, past[-1], following)


def differences(month: Month) -> list[Difference]:
    """Where the given cycle differs from the computed one; empty when it agrees or there is nothing to compare.

    The computed meeting is the last one on or before `demo.as_of`, or `panel_date` where there is no demo. A
    cut-off given as a day is compared as a day, one given with a time to the minute of the panel's wall time.
    """
    if month.cycle is None:
        return []
    found = sittings(month, month.demo.as_of if month.demo else month.cycle.panel_date)
    pairs = [
        ("panel_date", CutOffTime(month.cycle.panel_date), CutOffTime(found.this.day)),
        *_cut_off_pairs(month, found.this.day),
    ]
    if month.cycle.next_panel is not None:
        pairs.append(("next_panel", CutOffTime(month.cycle.next_panel), CutOffTime(found.next.day)))
    return [Difference(key, given, computed) for key, given, computed in pairs if given != computed]


def _cut_off_pairs(month: Month, panel_day: date) -> list[tuple[str, CutOffTime, CutOffTime]]:
    zone = month.panel.timezone
    computed = cut_offs(
        panel_day,
        month.panel.cadence.time,
        zone,
        calendar_of(month, panel_day),
        settings_of(month).offsets,
    )
    pairs = []
    for cut_off, moment in computed.items():
        given: CutOffTime | None = getattr(month.cycle, cut_off.value, None)
        if cut_off is not CutOff.PANEL and given is not None:
            local = wall(moment, zone)
            at = None if given.at is None else local.time()
            pairs.append((cut_off.value, given, CutOffTime(local.date(), at)))
    return pairs
