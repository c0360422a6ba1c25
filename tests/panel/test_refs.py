"""References: read, refused, proposed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel import refs


def test_cases_and_referrals_are_read() -> None:
    assert refs.parse_case("MSP-26-0041") == refs.Serial("MSP", 26, 41)
    assert refs.parse_referral("MSP-26-R-0107") == refs.Serial("MSP", 26, 107)
    assert (refs.subject_number("K-041"), refs.victim_number("V-041a")) == ("041", "041")
    assert refs.action_number("A-041-01") == "041"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (refs.parse_case, "MSP-26-R-0107"),
        (refs.parse_case, "msp-26-0041"),
        (refs.parse_case, "MSP-26-41"),
        (refs.parse_case, "MSP-26-0041 "),
        (refs.parse_case, "ABCDE-26-0041"),
        (refs.parse_referral, "MSP-26-0041"),
        (refs.subject_number, "K-41"),
        (refs.victim_number, "V-041"),
        (refs.victim_number, "V-041A"),
        (refs.action_number, "A-041-1"),
        (refs.action_number, "A-041-01\n"),
    ],
)
def test_anything_else_is_refused_with_an_example(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an? \w+ reference such as"):
        read(text)


def test_a_panel_has_two_to_four_capitals() -> None:
    assert [text for text in ("A", "AB", "ABCD", "ABCDE", "Ab", "A1") if refs.is_prefix(text)] == ["AB", "ABCD"]


def test_the_next_serial_follows_the_highest_of_this_panel_and_year() -> None:
    taken = ["MSP-26-0041", "MSP-26-0009", "MSP-25-0300", "BVP-26-0500"]
    assert refs.next_case("MSP", 2026, taken) == "MSP-26-0042"
    assert refs.next_case("MSP", 26, []) == "MSP-26-0001"
    assert refs.next_referral("MSP", 2026, ["MSP-26-R-0107", "MSP-27-R-0200"]) == "MSP-26-R-0108"


def test_a_subject_takes_the_number_of_the_case_unless_it_is_taken() -> None:
    assert refs.propose_subject("MSP-26-0041", []) == "K-041"
    assert refs.propose_subject("MSP-26-0041", ["K-041", "K-042"]) == "K-043"
    assert refs.propose_subject("MSP-26-1041", []) == "K-1041"


def test_victims_go_through_the_alphabet() -> None:
    assert refs.propose_victim("K-041", ["V-041a", "V-042b"]) == "V-041b"
    with pytest.raises(ValueError, match="all victim references"):
        refs.propose_victim("K-041", [f"V-041{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"])


def test_actions_are_counted_by_subject() -> None:
    assert refs.propose_action("K-041", ["A-041-01", "A-041-03", "A-042-09"]) == "A-041-04"


def test_a_restricted_action_leaves_no_gap_in_the_numbers_of_the_others() -> None:
    assert refs.propose_action("K-041", ["A-041-01"], restricted=True) == "A-041-51"
    assert refs.propose_action("K-041", ["A-041-01", "A-041-51"]) == "A-041-02"
    assert refs.propose_action("K-041", ["A-041-01", "A-041-51"], restricted=True) == "A-041-52"
    assert refs.propose_action("K-041", ["A-041-99"], restricted=True) == "A-041-100"
    assert refs.propose_action("K-041", ["A-041-50", "A-041-52"]) == "A-041-53"


@given(st.integers(1, refs.SEALED_FROM - 2), st.integers(2000, 2099))
def test_what_is_proposed_can_be_read_back(serial: int, year: int) -> None:
    taken = [f"MSP-{year % 100:02}-{serial:04}"]
    assert refs.parse_case(refs.next_case("MSP", year, taken)).serial == serial + 1
    refs.subject_number(refs.propose_subject(taken[0], []))
