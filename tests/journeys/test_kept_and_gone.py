"""October is played; years later the lead sees what is due, approves it, and in the night it goes: not a byte of it is
left in the database, and the audit chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from bot.demo.theatre import Theatre
from bot.month import read_month
from panel.codes import CaseStatus, Role
from storage import audit_check
from storage.behind import hanging
from storage.tables import Case, Erasure, Minutes, Notice, Seat
from tests.commands.seen import words
from tests.desk import MARROWSHIRE
from tests.journeys.test_months import showing
from tests.storage.test_erase import ciphers, pieces_of

pytestmark = pytest.mark.slow
LEAD = "I.G."
YEARS = timedelta(days=31 * 90)


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Theatre]:
    with ExitStack() as last:
        theatre = Theatre(read_month(MARROWSHIRE), tmp_path, last)
        show, heard = showing()
        theatre.play(show)
        assert theatre.take_away(tmp_path / "out", show), heard.getvalue()
        yield theatre


def _lead(theatre: Theatre) -> None:
    stage = theatre.stage
    lead = theatre.workspace.add_user(LEAD)
    stage.users = {**stage.users, LEAD: lead}
    assert stage.elsewhere is not None
    theatre.workspace.change_channel(stage.elsewhere, add=[lead])
    with theatre.store.work(theatre.as_of()) as work:
        key = work.find(Case)[0].panel_id
        work.add(Seat(panel_id=key, role=Role.INFORMATION_GOVERNANCE, user_id=lead, since=work.now))


def _long_over(theatre: Theatre) -> tuple[int, str, str]:
    """The case with most behind it ended years ago; its id and references."""
    with theatre.store.work(theatre.as_of()) as work:
        sizes = {row.id or 0: _behind(theatre, row.id or 0) for row in work.find(Case)}
        case = work.get(Case, max(sizes, key=lambda key: sizes[key]))
        case.status, case.ended_at, case.wake_at = CaseStatus.CLOSED, work.now - YEARS, None
        case.version += 1
        return case.id or 0, case.ref, case.subject_ref


def _behind(theatre: Theatre, key: int) -> int:
    with theatre.store.read(theatre.as_of()) as work:
        return sum(map(len, hanging(work.session.connection(), {"case": [key]}).values()))


def _night(theatre: Theatre) -> datetime:
    day = theatre.as_of().astimezone(theatre.stage.zone).date() + timedelta(days=1)
    return datetime.combine(day, time(18, 5), theatre.stage.zone)


def test_years_later_it_goes_whole_and_nothing_else_does(played: Theatre) -> None:
    _lead(played)
    key, ref, subject = _long_over(played)
    sealed = ciphers(played.store, key)
    with played.store.read(played.as_of()) as work:
        before = {row.ref for row in work.find(Case)}
        papers = [row.text or "" for row in work.find(Minutes)]
    assert len(sealed) > 30 and any(ref in text for text in papers)
    played.stage.command(LEAD, "/panel", "records")
    assert f"*{ref}*" in words(played.stage.press(LEAD, "records.due.open"))
    played.stage.press(LEAD, "records.due.approve")
    assert played.workspace.advance(_night(played), wait=90)["done"]
    with played.store.read(played.as_of()) as work:
        (row,) = work.find(Erasure)
        assert row.done_at and row.kept is None and row.wake_at is None and sum(row.counts.values()) > 30
        assert {case.ref for case in work.find(Case)} == before - {ref}
        assert not any(ref in (paper.text or "") or subject in (paper.text or "") for paper in work.find(Minutes))
        assert not work.find(Notice, col(Notice.state).in_(["pending", "claimed"]), Notice.kind == "remove")
        assert audit_check.verify(work.session) is None
    database = Path(played.store.engine.url.database or "")
    left = [path.read_bytes() for path in database.parent.glob(f"{database.name}*")]
    assert not [piece for cipher in sealed for piece in pieces_of(cipher) for data in left if piece in data]
    assert not any(name.encode() in data for data in left for name in (ref, subject))
