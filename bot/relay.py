"""The relay: takes what is owed from the outbox, looks once more whether it is wanted, and sends it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.heartbeat import guarded
from commands.kit.alerts import alerted
from commands.kit.clock import Clock
from commands.kit.deliver import draw_anew
from commands.kit.mailboxes import by_mail_too
from commands.kit.mentions import named_in
from commands.kit.notices import HomeTab, Message, MessageAnew, NoticeKind, NotYet, Removal, Rendered, ViewAnew
from commands.kit.stamp import stamp_notice
from commands.kit.undelivered import UNDELIVERED, UNTOLD
from panel.codes import Role
from storage import outbox
from storage.outbox import Owed
from storage.tables import Notice, Panel
from storage.work import Store

A_CHANNEL = timedelta(seconds=1)  # Slack's limit for posting to one channel
A_WORKSPACE = timedelta(milliseconds=200)  # 300 messages a minute
SOON = timedelta(seconds=5)  # what the relay waits out by itself
PAUSE = timedelta(milliseconds=20)  # nobody has pressed anything for so long: they are reading
BACK_OFF = timedelta(seconds=5)  # after the first try that failed; twice as long after each further one, up to
LONGEST_WAIT = timedelta(minutes=5)  # for as long as Slack is away: what is owed stays owed until nobody wants it
LATE_FROM = 10  # tries, about a quarter of an hour: the log says so
METADATA = "convenor_notice"

# Slack may or may not have done it: look before sending again.
IN_DOUBT = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
GONE = {"message_not_found", "cant_delete_message"}


class NotRendered(Exception):
    """A notice could not be drawn: an error of ours, logged with its trace."""


class NotNow(Exception):
    """Another way than Slack does not take it now. `whole`: it takes nobody's; `in_doubt`: it may have taken it."""

    def __init__(self, *, whole: bool = False, in_doubt: bool = False) -> None:
        super().__init__()
        self.whole = whole
        self.in_doubt = in_doubt


class Route(Protocol):
    """Another way than Slack to hand a message over."""

    def hand_over(self, owed: Owed, kind: NoticeKind, message: Message) -> dict[str, Any]:
        """How it ended, as the notice's columns say it. Raises NotNow."""


def mark(name: str) -> str:
    """What a message carries so that it can be found again: nothing can be read from it."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


@dataclass
class Relay:
    """One sender. Any number may run: each notice is claimed by one conditional statement. `mail`: it sends what goes
    by e-mail, and never a word to Slack."""

    store: Store
    clock: Clock
    client: WebClient
    kinds: dict[str, NoticeKind]
    log: Any
    who: str
    may_look: bool = False  # the optional history scopes were granted
    give_way: Callable[[timedelta], None] = lambda pause: None  # to people who wait for an answer
    mail: Route | None = None
    _woken: threading.Event = field(default_factory=threading.Event)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def wake(self) -> None:
        """Something may be owed."""
        self._woken.set()

    def run(self, stop: threading.Event, idle_seconds: float = 5.0) -> None:
        """Send whatever is due, until `stop`."""
        while not stop.is_set():
            with guarded(self.log, "relay_stumbled"):  # a database that is locked for a while, say
                self.drain()
            self._woken.wait(idle_seconds)
            self._woken.clear()
            self.give_way(PAUSE)

    def drain(self) -> bool:
        """Send everything that is due now or within seconds; whether there was anything."""
        sent = False
        with self._one_at_a_time:
            while (due := self._next_moment()) is not None and (wait := due - self.clock.now()) <= SOON:
                if wait > timedelta():
                    self.clock.sleep(wait.total_seconds())
                self.give_way(timedelta())
                if due <= self.clock.now():
                    if not self.send_one():
                        break  # it waits for what another relay has in hand
                    sent = True
        return sent

    def _next_moment(self) -> datetime | None:
        with self.store.read(self.clock.now()) as work:
            return outbox.next_moment(work.session, self.clock.real(), mail=self.mail is not None)

    def send_one(self) -> bool:
        """Send the next notice; False when none can go now."""
        now = self.clock.now()
        with self.store.work(now) as work:
            owed = outbox.claim(work.session, now, self.clock.real(), self.who, mail=self.mail is not None)
        if owed is None:
            return False
        try:
            ended = self._deliver(owed)
            if ended["state"] == "failed":
                self._failed(owed, ended["problem"])
            else:
                self._settle(owed, **ended)
        except NotRendered:
            self._failed(owed, "not_rendered")
        except NotNow as wait:
            lane = outbox.MAIL if wait.whole else f"{outbox.MAIL}{owed.to}"
            self._later(owed, "uncertain" if wait.in_doubt or owed.maybe_sent else "pending", lane)
        except SlackApiError as problem:
            self._refused(owed, problem)
        except (URLError, OSError, HTTPException, SlackClientError) as problem:
            self._lost(owed, problem)
        return True

    def _deliver(self, owed: Owed) -> dict[str, Any]:
        kind = self.kinds.get(owed.kind)
        if kind is None:
            return {"state": "failed", "problem": "unknown_kind"}
        rendered = self._render(kind, owed)
        if rendered is None:
            return {"state": "dropped"}
        if owed.maybe_sent and isinstance(rendered, Message):
            found = self._look(owed)
            if found is not None:
                return found | {"removes": rendered.removes}
            if not self.may_look and kind.in_doubt == "never_twice":
                return {"state": "failed", "problem": "mail_in_doubt" if self.mail else "in_doubt"}
        if self.mail is None:
            self._also_by_mail(owed, rendered)
            return self._send(owed, rendered)
        if isinstance(rendered, Message):
            return self.mail.hand_over(owed, kind, rendered)
        return self._not_now(owed, rendered) if isinstance(rendered, NotYet) else {"state": "dropped"}

    def _also_by_mail(self, owed: Owed, rendered: Rendered) -> None:
        """Before Slack is asked, which may be away: whoever has this by e-mail too, or is of the channel's readers
        and outside Slack."""
        if not isinstance(rendered, Message):
            return
        with self.store.read(self.clock.now()) as work:
            others = by_mail_too(work, owed)
        if others:
            with self.store.work(self.clock.now()) as work:
                for user in others:
                    name, about = f"{owed.name}:{outbox.EMAIL}:{user}", owed.about
                    work.owe(name, owed.kind, user, panel_id=owed.panel_id, about=about, route=outbox.EMAIL)

    def _render(self, kind: NoticeKind, owed: Owed) -> Rendered | None:
        """What is sent, from the facts of this moment. One notice that can't be drawn never stops the others."""
        seen = {"notice": owed.id, "kind": owed.kind}
        with (
            guarded(self.log, "notice_not_rendered", (SQLAlchemyError,), **seen),
            self.store.read(self.clock.now()) as work,
        ):
            rendered = kind.draw(work, owed)
            if rendered is None:
                return None
            rendered = named_in(work, rendered)
            return stamp_notice(rendered, work.get(Panel, owed.panel_id) if owed.panel_id else None)
        raise NotRendered

    def _not_now(self, owed: Owed, rendered: NotYet) -> dict[str, Any]:
        return {"state": "uncertain" if owed.maybe_sent else "pending", "not_before": rendered.until}

    def _send(self, owed: Owed, rendered: Rendered) -> dict[str, Any]:
        if isinstance(rendered, NotYet):
            return self._not_now(owed, rendered)
        if isinstance(rendered, HomeTab):
            self.client.views_publish(user_id=owed.to, view=rendered.view)
            return {"state": "sent"}
        if isinstance(rendered, ViewAnew):
            return {"state": "sent" if draw_anew(self.client, owed.to, rendered.view) else "dropped"}
        if isinstance(rendered, MessageAnew):
            return {"state": "sent" if self._draw_anew(rendered) else "dropped"}
        if isinstance(rendered, Removal):
            self._remove(rendered)
            return {"state": "sent"}
        posted = self.client.chat_postMessage(
            channel=owed.to,
            text=rendered.text,
            blocks=list(rendered.blocks) or None,
            metadata={"event_type": METADATA, "event_payload": {"mark": mark(owed.name)}},
            thread_ts=self._thread(rendered),
            unfurl_links=False,
            unfurl_media=False,
        )
        return {
            "state": "sent",
            "channel": posted["channel"],
            "ts": posted["ts"],
            "removes": rendered.removes,
        }

    def _thread(self, message: Message) -> str | None:
        if message.thread_of is None:
            return None
        with self.store.read(self.clock.now()) as work:
            parent = work.first(Notice, Notice.name == message.thread_of)
            return parent.ts if parent else None

    def _draw_anew(self, message: MessageAnew) -> bool:
        """Whether it still stood there."""
        try:
            self.client.chat_update(
                channel=message.channel, ts=message.ts, text=message.text, blocks=list(message.blocks)
            )
        except SlackApiError as problem:
            if problem.response["error"] not in GONE:
                raise
            return False
        return True

    def _remove(self, removal: Removal) -> None:
        try:
            self.client.chat_delete(channel=removal.channel, ts=removal.ts)
        except SlackApiError as problem:
            if problem.response["error"] not in GONE:
                raise

    def _look(self, owed: Owed) -> dict[str, Any] | None:
        """Whether the message stands in Slack already (an earlier try may have arrived)."""
        if not self.may_look:
            return None
        with self.store.read(self.clock.now()) as work:
            since = work.get(Notice, owed.id).made_at - timedelta(seconds=2)
        channel = owed.to
        if not channel.startswith(("C", "G", "D")):
            channel = self.client.conversations_open(users=owed.to)["channel"]["id"]
        cursor = None
        while True:
            page = self.client.conversations_history(
                channel=channel,
                oldest=str(since.timestamp()),
                limit=200,
                include_all_metadata=True,
                cursor=cursor,
            )
            for message in page["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("mark") == mark(owed.name):
                    return {"state": "sent", "channel": channel, "ts": message["ts"]}
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    # -- how it ended

    def _settle(self, owed: Owed, removes: tuple[tuple[str, str], ...] = (), **ended: Any) -> None:
        now = self.clock.now()
        with self.store.work(now) as work:
            if ended["state"] == "sent":
                ended["sent_at"] = now
            if ended["state"] == "sent" and owed.kind not in outbox.VIEWS and self.mail is None:
                outbox.pace(work.session, outbox.WORKSPACE, now + A_WORKSPACE)
                if "ts" in ended:
                    outbox.pace(work.session, owed.to, now + A_CHANNEL)
            outbox.settle(work.session, owed.id, self.who, leased_until=None, **ended)
            for channel, ts in removes:
                about = {"channel": channel, "ts": ts}
                work.owe(f"remove:{channel}:{ts}", "remove", channel, panel_id=owed.panel_id, about=about)

    def _refused(self, owed: Owed, problem: SlackApiError) -> None:
        error = str(problem.response.get("error") or "not_json")
        status = problem.response.status_code
        if status == 429:
            self._slow_down(owed, timedelta(seconds=int(problem.response.headers.get("Retry-After", 1))))
        elif error in IN_DOUBT or status >= 500:
            self._later(owed, "uncertain")
        else:
            self._failed(owed, error)

    def _lost(self, owed: Owed, problem: Exception) -> None:
        reason = getattr(problem, "reason", problem)
        never_left = isinstance(reason, ConnectionRefusedError) and not owed.maybe_sent
        self._later(owed, "pending" if never_left else "uncertain")

    def _slow_down(self, owed: Owed, wait: timedelta) -> None:
        """Slack's limit is on the method, not on this channel alone: whatever other messages are owed wait as well."""
        state = "uncertain" if owed.maybe_sent else "pending"
        self._postpone(owed, state, wait, owed.to if owed.kind in outbox.VIEWS else outbox.WORKSPACE)

    def _later(self, owed: Owed, state: str, lane: str = "") -> None:
        wait = min(BACK_OFF * 2 ** min(owed.attempts - 1, 10), LONGEST_WAIT)
        if owed.attempts >= LATE_FROM:
            self.log.warning("notice_late", notice=owed.id, kind=owed.kind, attempts=owed.attempts)
        self._postpone(owed, state, wait, lane or owed.to)

    def _postpone(self, owed: Owed, state: str, wait: timedelta, lane: str) -> None:
        now: datetime = self.clock.now()
        with self.store.work(now) as work:
            outbox.settle(work.session, owed.id, self.who, state=state, not_before=now + wait, leased_until=None)
            outbox.pace(work.session, lane, now + wait)

    def _failed(self, owed: Owed, error: str) -> None:
        """It can't be delivered, or nobody can say whether it was: the coordinator is told once, with the way out; the
        chair where it is the coordinator who can't be reached."""
        self.log.warning("notice_failed", notice=owed.id, kind=owed.kind, error=error)
        with self.store.work(self.clock.now()) as work:
            outbox.settle(work.session, owed.id, self.who, state="failed", problem=error, leased_until=None)
            work.audit("undelivered", f"notice:{owed.id}", surface="relay", panel_id=owed.panel_id, error=error)
            if owed.kind in UNTOLD or owed.panel_id is None:
                return
            lost = owed.about["notice"] if owed.kind == UNDELIVERED else owed.id
            for to in alerted(work, owed.panel_id, Role.COORDINATOR, unless=owed.to):
                name = f"{UNDELIVERED}:{lost}:{to}"
                work.owe(name, UNDELIVERED, to, panel_id=owed.panel_id, about={"notice": lost})
