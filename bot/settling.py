"""How a notice ended: written in one transaction, with whatever follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlmodel import col, update

from commands.kit.alerts import alerted
from commands.kit.clock import Clock
from commands.kit.meetings import settings_of
from commands.kit.notices import NoticeKind
from commands.kit.reachable import AGAIN, NOT_THERE
from commands.kit.undelivered import UNDELIVERED, UNTOLD
from panel.codes import Role
from panel.mail import outside_slack
from panel.reach import is_tried
from storage import outbox, reach
from storage.outbox import Owed
from storage.tables import Notice, Panel
from storage.work import Store, UnitOfWork

A_CHANNEL = timedelta(seconds=1)  # Slack's limit for posting to one channel
A_WORKSPACE = timedelta(milliseconds=200)  # 300 messages a minute
BACK_OFF = timedelta(seconds=5)  # after the first try that failed; twice as long after each further one, up to
LONGEST_WAIT = timedelta(minutes=5)  # for as long as Slack is away: what is owed stays owed until nobody wants it
SHARED_WAIT = timedelta(seconds=30)  # the longest for which two refusals hold everybody
LATE_FROM = 10  # tries, about a quarter of an hour: the log says so, and it stands aside where others get through

# Slack may or may not have done it: look before sending again.
IN_DOUBT = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


class NotMine(Exception):
    """The claim passed to another relay, or another one has the channel just now."""


@dataclass
class Settling:
    """Writes how notices of one relay ended. `mail`: they went by e-mail."""

    store: Store
    clock: Clock
    kinds: Mapping[str, NoticeKind]
    log: Any
    who: str
    mail: bool = False
    past_lease: int = 0  # messages that left after the claim had passed to another: what no fence can stop

    # -- before it leaves

    def set_off(self, owed: Owed, *, paced: bool) -> None:
        """The fence: still ours, the lease begun anew, and the channel's and the workspace's next place taken, or
        NotMine and nothing of it."""
        now = self.clock.now()
        with self.store.work(now) as work:
            mine = outbox.set_off(work.session, owed.id, self.who, self.clock.real())
            if not mine or (paced and not self._place(work, owed, now)):
                raise NotMine

    def _place(self, work: UnitOfWork, owed: Owed, now: datetime) -> bool:
        return outbox.reserve(work.session, owed.to, now, now + A_CHANNEL) and outbox.reserve(
            work.session, outbox.WORKSPACE, now, now + A_WORKSPACE
        )

    def put_back(self, owed: Owed) -> None:
        """As it was before it was claimed, where it is still ours."""
        with self.store.work(self.clock.now()) as work:
            state, tries = _as_before(owed), owed.attempts - 1
            outbox.settle(work.session, owed.id, self.who, state=state, attempts=tries, leased_until=None)

    def not_tried(self, owed: Owed) -> str | None:
        """Why somebody who can't be reached is not even written to; None where they are. What can't wait always goes,
        and so does the word of a part on the panel: something changed."""
        if not self._is_person(owed) or owed.panel_id is None or owed.kind == "seated":
            return None
        with self.store.read(self.clock.now()) as work:
            known = reach.reach_of(work.session, owed.to)
            if known is None or self._can_not_wait(work, owed):
                return None
            most = settings_of(work.get(Panel, owed.panel_id)).reach.failures
            tried = is_tried(known.failing_since, known.failures, most, work.now)
            return None if tried else known.problem

    # -- it went

    def settle(self, owed: Owed, removes: tuple[tuple[str, str], ...] = (), **ended: Any) -> None:
        """It was sent, dropped, or put off until a moment."""
        now = self.clock.now()
        sent = ended["state"] == "sent"
        with self.store.work(now) as work:
            if sent:
                ended["sent_at"] = now
            if "ts" in ended and not self.mail:
                outbox.pace(work.session, owed.to, now + A_CHANNEL)
            if not outbox.settle(work.session, owed.id, self.who, leased_until=None, **ended):
                self._too_late(owed, sent)
                return
            if sent:
                self._arrived(work, owed)
                self._taken_away(work, owed, removed_at=now)
            for channel, ts in removes:
                about = {"channel": channel, "ts": ts}
                work.owe(f"remove:{channel}:{ts}", "remove", channel, panel_id=owed.panel_id, about=about)

    def _too_late(self, owed: Owed, sent: bool) -> None:
        if sent:
            self.past_lease += 1
            self.log.warning("sent_past_lease", notice=owed.id, kind=owed.kind)

    def _arrived(self, work: UnitOfWork, owed: Owed) -> None:
        if not self._is_person(owed) or owed.kind == outbox.REDRAW:
            return
        since = reach.arrived(work.session, owed.to, work.now)
        if since is not None and owed.panel_id is not None:
            for to in alerted(work, owed.panel_id, Role.COORDINATOR, unless=owed.to):
                name = f"{AGAIN}:{owed.to}:{since.isoformat()}:{to}"
                work.owe(name, AGAIN, to, panel_id=owed.panel_id, about={"since": since.isoformat()})

    def _taken_away(self, work: UnitOfWork, owed: Owed, **said: Any) -> None:
        """A message of ours that was to be removed says that it was, or why not."""
        if owed.kind == "remove":
            where = (col(Notice.channel) == owed.about["channel"], col(Notice.ts) == owed.about["ts"])
            work.session.execute(update(Notice).where(*where).values(**said))

    # -- it did not

    def refused(self, owed: Owed, problem: SlackApiError) -> None:
        """Slack answered, and did not take it."""
        error = str(problem.response.get("error") or "not_json")
        status = problem.response.status_code
        if status == 429:
            wait = timedelta(seconds=int(problem.response.headers.get("Retry-After", 1)))
            self._wait(owed, _as_before(owed), wait, wait)
        elif error in IN_DOUBT or status >= 500:
            self.later(owed, "uncertain")
        else:
            self.failed(owed, error)

    def lost(self, owed: Owed, problem: Exception) -> None:
        """No answer, or none that can be read."""
        reason = getattr(problem, "reason", problem)
        never_left = isinstance(reason, ConnectionRefusedError) and not owed.maybe_sent
        self.later(owed, "pending" if never_left else "uncertain")

    def later(self, owed: Owed, state: str = "", lane: str = "") -> None:
        """Tried again, less and less often. `lane`: who waits with it, where that is known."""
        wait = min(BACK_OFF * 2 ** min(owed.attempts - 1, 10), LONGEST_WAIT)
        if owed.attempts >= LATE_FROM:
            self.log.warning("notice_late", notice=owed.id, kind=owed.kind, attempts=owed.attempts)
        self._wait(owed, state or _as_before(owed), wait, min(wait, SHARED_WAIT), lane)

    def _wait(self, owed: Owed, state: str, wait: timedelta, shared: timedelta, lane: str = "") -> None:
        """Nobody says whether one channel is meant or all of them: the one that was refused waits, and everybody does
        once a second one was refused meanwhile. What waits keeps its place among what its reader is owed."""
        now = self.clock.now()
        view = owed.kind in outbox.VIEWS
        everybody = outbox.LOOKS if view else outbox.WORKSPACE
        with self.store.work(now) as work:
            ended: dict[str, Any] = {"state": state, "leased_until": None}
            aside = view or self._stands_aside(work, owed)
            if aside or self.mail:
                ended["not_before"] = now + wait
            outbox.settle(work.session, owed.id, self.who, **ended)
            if not lane and not outbox.reserve(work.session, f"{outbox.REFUSED}{everybody}", now, now + wait):
                outbox.pace(work.session, everybody, now + shared)
            if lane or not aside:
                outbox.pace(work.session, lane or owed.to, now + wait)

    def _stands_aside(self, work: UnitOfWork, owed: Owed) -> bool:
        """After many tries, while others get through: it is this message that Slack does not take."""
        return owed.attempts >= LATE_FROM and reach.anything_arrived(work.session, work.now, LONGEST_WAIT)

    def failed(self, owed: Owed, error: str, *, tried: bool = True) -> None:
        """It can't be delivered, or nobody can say whether it was: the coordinator is told, with the way out; the chair
        where it is the coordinator who can't be reached. Of somebody who can't be reached they are told once."""
        self.log.warning("notice_failed", notice=owed.id, kind=owed.kind, error=error)
        with self.store.work(self.clock.now()) as work:
            outbox.settle(work.session, owed.id, self.who, state="failed", problem=error, leased_until=None)
            work.audit("undelivered", f"notice:{owed.id}", surface="relay", panel_id=owed.panel_id, error=error)
            self._taken_away(work, owed, problem=error)
            new = self._news(work, owed, error, tried)
            if new and owed.kind not in UNTOLD and owed.panel_id is not None:
                self._tell(work, owed, owed.panel_id)

    def _news(self, work: UnitOfWork, owed: Owed, error: str, tried: bool) -> bool:
        """Whether the coordinator does not know yet that this reader gets nothing, or this can't wait."""
        if error not in NOT_THERE or not self._is_person(owed):
            return True
        first = tried and reach.refused(work.session, owed.to, work.now, error)
        return first or owed.kind == UNDELIVERED or self._can_not_wait(work, owed)

    def _tell(self, work: UnitOfWork, owed: Owed, panel_id: int) -> None:
        lost = owed.about["notice"] if owed.kind == UNDELIVERED else owed.id
        for to in alerted(work, panel_id, Role.COORDINATOR, unless=owed.to):
            name = f"{UNDELIVERED}:{lost}:{to}"
            work.owe(name, UNDELIVERED, to, panel_id=panel_id, about={"notice": lost})

    def _can_not_wait(self, work: UnitOfWork, owed: Owed) -> bool:
        kind = self.kinds.get(owed.kind)
        return kind is not None and kind.can_not_wait(work, owed)

    def _is_person(self, owed: Owed) -> bool:
        """Whether it tells if somebody can be reached: by Slack, or by e-mail where they have only that."""
        return outside_slack(owed.to) if self.mail else owed.to.startswith(("U", "W"))


def _as_before(owed: Owed) -> str:
    return "uncertain" if owed.maybe_sent else "pending"


def since_of(store: Store, owed: Owed, now: datetime) -> datetime:
    """When it was first owed: no message of it is older."""
    with store.read(now) as work:
        return work.get(Notice, owed.id).made_at
