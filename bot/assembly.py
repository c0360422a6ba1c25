"""Everything put together, once. Nothing happens at import; nothing here is global."""

from __future__ import annotations

import re
import secrets
import threading
from dataclasses import dataclass, field
from typing import IO, Any

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot import alone
from bot.by_http import ByHttp
from bot.clock import RealClock, StoryClock
from bot.door import Door
from bot.failures import Failures
from bot.heartbeat import Heartbeat, guarded
from bot.leaving import leave
from bot.log import mute_library_logger, quiet_library_logger
from bot.mail import Mail, Post, server_of
from bot.pages.server import Pages
from bot.relay import Relay
from bot.settings import Settings
from commands import JOURNEYS
from commands.kit import searching
from commands.kit.service import Service
from commands.kit.words import Words
from storage import migrate, outbox, vault
from storage.engine import make_engine
from storage.secrets import Cipher, key_file
from storage.work import Store

TICK_SECONDS = 30
MOST_WITHOUT_SOCKET = 10  # heartbeats: five minutes
AGAIN_SECONDS = 0.25
RECEIVE_BYTES = 64 * 1024  # a form and its view come in one read, not in twenty
CONCURRENCY = 16  # envelopes read side by side; of 10, 16, 24 and 32 the quickest (docs/bench.md)
HISTORY = {"groups:history", "im:history", "im:write"}  # optional: to look before sending again


KEY_GONE = (
    "The database {database} is there, and its key file {key} is not. Nothing was changed. Bring that file back from "
    "where you keep a copy of it, or set CONVENOR_KEY: without the key, what people wrote can't be read by anybody."
)


class NotUsable(Exception):
    """Slack or the database can't be used as set; the message says how to mend it."""


@dataclass
class Bot:
    """The running machine: Slack's socket or address, the relay, the heartbeat."""

    settings: Settings
    app: App
    service: Service
    relay: Relay
    post: Relay  # what goes by e-mail: a mail server that is slow holds nothing up
    heartbeat: Heartbeat
    clock: RealClock
    log: Any
    pages: Pages | None = None  # where an address is set for them
    lost: threading.Event = field(default_factory=threading.Event)  # the socket has not come back: start anew
    _without_socket: int = 0  # heartbeats in a row
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _socket: Door | None = None
    _scheduler: BackgroundScheduler | None = None
    _lock: IO[str] | None = None

    def start(self) -> None:
        """Connect, and begin to tick and to send."""
        if self.pages is not None:
            self.pages.start()
        if self.settings.slack_app_token:
            self._socket = Door(
                self.app, self.settings.slack_app_token, concurrency=CONCURRENCY, receive_buffer_size=RECEIVE_BYTES
            )
            self._socket.connect()  # type: ignore[no-untyped-call]
        self._take_over()
        self._in_background(lambda: self.relay.run(self._stop))
        self._in_background(lambda: self.post.run(self._stop))
        if isinstance(self.clock, StoryClock):
            clock = self.clock
            self._in_background(lambda: clock.follow(lambda _now: self.catch_up(), self._stop))
        self._scheduler = BackgroundScheduler(
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )
        self._scheduler.add_job(self._beat, "interval", seconds=TICK_SECONDS)
        self._scheduler.start()
        self._beat()

    def catch_up(self) -> None:
        """Plan and send everything that is due. What stumbles over a database that is locked, say, is tried again
        until the bot is told to end: a story waits for it."""
        done = threading.Event()
        while not done.is_set() and not self._stop.is_set():
            with guarded(self.log, "catching_up_stumbled"):
                self.heartbeat.tick(self.clock.now())
                while any([self.relay.drain(), self.post.drain()]):
                    pass  # what one of them could not deliver may be the other's to tell
                done.set()
            if not done.is_set():
                self._stop.wait(AGAIN_SECONDS)

    def stop(self) -> None:
        """Answer what is in hand, let go of Slack and end the threads. Told again, it has nothing left to do."""
        if self._stop.is_set():
            return
        self._stop.set()
        self.wake()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        if self._socket is not None:
            leave(self._socket.client)
        if self.pages is not None:
            self.pages.stop()
        if self._lock is not None:
            self._lock.close()

    def wake(self) -> None:
        """Something may be owed, by either way."""
        self.relay.wake()
        self.post.wake()

    def join(self, seconds: float = 5.0) -> None:
        """Wait for the threads to end (after `stop`), and let go of the database."""
        for thread in self._threads:
            thread.join(seconds)
        self.service.store.engine.dispose()

    @property
    def connected(self) -> bool:
        """Whether the socket to Slack is open; where Slack sends over HTTP, whether its address is answered."""
        if self._socket is None:
            return self.settings.by_http and self.pages is not None and self.pages.answers
        return self._socket.client.is_connected()

    def _take_over(self) -> None:
        """With the database to itself, whatever an earlier process had in hand when it ended is looked at now, not
        when its lease runs out."""
        file = self.settings.database_file
        self._lock = alone.hold(file) if file else None
        if self._lock is not None:
            with self.service.store.work(self.clock.now()) as work:
                outbox.take_over(work.session)

    def _beat(self) -> None:
        self.heartbeat.beat(self.clock.now())
        self.wake()
        self._without_socket = 0 if self.connected or self._socket is None else self._without_socket + 1
        if self._without_socket >= MOST_WITHOUT_SOCKET:
            self.lost.set()

    def _in_background(self, work: Any) -> None:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self._threads.append(thread)


def open_store(settings: Settings, log: Any) -> Store:
    """The database, migrated. Without CONVENOR_KEY a key file is made beside it, and said so. Raises ValueError for
    what is no key, WrongKey for another one."""
    cipher = Cipher(settings.convenor_key or _kept_key(settings, log))
    engine: Engine = make_engine(settings.convenor_database_url, cipher)
    migrate.upgrade(engine)
    vault.admit(engine, cipher, RealClock().real())
    return Store(engine)


def _kept_key(settings: Settings, log: Any) -> str:
    """What the key file holds; made for a database that is new. Raises NotUsable when there is none for another."""
    path, database = settings.key_path, settings.database_file
    if path is None:
        raise NotUsable("CONVENOR_KEY must be set: with PostgreSQL there is no folder to keep a key file in.")
    if not path.exists():
        if database is not None and database.exists() and database.stat().st_size:
            raise NotUsable(KEY_GONE.format(key=path.name, database=database.name))
        log.warning("key_file_made", file=path.name, keep="back it up apart from the database")
    return key_file(path)


def client_for(settings: Settings) -> WebClient:
    """A Web API client that never tries again by itself: the default one can post a message twice."""
    return WebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=10, retry_handlers=[],
        logger=mute_library_logger(),
    )  # fmt: skip


def build(settings: Settings, store: Store, log: Any, client: WebClient | None = None) -> Bot:
    """The bot, ready to start; raises SlackApiError when the token is not accepted."""
    client = client or client_for(settings)
    clock = StoryClock(settings.convenor_clock_url) if settings.convenor_clock_url else RealClock()
    known = client.auth_test()
    scopes = {scope.strip() for scope in (known.headers.get("x-oauth-scopes") or "").split(",")}
    app, service = journeys(settings, store, log, client, clock)
    relay = Relay(store, clock, client, service.notices, log, who=secrets.token_hex(4), may_look=scopes >= HISTORY)
    mail = Mail(store, clock, service.words, log, server_of(settings))
    post = Post(store, clock, client, service.notices, log, who=secrets.token_hex(4), mail=mail)
    service.has_mail = mail.server is not None
    relay.give_way = post.give_way = service.presses.give_way
    heartbeat = Heartbeat(store, clock, service.wakes, log, instance=relay.who, tidies=service.tidies)
    bot = Bot(settings, app, service, relay, post, heartbeat, clock, log, _pages(settings, service, log))
    service.wake = bot.wake
    heartbeat.sockets = lambda: int(bot.connected)
    return bot


def journeys(settings: Settings, store: Store, log: Any, client: WebClient, clock: RealClock) -> tuple[App, Service]:
    """Everything that people can do, and what becomes due. Nothing is asked of Slack."""
    app = App(  # a socket is ours, and what comes by HTTP was looked at before Bolt sees it (bot/by_http.py)
        name="convenor", client=client, process_before_response=True, token_verification_enabled=False,
        logger=quiet_library_logger(),
        request_verification_enabled=False, ssl_check_enabled=False, url_verification_enabled=False,
        attaching_function_token_enabled=False, attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    service = Service(app, store, clock, Words(), log)
    service.address = settings.convenor_public_url
    for register in JOURNEYS:
        register(app, service)
    _listen(app, service)
    app.error(Failures(log, service.keep_draft).answer)
    return app, service


def _pages(settings: Settings, service: Service, log: Any) -> Pages | None:
    """The pages outside Slack, with Slack's own address where it sends over HTTP; raises NoSocket when the port is
    taken."""
    if service.address is None:
        return None
    secret = settings.slack_signing_secret if settings.by_http else None
    slack = ByHttp(service.app, secret, CONCURRENCY) if secret else None
    return Pages(service, service.address, settings.convenor_listen, log, slack)


def _listen(app: App, service: Service) -> None:
    """Every command, button and form goes to the service; whatever else comes is acknowledged."""
    everything = re.compile(".*")
    app.command(everything)(service.commanded)
    app.action(everything)(service.pressed)
    app.view(everything)(service.submitted)
    app.options(everything)(lambda body, ack: searching.typed(service, body, ack))
    app.view_closed(everything)(lambda ack: ack())
    app.event(everything)(lambda: None)
