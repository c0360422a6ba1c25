"""A meeting's cut-offs are acted on by themselves: one that can't be keeps none of the others back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from panel.cycle import CutOff
from storage.tables import AuditRow, CutOffRow, Meeting, Panel
from storage.work import UnitOfWork
from tests.desk import Desk, open_desk

DAYS = [CutOff.REFERRAL_DEADLINE, CutOff.TRIAGE, CutOff.CASE_LIST_AND_REQUESTS, CutOff.REMINDER_1]
BROKEN = CutOff.TRIAGE


def acted_on(desk: Desk) -> set[CutOff]:
    with desk.work() as work:
        rows = work.find(CutOffRow, CutOffRow.meeting_id == desk.meeting.id)
        return {CutOff(row.name) for row in rows if row.done_at is not None} & set(DAYS)


def done(desk: Desk) -> list[CutOff]:
    """What was done, as it was kept: a transaction that failed has done nothing."""
    with desk.work() as work:
        return [CutOff(row.thing) for row in work.find(AuditRow, AuditRow.verb == "acted", order=AuditRow.seq)]


def test_one_that_fails_is_tried_again_and_the_others_are_done(tmp_path: Path) -> None:
    def breaks(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
        raise RuntimeError("nobody foresaw this")

    with open_desk(tmp_path, "2026-09-28T08:00:00+01:00") as desk:
        service = desk.bot.service
        for day in DAYS:
            service.at_cut_off(day, lambda work, panel, meeting, day=day: work.audit("acted", day))  # type: ignore[misc]
        service.cut_offs[BROKEN].insert(0, breaks)
        last = desk.stage.cut_offs[DAYS[-1]]
        desk.go_to(last + timedelta(minutes=1))
        assert acted_on(desk) == set(DAYS) - {BROKEN}
        assert done(desk) == [day for day in DAYS if day != BROKEN], "in their order, once"
        service.cut_offs[BROKEN].remove(breaks)
        desk.go_to(last + timedelta(minutes=2))
        assert acted_on(desk) == set(DAYS)
        assert done(desk).count(BROKEN) == 1 and len(done(desk)) == len(DAYS)
