"""Every list: readable, short enough for Slack, looked up by value."""

import pytest

from panel import codes
from panel.codes import Code, Decision, Outcome, ReturnCell, ReturnKind, UrgentTrigger, Weekday
from panel.codes.linked import Relation

LISTS = [kind for kind in vars(codes).values() if isinstance(kind, type) and issubclass(kind, Code) and len(kind)]
BANNED = ("nothing known", "silent", "chase", "offender", "closed = safe")


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_labels_are_short_different_and_in_sentence_case(kind: type[Code]) -> None:
    labels = [member.label for member in kind]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert 1 <= len(label) <= 75
        assert label[0].isupper() and not label.endswith(".")
        assert not any(word in label.lower() for word in BANNED)


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_a_member_is_found_by_its_value_and_keeps_its_label(kind: type[Code]) -> None:
    for member in kind:
        found = kind(member.value)
        assert found is member and found == member.value and str(found) == member.value
        assert found.label


def test_returns_have_their_letters_and_only_unable_is_incomplete() -> None:
    assert "".join(kind.letter for kind in ReturnKind) == "INKUD"
    assert [kind for kind in ReturnKind if not kind.complete] == [ReturnKind.UNABLE_TO_CHECK]
    assert all(ReturnKind.of_letter(kind.letter) is kind for kind in ReturnKind)
    with pytest.raises(ValueError, match="'M' is not the letter"):
        ReturnKind.of_letter("M")


def test_grid_squares_lead_to_their_return() -> None:
    kinds = {cell.value: cell.kind for cell in ReturnCell}
    assert kinds.pop("M") is None and kinds.pop("X") is None
    assert kinds == {kind.letter: kind for kind in ReturnKind}
    assert [ReturnCell(kind.letter).label for kind in ReturnKind] == [kind.label for kind in ReturnKind]


def test_sensitive_outcomes_are_hidden_behind_one_phrase() -> None:
    assert {o for o in Outcome if o.sensitive} == {Outcome.DECLINED_BY_VICTIM, Outcome.BLOCKED_SAFETY}
    assert Outcome.BLOCKED_SAFETY.shown_to_others == "Not taken forward"
    assert Outcome.DONE_EFFECTIVE.shown_to_others == Outcome.DONE_EFFECTIVE.label


def test_a_trigger_is_known_by_its_words_or_is_another() -> None:
    assert UrgentTrigger.of("Breach_with victim-workplace known") is UrgentTrigger.BREACH_WORKPLACE_KNOWN
    assert UrgentTrigger.of("a neighbour rang") is UrgentTrigger.OTHER


def test_weekdays_count_as_dates_do_and_ends_are_proposed_first() -> None:
    assert [day.number for day in Weekday] == list(range(7))
    proposed = {Decision.TRANSFER_OUT, Decision.CLOSE_WITH_FLAGS_12_MONTHS}
    assert {decision for decision in Decision if decision.proposed_before} == proposed


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ex-colleague-stalked", Relation.FORMER_ASSOCIATE),
        ("Former partner, historic", None),
        ("former_partner_historic", Relation.EX_PARTNER),
        ("ex partner", Relation.EX_PARTNER),
        ("neighbour", None),
    ],
)
def test_a_books_own_words_of_a_relation_are_a_code_where_one_says_the_same(words: str, code: Relation | None) -> None:
    assert Relation.of(words) is code
