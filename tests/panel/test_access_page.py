"""docs/access.md says what the code does."""

from __future__ import annotations

from panel.grants import GRANTS, Condition, Holder, Verb
from tests.panel.access_page import PAGE, READERS, _groups, filled, items, verbs


def test_the_page_is_the_table() -> None:
    page = PAGE.read_text()
    assert page == filled(page), "python -m tests.panel.access_page writes it anew"


def test_the_page_leaves_nothing_out() -> None:
    assert {name for _, names in _groups() for name in names} == {verb.name for verb in Verb}
    page = PAGE.read_text()
    assert all(condition.label in page for condition in Condition)
    used = {grant.holder for grants in GRANTS.values() for grant in grants}
    assert all(holder.label in verbs() for holder in used) and used == set(Holder)


def test_two_hats_are_read_as_the_tighter_and_a_conflict_reads_nothing() -> None:
    columns = list(READERS)
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ")[1:] for line in items().splitlines()[2:]}
    assert all(row[columns.index("in conflict")].strip(" |") == "–" for row in rows.values())
    assert all(row[columns.index("not on the case")].strip(" |") == "–" for row in rows.values())
    two, one = columns.index("named and another agency at once"), columns.index("an agency it names")
    assert [name for name, row in rows.items() if row[one] == "yes" and row[two] != "yes"]
