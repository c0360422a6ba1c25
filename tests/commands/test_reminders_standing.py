"""Whose line is it: from the facts to each person's counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands.reminders.standing import on_panel, within_reach
from panel.codes import ActionStatus, Role
from panel.digest import Line, digest_lines
from storage.tables import Dependency, MoreTime
from storage.work import Store, UnitOfWork
from tests.commands import owed
from tests.commands.owed import at, user

START = at("2026-09-22T08:00:00+01:00")
DOER = "UDOER"  # not on the panel's list


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with owed.open_store(tmp_path, START) as made:
        yield made


@contextmanager
def now(store: Store, moment: str) -> Iterator[UnitOfWork]:
    with store.work(at(moment)) as work:
        yield work


def lines(work: UnitOfWork, who: str) -> dict[Line, int]:
    return found(work).get(who, {})


def found(work: UnitOfWork) -> dict[str, dict[Line, int]]:
    """Everybody's lines; and all of them are owed a digest, so that nobody's line is left untold."""
    people = on_panel(work, owed.the_panel(work))
    told = {who: dict(digest_lines(facts, work.now)) for who, facts in people.items()}
    assert {who for who, counts in told.items() if counts} <= set(within_reach(work, owed.the_panel(work)))
    return told


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-10-15T09:00:00+01:00", {}),
        ("2026-10-16T09:00:00+01:00", {DOER: Line.DUE_SOON}),
        ("2026-10-21T09:00:00+01:00", {DOER: Line.DUE_TODAY}),
        ("2026-10-22T09:00:00+01:00", dict.fromkeys((DOER, "R.Y."), Line.OVERDUE)),
        ("2026-10-23T09:00:00+01:00", dict.fromkeys((DOER, "R.Y."), Line.OVERDUE)),
        ("2026-10-26T09:00:00+00:00", dict.fromkeys((DOER, "R.Y.", "K.U."), Line.OVERDUE)),
        ("2026-10-28T09:00:00+00:00", dict.fromkeys((DOER, "R.Y.", "K.U.", "C.M.", "Z.O."), Line.OVERDUE)),
        ("2026-11-04T09:00:00+00:00", dict.fromkeys((DOER, "R.Y.", "K.U.", "C.M.", "Z.O.", "V.X."), Line.OVERDUE)),
    ],
)
def test_the_ladder_adds_people_day_by_day(store: Store, moment: str, told: dict[str, Line]) -> None:
    with now(store, moment) as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", assignee=DOER)
        expected = {who if who == DOER else user(who): {line: 1} for who, line in told.items()}
        assert {who: counts for who, counts in found(work).items() if counts} == expected


def test_an_action_of_nobody_in_particular_is_the_representatives(store: Store) -> None:
    with now(store, "2026-10-16T09:00:00+01:00") as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21")
        owed.action(work, owed.case(work, 2), None, "2026-10-21")
        assert lines(work, user("R.Y.")) == {Line.DUE_SOON: 1}
        assert lines(work, user("Z.O.")) == {Line.DUE_SOON: 1}  # the panel's own office


def test_what_was_not_acknowledged_is_a_line_after_two_working_days(store: Store) -> None:
    with now(store, "2026-10-16T09:00:00+01:00") as work:
        agreed = at("2026-10-14T11:00:00+01:00")
        owed.action(work, owed.case(work, 1), "POL", "2026-10-28", status="open", agreed_at=agreed, assignee=DOER)
        assert lines(work, DOER) == {Line.TO_ACKNOWLEDGE: 1}
        assert lines(work, user("R.Y.")) == {Line.TO_ACKNOWLEDGE: 1}
        assert lines(work, user("K.U.")) == {}


def test_a_check_waits_with_the_victim_service_and_the_coordinator_not_with_the_owner(store: Store) -> None:
    with now(store, "2026-10-30T09:00:00+00:00") as work:
        waiting = {"status": ActionStatus.AWAITING_SAFETY_CHECK, "safety": "pending"}
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", **waiting)
        assert lines(work, user("I.K.")) == {Line.CHECKS_WAITING: 1}
        assert lines(work, user("Z.O.")) == {Line.CHECKS_WAITING: 1}
        assert lines(work, user("R.Y.")) == {}


def test_what_waits_for_another_action_is_not_the_owners_to_hurry(store: Store) -> None:
    with now(store, "2026-10-22T09:00:00+01:00") as work:
        of = owed.case(work, 1)
        first = owed.action(work, of, "HOU", "2026-12-01")
        second = owed.action(work, of, "POL", "2026-10-21")
        assert first.id and second.id
        work.add(Dependency(action_id=second.id, needs_id=first.id))
        assert lines(work, user("R.Y.")) == {}
        assert lines(work, user("Z.O.")) == {Line.HELD_UP: 1}


@pytest.mark.parametrize(
    ("reported_by", "outcome", "who"),
    [
        ("UDOER", "done_effective", "Z.O."),
        ("UZO", "done_effective", "V.X."),  # never the one who reported it
        ("UDOER", "declined_by_victim", "V.X."),
        ("UVX", "declined_by_victim", "J.Q."),
    ],
)
def test_a_reported_action_waits_with_whoever_confirms_it(
    store: Store, reported_by: str, outcome: str, who: str
) -> None:
    with now(store, "2026-10-30T09:00:00+00:00") as work:
        told = {"status": "reported_complete", "reported_by": reported_by, "outcome": outcome}
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", **told)
        found = {w for w, facts in on_panel(work, owed.the_panel(work)).items() if digest_lines(facts, work.now)}
        assert found == {user(who)}
        assert lines(work, user(who)) == {Line.TO_CONFIRM: 1}


def test_more_time_asked_waits_with_the_chair_and_the_line_stays(store: Store) -> None:
    with now(store, "2026-10-30T09:00:00+00:00") as work:
        late = owed.action(work, owed.case(work, 1), "POL", "2026-10-21")
        assert late.id
        day = at("2026-10-22T12:00:00+01:00")
        work.add(
            MoreTime(action_id=late.id, asked_by=user("R.Y."), asked_at=day, new_due=at("2026-11-20T00:00:00Z").date())
        )
        assert lines(work, user("V.X.")) == {Line.TIME_ASKED: 1}
        assert lines(work, user("R.Y.")) == {Line.OVERDUE: 1}
        assert lines(work, user("C.M.")) == {}  # the ladder stopped the day it was asked


@pytest.mark.parametrize(
    ("author", "away", "who", "line"),
    [
        ("R.Y.", [], "V.X.", Line.TIME_ASKED),
        ("R.Y.", ["V.X."], "J.Q.", Line.TIME_ASKED),
        ("V.X.", [], "J.Q.", Line.TIME_ASKED),  # never whoever asked
        ("V.X.", ["J.Q."], "Z.O.", Line.NOBODY_TOLD),
        ("R.Y.", ["V.X.", "J.Q."], "Z.O.", Line.NOBODY_TOLD),
    ],
)
def test_what_the_chair_decides_waits_with_a_chair_who_is_there(
    store: Store, author: str, away: list[str], who: str, line: Line
) -> None:
    with now(store, "2026-10-20T09:00:00+01:00") as work:
        action = owed.action(work, owed.case(work, 1), "POL", "2026-10-30")
        asked = at("2026-10-19T12:00:00+01:00")
        day = at("2026-11-20T00:00:00Z").date()
        work.add(MoreTime(action_id=action.id or 0, asked_by=user(author), asked_at=asked, new_due=day))
        for each in away:
            owed.away(work, user(each), "2026-10-19", "2026-10-23")
        assert {each: counts for each, counts in found(work).items() if counts} == {user(who): {line: 1}}


@pytest.mark.parametrize("status", ["complete", "blocked", "cancelled", "not_possible", "not_done", "superseded"])
def test_what_has_ended_or_is_on_hold_is_nobodys_line(store: Store, status: str) -> None:
    with now(store, "2026-11-30T09:00:00+00:00") as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", status=status)
        assert not any(digest_lines(facts, work.now) for facts in on_panel(work, owed.the_panel(work)).values())


def test_immediate_actions_have_messages_of_their_own(store: Store) -> None:
    with now(store, "2026-10-30T09:00:00+00:00") as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21", priority="immediate", assignee=DOER)
        assert lines(work, DOER) == {} and lines(work, user("R.Y.")) == {}


def test_updates_are_the_representatives_then_the_deputys_too(store: Store) -> None:
    with now(store, "2026-10-02T09:00:00+01:00") as work:
        cases = [owed.case(work, number) for number in range(3)]
        asked = owed.ask(work, owed.meeting_on(work, "2026-10-14"), cases, "POL", "HOU")
        owed.answer(work, asked[0])
        owed.answer(work, asked[2], "unable_to_check")
        assert lines(work, user("R.Y.")) == {}
    two, three = {Line.UPDATES_OUTSTANDING: 2}, {Line.UPDATES_OUTSTANDING: 3}
    with now(store, "2026-10-06T09:00:00+01:00") as work:
        assert lines(work, user("R.Y.")) == {}
    with now(store, "2026-10-07T09:00:00+01:00") as work:
        assert lines(work, user("R.Y.")) == two and lines(work, user("T.G.")) == three
        assert lines(work, user("K.U.")) == {}
    for moment in ("2026-10-08T09:00:00+01:00", "2026-10-13T09:00:00+01:00"):  # before the deadline and after
        with now(store, moment) as work:
            assert lines(work, user("R.Y.")) == two and lines(work, user("K.U.")) == two
            assert lines(work, user("W.I.")) == three
    with now(store, "2026-10-14T10:00:00+01:00") as work:  # the panel has met
        assert lines(work, user("R.Y.")) == {}


def test_a_case_closed_to_the_representative_is_the_deputys_from_the_first(store: Store) -> None:
    with now(store, "2026-10-07T09:00:00+01:00") as work:
        cases = [owed.case(work, number) for number in range(3)]
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), cases, "HOU")
        owed.recuse(work, cases[0], user("T.G."))
        assert lines(work, user("T.G.")) == {Line.UPDATES_OUTSTANDING: 2}
        assert lines(work, user("W.I.")) == {Line.UPDATES_OUTSTANDING: 1}
    with now(store, "2026-10-08T09:00:00+01:00") as work:
        assert lines(work, user("W.I.")) == {Line.UPDATES_OUTSTANDING: 3}


def test_a_deputy_who_is_away_is_not_copied_in(store: Store) -> None:
    with now(store, "2026-10-08T09:00:00+01:00") as work:
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), [owed.case(work, 1)], "HOU")
        owed.away(work, user("W.I."), "2026-10-05", "2026-10-09")
        counted = {who: counts for who, counts in found(work).items() if counts}
        assert counted == {user("T.G."): {Line.UPDATES_OUTSTANDING: 1}}


def test_two_cycles_at_once_are_added_up(store: Store) -> None:
    with now(store, "2026-11-06T09:00:00+00:00") as work:
        one = owed.case(work, 1)
        for day in ("2026-11-11", "2026-12-09"):
            owed.ask(work, owed.meeting_on(work, day), [one], "POL")
        assert lines(work, user("R.Y.")) == {Line.UPDATES_OUTSTANDING: 1}  # the later one is not reminded of yet


def test_referrals_wait_with_chair_and_coordinator(store: Store) -> None:
    with now(store, "2026-10-01T09:00:00+01:00") as work:
        owed.refer(work)
        owed.refer(work)
        assert lines(work, user("V.X.")) == lines(work, user("Z.O.")) == {Line.TO_TRIAGE: 2}
        assert lines(work, user("R.Y.")) == {}


def test_a_step_with_nobody_to_tell_is_the_coordinators_to_know(store: Store) -> None:
    with now(store, "2026-10-26T09:00:00+00:00") as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21")
        assert lines(work, user("Z.O.")) == {}
        owed.leave(work, Role.DEPUTY, "POL")
        assert lines(work, user("Z.O.")) == {Line.NOBODY_TOLD: 1}
        owed.leave(work, Role.REP, "POL")
        assert lines(work, user("Z.O.")) == {Line.NOBODY_TOLD: 1}  # an action counts once


def test_an_agency_without_anybody_is_the_coordinators_to_know(store: Store) -> None:
    with now(store, "2026-10-08T09:00:00+01:00") as work:
        owed.ask(work, owed.meeting_on(work, "2026-10-14"), [owed.case(work, 1)], "BAF")
        assert lines(work, user("S.O.")) == {Line.UPDATES_OUTSTANDING: 1}
        assert lines(work, user("Z.O.")) == {Line.NOBODY_TOLD: 1}  # no deputy to copy in
        owed.leave(work, Role.REP, "BAF")
        assert lines(work, user("S.O.")) == {}
        assert lines(work, user("Z.O.")) == {Line.NOBODY_TOLD: 2}


def test_a_panel_without_a_coordinator_still_has_a_standing(store: Store) -> None:
    with now(store, "2026-10-26T09:00:00+00:00") as work:
        owed.leave(work, Role.COORDINATOR)
        owed.leave(work, Role.DEPUTY, "POL")
        owed.action(work, owed.case(work, 1), "POL", "2026-10-21")
        assert lines(work, user("R.Y.")) == {Line.OVERDUE: 1}
