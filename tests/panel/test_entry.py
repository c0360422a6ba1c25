"""What an action must be to be entered."""

from dataclasses import replace
from datetime import date

import pytest

from panel.entry import Draft, entry_problems

TODAY = date(2026, 10, 14)
AGENCIES = ("POL", "HOU", "PANEL")
GOOD = Draft("H04", "HOU", date(2026, 10, 28), "Offer temporary accommodation; tell the victim service first")


def fields(draft: Draft) -> list[str]:
    return [problem.field for problem in entry_problems(draft, TODAY, AGENCIES)]


def test_a_good_draft_has_no_problem() -> None:
    assert fields(GOOD) == []
    assert fields(replace(GOOD, due=TODAY, owner="PANEL", text="")) == []


def test_everything_wrong_is_said_at_once() -> None:
    assert fields(Draft(None, None, None, "All agencies to monitor")) == ["type", "owner", "due", "text"]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(GOOD, type_code="Z99"), "type"),
        (replace(GOOD, owner="NHS"), "owner"),
        (replace(GOOD, owner="V-041a"), "owner"),
        (replace(GOOD, owner="victim"), "owner"),
        (replace(GOOD, due=date(2026, 10, 13)), "due"),
        (replace(GOOD, text="every agency to share what it holds"), "text"),
        (replace(GOOD, text="Victim to keep a diary"), "text"),
        (replace(GOOD, text="V-041a should change the locks"), "text"),
    ],
)
def test_each_problem_stands_at_its_field(draft: Draft, field: str) -> None:
    assert fields(draft) == [field]
    assert all(problem.sentence.endswith(".") for problem in entry_problems(draft, TODAY, AGENCIES))
