"""The victim-safety gate: what the victim service hears before an action begins, and for how long it is waited for
(field reference 7.6). Pure: the caller brings the moment and the panel's time."""

from datetime import datetime, timedelta

from panel.action_types import ActionType
from panel.calendar import instant, wall
from panel.codes import Check, Priority, Visibility, YesNo
from panel.ladder import PanelTime, quiet


def check_for(kind: ActionType, reveals: YesNo | None) -> Check:
    """The check that an action of this type is under. Where the type may tell the subject an address that they do not
    know, anything but a plain no makes the check required: not sure, and not asked yet, too."""
    asked = kind.reveals_address and reveals is not YesNo.NO
    return Check.REQUIRED if asked else kind.check


def noticed(visibility: Visibility) -> bool:
    """Whether the subject may come to know of it: what can be worked out counts as open."""
    return visibility is not Visibility.COVERT


def hears_first(check: Check, visibility: Visibility, priority: Priority) -> bool:
    """Whether an action about which the victim service is only told waits all the same until it has had time to
    answer: what the subject may notice does, unless it is immediate."""
    return check is Check.ADVISE and noticed(visibility) and priority is not Priority.IMMEDIATE


def advice_ends(asked: datetime, panel: PanelTime) -> datetime:
    """When what only waits for advice goes on without it: the panel's hours after the victim service could be told,
    whole days counted as working days, and never in hours in which nobody is."""
    hours = panel.settings.gate.advise_hours
    told = wall(quiet(asked, panel.calendar, panel.zone, panel.settings), panel.zone)
    day = panel.calendar.add_working_days(told.date(), hours // 24)
    ends = instant(day, told.time(), panel.zone) + timedelta(hours=hours % 24)
    return quiet(ends, panel.calendar, panel.zone, panel.settings)


def may_proceed_from(told: datetime, panel: PanelTime) -> datetime:
    """The first moment at which the chair may let an action go on against advice, once the victim service was told."""
    return told + timedelta(hours=panel.settings.gate.pause_hours)
