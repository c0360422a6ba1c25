"""What the sections of a return hold: days that can be, factors that move one way, and the words they come to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.codes import Confidence, RestrictionKind, RiskFactor, WhereaboutsType
from panel.codes.returns import Activity, Appointment, Engagement, RiskChange, SourceType
from panel.restriction import Restriction
from panel.return_parts import (
    ahead_text,
    appointment_problem,
    coming_day_problem,
    engagement_text,
    factor_problems,
    factors_text,
    for_line,
    in_words,
    line_text,
    past_day_problem,
    proposal_text,
    still_text,
    verified_problem,
    where_text,
)

TODAY = date(2026, 10, 2)
ALL, NAMED, CHAIR, IDVA, NOT_PERP_FACING, VERBAL = RestrictionKind


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        (None, ""),
        (TODAY, ""),
        (date(1990, 1, 1), ""),
        (date(2026, 10, 3), "not come yet"),
        (date(1989, 12, 31), "year"),
    ],
)
def test_what_has_happened_lies_behind_and_within_memory(day: date | None, wrong: str) -> None:
    found = past_day_problem("verified", day, TODAY)
    assert (found is None) is (wrong == "") and (found is None or wrong in found.sentence)


def test_what_is_proposed_lies_ahead() -> None:
    assert coming_day_problem("by", TODAY, TODAY) is None and coming_day_problem("by", None, TODAY) is None
    found = coming_day_problem("by", date(2026, 10, 1), TODAY)
    assert found is not None and found.field == "by"


def test_an_appointment_lies_ahead_and_within_somebodys_diary() -> None:
    for day, wrong in ((date(2026, 10, 1), "passed"), (date(2032, 1, 1), "year")):
        found = appointment_problem("day", day, TODAY)
        assert found is not None and wrong in found.sentence
    assert appointment_problem("day", TODAY, TODAY) is None is appointment_problem("day", date(2031, 12, 31), TODAY)


def test_still_correct_needs_its_day_and_who() -> None:
    assert [found.field if found else None for found in (
        verified_problem(None, "POL"), verified_problem(TODAY, ""), verified_problem(TODAY, "POL")
    )] == ["verified", "by", None]  # fmt: skip


@given(st.dictionaries(st.sampled_from(RiskChange), st.sets(st.sampled_from(RiskFactor))))
def test_a_factor_stands_in_one_list(changes: dict[RiskChange, set[RiskFactor]]) -> None:
    every = [factor for some in changes.values() for factor in some]
    assert bool(factor_problems(changes)) is (len(every) != len(set(every)))


def test_what_a_victim_said_goes_to_chair_and_victim_service_where_it_was_left_open() -> None:
    victim, own = SourceType.VICTIM, SourceType.OWN_RECORDS
    assert for_line(victim, Restriction()).kinds == {IDVA}
    assert for_line(victim, Restriction(NOT_PERP_FACING)).kinds == {IDVA, NOT_PERP_FACING}
    for limits in (Restriction(NAMED, frozenset({"POL"})), Restriction(CHAIR), Restriction(VERBAL), Restriction(IDVA)):
        assert for_line(victim, limits) == limits
    assert for_line(own, Restriction()) == Restriction()


def test_the_words_they_come_to() -> None:
    assert line_text(TODAY, Activity.MISSED, SourceType.OWN_RECORDS, "Twice") == (
        "2 October 2026 · Missed an appointment · Our own records\nTwice"
    )
    where = where_text(WhereaboutsType.SOFA_SURFING, "Eddleford", Confidence.LOW, TODAY, "Leaves on Friday.")
    assert where == (
        "Staying with others, Eddleford. Confidence low. Verified 2 October 2026. Next expected move: Leaves on Friday."
    )
    assert where_text(WhereaboutsType.CUSTODY, None, None, None, None) == "In custody."
    assert still_text("In custody.", TODAY, "PRIS") == "Still correct, verified 2 October 2026 by PRIS: In custody."
    moved = {RiskChange.UP: [RiskFactor.ALCOHOL, RiskFactor.DRUGS], RiskChange.SAME: []}
    assert factors_text(moved, "Seen") == "Up: Alcohol, Drugs.\nSeen"
    assert proposal_text("Visit", None, None, None) == "Visit"
    assert proposal_text("Visit", "POL", TODAY, "He guesses").splitlines() == [
        "Visit", "By POL until 2 October 2026", "How it could reach a victim: He guesses"
    ]  # fmt: skip
    assert ahead_text(TODAY, Appointment.COURT, "Marrow, 10:00") == "2 October 2026 · Court or hearing · Marrow, 10:00"
    assert ahead_text(TODAY, Appointment.OTHER, None) == "2 October 2026 · Something else"
    assert engagement_text(Engagement.IRREGULAR, "Two of five") == "Now and then.\nTwo of five"
    assert engagement_text(None, "Two of five") == "Two of five"
    assert in_words(TODAY) == "2 October 2026"
