"""The equality figures: counted for coordinator and chair, with no small number shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from commands.kit.about import About
from storage.tables import AuditRow, Case, Person
from tests.commands.life_desk import CHAIR, COORDINATOR, START, forged
from tests.commands.month_rows import panel_of
from tests.commands.seen import words
from tests.desk import Desk, open_desk

AFTER_A_PANEL = datetime.fromisoformat("2026-10-16T10:00:00+01:00")
OPEN = "cases.equality.counts"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.go_to(AFTER_A_PANEL)
        yield desk


def answer(desk: Desk, *given: tuple[int, str, str], one: bool = False) -> None:
    """So many new subjects with this answer to this field; `one`: all of them are cases of one person."""
    with desk.work() as work:
        panel = panel_of(work)
        assert panel.id is not None
        person = work.add(Person(panel_id=panel.id)) if one else None
        for many, field, code in given:
            for _ in range(many):
                number = len(work.find(Case))
                case = Case(panel_id=panel.id, ref=f"MSP-27-{number:04}", subject_ref=f"K-9{number:03}",
                            opened_at=work.now, status="active", person_id=person.id if person else None)  # fmt: skip
                case.picture = {"equality": {field: code}}
                work.add(case)


def counts(desk: Desk, who: str = COORDINATOR) -> str:
    """The figures, as this person comes to read them."""
    desk.stage.close(who)
    desk.stage.command(who, "/panel", "health")
    return words(desk.stage.press(who, OPEN))


def test_a_small_count_is_not_shown_nor_what_would_tell_it(desk: Desk) -> None:
    """Nine men and three women: the women are few, so their number is not said, nor how many there are in all."""
    answer(desk, (9, "sex", "male"), (3, "sex", "female"))
    for who in (COORDINATOR, CHAIR):
        said = counts(desk, who)
        assert "Fewer than 5" in said and "Male: 9" in said, who
        sex = said[said.index("*Sex*") : said.index("*Age*")]
        assert "Female" in sex.split("Fewer than 5:")[1] and "Female: 3" not in sex and "In all" not in sex
    with desk.work() as work:
        opened = work.find(AuditRow, AuditRow.verb == "opened", AuditRow.thing == f"equality:{panel_of(work).id}")
        assert {row.by_user for row in opened} == {desk.users[COORDINATOR], desk.users[CHAIR]}


def test_a_subject_is_counted_once_however_many_cases_it_has(desk: Desk) -> None:
    """Six cases of one person, beside thirty women and eight of whom nothing is known."""
    answer(desk, (6, "sex", "male"), one=True)
    answer(desk, (30, "sex", "female"), (8, "sex", "not_known"))
    assert "Female: 30" in counts(desk)
    assert "Male: " not in counts(desk)


def test_nobody_else_is_offered_it_or_opens_it(desk: Desk) -> None:
    about = About(panel=desk.panel.id)
    for who in ("R.Y.", "I.K."):
        assert "Only" in forged(desk, who, OPEN, about), who


def test_the_bound_is_a_number_of_the_panel(desk: Desk) -> None:
    answer(desk, (9, "sex", "male"), (30, "sex", "female"), (12, "sex", "not_known"))
    assert "Male: 9" in counts(desk)
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "cases.scores.settings")
    wrong = desk.stage.submit(COORDINATOR, {"small_number": "2"}, expect="errors")
    assert "small_number" in wrong.errors
    desk.stage.submit(COORDINATOR, {"small_number": "10"})
    said = counts(desk)
    assert "Fewer than 10" in said and "Male: 9" not in said
