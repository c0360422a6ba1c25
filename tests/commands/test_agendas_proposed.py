"""The briefing says of a proposed action how the victim service's check came out, to those who may know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from commands.agendas.brief_items import SORTS
from commands.updates.item_words import KINDS
from panel.codes import SafetyStatus
from storage.tables import Action, Agency, Case
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, VICTIM_SERVICE, brief, desk_before_panel, issued
from tests.commands.month_rows import meeting_of
from tests.commands.seen import words
from tests.desk import Desk

pytestmark = pytest.mark.slow

REF = "MSP-26-0042"
HELD = SafetyStatus.BLOCKED
CONDITIONS = SafetyStatus.APPROVED_WITH_CONDITIONS


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_before_panel(tmp_path_factory.mktemp("proposed")) as opened:
        issued(opened)
        yield opened


def propose(desk: Desk, safety: SafetyStatus) -> None:
    """One action is proposed on the case, and stands there with its check."""
    with desk.work() as work:
        meeting, case = meeting_of(desk, work), work.first(Case, Case.ref == REF)
        police = work.first(Agency, Agency.code == "POL")
        assert case is not None and police is not None
        for action in work.find(Action, Action.ref == "A-042-77"):
            work.session.delete(action)
        work.session.flush()
        work.add(
            Action(
                panel_id=case.panel_id, case_id=case.id or 0, meeting_id=meeting.id, ref="A-042-77", code="P17",
                text="Place a marker", owner_id=police.id, priority="standard", due=meeting.day + timedelta(days=7),
                status="proposed", status_at=work.now, safety=safety,
                conditions="wordconditions" if safety is CONDITIONS else None,
                safety_note="wordheld" if safety is HELD else None,
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("safety", "said"),
    [
        (SafetyStatus.PENDING, "*Safety check:* Check pending"),
        (SafetyStatus.NOT_REQUIRED, "*Safety check:* No check needed"),
        (SafetyStatus.APPROVED, "*Safety check:* Approved"),
        (CONDITIONS, "*Safety check:* Approved with conditions. wordconditions"),
        (HELD, "*Safety check:* On hold. wordheld"),
    ],
)
def test_chair_and_victim_service_read_how_it_came_out(desk: Desk, safety: SafetyStatus, said: str) -> None:
    propose(desk, safety)
    for who in (CHAIR, VICTIM_SERVICE):
        assert said in words(brief(desk, who, REF))
    for who in (COORDINATOR, HOUSING):
        seen = words(brief(desk, who, REF))
        assert "A-042-77" in seen and "Safety check" not in seen and "word" not in seen


def test_every_sort_of_item_has_its_words_in_the_briefing() -> None:
    assert set(KINDS) - {"verbal"} <= set(SORTS)  # what is said in the room is a marker
