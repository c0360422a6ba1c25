"""One trial: panels wake, notices are owed and sent, instances end and others follow, until everything is quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from slack_sdk import WebClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.heartbeat import Heartbeat
from bot.relay import Relay, mark
from commands.kit.notices import Message, NoticeKind
from storage import outbox
from storage.outbox import LEASE, Owed
from storage.tables import Notice, Panel
from storage.work import Store, UnitOfWork
from tests.crash.fates import START, Clock, Cut, Fates, FaultyStore
from tests.crash.slack import Slack
from tests.storage.conftest import a_panel

PANELS, WAVES, HOUR = 2, 3, timedelta(hours=1)
READERS = ("U1", "U2", "C1")
KINDS = ("told", "once", "part", "part")
ROUNDS, QUIET = 40, 400  # acts with faults; acts without, at most, until nothing is left


class Quiet:
    """A log that nobody reads."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *words, **ids: None


def plan(work: UnitOfWork, panel: Panel) -> None:
    """What a panel owes as it wakes, under names made of facts; and when it wakes next."""
    moment = panel.wake_at
    assert moment is not None
    for number, kind in enumerate(KINDS):
        name = f"{kind}:{panel.id}:{moment.isoformat()}:{number}"
        lane = f"{panel.id}:{moment.isoformat()}" if kind == "part" else None
        to = READERS[(number + (panel.id or 0)) % len(READERS)]
        work.owe(name, kind, to, not_before=moment, lane=lane, seq=number)
    following = moment + HOUR
    panel.wake_at = following if following < START + WAVES * HOUR else None


def expected() -> Iterator[str]:
    """The names of all that is owed in a trial."""
    for panel in range(1, PANELS + 1):
        for wave in range(WAVES):
            yield from (f"{kind}:{panel}:{(START + wave * HOUR).isoformat()}:{n}" for n, kind in enumerate(KINDS))


@dataclass
class Found:
    """How a trial came out."""

    passed: Counter[str]
    faults: Counter[str]
    notices: int
    posts: int
    doubled: int  # messages more than their notices
    allowed: int  # of these, as the rule of the kind says, or past the fence
    in_doubt: int  # never sent twice, and nobody knows whether once
    past_lease: int
    wrong: list[str]


@dataclass
class Trial:
    """`instances` of the bot on one database, under faults drawn from `seed`."""

    engine: Engine
    seed: int
    instances: int = 1
    chance: float = 0.1
    clock: Clock = field(default_factory=Clock)
    relays: list[Relay] = field(default_factory=list)
    everybody: list[Relay] = field(default_factory=list)  # those that have ended too
    make: type[Relay] = Relay

    def __post_init__(self) -> None:
        self.fates = Fates(self.seed, self.chance)
        self.slack = Slack(self.clock, self.fates, self._others)
        self.may_look = self.seed % 2 == 0
        self.kinds = {
            "told": NoticeKind("told", self._draw),
            "once": NoticeKind("once", self._draw, "never_twice"),
            "part": NoticeKind("part", self._draw),
        }

    def run(self) -> Found:
        """Play it to its end."""
        with Store(self.engine).work(START) as work:
            for number in range(PANELS):
                a_panel(work, code=f"P{number}", wake_at=START)
        self.relays = [self._begin() for _ in range(self.instances)]
        for _ in range(ROUNDS):
            self._act(self.fates.drawn.randrange(self.instances))
            if self.fates.drawn.random() < 0.3:
                self.clock.sleep(self.fates.drawn.choice((1, 60, 1800)))
        self.fates.chance = 0
        for _ in range(QUIET):
            for number in range(self.instances):
                self._act(number)
            self.clock.sleep(30)
            if self._is_quiet():
                break
        return self._found()

    def _begin(self) -> Relay:
        """A new process, which may have the database to itself."""
        store = FaultyStore(self.engine, self.fates)
        name = f"one-{len(self.everybody)}"
        client = cast(WebClient, self.slack)
        made = self.make(store, self.clock, client, self.kinds, Quiet(), who=name, may_look=self.may_look)
        self._mark_steps(made)
        self.everybody.append(made)
        if self.instances == 1 and self.fates.drawn.random() < 0.5:
            with Store(self.engine).work(self.clock.now()) as work:
                outbox.take_over(work.session)
        return made

    def _mark_steps(self, relay: Relay) -> None:
        for name, step in (("set_off", "fence"), ("settle", "settle"), ("failed", "settle"), ("_wait", "settle")):
            setattr(relay.ending, name, self._as_step(step, getattr(relay.ending, name)))

    def _as_step(self, step: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def marked(*given: Any, **named: Any) -> Any:
            with self.fates.doing(step):
                return act(*given, **named)

        return marked

    def _act(self, number: int) -> None:
        """One instance ticks, and sends what it can; if its power goes, another one takes its place."""
        relay = self.relays[number]
        try:
            with self.fates.doing("plan"):
                self._heartbeat(relay).tick(self.clock.now())
            with self.fates.doing("claim"):
                relay.drain()
        except OperationalError:
            pass  # `run` and `catch_up` log it, and come back
        except Cut:
            self.relays[number] = self._begin()
            if self.fates.drawn.random() < 0.5:
                self.clock.ahead += LEASE

    def _heartbeat(self, relay: Relay) -> Heartbeat:
        return Heartbeat(relay.store, self.clock, [(Panel, self._plan)], Quiet(), instance=relay.who)

    def _plan(self, work: UnitOfWork, panel: Panel) -> None:
        with self.fates.doing("insert"):
            plan(work, panel)
            if self.fates.at("cut"):
                raise Cut

    def _draw(self, work: UnitOfWork, owed: Owed) -> Message:
        with self.fates.doing("render"):
            fate = self.fates.at("locked", "paused")
            if fate == "locked":
                raise OperationalError("SELECT", {}, Exception("database is locked"))
            if fate == "paused":
                self.clock.ahead += LEASE
                self._others()
        return Message(owed.name)

    def _others(self) -> None:
        """While one is paused, another sends what it can."""
        if len(self.relays) > 1:
            other = self.fates.drawn.choice(self.relays)
            chance, self.fates.chance = self.fates.chance, 0.0
            if not other._one_at_a_time.locked():
                other.drain()
            self.fates.chance = chance

    def _is_quiet(self) -> bool:
        with Store(self.engine).read(self.clock.now()) as work:
            awake = work.first(Panel, Panel.wake_at != None)  # noqa: E711
            return awake is None and outbox.waiting(work.session) == 0

    # -- how it came out

    def _found(self) -> Found:
        times = Counter(each for each, _, _ in self.slack.posted)
        with Store(self.engine).read(self.clock.now()) as work:
            rows = {row.name: row for row in work.find(Notice)}
        made = Found(self.fates.passed, self.fates.faults, len(rows), len(self.slack.posted), 0, 0, 0, 0, [])
        made.past_lease = sum(relay.ending.past_lease for relay in self.everybody)
        for name in expected():
            self._one(made, name, rows.get(name), times[mark(name)])
        if len(rows) != len(list(expected())):
            made.wrong.append(f"{len(rows)} notices")
        if self.slack.too_fast > sum(
            self.slack.paused.values()
        ):  # whoever is paused past the fence keeps no pace either
            made.wrong.append(f"{self.slack.too_fast} posts faster than Slack allows")
        made.wrong += self._out_of_order()
        return made

    def _one(self, made: Found, name: str, row: Notice | None, times: int) -> None:
        """Whether one notice ended as its kind's rule says."""
        if row is None:
            made.wrong.append(f"{name} was never owed")
            return
        never_twice = row.kind == "once" and not self.may_look
        most = 1 + self.slack.paused[mark(name)]
        made.doubled += max(times - 1, 0)
        if never_twice:
            made.in_doubt += row.state == "failed"
            fine = times <= most and (row.state == "failed" or (row.state == "sent" and times >= 1))
        else:
            fine = row.state == "sent" and times >= 1 and (times <= most or not self.may_look)
        if fine:
            made.allowed += max(times - 1, 0)
        else:
            made.wrong.append(f"{name} is {row.state} ({row.problem}), posted {times} times")

    def _out_of_order(self) -> list[str]:
        """Parts of one lane, by when each stood in Slack for the first time."""
        first: dict[str, int] = {}
        for place, (each, _, _) in enumerate(self.slack.posted):
            first.setdefault(each, place)
        lanes = [name for name in expected() if name.startswith("part") and name.endswith(":2")]
        pairs = [(name, f"{name[:-1]}3") for name in lanes]
        return [
            f"{later} before {name}" for name, later in pairs if first.get(mark(name), 0) > first.get(mark(later), 1e9)
        ]
