"""What changed between two versions: only what a reader must know, by reference and number."""

from dataclasses import dataclass, fields

from panel.agenda_changes import Change, changes
from panel.codes import AgendaKind
from panel.codes.agenda import ChangeKind


@dataclass(frozen=True)
class Row:
    number: int
    kind: AgendaKind
    title: str
    minutes: int
    case: str | None = None


def rows(*cases: str, kind: AgendaKind = AgendaKind.REVIEW) -> list[Row]:
    heard = [Row(n, kind, "Review", 10, case) for n, case in enumerate(cases, start=2)]
    return [Row(1, AgendaKind.WELCOME, "Welcome", 5), *heard, Row(len(heard) + 2, AgendaKind.AOB, "AOB", 3)]


def test_the_same_is_no_change() -> None:
    assert changes(rows("A", "B"), rows("A", "B")) == ()


def test_one_that_came_or_went_moves_nobody_else() -> None:
    assert changes(rows("A", "B"), rows("X", "A", "B")) == (Change(ChangeKind.IN, "Review", "X", now=2),)
    assert changes(rows("A", "B"), rows("B")) == (Change(ChangeKind.OUT, "Review", "A", was=2),)


def test_the_one_that_moved_is_named_with_both_numbers() -> None:
    assert changes(rows("A", "B", "C", "D"), rows("D", "A", "B", "C")) == (
        Change(ChangeKind.MOVED, "Review", "D", was=5, now=2),
    )


def test_other_minutes_and_another_kind() -> None:
    before = rows("A", "B")
    longer = [before[0], Row(2, AgendaKind.REVIEW, "Review", 15, "A"), *before[2:]]
    assert changes(before, longer) == (Change(ChangeKind.MINUTES, "Review", "A", 10, 15),)
    paper = [before[0], before[1], Row(3, AgendaKind.PAPER, "Review by report", 1, "B"), before[3]]
    assert changes(before, paper) == (Change(ChangeKind.CALLED, "Review by report", "B", now=3),)


def test_a_case_that_is_heard_and_ratified_is_two_items() -> None:
    ratify = Row(2, AgendaKind.RATIFY, "Ratify of 6 October", 5, "A")
    assert changes(rows("A"), [*rows()[:1], ratify, *rows("A")[1:]]) == (
        Change(ChangeKind.IN, "Ratify of 6 October", "A", now=2),
    )


def test_late_papers_are_a_number() -> None:
    assert changes(rows("A"), rows("A"), late=2) == (Change(ChangeKind.LATE, now=2),)
    assert {field.name for field in fields(Change)} == {"what", "title", "case", "was", "now"}
