"""The parts of the bench that know the bot: opening and saving returns, stored actions, a large agenda."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import structlog
import yaml
from sqlalchemy import func, insert
from sqlmodel import SQLModel, col, select

from bot.clock import RealClock
from bot.demo.scenes.answering import press_answer
from bot.demo.stage import Stage
from bot.demo.theatre import Theatre
from bot.heartbeat import Heartbeat
from commands.agendas.facts import compiled
from panel.codes import Role
from panel.cycle import CutOff
from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.tables import Action, Agency, Case, CutOffRow, Item, Listing, Meeting, Panel, Request, Seat, Statement
from storage.work import Store, UnitOfWork
from tests.desk import open_desk
from tests.journeys.test_size import WrittenOut, fill_in, large_month

ANSWERS = {"happened": "Two lines of what happened since the last panel.", "readers": "everyone"}
STORED_ACTIONS = 100_000
ON_A_PANEL = 25  # agencies
Row = TypeVar("Row", bound=SQLModel)


def begin_sitting(stage: Stage, who: str) -> None:
    """Make the statement of a sitting, so that /update opens the cases."""
    stage.command(who, "/update")
    stage.submit(who, {"other": "Records", "list_version": "1", "months": "12", "no_link": ["yes"]})
    stage.close(who)


def save_return(stage: Stage, who: str) -> float | None:
    """Open the sitting and the form of its first case, and save; milliseconds of the save to its ack."""
    user, workspace = stage.users[who], stage.workspace
    workspace.command(user, stage.channel, "/update")
    press_answer(stage, who, "updates.tell.open", stage.month.cases[-1].ref)
    return workspace.submit(user, ANSWERS).ack_ms


def open_forms(theatre: Theatre, number: int) -> list[tuple[str, str]]:
    """That many representatives, each with the form of a case open, on panels of 25 agencies: (user, view id)."""
    users = [theatre.workspace.add_user(f"rep-{n}") for n in range(number)]
    with theatre.store.work(datetime.fromisoformat(theatre.workspace.clock()["now"])) as work:
        for n in range(0, number, ON_A_PANEL):
            _panel_of(work, f"B{n}", users[n : n + ON_A_PANEL])
    office = theatre.workspace.add_channel("office", users, private=False, bot=False)
    forms = []
    for user in users:
        theatre.workspace.command(user, office, "/update")
        view = theatre.workspace.press(user, "updates.tell.open").view
        assert view is not None
        forms.append((user, view["id"]))
    return forms


def _panel_of(work: UnitOfWork, code: str, users: list[str]) -> None:
    """A panel like the first one, with one case, whose agencies have been asked and have said what was searched."""
    first = work.first(Meeting, col(Meeting.requests_sent_at).is_not(None), col(Meeting.record_closed_at).is_(None))
    case, listing = work.first(Case), work.first(Listing)
    assert first and case and listing
    panel = work.add(_like(work.get(Panel, first.panel_id), code=code, channel_id=None))
    meeting = work.add(_like(first, panel_id=panel.id))
    case = work.add(_like(case, panel_id=panel.id, ref=f"{code}-26-0001"))
    assert panel.id and meeting.id and case.id
    work.add(_like(listing, meeting_id=meeting.id, case_id=case.id))
    for n, user in enumerate(users):
        agency = work.add(Agency(panel_id=panel.id, code=f"X{n}", name=f"Agency {n}", function="other"))
        assert agency.id is not None
        work.session.add_all(
            [
                Seat(
                    panel_id=panel.id, agency_id=agency.id, role=Role.REP, team_id=panel.team_id, user_id=user,
                    since=work.now,
                ),
                Request(
                    meeting_id=meeting.id, case_id=case.id, agency_id=agency.id, asked_at=work.now, status="asked"
                ),
                Statement(
                    meeting_id=meeting.id, agency_id=agency.id, by_user=user, at=work.now, systems=["Records"],
                    list_version=meeting.list_version or 1, months=12, no_link=True,
                ),
            ]
        )  # fmt: skip


def _like(row: Row, **but: Any) -> Row:
    return type(row)(**row.model_dump(exclude={"id"}) | but)


def stored(theatre: Theatre) -> int:
    """Items in the database."""
    with theatre.store.read(theatre.begin()) as work:
        return work.session.exec(select(func.count()).select_from(Item)).one()


def median(times: int, act: Callable[[], object]) -> float:
    """Median milliseconds of an act."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def idle_tick() -> float:
    """Milliseconds of a tick when nothing is due, with many stored actions that wake later."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(make_engine(f"sqlite:///{folder}/idle.db", Cipher(new_key())))
        migrate.upgrade(store.engine)
        now = datetime.now(UTC)
        with store.work(now) as work:
            _many_actions(work, now)
        beat = Heartbeat(
            store,
            RealClock(),
            [(t, lambda *_: None) for t in (CutOffRow, Action, Panel)],
            structlog.get_logger(),
            "bench",
        )
        taken = median(30, lambda: beat.tick(now))
        store.engine.dispose()
    return taken


def _many_actions(work: UnitOfWork, now: datetime) -> None:
    panel = work.add(
        Panel(
            team_id="T", code="BEN", name="Bench", area="Bench", timezone="Europe/London", nation="england-and-wales",
            on_holiday="skip", starts="09:30", minutes=120, mode="meeting",
        )
    )  # fmt: skip
    assert panel.id is not None
    case = work.add(Case(panel_id=panel.id, ref="BEN-26-0001", subject_ref="K-001", status="active", opened_at=now))
    later = now + timedelta(days=1)
    rows = [
        {
            "panel_id": panel.id, "case_id": case.id, "ref": f"A-{n}", "code": "P17", "text": "Do it",
            "restriction": "ALL", "priority": "standard", "due": later.date(), "status": "open", "status_at": now,
            "safety": "not_required", "carried_forward": 0, "level": 0, "version": 1, "wake_at": later,
        }
        for n in range(STORED_ACTIONS)
    ]  # fmt: skip
    work.session.connection().execute(insert(Action), rows)


def large_agenda() -> float:
    """Milliseconds from the rows of forty cases and twenty-five agencies to the compiled agenda."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "large.yaml"
        path.write_text(yaml.dump(large_month(), Dumper=WrittenOut, sort_keys=False))
        with open_desk(folder, "2026-10-01T08:00:00+01:00", path) as desk:
            desk.go_to(desk.stage.after(CutOff.CASE_LIST_AND_REQUESTS))
            fill_in(desk)

            def act() -> None:
                with desk.store.read(desk.bot.clock.now()) as work:
                    panel, meeting = work.first(Panel), work.get(Meeting, desk.meeting.id)
                    assert panel is not None
                    compiled(work, panel, meeting)

            return median(20, act)
