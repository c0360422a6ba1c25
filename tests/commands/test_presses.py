"""Whoever waits for an answer goes first."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from commands.kit.presses import LONGEST, Presses


class Ticking:
    """A clock whose every look is ten milliseconds later."""

    def __init__(self) -> None:
        self.at = datetime(2026, 10, 1, 9, tzinfo=UTC)

    def real(self) -> datetime:
        self.at += timedelta(milliseconds=10)
        return self.at

    now = real

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nobody waits here")


def _give_way(presses: Presses, done: threading.Event) -> None:
    presses.give_way()
    done.set()


def test_nobody_gives_way_to_nobody() -> None:
    clock = Ticking()
    before = clock.at
    Presses(clock).give_way()
    assert clock.at - before < LONGEST / 10


def test_what_can_wait_waits_until_people_have_paused() -> None:
    presses = Presses(Ticking())
    gave_way = threading.Event()
    with presses.one():
        other = threading.Thread(target=_give_way, args=(presses, gave_way))
        other.start()
        assert not gave_way.wait(0.05)
    assert gave_way.wait(2)
    other.join()


def test_a_flood_of_presses_holds_nothing_up_for_long() -> None:
    clock = Ticking()
    presses = Presses(clock)
    before = clock.at
    with presses.one():
        presses.give_way()
    assert LONGEST <= clock.at - before < 2 * LONGEST


def test_a_pause_is_counted_from_the_last_press() -> None:
    clock = Ticking()
    presses = Presses(clock)
    with presses.one():
        pass
    ended = clock.at
    presses.give_way(timedelta(milliseconds=80))
    assert clock.at - ended >= timedelta(milliseconds=80)
