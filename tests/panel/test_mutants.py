"""A fixed sample of the changes that `make mutants` makes: each is noticed, or explained."""

from __future__ import annotations

from tests.panel.mutants import MODULES, kept, mutants_of, noticed, sample, survivors

NUMBER = 10


def test_a_sample_of_small_changes_to_the_rules_is_noticed() -> None:
    assert not noticed(None), "the tests of access fail without any change"
    assert set(survivors(sample(NUMBER))) <= set(kept())


def test_what_is_explained_is_a_change_that_is_made_and_has_its_reason() -> None:
    names = {mutant.name for module in MODULES for mutant in mutants_of(module)}
    assert set(kept()) <= names
    assert all(len(reason) > 20 for reason in kept().values())


def test_every_sort_of_change_is_made() -> None:
    """It turns comparisons round, leaves conditions and entries out, and swaps `and` and `or`."""
    told = [mutant.name for module in MODULES for mutant in mutants_of(module)]
    assert len(told) > 500
    assert any("_to(Holder.CHAIR, Condition.NOT_AUTHOR) -> _to(Holder.CHAIR)" in each for each in told)
    assert any(" and " in each.split(" -> ")[0] and " or " in each.split(" -> ")[1] for each in told)
    assert any(" not in " in each.split(" -> ")[1] for each in told)
