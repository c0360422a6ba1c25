"""Quiet hours, weekends, bank holidays and the digest's hour are the recipient's: of the agency for which they sit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from commands.kit.hours import Hours, awake_for, hours_of, next_digest
from commands.reminders.digest import plan
from panel.codes import Role
from storage.tables import Notice, Panel, Seat
from storage.work import Store, UnitOfWork
from tests.commands import owed
from tests.commands.owed import at, user

NOW = at("2026-10-12T09:00:00+01:00")
REP, DEPUTY, POLICE = user("A.Z."), user("U.F."), user("R.Y.")  # of MH, MH and POL


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """MH keeps Scotland's holidays and, by a made-up move, the clock of Gibraltar (an hour ahead)."""
    with owed.open_store(tmp_path, NOW) as made:
        with made.work(NOW) as work:
            agency = owed.agency(work, "MH")
            agency.nation, agency.timezone = "scotland", "Europe/Gibraltar"
        yield made


def owed_digests(work: UnitOfWork) -> set[str]:
    return {row.to for row in work.find(Notice, Notice.kind == "digest")}


def told(store: Store, moment: str) -> set[str]:
    """Who is owed a digest at a moment."""
    with store.work(at(moment)) as work:
        panel = owed.the_panel(work)
        plan(work, panel)
        return owed_digests(work)


def test_the_digest_comes_at_the_recipients_nine(store: Store) -> None:
    assert told(store, "2026-10-13T07:59:00+01:00") == set()
    early = told(store, "2026-10-13T08:00:00+01:00")
    assert {REP, DEPUTY} <= early and POLICE not in early
    assert POLICE in told(store, "2026-10-13T09:00:00+01:00")


def test_and_on_the_recipients_working_days(store: Store) -> None:
    """30 November is a holiday in Scotland alone; 28 August 2027 is none of either, 30 August of England alone."""
    there = told(store, "2026-11-30T09:00:00+00:00")
    assert POLICE in there and REP not in there
    with store.work(at("2027-08-30T08:00:00+01:00")) as work:
        for row in work.find(Notice):
            work.session.delete(row)
    there = told(store, "2027-08-30T08:00:00+01:00")
    assert REP in there and POLICE not in there


@pytest.mark.parametrize(
    ("who", "moment", "until"),
    [
        (REP, "2026-10-13T07:30:00+01:00", "2026-10-13T07:30:00+01:00"),  # half past eight there
        (POLICE, "2026-10-13T07:30:00+01:00", "2026-10-13T08:00:00+01:00"),
        (REP, "2026-10-13T17:30:00+01:00", "2026-10-14T07:00:00+01:00"),  # half past six there
        (REP, "2026-11-30T10:00:00+00:00", "2026-12-01T07:00:00+00:00"),
        (POLICE, "2026-11-30T10:00:00+00:00", "2026-11-30T10:00:00+00:00"),
    ],
)
def test_an_ordinary_message_waits_for_the_recipients_morning(store: Store, who: str, moment: str, until: str) -> None:
    with store.read(at(moment)) as work:
        assert awake_for(work, owed.the_panel(work), who, work.now) == at(until)


def test_who_sits_for_two_agencies_or_for_the_panel_too_keeps_the_panels_hours(store: Store) -> None:
    def hours(work: UnitOfWork) -> Hours:
        return hours_of(work, owed.the_panel(work), REP)

    with store.work(NOW) as work:
        own = Hours(owed.the_panel(work).timezone, owed.the_panel(work).nation)
        assert hours(work) == Hours("Europe/Gibraltar", "scotland") != own
        other = owed.agency(work, "POL").id
        second = work.add(Seat(panel_id=1, agency_id=other, role=Role.DUTY, user_id=REP, since=NOW))
        assert hours(work) == own
        second.until = NOW
        work.session.flush()
        assert hours(work) != own
        work.add(Seat(panel_id=1, role=Role.STEERING, user_id=REP, since=NOW))
        assert hours(work) == own
        assert hours_of(work, owed.the_panel(work), "C1") == own


def test_the_panel_wakes_for_whoever_comes_first(store: Store) -> None:
    with store.work(at("2026-11-29T12:00:00+00:00")) as work:
        panel: Panel = owed.the_panel(work)
        first: datetime = next_digest(work, panel, work.now)
        assert first == at("2026-11-30T09:00:00+00:00"), "St Andrew's day in Scotland"
        assert next_digest(work, panel, first) == at("2026-12-01T08:00:00+00:00")
