"""Carrying out what was approved, one record to a transaction: looked at once more, erased, written down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, update

from commands.kit.meetings import settings_of, today, zone_of
from commands.records import about_person, leftovers
from commands.records.due import LOG, PAPERS, over
from panel.calendar import instant
from panel.codes import Clock, Kept
from storage.audit import LET_GO, let_go
from storage.erase import erase, sweep
from storage.tables import Erasure, Meeting, Panel, StatusFreeze, SubjectRequest
from storage.work import Store, UnitOfWork

REFERENCE = "reference"  # the rule of an erasure that was asked for about somebody


def tonight(panel: Panel, now: datetime) -> datetime:
    """When the panel's quiet hours begin next: nobody waits then while the file is written anew, and until then an
    approval can be taken back."""
    settings, zone, day = settings_of(panel), zone_of(panel), today(panel, now)
    at = instant(day, settings.quiet_from, zone)
    return at if at > now else instant(day + timedelta(days=1), settings.quiet_from, zone)


def carry_out(work: UnitOfWork, row: Erasure) -> None:
    """Erase what this row stands for, unless a hold was put on it meanwhile or it is no longer due. Done once: after
    that it waits for the file to be swept."""
    if row.done_at is not None:
        return
    panel = work.get(Panel, row.panel_id)
    why, counts = _done(work, panel, row)
    row.done_at, row.kept, row.counts = work.now, why, counts
    if why is not None:
        row.wake_at = None
    work.audit(
        "erased" if why is None else "erasure_kept", row.thing, by=row.by_user, surface="retention",
        panel_id=row.panel_id, rule=row.rule, why=why, counts=counts,
    )  # fmt: skip


def _done(work: UnitOfWork, panel: Panel, row: Erasure) -> tuple[Kept | None, dict[str, int]]:
    name, _, key = row.thing.partition(":")
    if row.rule == REFERENCE:
        return _reference(work, panel, work.look(SubjectRequest, int(key)))
    if name == LOG:
        return _log(work, panel, row)
    found = next((one for one in over(work, panel) if one.thing == row.thing), None)
    if found is None:
        return Kept.GONE, {}
    if not found.verdict:
        return (Kept.HELD if found.record.holds else Kept.NOT_DUE), {}
    if found.record.kind is Clock.PAPERS:
        return None, _papers(work, panel, work.get(Meeting, int(key)))
    return None, take_out(work, panel, {name: [int(key)]})


def _log(work: UnitOfWork, panel: Panel, row: Erasure) -> tuple[Kept | None, dict[str, int]]:
    """The oldest rows of the audit log, those that were approved and no later ones."""
    found = next((one for one in over(work, panel) if one.record.kind is Clock.LOG), None)
    up_to, now_due = (int(thing.partition(":")[2]) for thing in (row.thing, found.thing if found else f"{LOG}:0"))
    if found is None or not found.verdict or up_to > now_due:
        return (Kept.HELD if found and found.record.holds else Kept.NOT_DUE), {}
    many, seal = let_go(work.session, up_to)
    work.audit(
        LET_GO, row.thing, by=row.by_user, surface="retention", panel_id=panel.id, up_to=up_to, seal=seal, rows=many
    )  # fmt: skip
    return None, {LOG: many}


def _reference(work: UnitOfWork, panel: Panel, asked: SubjectRequest | None) -> tuple[Kept | None, dict[str, int]]:
    if asked is None or asked.reference is None:
        return Kept.GONE, {}
    if about_person.holds(work, panel, asked.reference):
        return Kept.HELD, {}
    roots = about_person.roots(work, panel, asked.reference)
    counts = take_out(work, panel, roots, also=asked.reference)
    about_person.forget(work, asked)
    return None, counts


def take_out(work: UnitOfWork, panel: Panel, roots: dict[str, list[int]], also: str | None = None) -> dict[str, int]:
    """Erase rows with all that hangs on them, and what stands of them elsewhere. `also`: a reference that is taken out
    of everything else the panel keeps."""
    assert panel.id is not None
    _out_of_cycle(work, panel, roots.get("case", []))
    names = {also} if also else set()
    going, counts = erase(work, panel.id, roots, also=also)
    _freezes(work, {key for of, ids in going.items() if of.name == "action" for key in ids})
    leftovers.clear(work, panel.id, going, names)
    return counts


def _out_of_cycle(work: UnitOfWork, panel: Panel, cases: list[int]) -> None:
    """A meeting about this case alone has no papers without it."""
    for meeting in work.rows(Meeting, panel_id=panel.id, case_id=cases) if cases else ():
        _papers(work, panel, meeting)
        meeting.authority = None


def _papers(work: UnitOfWork, panel: Panel, meeting: Meeting) -> dict[str, int]:
    """The agenda, minutes and attendance of a meeting; its date stays, and so do its cases with clocks of their own."""
    counts: dict[str, int] = {}
    for table in (*PAPERS, StatusFreeze):
        found: Any = work.rows(table, meeting_id=meeting.id)
        for each in found:
            work.session.delete(each)
        counts |= {str(table.__tablename__): len(found)} if found else {}
    work.session.flush()
    return counts


def _freezes(work: UnitOfWork, actions: set[int]) -> None:
    """What was overdue at a meeting names actions by their ids: those that are gone are named no longer."""
    for freeze in work.find(StatusFreeze) if actions else ():
        for name in ("overdue", "besides"):
            listed = getattr(freeze, name)
            kept = [one for one in listed if one.get("action") not in actions]
            if len(kept) != len(listed):
                setattr(freeze, name, kept)


def tidy(store: Store, now: datetime) -> None:
    """After a tick that erased: nothing of it stays in the file. What could not be done is done after the next one."""
    done = (col(Erasure.done_at).is_not(None), col(Erasure.wake_at).is_not(None))
    with store.read(now) as work:
        waits = bool(work.few(Erasure, 1, *done))
    if waits and sweep(store.engine):
        with store.work(now) as work:
            work.session.execute(update(Erasure).where(*done).values(wake_at=None))
