"""The code of a printable pack: read as it was shown, however it is typed."""

import pytest

from panel.paper_pass import ALPHABET, CODE_LENGTH, read_code, shown_code


def test_what_is_shown_is_read_back() -> None:
    assert shown_code("ABCD2345") == "ABCD-2345" and read_code(shown_code("ABCD2345")) == "ABCD2345"


@pytest.mark.parametrize("typed", ["abcd-2345", " ABCD 2345 ", "a b c d 2 3 4 5", "ABCD–2345"])
def test_what_people_type_between_does_not_count(typed: str) -> None:
    assert read_code(typed) == "ABCD2345"


def test_nothing_in_a_code_is_mistaken_for_another() -> None:
    assert not set("ILO01U") & set(ALPHABET) and len(set(ALPHABET)) == len(ALPHABET)
    assert len(ALPHABET) ** CODE_LENGTH > 10**11
