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

from bot.drawing import TookTooLong, within
from bot.heartbeat import guarded
from bot.settling import LATE_FROM, NotMine, Settling, since_of
from commands.kit.clock import Clock
from commands.kit.deliver import draw_anew
from commands.kit.instead import pass_on
from commands.kit.lateness import is_overtaken, waits_behind
from commands.kit.mailboxes import by_mail_too, owe_copies
from commands.kit.mentions import named_in
from commands.kit.notices import (
    HomeTab,
    Message,
    MessageAnew,
    NoticeKind,
    NotYet,
    PassedOn,
    Removal,
    Rendered,
    ViewAnew,
)
from commands.kit.stamp import stamp_notice
from storage import outbox
from storage.outbox import Owed
from storage.tables import Notice, Panel
from storage.work import Store, UnitOfWork

SOON = timedelta(seconds=5)  # what the relay waits out by itself
PAUSE = timedelta(milliseconds=20)  # nobody has pressed anything for so long: they are reading
DRAWING = 20  # real seconds, less than a lease
METADATA = "convenor_notice"

NOT_OURS = "cant_delete_message"  # Slack does not let the bot take it away
GONE = {"message_not_found", NOT_OURS}


class NotRendered(Exception):
    """A notice could not be drawn: an error of ours, logged with its trace."""


class NotRead(Exception):
    """The database did not answer while it was drawn."""


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
    ending: Settling = field(init=False)

    def __post_init__(self) -> None:
        self.ending = Settling(self.store, self.clock, self.kinds, self.log, self.who, self.mail is not None)

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
            while self._sent_one() or self._waited():
                sent = True
        return sent

    def _sent_one(self) -> bool:
        self.give_way(timedelta())
        return self.send_one()

    def _waited(self) -> bool:
        """Whether something goes within seconds, for which this has waited; not for what another relay has in hand."""
        due = self._next_moment()
        wait = due - self.clock.now() if due is not None else None
        if wait is None or wait > SOON:
            return False
        if wait <= timedelta():  # its moment came while this was looking
            return self.send_one()
        self.clock.sleep(wait.total_seconds())
        return True

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
            self._end(owed, **self._deliver(owed))
        except NotRendered:
            self.ending.failed(owed, "not_rendered")
        except NotRead:
            self._not_read(owed)
        except NotMine:
            self.ending.put_back(owed)
        except NotNow as wait:
            lane = outbox.MAIL if wait.whole else f"{outbox.MAIL}{owed.to}"
            self.ending.later(owed, "uncertain" if wait.in_doubt else "", lane)
        except SlackApiError as problem:
            self.ending.refused(owed, problem)
        except (URLError, OSError, HTTPException, SlackClientError) as problem:
            self.ending.lost(owed, problem)
        return True

    def _end(self, owed: Owed, **ended: Any) -> None:
        if ended["state"] == "failed":
            self.ending.failed(owed, ended["problem"], tried=ended.get("tried", True))
        else:
            self.ending.settle(owed, **ended)

    def _not_read(self, owed: Owed) -> None:
        """A database that is locked for a while is no fault of the notice; one that it can't be drawn from ever is."""
        if owed.attempts >= LATE_FROM:
            self.ending.failed(owed, "not_rendered")
        else:
            self.ending.later(owed)

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
        if isinstance(rendered, Message):
            if (problem := self.ending.not_tried(owed)) is not None:
                return {"state": "failed", "problem": problem, "tried": False}
            self.ending.set_off(owed, paced=self.mail is None)
        if self.mail is None:
            return self._send(owed, rendered)
        if isinstance(rendered, Message):
            return self.mail.hand_over(owed, kind, rendered)
        return self._not_now(owed, rendered) if isinstance(rendered, NotYet | PassedOn) else {"state": "dropped"}

    def _also_by_mail(self, owed: Owed, rendered: Rendered) -> None:
        """Before Slack is asked, which may be away: whoever has this by e-mail too, or is of the channel's readers
        and outside Slack."""
        if not isinstance(rendered, Message):
            return
        with self.store.read(self.clock.now()) as work:
            others = by_mail_too(work, owed)
        if others:
            with self.store.work(self.clock.now()) as work:
                owe_copies(work, owed)

    def _render(self, kind: NoticeKind, owed: Owed) -> Rendered | None:
        """What is sent, from the facts of this moment. One notice that can't be drawn, or is never done with it, never
        stops the others."""
        try:
            drawn = within(DRAWING, lambda: self._drawn(kind, owed))
        except TookTooLong:
            self.log.error("notice_takes_too_long", notice=owed.id, kind=owed.kind)
            raise NotRendered from None
        if isinstance(drawn, Exception):
            raise drawn
        return drawn

    def _drawn(self, kind: NoticeKind, owed: Owed) -> Rendered | Exception | None:
        seen = {"notice": owed.id, "kind": owed.kind}
        found: Rendered | Exception | None = NotRendered()
        try:
            with (
                guarded(self.log, "notice_not_rendered", (SQLAlchemyError,), **seen),
                self.store.read(self.clock.now()) as work,
            ):
                found = None if is_overtaken(work, owed) else self._stamped(work, kind, owed)
        except SQLAlchemyError:
            self.log.exception("notice_not_read", **seen)
            found = NotRead()
        return found

    def _stamped(self, work: UnitOfWork, kind: NoticeKind, owed: Owed) -> Rendered | None:
        rendered = self._as_its_reader(work, kind, owed)
        if rendered is None:
            return None
        if (until := waits_behind(work, owed)) is not None:
            return NotYet(until)
        return stamp_notice(named_in(work, rendered), work.get(Panel, owed.panel_id) if owed.panel_id else None)

    def _as_its_reader(self, work: UnitOfWork, kind: NoticeKind, owed: Owed) -> Rendered | None:
        """What its reader may know of: in a channel no sealed case stands, and what is about one alone is not sent."""
        work.see_as(owed.to)
        try:
            return kind.draw(work, owed)
        except LookupError:
            with work.everything():
                kind.draw(work, owed)  # whatever is amiss with it besides is told as ever
            return None

    def _not_now(self, owed: Owed, rendered: NotYet | PassedOn) -> dict[str, Any]:
        """Later; or never, and somebody else has it, because its reader has gone away since."""
        if isinstance(rendered, NotYet):
            return {"state": "uncertain" if owed.maybe_sent else "pending", "not_before": rendered.until}
        with self.store.work(self.clock.now()) as work:
            pass_on(work, owed, rendered.to)
        return {"state": "dropped"}

    def _send(self, owed: Owed, rendered: Rendered) -> dict[str, Any]:
        if isinstance(rendered, NotYet | PassedOn):
            return self._not_now(owed, rendered)
        if isinstance(rendered, HomeTab):
            self.client.views_publish(user_id=owed.to, view=rendered.view)
            return {"state": "sent"}
        if isinstance(rendered, ViewAnew):
            return {"state": "sent" if draw_anew(self.client, owed.to, rendered.view) else "dropped"}
        if isinstance(rendered, MessageAnew):
            return {"state": "sent" if self._draw_anew(rendered) else "dropped"}
        if isinstance(rendered, Removal):
            return self._remove(rendered)
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

    def _remove(self, removal: Removal) -> dict[str, Any]:
        """Taken away, or gone already; what Slack does not let the bot take away is kept in mind as such."""
        try:
            self.client.chat_delete(channel=removal.channel, ts=removal.ts)
        except SlackApiError as problem:
            error = problem.response["error"]
            if error not in GONE:
                raise
            return {"state": "failed", "problem": error} if error == NOT_OURS else {"state": "sent"}
        return {"state": "sent"}

    def _look(self, owed: Owed) -> dict[str, Any] | None:
        """Whether the message stands in Slack already (an earlier try may have arrived)."""
        if not self.may_look:
            return None
        since = since_of(self.store, owed, self.clock.now()) - timedelta(seconds=2)
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
