"""A month in which one case is sealed: nobody who is not named comes to a trace of it, by any door; and what they come
to is what they would if the case had never been."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import SQLModel

from bot.export import export
from storage import sealed, work
from storage.sealed import Hidden
from storage.tables import Action, Case, Linked, Listing, Request, Seal, SealedReader, Victim
from tests.commands.month_rows import meeting_of, panel_of
from tests.matrix.crawl import PAGE, Door, Screen
from tests.matrix.table import Reader
from tests.matrix.world import CASE, World, hold, issue, open_world

pytestmark = pytest.mark.slow

NAMED = (Reader.CHAIR, Reader.VICTIM_SERVICE)
OTHER = "MSP-26-0025"  # the only other case that is looked into: whoever opens all of them is long about it
LOOKS = (
    Reader.COORDINATOR, Reader.POLICE, Reader.SOURCE, Reader.LEAD, Reader.STEERING, Reader.INFORMATION_GOVERNANCE,
    Reader.OBSERVER, Reader.DEPUTY_CHAIR, Reader.DOER,
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Sealed two days before its meeting; the agenda goes out, the meeting is held, the minutes are issued."""
    with open_world(tmp_path_factory.mktemp("sealed")) as world:
        with world.desk.work() as open_work:
            other = open_work.first(Case, Case.ref == OTHER)
            assert other is not None
            world.ids["other"] = other.id or 0
        world.crawler.wanted = lambda door: _wanted(world, door)
        world.ids["told"] = len(_messages(world))
        _seal(world)
        issue(world)
        hold(world)
        yield world


def _wanted(world: World, door: Door) -> bool:
    return door.about.get("case") in (None, world.ids["case"], world.ids["other"])


def _seal(world: World) -> None:
    with world.desk.work() as open_work:
        seal = Seal(
            panel_id=panel_of(open_work).id or 0, case_id=world.ids["case"], by_user="U1", at=open_work.now,
            details={"reason": "other", "agencies": []},
        )  # fmt: skip
        open_work.add(seal)
        for reader in NAMED:
            open_work.add(
                SealedReader(seal_id=seal.id or 0, user_id=world.users[reader], by_user="U1", since=open_work.now)
            )


def _messages(world: World) -> list[str]:
    """Everything that stands in the channel, in the order in which it came."""
    return [str(message) for message in world.desk.workspace.messages(world.desk.channel)]


def _marks(world: World) -> re.Pattern[str]:
    """The case's references, and the ids of its rows where they travel."""
    with world.desk.work() as w:
        case = w.get(Case, world.ids["case"])
        words = {case.ref, case.subject_ref, f"A-{case.subject_ref[2:]}-"}
        words |= {row.ref for table in (Victim, Linked) for row in w.rows(table, case_id=case.id)}  # type: ignore[attr-defined]
        ids = [("case", case.id)]
        ids += [("action", row.id) for row in w.rows(Action, case_id=case.id)]
        ids += [("request", row.id) for row in w.rows(Request, case_id=case.id)]
        listings = [row.id for row in w.rows(Listing, case_id=case.id)]
    told = [re.escape(word) + r"(?!\d)" for word in sorted(words)]
    told += [rf'\\*"{name}\\*": {key}(?!\d)' for name, key in ids]
    return re.compile("|".join([*told, *(rf'\\*"listing\\*": {key}(?!\d)' for key in listings)]))


def traces(world: World, reader: Reader) -> list[tuple[str, str, str]]:
    """Where the case shows for somebody: the view, the door to it, and what it said."""
    marks = _marks(world)
    found = [(screen, marks.search(screen.shown)) for screen in world.look(reader)]
    return [(screen.name, screen.by, hit[0]) for screen, hit in found if hit]


@pytest.mark.parametrize("reader", LOOKS)
def test_nobody_who_is_not_named_finds_a_trace_of_it(world: World, reader: Reader) -> None:
    assert traces(world, reader) == []


@pytest.mark.parametrize("reader", NAMED)
def test_whoever_is_named_finds_it(world: World, reader: Reader) -> None:
    assert any(ref == CASE for *_, ref in traces(world, reader))


def test_without_the_hook_the_same_doors_show_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "hidden_from", lambda session, user: Hidden())
    assert traces(world, Reader.COORDINATOR)


def test_neither_the_channel_nor_anybodys_messages_name_it(world: World) -> None:
    marks = _marks(world)
    assert not [each for each in _messages(world)[world.ids["told"] :] if marks.search(each)]


def test_no_paper_holds_it(world: World, tmp_path: Path) -> None:
    marks = _marks(world)
    with world.desk.store.read(world.desk.bot.clock.now()) as w:
        w.see_as("")
        export(w, panel_of(w), meeting_of(world.desk, w), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {"agenda.md", "minutes.md", "tracker.csv"}
    assert [path.name for path in tmp_path.iterdir() if marks.search(path.read_text())] == []


def test_everything_reads_as_if_the_case_had_never_been(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of this file: the case is taken out of the books. All of it at one moment, which some views tell."""
    now = world.desk.bot.clock.now()
    monkeypatch.setattr(world.desk.bot.clock, "now", lambda: now)
    sealed_away = {reader: _read(world.look(reader)) for reader in (Reader.COORDINATOR, Reader.POLICE)}
    _forget(world)
    for reader, before in sealed_away.items():
        after = _read(world.look(reader))
        assert before - after == Counter() and after - before == Counter()


def _read(screens: list[Screen]) -> Counter[tuple[str, str]]:
    """Every screen but those of the audit log, and passes, which are numbered."""
    return Counter((each.by, each.shown) for each in screens if not each.of_the_log and each.name != PAGE)


def _forget(world: World) -> None:
    """Every row that belongs to the case is taken out of the database: what hangs on another one first."""
    told = {"sealed_cases": [world.ids["case"]], "sealed_referrals": [], "sealed_things": []}
    owned = {table.__tablename__: condition for table, condition in sealed.conditions().items()}
    with world.desk.store.engine.begin() as database:
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name in owned and table.name != "audit":
                database.execute(delete(table).where(owned[table.name]), told)
    world.draft()
