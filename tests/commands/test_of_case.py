"""Every form about a case says which, once, by reference; to whom the case is closed no form does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.kit.about import About
from commands.kit.answers import Show
from commands.kit.of_case import say_case
from commands.kit.views import modal
from storage.tables import Case, Conflict, Panel
from tests.commands.case_desk import COORDINATOR, choose, row_value, to
from tests.commands.seen import words
from tests.desk import Desk, open_desk

REF = "MSP-26-0029"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("of_case"), "2026-10-02T09:30:00+01:00") as opened:
        yield opened


@pytest.mark.parametrize("form", ["cases.facts", "cases.forums", "cases.possible", "life.ending.open"])
def test_a_form_says_its_case_once(desk: Desk, form: str) -> None:
    choose(desk, REF)
    record = to(desk, form)
    shown = desk.stage.press(COORDINATOR, form, value=row_value(record, form))
    assert words(shown).count(REF) == 1 and "K-029" in words(shown)
    desk.stage.close(COORDINATOR)


def test_who_may_not_open_the_case_does_not_learn_its_reference(desk: Desk) -> None:
    user = desk.users["F.J."]
    with desk.work() as work:
        case = work.first(Case, Case.ref == REF)
        assert case is not None and case.id is not None
        form = modal("A form", [], About(panel=case.panel_id, case=case.id), name="any", submit="Save")
        turn = desk.bot.service.turn_of(work, work.get(Panel, case.panel_id), user, About(panel=case.panel_id))
        assert REF in str(say_case(turn, Show(form)))
        work.add(Conflict(case_id=case.id, user_id=user, declared_at=work.now))
        assert REF not in str(say_case(turn, Show(form)))
