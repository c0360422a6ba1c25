"""The agenda: standing items, cases in their order, slot by slot from the meeting's start.

What may be posted (`Item`) and what only chair and coordinator see (`ForChair`) are apart from the beginning.
The order of cases is `panel.case_order`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from panel.calendar import wall
from panel.case_order import CaseFacts, in_order, kind_of, reasons
from panel.codes import AgendaKind
from panel.paper import in_the_room, overtaken, proposed
from panel.settings import PanelSettings


@dataclass(frozen=True)
class OutOfCycle:
    """An emergency meeting since the last one, put up for ratification."""

    day: date
    case: str


@dataclass(frozen=True)
class Recusal:
    """A conflict of interest: which agency's representative or deputy (`who`) stays out of which case."""

    agency: str
    who: str
    case: str


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting. `start` is an instant, `zone` the panel's, `minutes` its length.

    `last_meeting` is the day of the one before, None for a panel's first.
    """

    start: datetime
    zone: ZoneInfo
    minutes: int
    last_meeting: date | None = None
    out_of_cycle: tuple[OutOfCycle, ...] = ()
    recusals: tuple[Recusal, ...] = ()

    @property
    def day(self) -> date:
        """Its date in the panel's zone. Raises ValueError for a naive start."""
        return wall(self.start, self.zone).date()


@dataclass(frozen=True)
class Item:
    """An item as everybody on the panel may read it; times in UTC, `case` a reference, `lead` an agency code."""

    number: int
    kind: AgendaKind
    title: str
    minutes: int
    starts_at: datetime
    case: str | None = None
    lead: str | None = None

    @property
    def ends_at(self) -> datetime:
        """When the next item begins."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class ForChair:
    """What stands beside an item in the checked preview: reason codes of the order, and a note."""

    reasons: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Agenda:
    """A compiled agenda.

    `over_by`: minutes beyond the meeting's length (0: it fits). `by_report`: reviews, by reference, that the
    chair could agree to take on paper; `fits_by_report`: whether that would be enough.
    """

    items: tuple[Item, ...]
    for_chair: Mapping[int, ForChair] = field(default_factory=dict)
    over_by: int = 0
    by_report: tuple[str, ...] = ()
    fits_by_report: bool = True

    @property
    def minutes(self) -> int:
        """The sum of its items."""
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True)
class _Entry:
    """An item before it has a number and a time."""

    kind: AgendaKind
    title: str
    case: str | None = None
    lead: str | None = None
    for_chair: ForChair = ForChair()


def compile_agenda(meeting: MeetingFacts, cases: Sequence[CaseFacts], settings: PanelSettings) -> Agenda:
    """The whole agenda of a meeting, by the panel's minutes and sort keys. Raises ValueError for a naive start."""
    days, length = settings.near_date_days, settings.agenda_minutes
    heard = in_the_room(cases, meeting.day, days)
    ordered = in_order(heard, meeting.day, days, frozenset(settings.order_keys))
    back = frozenset(case.ref for case in cases if overtaken(case, meeting.day, days))
    entries = [
        *_standing(settings.items_before, meeting), *_ratify(meeting),
        *_case_entries(ordered, meeting, settings, back), *_standing(settings.items_after, meeting),
    ]  # fmt: skip
    items = _numbered(entries, meeting.start, length)
    for_chair = {item.number: entry.for_chair for item, entry in zip(items, entries, strict=True)}
    over_by = max(0, sum(item.minutes for item in items) - meeting.minutes)
    saves = length[AgendaKind.REVIEW] - length[AgendaKind.PAPER]
    by_report = proposed(ordered, meeting.day, days, over_by, saves)
    return Agenda(items, for_chair, over_by, by_report, len(by_report) * saves >= over_by)


def _standing(kinds: Sequence[AgendaKind], meeting: MeetingFacts) -> list[_Entry]:
    recusals = [f"{each.agency} {each.who} recused {each.case}" for each in meeting.recusals]
    last = meeting.last_meeting
    titles = {
        AgendaKind.MINUTES: f"Minutes of {_day(last)}" if last else "Minutes (first meeting)",
        AgendaKind.OUTSTANDING_ACTIONS: "Outstanding actions (exceptions)",
    }
    notes = {AgendaKind.CONFLICTS: "; ".join(sorted(recusals)) or None}
    return [_Entry(kind, titles.get(kind, kind.label), for_chair=ForChair(note=notes.get(kind))) for kind in kinds]


def _ratify(meeting: MeetingFacts) -> list[_Entry]:
    found = sorted(meeting.out_of_cycle, key=lambda each: (each.day, each.case))
    return [_Entry(AgendaKind.RATIFY, f"Ratify out-of-cycle panel of {_day(each.day)}", each.case) for each in found]


def _case_entries(
    ordered: Sequence[CaseFacts], meeting: MeetingFacts, settings: PanelSettings, back: frozenset[str]
) -> list[_Entry]:
    keys = frozenset(settings.order_keys)
    entries = []
    for case in ordered:
        kind = kind_of(case)
        why = reasons(case, meeting.day, settings.near_date_days, keys)
        why += ("off_paper",) if case.ref in back else ()
        entries.append(_Entry(kind, _CASE_TITLES[kind], case.ref, case.lead, ForChair(why)))
    return entries


_CASE_TITLES = {
    AgendaKind.NEW: "New",
    AgendaKind.REVIEW: "Review",
    AgendaKind.REVIEW_TRANSFER: "Review and transfer out",
    AgendaKind.CLOSURE: "Closure proposal",
    AgendaKind.PAPER: "Review by report",
}


def _numbered(entries: Sequence[_Entry], start: datetime, length: Mapping[AgendaKind, int]) -> tuple[Item, ...]:
    items: list[Item] = []
    for number, entry in enumerate(entries, start=1):
        starts_at = items[-1].ends_at if items else start.astimezone(UTC)
        item = Item(number, entry.kind, entry.title, length[entry.kind], starts_at, entry.case, entry.lead)
        items.append(item)
    return tuple(items)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
