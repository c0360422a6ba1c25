"""Whether a played month came out as its file says: every difference in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col

from bot.month import Month
from bot.month.meeting import Agenda
from panel.calendar import wall
from storage.tables import Action, AgendaVersion, Dependency, Meeting, Panel
from storage.work import UnitOfWork

MINUTE = "%Y-%m-%d %H:%M"


def compare(work: UnitOfWork, panel: Panel, meeting: Meeting, month: Month, summary: Mapping[str, Any]) -> list[str]:
    """The differences between the bot's own database and the file: the summary, the agenda, each action."""
    return [*_summary(month, summary), *_agenda(work, meeting, month), *_actions(work, panel, month)]


def _summary(month: Month, summary: Mapping[str, Any]) -> Iterable[str]:
    if month.expected is None:
        return
    expected = plain(month.expected.model_dump())
    for key, told in expected.items():
        found = summary[key]
        if _as_set(told) != _as_set(found):
            yield f"expected.{key} is {told}, the bot has {found}"


def _agenda(work: UnitOfWork, meeting: Meeting, month: Month) -> Iterable[str]:
    if month.agenda is None:
        return
    issued = work.first(AgendaVersion, AgendaVersion.meeting_id == meeting.id, order=col(AgendaVersion.version).desc())
    if issued is None:
        yield "no agenda was issued"
        return
    expected, found = _items(month.agenda, meeting.day), _found(issued, month.panel.timezone)
    for told, came in zip(expected, found, strict=False):
        if told != came:
            yield f"agenda item {told['item']} is {told}, the bot has {came}"
    if len(found) != len(expected):
        yield f"the agenda has {len(expected)} items, the bot's has {len(found)}"


def _found(issued: AgendaVersion, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The issued agenda, each item with the wall time at which it begins."""
    private = {row["number"]: row for row in issued.private or []}
    return [
        {
            "item": row["number"], "title": row["title"], "minutes": row["minutes"], "case": row.get("case"),
            "starts": f"{wall(datetime.fromisoformat(row['starts_at']), zone):{MINUTE}}",
            "reasons": private.get(row["number"], {}).get("reasons") or [],
            "note": private.get(row["number"], {}).get("note"),
        }
        for row in issued.public
    ]  # fmt: skip


def _items(agenda: Agenda, day: date) -> list[dict[str, Any]]:
    """The file's items: the first begins at the agenda's start, each other one when the one before it ends."""
    starts = accumulate((timedelta(minutes=row.minutes) for row in agenda.items), initial=timedelta(0))
    return [
        {
            "item": row.item, "title": row.title, "minutes": row.minutes, "case": row.case,
            "starts": f"{datetime.combine(day, agenda.start) + after:{MINUTE}}",
            "reasons": [str(reason) for reason in row.reasons], "note": row.note,
        }
        for row, after in zip(agenda.items, starts, strict=False)
    ]  # fmt: skip


def _actions(work: UnitOfWork, panel: Panel, month: Month) -> Iterable[str]:
    found = {action.ref: action for action in work.find(Action, Action.panel_id == panel.id)}
    needs = _needs(work, found)
    for told in month.actions:
        action = found.pop(told.id, None)
        if action is None:
            yield f"{told.id} is not in the bot's tracker"
            continue
        facts: list[tuple[str, object, object]] = [
            ("status", told.status, action.status),
            ("outcome", told.outcome, action.outcome),
            ("due", told.due, action.due),
            ("original_due", told.original_due, action.original_due),
            ("depends_on", sorted(told.depends_on), needs[told.id]),
            ("carried_forward_count", told.carried_forward_count, action.carried_forward),
            ("safety", told.safety, action.safety),
        ]
        for name, value, came in facts:
            if came != value:
                yield f"{told.id} {name} is {value}, the bot has {came}"
        if action.level < told.escalation:
            yield f"{told.id} must have reached level {told.escalation}, the bot has {action.level}"
    for ref in found:
        yield f"the bot has an action {ref} that the file does not"


def _needs(work: UnitOfWork, actions: Mapping[str, Action]) -> dict[str, list[str]]:
    """By reference, what each action waits for."""
    refs = {action.id: ref for ref, action in actions.items()}
    found: dict[str, list[str]] = {ref: [] for ref in actions}
    for row in work.find(Dependency, col(Dependency.action_id).in_([key for key in refs if key])):
        found[refs[row.action_id]].append(refs[row.needs_id])
    return {ref: sorted(waits) for ref, waits in found.items()}


def plain(value: Any) -> Any:
    """As JSON would hold it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def _as_set(value: Any) -> Any:
    return {tuple(item) if isinstance(item, list) else item for item in value} if isinstance(value, list) else value
