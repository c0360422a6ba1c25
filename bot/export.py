"""The papers one takes away from a meeting: what the bot computes from its own database, and nothing else."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import col

from commands.actions import tracker
from commands.actions.facts import facts_many
from commands.agendas.paper import agenda_markdown
from commands.kit.meetings import zone_of
from commands.kit.people import coordinator, person_on
from commands.kit.stamp import stamp_of
from commands.kit.taken import purpose_of, watermark
from commands.meetings.minutes import minutes_text, newest
from commands.meetings.sheet import written
from commands.meetings.summary import summary_text
from commands.updates.current import board_of
from panel.actions import DONE, ENDED, ActionFacts, check_late, overdue
from panel.codes import ActionStatus
from panel.codes.basis import TakenFor
from storage import audit
from storage.tables import Action, AgendaVersion, Meeting, Panel
from storage.work import UnitOfWork

AS_SEEN = "as the coordinator may read it"


def export(
    work: UnitOfWork, panel: Panel, meeting: Meeting, out: Path, purpose: TakenFor | None = None
) -> dict[str, Any]:
    """Write agenda.md, tracker.csv, minutes.md, executive-summary.md, a sheet-AGENCY.md for each agency that owes an
    action, audit.jsonl and summary.json into `out`; answers the summary.

    Each carries what it is taken out for, and the panel's stamp until it is live: the tracker in a column, JSON in a
    field. Tracker and sheets are as the coordinator sees them; minutes and executive summary hold unrestricted items
    only; the audit holds no content. Raises NoPurpose.
    """
    marks = _marks(work, panel, purpose)
    out.mkdir(parents=True, exist_ok=True)
    work.see_as("")  # a file is anybody's: no sealed case stands in one
    summary = summarise(work, panel, meeting)
    for name, text in _papers(work, panel, meeting).items():
        (out / name).write_text(_marked(text, marks))
    (out / "summary.json").write_text(json.dumps({**summary, **marks}, indent=2) + "\n")
    _tracker(work, panel, out / "tracker.csv", marks)
    with (out / "audit.jsonl").open("w") as file:
        for line in audit.lines(work.session):
            file.write(json.dumps({**line, **marks}) + "\n")
    return summary


def _marks(work: UnitOfWork, panel: Panel, purpose: TakenFor | None) -> dict[str, str]:
    """What stands in every file, by the field under which it does."""
    stamp = stamp_of(panel)
    taken = watermark(panel, work.now, purpose_of(panel, purpose), AS_SEEN)
    return {**({"stamp": stamp} if stamp else {}), "taken_out": taken}


def _papers(work: UnitOfWork, panel: Panel, meeting: Meeting) -> dict[str, str]:
    found = newest(work, meeting)
    return {
        "agenda.md": agenda_markdown(work, panel, meeting),
        "minutes.md": minutes_text(work, panel, meeting),
        "executive-summary.md": (found.summary if found else None) or summary_text(work, panel, meeting),
        **{f"sheet-{code}.md": text for code, text in written(work, panel, meeting).items()},
    }


def summarise(work: UnitOfWork, panel: Panel, meeting: Meeting) -> dict[str, Any]:
    """The month in numbers, as of `work.now`."""
    board = board_of(work, meeting)
    complete, requested = board.counts()
    known = of_meeting(work, panel, meeting)
    facts = facts_many(work, panel, known)
    actions = {action.ref: facts[action.id] for action in known if action.id is not None}
    zone = zone_of(panel)
    issued = work.first(AgendaVersion, AgendaVersion.meeting_id == meeting.id, order=col(AgendaVersion.version).desc())
    return {
        "returns_requested": requested,
        "returns_complete": complete,
        "returns_outstanding": [[case, agency, cell.value] for case, agency, cell in board.outstanding],
        "returns_late": board.late,
        "agenda_minutes": sum(item["minutes"] for item in issued.public) if issued else 0,
        "actions_total": len(actions),
        "actions_complete": sum(facts.status is ActionStatus.COMPLETE for facts in actions.values()),
        "actions_overdue_on_as_of": _those(actions, lambda facts: overdue(facts, work.now, zone)),
        "checks_late_on_as_of": _those(actions, lambda facts: check_late(facts, work.now, zone)),
    }


def of_meeting(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Action]:
    """The actions agreed at a meeting, and those carried forward to it (agreed before, not ended by its start)."""
    ended = (DONE | ENDED) - {ActionStatus.REPORTED_COMPLETE}
    return [
        action
        for action in work.find(Action, Action.panel_id == panel.id)
        if action.meeting_id == meeting.id
        or (
            action.agreed_at is not None
            and action.agreed_at < meeting.starts_at
            and (action.status not in ended or action.status_at >= meeting.starts_at)
        )
    ]


def _those(actions: dict[str, ActionFacts], is_so: Any) -> list[str]:
    return [ref for ref, facts in actions.items() if is_so(facts)]


def _marked(text: str, marks: Mapping[str, str]) -> str:
    """The document with its marks beneath the title."""
    title, _, rest = text.partition("\n")
    return f"{title}\n\n" + "".join(f"**{mark}**\n\n" for mark in marks.values()) + rest.lstrip("\n")


def _tracker(work: UnitOfWork, panel: Panel, path: Path, marks: Mapping[str, str]) -> None:
    assert panel.id is not None
    person = person_on(work, panel, coordinator(work, panel.id) or "")
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=[*tracker.COLUMNS, *marks])
        writer.writeheader()
        safe = {name: tracker.cell(mark) for name, mark in marks.items()}
        writer.writerows({**row, **safe} for row in tracker.rows(work, panel, person))
