"""Who stands in: any graph of deputies ends, and at somebody who is there as long as anybody is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.leave import Passes, first_there, routed, stand_in

PEOPLE = "ABCDEF"
person = st.sampled_from(PEOPLE)
passing = st.dictionaries(person, st.none() | person)


@pytest.mark.parametrize(
    ("passes", "has_it"),
    [
        ({}, "A"),
        ({"A": "B"}, "B"),
        ({"A": "B", "B": "C"}, "C"),
        ({"A": "B", "B": "A"}, None),
        ({"A": "A"}, None),
        ({"A": None}, None),
        ({"B": "A"}, "A"),
    ],
)
def test_it_passes_on_until_somebody_is_there(passes: Passes, has_it: str | None) -> None:
    assert stand_in("A", passes) == has_it


@given(person, passing, st.frozensets(person))
def test_a_chain_ends_within_as_many_steps_as_are_away_and_never_at_who_is_away_or_shut_out(
    who: str, passes: Passes, shut: frozenset[str]
) -> None:
    steps = 0

    class Counted(dict[str, str | None]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            nonlocal steps
            steps += 1
            return super().get(key, default)

    found = stand_in(who, Counted(passes), shut)
    assert found is None or (found not in passes and found not in shut)
    assert steps <= len({*passes, *shut}) + 1
    assert found == who or who in passes or who in shut, "who is there keeps what is theirs"


@given(person, passing, st.lists(person, unique=True), st.frozensets(person))
def test_somebody_away_has_it_only_where_nobody_is_there(
    who: str, passes: Passes, last: list[str], shut: frozenset[str]
) -> None:
    found = routed(who, passes, last, shut)
    assert found not in shut
    if found in passes:
        assert all(user in passes for user in last if user not in shut) and stand_in(who, passes, shut) is None
        assert found == next(user for user in last if user not in shut), "then the first of all"
    if found is None:
        assert set(last) <= shut


def test_a_loop_ends_at_the_coordinator_and_a_coordinator_who_is_away_at_the_chair() -> None:
    loop = {"A": "B", "B": "A"}
    assert routed("A", loop, ["CO", "CH"]) == "CO"
    assert routed("A", loop | {"CO": None}, ["CO", "CH"]) == "CH"
    assert routed("A", loop | {"CO": None, "CH": None}, ["CO", "CH"]) == "CO"
    assert routed("A", loop, ["CO", "CH"], shut={"CO"}) == "CH"
    assert routed("A", {"A": "B"}, ["CO"], shut={"B"}) == "CO", "a deputy to whom the case is closed is passed over"


@given(st.lists(person, unique=True), passing)
def test_those_who_are_there_come_first_in_their_order(users: list[str], passes: Passes) -> None:
    found = first_there(users, passes)
    assert sorted(found) == sorted(users)
    assert [user for user in found if user not in passes] == [user for user in users if user not in passes]
    assert [user in passes for user in found] == sorted(user in passes for user in found)
