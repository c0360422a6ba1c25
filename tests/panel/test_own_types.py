"""A panel's own catalogue: what may be changed at once, and what needs others to agree."""

from dataclasses import replace

import pytest

from panel.action_types import H24, WD5, ActionType, Term, TermKind
from panel.catalogue import ACTION_TYPES, search
from panel.codes import ActionGroup, Check, Function, Visibility
from panel.own_types import TERMS, as_kept, at_least, guarded, kept, next_code, term_code, term_of, term_words

STANDARD = ACTION_TYPES["P18"]  # advised, covert
OVERT = ACTION_TYPES["P02"]  # advised, overt
OWN = ActionType("X01", ActionGroup.HOUSING, "Change the locks", (), WD5, Check.REQUIRED, Visibility.OVERT)


@pytest.mark.parametrize(
    ("wanted", "standard", "comes_to"),
    [
        (Check.REQUIRED, STANDARD, Check.REQUIRED),
        (Check.ADVISE, STANDARD, Check.ADVISE),
        (Check.NONE, STANDARD, Check.ADVISE),
        (Check.NONE, None, Check.REQUIRED),
        (Check.ADVISE, None, Check.REQUIRED),
    ],
)
def test_a_check_gets_stricter_at_once_and_lighter_never(
    wanted: Check, standard: ActionType | None, comes_to: Check
) -> None:
    now = standard or OWN
    assert guarded(replace(now, check=wanted), now, standard).check is comes_to


def test_what_was_agreed_stays_and_may_go_back_to_the_standard() -> None:
    agreed = replace(STANDARD, check=Check.NONE)
    assert guarded(replace(agreed, term=H24), agreed, STANDARD) == replace(agreed, term=H24)
    strict = replace(STANDARD, check=Check.REQUIRED)
    assert guarded(STANDARD, strict, STANDARD) == STANDARD


def test_less_that_is_noticed_and_no_question_after_an_address_are_lighter_too() -> None:
    hidden = replace(OVERT, visibility=Visibility.COVERT)
    assert guarded(hidden, OVERT, OVERT) == OVERT
    assert guarded(replace(OVERT, visibility=Visibility.INFERABLE), OVERT, OVERT).visibility is Visibility.INFERABLE
    address = ACTION_TYPES["I03"]
    assert guarded(replace(address, reveals_address=False), address, address).reveals_address
    assert guarded(replace(OVERT, reveals_address=True), OVERT, OVERT).reveals_address


def test_an_open_action_takes_what_is_stricter_only() -> None:
    assert at_least(STANDARD, replace(STANDARD, check=Check.REQUIRED)).check is Check.REQUIRED
    assert at_least(STANDARD, replace(STANDARD, check=Check.NONE)).check is Check.ADVISE
    assert at_least(OVERT, replace(OVERT, visibility=Visibility.COVERT)).visibility is Visibility.OVERT
    assert at_least(STANDARD, replace(STANDARD, visibility=Visibility.OVERT)).visibility is Visibility.OVERT


def test_an_action_keeps_what_it_was_agreed_as() -> None:
    assert kept(replace(STANDARD, term=H24), STANDARD) is None
    for kind, standard in ((replace(STANDARD, check=Check.NONE), STANDARD), (OWN, None)):
        back = as_kept(kind.code, kept(kind, standard), standard)
        assert (back.label, back.group, back.check, back.visibility) == (
            kind.label, kind.group, kind.check, kind.visibility,
        )  # fmt: skip
    with pytest.raises(ValueError, match="X07"):
        as_kept("X07", None, None)


def test_own_codes_follow_the_highest_and_end() -> None:
    assert next_code([]) == "X01"
    assert next_code(["X01", "X03", "P17"]) == "X04"
    assert next_code(["X99"]) is None


def test_usual_times_are_written_and_read() -> None:
    assert {kind.term for kind in ACTION_TYPES.values()} <= set(TERMS)
    assert [term_of(term_code(term)) for term in TERMS] == list(TERMS)
    assert len({term_words(term) for term in TERMS}) == len(TERMS)
    assert term_words(Term(TermKind.DAYS, 28)) == "28 days at the latest"
    for wrong in ("", "hours", "weeks:2", "hours:x"):
        with pytest.raises(ValueError, match=r"."):
            term_of(wrong)


def test_a_search_puts_ones_own_first_then_what_is_used_most() -> None:
    kinds = list(ACTION_TYPES.values())
    found = [kind.code for kind in search("order", kinds, {Function.CHILDREN}, {"P15": 9})]
    assert found[0] == "L04", "children's social care usually does it, with the police"
    assert found[1] == "P15"
    assert search("P1", kinds, {Function.HOUSING}, {"H01": 9})[0].code == "P10", "a code that is typed is meant"
    assert {kind.code for kind in search("by-and-for", kinds)} == {"I06"}, "by who usually does it"
