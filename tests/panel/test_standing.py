"""The standing items: moved about the cases, left out, and what belongs on every agenda."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from panel.agenda import MeetingFacts, compile_agenda
from panel.case_order import CaseFacts
from panel.codes import AgendaKind, CaseKind
from panel.settings import PanelSettings
from panel.standing import AFTER, BEFORE, CASES, FIRST, OUT, placed, problem

K = AgendaKind


@pytest.mark.parametrize(
    ("item", "place", "before", "after"),
    [
        (K.APOLOGIES, "welcome", (K.WELCOME, K.APOLOGIES, *BEFORE[1:]), AFTER),
        (K.THEMES, FIRST, (K.THEMES, *BEFORE), (K.CROSS_CHECK, K.AOB)),
        (K.OUTSTANDING_ACTIONS, CASES, BEFORE[:-1], (K.OUTSTANDING_ACTIONS, *AFTER)),
        (K.THEMES, OUT, BEFORE, (K.CROSS_CHECK, K.AOB)),
        (K.AOB, "aob_is_last", None, None),
        (K.AOB, "aob", None, None),  # behind itself
        (K.STATEMENT, OUT, None, None),
        (K.CONFLICTS, OUT, None, None),
        (K.REVIEW, FIRST, None, None),
    ],
)
def test_an_item_is_put_behind_another(item: K, place: str, before: Any, after: Any) -> None:
    if before is None:
        with pytest.raises(ValueError):
            placed(BEFORE, AFTER, item, place)
    else:
        assert placed(BEFORE, AFTER, item, place) == (before, after)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (BEFORE, AFTER, None),
        ((*BEFORE, K.AOB), AFTER, "twice"),
        ((*BEFORE, K.NEW), AFTER, "no standing item: new"),
        (BEFORE[:1], AFTER, "must be conflicts, statement"),
    ],
)
def test_what_a_file_can_not_say(before: tuple[K, ...], after: tuple[K, ...], says: str | None) -> None:
    found = problem(before, after)
    assert found is None if says is None else says in str(found)


def test_the_agenda_follows_the_panels_items_and_the_cases_stand_between() -> None:
    settings = replace(
        PanelSettings(),
        items_before=(K.STATEMENT, K.APOLOGIES, K.CONFLICTS, K.MINUTES, K.MATTERS_ARISING),
        items_after=(K.OUTSTANDING_ACTIONS, K.AOB),
    )
    meeting = MeetingFacts(datetime(2026, 10, 14, 9, tzinfo=UTC), ZoneInfo("Europe/London"), 120)
    agenda = compile_agenda(meeting, [CaseFacts("MSP-26-0001", CaseKind.NEW)], settings)
    assert [(item.title, item.minutes) for item in agenda.items] == [
        ("Confidentiality and equality statement", 2),
        ("Apologies and deputies", 2),
        ("Conflicts of interest", 1),
        ("Minutes (first meeting)", 2),
        ("Matters arising", 5),
        ("New", 18),
        ("Outstanding actions (exceptions)", 10),
        ("AOB and dates", 3),
    ]


def test_they_are_kept_with_the_panel() -> None:
    settings = replace(PanelSettings(), items_after=(K.AOB,))
    assert PanelSettings.from_json(settings.to_json()) == settings
    assert PanelSettings.from_json("{}").items_before == BEFORE
