"""The deputy chair has the chair's duties where the chair is not there, and towards a case that is closed to them."""

from __future__ import annotations

from dataclasses import replace

from panel.access import Allowed, Person, RoleHeld, Thing, Verb, as_reader, may
from panel.codes import Function, Role
from panel.grants import Holder

DEPUTY = Person("d", frozenset({RoleHeld(Role.DEPUTY_CHAIR)}), chairs=frozenset({"c"}))
NO_CHAIR = replace(DEPUTY, chairs=frozenset())
CLOSED = Thing(recused=frozenset({"c"}))


def test_not_while_the_chair_is_there_nor_where_nobody_asked() -> None:
    assert not may(DEPUTY, Verb.TRIAGE, Thing()) and not DEPUTY.is_chair
    assert not may(replace(DEPUTY, chairs=None), Verb.TRIAGE, CLOSED)


def test_where_there_is_no_chair_today() -> None:
    for verb in (Verb.TRIAGE, Verb.APPROVE_AGENDA, Verb.APPROVE_TIME, Verb.SEE_HEALTH):
        answer = may(NO_CHAIR, verb, Thing(author="somebody"))
        assert isinstance(answer, Allowed) and answer.by is Holder.CHAIR, verb
    assert not may(NO_CHAIR, Verb.APPROVE_AGENDA, Thing(author="d")), "never on what they prepared themselves"
    assert NO_CHAIR.is_chair and NO_CHAIR.deputises


def test_towards_a_case_that_is_closed_to_the_chair() -> None:
    assert may(DEPUTY, Verb.APPROVE_TIME, CLOSED) and as_reader(DEPUTY, CLOSED).acting_chair
    assert not may(DEPUTY, Verb.APPROVE_TIME, Thing(recused=frozenset({"x"})))
    assert not may(DEPUTY, Verb.APPROVE_TIME, Thing(recused=frozenset({"c", "d"}))), "nor where it is closed to both"


def test_with_an_agency_of_their_own_they_read_as_the_tighter_of_two() -> None:
    own = NO_CHAIR.roles | {RoleHeld(Role.REP, "PROB", Function.PROBATION)}
    person = replace(NO_CHAIR, roles=own)
    assert may(person, Verb.TRIAGE, Thing()) and not as_reader(person, Thing()).acting_chair
    assert as_reader(replace(person, acting_chair=True), Thing()).acting_chair
