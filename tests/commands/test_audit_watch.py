"""Alerts: many cases opened, or refused again and again; told once, to somebody else, without content, and reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands.audit import watch
from storage.tables import AuditRow, Case, Notice
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel
from tests.commands.seen import words
from tests.desk import Desk

POLICE = "R.Y."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as made:
        yield made


def open_cases(desk: Desk, who: str, many: int, hours: float = 0, listed: bool = False) -> None:
    """So many cases are opened, each in a turn of its own."""
    with desk.work() as work:
        panel = desk.panel.id or 0
        if listed:
            keys = [case.id for case in work.rows(Case)][:many]
        else:
            made = [
                work.add(
                    Case(
                        panel_id=panel,
                        ref=f"X-{who}-{n}",
                        subject_ref=f"Y-{who}-{n}",
                        status="active",
                        opened_at=work.now,
                    )
                )
                for n in range(many)
            ]
            keys = [case.id for case in made]
        now = work.now
    for key in keys:
        with desk.store.work(now - timedelta(hours=hours)) as work:
            work.audit("opened", f"case:{key}", by=desk.users[who], panel_id=panel, case_id=key)
            watch.look(work, desk.panel, desk.users[who])


def alerts(desk: Desk) -> list[Notice]:
    with desk.work() as work:
        return list(work.rows(Notice, kind=watch.KIND))


@pytest.mark.parametrize(("many", "told"), [(12, 0), (13, 1), (20, 1)])
def test_more_cases_in_an_hour_than_usual_are_told_once(desk: Desk, many: int, told: int) -> None:
    open_cases(desk, POLICE, many)
    assert len(alerts(desk)) == told
    with desk.work() as work:
        assert len(work.rows(AuditRow, verb="alerted")) == told
    if told:
        assert {one.to for one in alerts(desk)} == {desk.users[CHAIR]}


def test_the_office_opens_more_and_an_alert_about_the_chair_goes_to_somebody_else(desk: Desk) -> None:
    open_cases(desk, COORDINATOR, 40)
    assert not alerts(desk)
    open_cases(desk, CHAIR, 41)
    assert alerts(desk) and desk.users[CHAIR] not in {one.to for one in alerts(desk)}


def test_what_the_coming_panel_prepares_does_not_count(desk: Desk) -> None:
    open_cases(desk, POLICE, 8, listed=True)
    open_cases(desk, POLICE, 12)
    assert not alerts(desk)


def test_refusals_again_and_again_are_told_and_the_review_stands_in_the_log(desk: Desk) -> None:
    for _ in range(11):
        desk.workspace.command(desk.users[POLICE], desk.channel, "/panel", "audit")
    (one,) = alerts(desk)
    assert one.about["what"] == "refusals" and one.to == desk.users[CHAIR]
    desk.stage.settle()
    assert any("Somebody was refused 11 times" in text and "MSP-26" not in text for text in desk.seen_by(CHAIR))
    desk.stage.command(CHAIR, "/panel", "audit")
    desk.stage.press(CHAIR, "audit.review")
    with desk.work() as work:
        (alert,) = work.rows(AuditRow, verb="alerted")
    desk.stage.submit(CHAIR, {"alert": str(alert.seq), "finding": "looked_into"})
    desk.stage.close(CHAIR)
    assert "found to be looked into" in words(desk.stage.command(CHAIR, "/panel", "audit"))
    assert "No alert waits" in str(desk.workspace.press(desk.users[CHAIR], "audit.review"))
