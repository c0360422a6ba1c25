"""What a referral's rules say: repeats, victims known, scores compared, identifiers made alike."""

from datetime import date

import pytest

from panel.codes import RepeatKind, TriageReason
from panel.identity import identifiers, same_name, same_number
from panel.referral import Known, alone, impossible, moved, outdated, repeat_kind, serial

ON = date(2026, 10, 1)
RANKING = {"score": 70.0, "max": 100.0, "method": "ranking", "version": "2", "run": "2026-09-20"}


@pytest.mark.parametrize(
    ("ended", "kind"),
    [
        (None, RepeatKind.DUPLICATE),
        (date(2026, 9, 30), RepeatKind.REPEAT_SUBJECT),
        (date(2025, 10, 2), RepeatKind.REPEAT_SUBJECT),
        (date(2025, 10, 1), RepeatKind.EARLIER),
        (date(2020, 1, 1), RepeatKind.EARLIER),
    ],
)
def test_an_earlier_case_makes_a_referral_what_it_is(ended: date | None, kind: RepeatKind) -> None:
    assert repeat_kind(ended, ON, 12) is kind


def test_victims_count_in_the_window_from_when_each_is_known() -> None:
    known = [
        Known("V-041a", date(2023, 10, 1), ("POL",)),
        Known("V-041b", date(2026, 9, 1), ("IDVA", "POL")),
        Known("V-041c", date(2023, 9, 30), ("HOU",)),
        Known("V-041d"),
        Known("V-041a", date(2023, 10, 1), ("POL",)),
    ]
    found = serial(known, ON, 36)
    assert found is not None and found.several
    assert (found.window, found.lifetime, found.undated, found.sources) == (2, 4, 1, ("IDVA", "POL"))
    alone = serial([Known("V-041a", date(2027, 1, 1))], ON, 36)
    assert alone is not None and alone.window == 0 and not alone.several, "a date ahead of us counts for nothing"


def test_where_nobody_has_said_since_when_nothing_is_worked_out() -> None:
    assert serial([], ON, 36) is None and serial([Known("V-041a"), Known("V-041b")], ON, 36) is None


def test_scores_compare_within_one_method_version_and_scale() -> None:
    assert moved(RANKING, RANKING | {"score": 75.5}) == -5.5
    for other in ({"method": "other"}, {"version": "3"}, {"version": None}, {"max": 120}):
        assert moved(RANKING, RANKING | other) is None


def test_a_ranking_is_old_once_the_days_are_over() -> None:
    assert not outdated(date(2026, 8, 27), ON, 35) and outdated(date(2026, 8, 26), ON, 35)


@pytest.mark.parametrize(
    ("score", "most", "parts", "fine"),
    [(0, 100, [], True), (100, 100, [50, 50], True), (101, 100, [], False), (-1, 100, [], False), (0, 0, [], False),
     (70, 100, [50, 51], False)],
)  # fmt: skip
def test_what_cannot_be_about_a_score(score: float, most: float, parts: list[float], fine: bool) -> None:
    assert (impossible(score, most, parts) is None) is fine


def test_consent_never_stands_alone() -> None:
    assert alone(TriageReason.CONSENT_ISSUE, None) and not alone(TriageReason.CONSENT_ISSUE, "and out of area")
    assert not alone(TriageReason.NOT_DA, None)


# The people below are made of colours and tools: nobody is meant.
@pytest.mark.parametrize(
    "typed",
    [
        "Ochre Trowel",
        "TROWEL, Ochre",
        " ochre   trówel ",
        "Öchre-Trowel",
        "O'chre Trowel",
        "O\N{RIGHT SINGLE QUOTATION MARK}chre Trowel",
    ],
)
def test_one_name_written_by_two_agencies_is_one(typed: str) -> None:
    assert same_name(typed) == same_name("Ochre Trowel") == "ochre trowel"


def test_a_single_name_or_nothing_identifies_nobody() -> None:
    assert same_name("Ochre") == same_name("  ") == same_name("1234 !!") == ""
    assert same_number("12 3") == same_number("none") == ""


def test_numbers_lose_their_strokes_and_spaces() -> None:
    assert same_number("98/ 123 45x") == same_number("9812345X") == "9812345x"


def test_each_name_goes_with_each_birthday_and_a_number_goes_alone() -> None:
    days = [date(1980, 1, 2), date(1980, 2, 1)]
    found = identifiers(["Ochre Trowel", "trowel ochre", "Teal Chisel", "Mono"], days, ["98/12345", ""])
    assert found == [
        "name ochre trowel 1980-01-02", "name ochre trowel 1980-02-01", "name chisel teal 1980-01-02",
        "name chisel teal 1980-02-01", "number 9812345",
    ]  # fmt: skip
    assert identifiers(["Ochre Trowel"], [], []) == [], "a name without a birthday is too many people's"
