"""The outbox: owed once, claimed once, in order, at Slack's pace, and taken over when a sender vanishes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from storage import outbox
from storage.outbox import EMAIL, LEASE, MAIL, WORKSPACE, Owed
from storage.tables import Notice
from storage.work import Store
from tests.storage import crowd
from tests.storage.conftest import NOW, a_panel

SECOND = timedelta(seconds=1)


def owe(store: Store, name: str, to: str = "U1", **how: Any) -> bool:
    with store.work(NOW) as work:
        return work.owe(name, "told", to, **how)


def claim(store: Store, now: datetime = NOW, real: datetime | None = None, who: str = "one") -> Owed | None:
    with store.work(now) as work:
        return outbox.claim(work.session, now, real or now, who)


def set_off(store: Store, owed: Owed, who: str) -> bool:
    with store.work(NOW) as work:
        return outbox.set_off(work.session, owed.id, who, NOW)


def settle(store: Store, owed: Owed, who: str = "one", **values: Any) -> bool:
    with store.work(NOW) as work:
        return outbox.settle(work.session, owed.id, who, **values)


def pace(store: Store, channel: str, free_at: datetime) -> None:
    with store.work(NOW) as work:
        outbox.pace(work.session, channel, free_at)


def next_moment(store: Store) -> datetime | None:
    with store.read(NOW) as work:
        return outbox.next_moment(work.session, NOW)


def names(store: Store, now: datetime = NOW) -> list[str]:
    """What can be sent at a moment, in the order in which it is taken, each settled as sent."""
    found = []
    while owed := claim(store, now):
        found.append(owed.name)
        settle(store, owed, state="sent")
    return found


def test_a_name_is_owed_once(store: Store) -> None:
    assert owe(store, "digest:U1:2026-10-02")
    assert not owe(store, "digest:U1:2026-10-02", to="U2")
    assert owe(store, "digest:U1:2026-10-05")
    with store.read(NOW) as work:
        assert [row.to for row in work.find(Notice)] == ["U1", "U1"]


def test_many_are_owed_at_once_and_one_that_was_dropped_is_owed_anew(store: Store) -> None:
    people = {"digest:U1": "U1", "digest:U2": "U2", "digest:M1": "M1"}

    def owe_each(now: datetime, panel_id: int) -> list[tuple[str, str, str | None, int | None, int]]:
        with store.work(now) as work:
            outbox.owe_each(work.session, "digest", people, now, panel_id=panel_id, about={"day": "2026-10-02"})
            return [(row.to, row.state, row.route, row.panel_id, row.attempts) for row in work.find(Notice)]

    with store.work(NOW) as work:
        first, second = a_panel(work).id or 0, a_panel(work, code="TWO").id or 0
    assert owe_each(NOW, first) == [
        ("U1", "pending", None, first, 0), ("U2", "pending", None, first, 0), ("M1", "pending", EMAIL, first, 0)
    ]  # fmt: skip
    for state in ("sent", "dropped"):
        owed = claim(store)
        assert owed is not None and owed.about == {"day": "2026-10-02"} and settle(store, owed, state=state)
    assert owe_each(NOW + SECOND, second)[:2] == [("U1", "sent", None, first, 1), ("U2", "pending", None, second, 0)]
    assert owe_each(NOW + SECOND, second)[2] == ("M1", "pending", EMAIL, first, 0)
    assert names(store) == [] and names(store, NOW + SECOND) == ["digest:U2"], "it is owed from then on"


def test_a_claimed_notice_is_nobody_elses(store: Store) -> None:
    owe(store, "a", about={"meeting": 4})
    owed = claim(store)
    assert owed is not None and (owed.name, owed.about, owed.attempts, owed.maybe_sent) == (
        "a",
        {"meeting": 4},
        1,
        False,
    )
    assert claim(store, who="two") is None


def test_notices_go_in_the_order_in_which_they_fall_due(store: Store) -> None:
    owe(store, "later", not_before=NOW + 5 * SECOND)
    owe(store, "third", not_before=NOW)
    owe(store, "first", not_before=NOW - 9 * SECOND)
    assert names(store) == ["first", "third"]
    assert names(store, NOW + 5 * SECOND) == ["later"]


def test_a_lane_is_kept_in_order_even_when_a_part_of_it_waits(store: Store) -> None:
    owe(store, "part 2", lane="agenda:1", seq=2)
    owe(store, "part 1", lane="agenda:1", seq=1, not_before=NOW + SECOND)
    owe(store, "other")
    assert names(store) == ["other"]
    first = claim(store, NOW + SECOND)
    assert first is not None and first.name == "part 1"
    assert claim(store, NOW + SECOND) is None  # still being sent
    settle(store, first, state="uncertain", not_before=NOW + 3 * SECOND)
    assert claim(store, NOW + SECOND) is None  # perhaps sent
    again = claim(store, NOW + 3 * SECOND)
    assert again is not None and again.name == "part 1" and again.maybe_sent
    settle(store, again, state="failed")
    assert names(store, NOW + 3 * SECOND) == ["part 2"]  # a part that failed does not stop the rest for ever


def test_a_channel_waits_for_its_pace_and_others_go_on(store: Store) -> None:
    owe(store, "a", to="C1")
    owe(store, "b", to="U1")
    pace(store, "C1", NOW + SECOND)
    pace(store, "C1", NOW - SECOND)  # never earlier than promised
    assert names(store) == ["b"]
    assert next_moment(store) == NOW + SECOND
    assert names(store, NOW + SECOND) == ["a"]


def test_the_workspace_has_a_pace_of_its_own(store: Store) -> None:
    owe(store, "a")
    pace(store, WORKSPACE, NOW + SECOND)
    assert names(store) == [] and next_moment(store) == NOW + SECOND
    assert names(store, NOW + SECOND) == ["a"]


def test_a_vanished_sender_is_taken_over_once_its_lease_has_run_out(store: Store) -> None:
    owe(store, "a")
    first = claim(store)
    assert first is not None
    assert claim(store, real=NOW + LEASE - SECOND, who="two") is None
    second = claim(store, real=NOW + LEASE, who="two")
    assert second is not None and not second.maybe_sent and second.attempts == 2, "it had not set off"
    assert not set_off(store, first, "one"), "whoever wakes up late sends nothing"
    assert not settle(store, first, "one", state="failed")  # the slow one no longer has a say
    assert settle(store, second, "two", state="sent", ts="1.2")
    with store.read(NOW) as work:
        row = work.get(Notice, first.id)
        assert (row.state, row.ts) == ("sent", "1.2")


def test_whoever_vanishes_on_the_way_leaves_it_in_doubt_for_good(store: Store) -> None:
    owe(store, "a")
    first = claim(store)
    assert first is not None and set_off(store, first, "one")
    second = claim(store, real=NOW + LEASE, who="two")
    assert second is not None and second.maybe_sent
    third = claim(store, real=NOW + 2 * LEASE, who="three")
    assert third is not None and third.maybe_sent, "the second had not set off, but the first had"


def test_one_that_has_the_database_alone_takes_over_at_once(store: Store) -> None:
    for name in ("not yet", "on its way"):
        owe(store, name, to=name)
    waiting, going = claim(store), claim(store)
    assert waiting and going and set_off(store, going, "one")
    with store.work(NOW) as work:
        assert outbox.take_over(work.session) == 2
    with store.read(NOW) as work:
        assert [row.state for row in work.find(Notice)] == ["pending", "uncertain"]
    assert not set_off(store, waiting, "one")


def test_a_place_in_a_channel_is_taken_once(store: Store) -> None:
    with store.work(NOW) as work:
        assert outbox.reserve(work.session, "C1", NOW, NOW + SECOND)
        assert not outbox.reserve(work.session, "C1", NOW, NOW + SECOND)
        assert outbox.reserve(work.session, "C2", NOW, NOW + SECOND)
        assert outbox.reserve(work.session, "C1", NOW + SECOND, NOW + 2 * SECOND)


def test_views_wait_for_their_own_lane_only(store: Store) -> None:
    with store.work(NOW) as work:
        work.owe("home:1", "home", "U1")
    pace(store, WORKSPACE, NOW + SECOND)
    pace(store, outbox.LOOKS, NOW + 2 * SECOND)
    assert names(store) == [] and next_moment(store) == NOW + 2 * SECOND
    assert names(store, NOW + 2 * SECOND) == ["home:1"]


def test_a_lease_runs_on_real_time_under_a_story_clock(store: Store) -> None:
    owe(store, "a")
    assert claim(store) is not None
    assert claim(store, now=NOW + timedelta(days=9), real=NOW + SECOND, who="two") is None


def test_nothing_pending_has_no_next_moment(store: Store) -> None:
    assert next_moment(store) is None
    owe(store, "a", not_before=NOW + timedelta(days=1))
    assert next_moment(store) == NOW + timedelta(days=1)
    with store.read(NOW) as work:
        assert outbox.waiting(work.session) == 1


@pytest.mark.slow
def test_four_processes_claim_four_hundred_notices_once_each(url: str, store: Store) -> None:
    with store.work(NOW) as work:
        for number in range(400):
            work.owe(f"told:{number}", "told", f"U{number}")
    claimed = [notice for told in crowd.run(crowd.claim_all, url) for notice in told]
    assert len(claimed) == 400
    assert len(set(claimed)) == 400


def test_letters_and_messages_are_claimed_apart_and_wait_for_nothing_of_each_other(store: Store) -> None:
    """Somebody outside Slack is never claimed for it; a letter to somebody in it is a letter."""
    owe(store, "letter", to="M1")
    owe(store, "copy", route=EMAIL)
    owe(store, "message")
    for lane in (WORKSPACE, "U1", "M1"):
        pace(store, lane, NOW + SECOND)
    with store.work(NOW) as work:
        taken = [outbox.claim(work.session, NOW, NOW, "post", mail=True) for _ in range(3)]
        assert [owed and owed.name for owed in taken] == ["letter", "copy", None]
    assert claim(store) is None and names(store, NOW + SECOND) == ["message"]


def test_a_mail_server_that_is_busy_and_a_person_who_is_each_have_their_lane(store: Store) -> None:
    for to in ("M1", "M2"):
        owe(store, to, to=to)
    pace(store, f"{MAIL}M1", NOW + SECOND)
    with store.work(NOW) as work:
        found = outbox.claim(work.session, NOW, NOW, "post", mail=True)
        assert found is not None and found.name == "M2"
    pace(store, MAIL, NOW + 2 * SECOND)
    with store.work(NOW + SECOND) as work:
        assert outbox.claim(work.session, NOW + SECOND, NOW, "post", mail=True) is None
        assert outbox.next_moment(work.session, NOW, mail=True) == NOW + 2 * SECOND
