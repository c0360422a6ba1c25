"""A panel's numbers, changed in Slack or by `convenor import`, and what follows from them for the months ahead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, update

from commands.kit.hours import next_digest
from commands.kit.meetings import cut_offs_of, settings_of
from commands.kit.modes import called
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.panels.cycle import planned, set_cut_offs
from commands.panels.outside import everybody
from panel.actions import LIVE
from panel.cycle import CutOff
from panel.settings import PanelSettings
from storage.outbox import Owed
from storage.tables import Action, Meeting, Notice, Panel
from storage.work import UnitOfWork

A_WHILE = timedelta(minutes=5)  # who changes several numbers in a row sends one message


def change(work: UnitOfWork, panel: Panel, settings: PanelSettings) -> int:
    """Keep the settings, and work anew what they decide: the next digest, the ladder of every action, the cut-offs
    ahead. Answers for how many meetings cut-offs moved."""
    was = settings_of(panel)
    panel.settings = json.loads(settings.to_json())
    panel.version += 1
    panel.wake_at = next_digest(work, panel, work.now)
    if (was.ladder, was.digest_at) != (settings.ladder, settings.digest_at):
        _wake_actions(work, panel)
    return _replan(work, panel) if was.offsets != settings.offsets else 0


def _wake_actions(work: UnitOfWork, panel: Panel) -> None:
    """The next tick works the ladder of each out anew; a step that was told of is not told of twice."""
    live = (col(Action.panel_id) == panel.id, col(Action.status).in_([*LIVE]))
    work.session.execute(update(Action).where(*live).values(wake_at=work.now))


def _replan(work: UnitOfWork, panel: Panel) -> int:
    """Move the cut-offs of every cycle whose requests are not out, and owe one notice. Where agencies have been asked,
    the dates they were given stay."""
    moved = []
    for meeting in planned(work, panel):
        if meeting.requests_sent_at is None and (changed := set_cut_offs(work, panel, meeting)):
            moved.append((meeting, {name: was for name, (was, _) in changed.items() if was}))
    if moved:
        _owe(work, panel, *moved[0], later=len(moved) - 1)
    return len(moved)


def _owe(work: UnitOfWork, panel: Panel, meeting: Meeting, changed: Mapping[CutOff, datetime], later: int) -> None:
    """Each reader hears once of all that was changed within some minutes, with what stood before the first change."""
    for to in everybody(work, panel, meeting):
        told = {name: was.isoformat() for name, was in changed.items()}
        for earlier in _withdrawn(work, panel, meeting, to):
            told, later = told | earlier["changed"], max(later, earlier["later"])
        work.owe(
            f"replanned:{panel.id}:{panel.version}:{to}", "replanned", to, panel_id=panel.id,
            about={"meeting": meeting.id, "later": later, "changed": told}, not_before=work.now + A_WHILE,
        )  # fmt: skip


def _withdrawn(work: UnitOfWork, panel: Panel, meeting: Meeting, to: str) -> list[dict[str, Any]]:
    """What was owed to them on this and is not sent yet, latest first: it is not sent any more."""
    waiting = work.rows(Notice, kind="replanned", panel_id=panel.id, to=to, state="pending")
    ids = [notice.id for notice in waiting if notice.about["meeting"] == meeting.id]
    still = update(Notice).where(col(Notice.id).in_(ids), col(Notice.state) == "pending").values(state="dropped")
    dropped = set(work.session.execute(still.returning(col(Notice.id))).scalars())
    return [notice.about for notice in reversed(waiting) if notice.id in dropped]


def replanned(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Which cut-offs of the next cycle moved, and of how many later ones. Not sent once all is as it was, or past."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    now_at = cut_offs_of(work, meeting)
    told = [(CutOff(name), datetime.fromisoformat(was)) for name, was in owed.about["changed"].items()]
    changed = [
        (called(name.label, meeting), was, now_at[name])
        for name, was in told
        if now_at[name] != was and max(now_at[name], was) > work.now
    ]
    if meeting.status != "planned" or not changed:
        return None
    text = service.words(
        "panels/replanned", zone=panel.timezone, meeting=meeting, changed=changed, later=owed.about["later"]
    )  # fmt: skip
    return say(text)
