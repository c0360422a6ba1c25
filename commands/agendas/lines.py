"""The agenda's items as everybody may read them: kept as JSON, shown in the channel, on paper and in modals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from commands.agendas.freeze import counted
from commands.kit.meetings import listed
from commands.kit.modes import Sitting, in_writing
from commands.kit.words import Words
from panel.agenda import Agenda, Item
from panel.codes import AgendaKind, CaseKind
from storage.sealed import hidden_by
from storage.tables import AgendaVersion, Case, Listing, Meeting, Panel
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Line:
    """One item. `hearing` is `new` or `review 3`; `lead` an agency's code; `starts_at` an aware instant."""

    number: int
    kind: AgendaKind
    title: str
    minutes: int
    starts_at: datetime
    case_id: int | None = None
    case: str | None = None
    subject: str | None = None
    hearing: str | None = None
    lead: str | None = None
    overdue: int | None = None  # of the item on outstanding actions: how many, of how many that are open
    open: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self) | {"starts_at": self.starts_at.isoformat()}


def lines_of(work: UnitOfWork, panel: Panel, meeting: Meeting, agenda: Agenda) -> list[Line]:
    """The items of a compiled agenda."""
    on_list = {case.ref: (listing, case) for listing, case in listed(work, meeting)}
    told = {item.case for item in agenda.items if item.case}
    cases = {case.ref: case for case in work.rows(Case, panel_id=panel.id, ref=told)}
    lines = [
        _line(item, cases.get(item.case or ""), on_list.get(item.case or "", (None, None))[0]) for item in agenda.items
    ]
    actions = counted(work, panel, meeting)
    return [
        replace(line, overdue=len(actions.late), open=actions.open)
        if line.kind is AgendaKind.OUTSTANDING_ACTIONS
        else line
        for line in lines
    ]


def _line(item: Item, case: Case | None, listing: Listing | None) -> Line:
    heard = case is not None and item.kind is not AgendaKind.RATIFY
    return Line(
        item.number, item.kind, item.title, item.minutes, item.starts_at,
        case_id=case.id if case else None, case=item.case, subject=case.subject_ref if case else None,
        hearing=hearing(listing) if heard and listing else None, lead=item.lead if heard else None,
    )  # fmt: skip


def hearing(listing: Listing) -> str:
    """`new`, or which review it is."""
    return "new" if listing.kind == CaseKind.NEW else f"review {listing.review_no or ''}".strip()


def kept(version: AgendaVersion) -> list[Line]:
    """The items of an agenda as it was issued; without a case that was sealed since, for whoever may not know of it."""
    hidden = hidden_by(version)
    lines = [
        Line(**row | {"kind": AgendaKind(row["kind"]), "starts_at": datetime.fromisoformat(row["starts_at"])})
        for row in version.public
        if row["case_id"] not in hidden
    ]
    return [replace(line, number=number) for number, line in enumerate(lines, 1)] if hidden else lines


def issued(work: UnitOfWork, meeting: Meeting) -> AgendaVersion | None:
    """The agenda that stands: the newest issued one; none while it is open again, because the meeting was moved."""
    return newest(work, meeting) if meeting.agenda_issued_at else None


def newest(work: UnitOfWork, meeting: Meeting) -> AgendaVersion | None:
    """The last agenda that was issued, whether it still stands or not."""
    found = work.find(AgendaVersion, AgendaVersion.meeting_id == meeting.id, order=AgendaVersion.version)
    return found[-1] if found else None


def as_slack(words: Words, lines: Sequence[Line], zone: str, sitting: Sitting) -> list[str]:
    """Each item as one line of Slack's mrkdwn; without times and minutes where the sitting is in writing."""
    timed = not in_writing(sitting)
    return [words("agendas/line", line=line, at=clock_time(line.starts_at, zone), timed=timed) for line in lines]


def clock_time(value: datetime, zone: str) -> str:
    """A Slack token for a time of day: each reader's own, with the panel's wall time as the fallback."""
    return f"<!date^{int(value.timestamp())}^{{time}}|{wall_time(value, zone)}>"


def wall_time(value: datetime, zone: str) -> str:
    """`09:30` where the panel is."""
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}"
