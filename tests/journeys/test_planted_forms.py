"""Every free text that a person can type into a form in a month: each entitled person finds it, and nobody else."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import commands
from bot.cli import app
from commands.kit.fields import Text
from commands.kit.forms import Form
from storage.tables import Action, AgendaVersion, AuditRow
from tests.journeys.entitlement import Reader, readers
from tests.journeys.planted_month import Played, planted_month
from tests.journeys.planted_places import Place
from tests.journeys.planted_rules import RULES, Judge
from tests.journeys.planting import SHAPED, STEM, WORD, Planted
from tests.journeys.test_planted_words import messages, views_ids

# Drawn where an agency has several overdue actions: the same words under the same rule as the first.
ONE_OF_MANY = {f"updates.overdue.{n}" for n in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")}
OF_A_SECOND_PANEL = {"life.refuse.why"}  # tests/commands/test_life_transfer.py
OF_SEVERAL = {"actions.bulk_move.reason", "actions.bulk_pass.reason"}  # tests/commands/test_actions_bulk.py
# tests/commands/test_meetings_in_writing.py
IN_WRITING = {"meetings.propose.why", "meetings.answer.reason", "meetings.answer_for.reason"}
# tests/commands/test_actions_for.py, test_actions_check_for.py
ANSWERED_FOR = {"actions.for.note", "actions.for.evidence", "actions.check_for.instruction"}
BROUGHT = {"actions.bring.rows"}  # tests/commands/test_actions_bring.py
IN_AN_EMERGENCY = {"access.glass.reason"}  # tests/commands/test_access_glass.py
# tests/commands/test_records.py, test_records_requests.py
OF_THE_RECORDS_LEAD = {
    "records.consulted.note", "records.decide.strike", "records.extend.reason", "records.hold.reason",
}  # fmt: skip
PARTS = ("where", "ahead", "line", "factors", "view", "working", "victims", "proposal")
SECTIONS = (*PARTS, "for_police", "note", "mini", "profile")
UPDATES = ("tell", "finish", "more", "overdue", "hold", "unable", *SECTIONS)
IN_THE_BRIEFING = ("cases.", "updates.sent.", *(f"updates.{form}." for form in UPDATES))
ON_THE_ACTION = "actions."


def questions() -> set[str]:
    """Every question of every form that takes typed words."""
    assert commands.JOURNEYS
    found, waiting = set(), [*Form.__subclasses__()]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("commands."):
            found |= {f"{form.name}.{name}" for name, each in form.questions().items() if isinstance(each, Text)}
    return found


def test_every_question_that_takes_words_has_its_rule() -> None:
    """A new one fails here until it is said who may read it, or that it holds a reference and nothing else."""
    assert questions() == SHAPED | set(RULES)
    assert not SHAPED & set(RULES)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with planted_month(tmp_path_factory.mktemp("planted")) as played:
        yield played


@pytest.mark.slow
def test_every_question_was_answered(played: Played) -> None:
    planted = {each.question for each in played.planter.planted.values()}
    elsewhere = OF_A_SECOND_PANEL | OF_SEVERAL | IN_WRITING | BROUGHT | ANSWERED_FOR | OF_THE_RECORDS_LEAD
    assert planted == set(RULES) - ONE_OF_MANY - elsewhere - IN_AN_EMERGENCY


@pytest.mark.slow
def test_no_message_identifier_log_or_file_name_holds_a_word(played: Played) -> None:
    for said in (*messages(played.theatre), *views_ids(played.theatre)):
        assert STEM not in said
    for path in played.folder.rglob("*"):
        assert STEM not in path.name
        if path.is_file() and path.parent.name != "out":
            clear = WORD.findall(path.read_bytes().decode("latin-1"))
            assert not {played.planter.planted[word].question for word in clear if word in played.planter.planted}
    assert STEM not in (played.folder / "out" / "audit.jsonl").read_text()


@pytest.mark.slow
def test_what_is_to_be_said_in_the_room_is_stored_nowhere(played: Played) -> None:
    assert played.planter.refused, "nobody typed into a form whose words are for the room"
    assert not set(played.planter.refused) & set(played.places)


@pytest.mark.slow
def test_nobody_saw_a_word_that_is_not_for_them(played: Played) -> None:
    judge, wrong = played.judge(), []
    for reader in readers(played.theatre.month):
        user = judge.users[reader.who]
        seen = "\n".join(played.planter.shown[user])
        for word in set(played.places) | set(played.planter.planted):
            planted = played.planter.planted.get(word)
            if word in seen and planted and planted.who != user and not _may(played, judge, reader, planted):
                wrong.append(f"{reader.who} ({reader.agency}) saw {planted.question} {played.belongs(planted)}")
    assert not wrong, "\n".join(wrong)


def _may(played: Played, judge: Judge, reader: Reader, planted: Planted) -> bool:
    place = played.belongs(planted)
    same = [r for r in readers(played.theatre.month) if r.who == reader.who]
    return place is not None and any(judge.may(each, planted, place) for each in same)


@pytest.mark.slow
def test_each_entitled_person_finds_them_in_the_briefing(played: Played) -> None:
    judge, wrong = played.judge(), []
    for reader in readers(played.theatre.month):
        for word, planted in played.planter.planted.items():
            place = played.place(word)
            if place is None or place.case is None or not planted.question.startswith(IN_THE_BRIEFING):
                continue
            may, found = judge.may(reader, planted, place), word in played.briefings[reader.who, place.case]
            if may is not found:
                said = "misses" if may else "reads"
                wrong.append(f"{reader.who} ({reader.agency}) {said} {planted.question} {place}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_each_entitled_person_finds_them_on_the_action(played: Played) -> None:
    judge, wrong = played.judge(), []
    for reader in readers(played.theatre.month):
        seen = "\n".join(played.planter.shown[judge.users[reader.who]])
        for word, planted in played.planter.planted.items():
            place = played.place(word)
            shown = planted.question.startswith(ON_THE_ACTION)
            if place and shown and _listed(played, reader, place) and judge.may(reader, planted, place):
                wrong += [] if word in seen else [f"{reader.who} ({reader.agency}) misses {planted.question} {place}"]
    assert not wrong, "\n".join(wrong)


def _listed(played: Played, reader: Reader, place: Place) -> bool:
    """Whether one of their lists has the action: of the agency's own what has not ended; for chair and coordinator
    every one."""
    row: Any = next((row for row in played.theatre.month.actions if row.id == place.action), None)
    return reader.chair or reader.coordinator or (row is not None and row.owner == reader.agency and not place.ended)


@pytest.mark.slow
def test_minutes_hold_what_everyone_on_the_case_may_read(played: Played) -> None:
    minutes, judge = (played.folder / "out" / "minutes.md").read_text(), played.judge()
    for word, planted in played.planter.planted.items():
        place = played.place(word)
        if word in minutes and place and place.case:
            on_case = [r for r in readers(played.theatre.month) if judge.by.on_case(r, place.case)]
            closed = [r.who for r in on_case if not judge.may(r, planted, place)]
            assert not closed, f"{planted.question} stands in the minutes, but is not for {closed}"


@pytest.mark.slow
def test_what_is_exported_is_what_the_database_holds_and_the_coordinator_may_read(
    played: Played, tmp_path: Path
) -> None:
    """By the command line, as documented: the tracker as the coordinator sees it, all else without content."""
    out, judge = tmp_path / "exported", played.judge()
    settings = {name.upper(): str(value) for name, value in played.theatre.settings.model_dump().items() if value}
    with played.theatre.store.read(played.theatre.as_of()) as work:
        actions, audited = work.find(Action), len(work.find(AuditRow))
        agenda = work.first(AgendaVersion)
        assert agenda is not None
    result = CliRunner(env=settings).invoke(app, ["export", "--meeting", str(agenda_day(played)), "--out", str(out)])
    assert result.exit_code == 0, result.output
    papers = {path.name: path.read_text() for path in out.iterdir()}
    named = {name for name in papers if not name.startswith("sheet-")}
    assert named == {
        "agenda.md", "audit.jsonl", "executive-summary.md", "minutes.md", "summary.json", "tracker.csv",
    }  # fmt: skip
    rows = list(csv.DictReader(papers["tracker.csv"].splitlines()))
    assert len(rows) == len(actions)
    assert len(papers["audit.jsonl"].splitlines()) == audited
    assert json.loads(papers["summary.json"])["actions_total"] == sum(
        action.agreed_at is not None for action in actions
    )
    assert all(f"{item['number']}" in papers["agenda.md"] for item in agenda.public)
    assert not [name for name in ("agenda.md", "audit.jsonl", "summary.json") if STEM in papers[name]]
    office = next(reader for reader in readers(played.theatre.month) if reader.coordinator)
    words = [each for each in played.planter.planted.values() if each.word in papers["tracker.csv"]]
    assert words
    for planted in words:
        place = played.place(planted.word)
        assert place is not None and judge.may(office, planted, place), planted.question
    with played.theatre.store.read(played.theatre.as_of()) as work:
        assert work.find(AuditRow, AuditRow.verb == "exported")


def agenda_day(played: Played) -> object:
    """The meeting's day."""
    return played.theatre.stage.panel_day
