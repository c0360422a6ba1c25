"""The catalogue of action types: one by its code, some by words, a usual due day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from panel.action_types import ROWS, ActionType, TermKind
from panel.calendar import WorkingCalendar
from panel.codes import Function

_NEVER_USED: Mapping[str, int] = MappingProxyType({})
ACTION_TYPES: Mapping[str, ActionType] = MappingProxyType({row.code: row for row in ROWS})


def action_type(code: str) -> ActionType:
    """The type with this code. Raises ValueError for a code that is not in the catalogue."""
    try:
        return ACTION_TYPES[code]
    except KeyError:
        raise ValueError(f"{code!r} is not in the action catalogue") from None


def search(
    text: str,
    kinds: Iterable[ActionType] = ROWS,
    functions: Collection[Function] = (),
    used: Mapping[str, int] = _NEVER_USED,
) -> list[ActionType]:
    """The types in which every word of `text` occurs: code, label, lever, usual owner or other words.

    Those whose code starts with the text come first, then those that an agency with one of `functions` usually does,
    then those `used` most often, else in catalogue order; empty text gives the whole catalogue.
    """
    words, start = text.casefold().split(), text.strip().casefold()
    found = [row for row in kinds if all(word in _searchable(row) for word in words)]
    return sorted(
        found,
        key=lambda row: (
            not row.code.casefold().startswith(start),
            not any(owner in functions for owner in row.usual_owner),
            -used.get(row.code, 0),
        ),
    )


def _searchable(row: ActionType) -> str:
    owners = " ".join(owner.label for owner in row.usual_owner)
    return f"{row.code} {row.label} {row.group.label} {owners} {row.also}".casefold()


def due_for(
    kind: ActionType,
    agreed_on: date,
    calendar: WorkingCalendar,
    next_panel: date,
    event: date | None = None,
) -> date:
    """The usual due day of an action agreed on a day (in the panel's zone): a proposal, people may change it.

    Hours count calendar days, for safety does not wait for Monday; a latest day that falls on a day off comes
    forward to the working day before it. `event` is the hearing's or the release's day: a hearing's action is
    due on it, a release's on the working day before, neither before `agreed_on`; while it is unknown, and for
    an ongoing action (its review), the next panel's day is proposed.
    """
    term = kind.term
    if term.kind is TermKind.HOURS:
        return agreed_on + timedelta(hours=term.n)
    if term.kind is TermKind.WORKING_DAYS:
        return calendar.add_working_days(agreed_on, term.n)
    if term.kind is TermKind.DAYS:
        return calendar.add_working_days(agreed_on + timedelta(days=term.n + 1), -1)
    if event is not None and term.kind is TermKind.HEARING:
        return max(event, agreed_on)
    if event is not None and term.kind is TermKind.RELEASE:
        return max(calendar.add_working_days(event, -1), agreed_on)
    return next_panel
