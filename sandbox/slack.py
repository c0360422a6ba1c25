"""The running workspace: one of everything, wired together."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from functools import partial
from typing import Any

from sandbox.clock import Clock
from sandbox.config import Config
from sandbox.connections import Connections
from sandbox.envelopes import Envelopes
from sandbox.faults import Faults
from sandbox.http_mode import HttpMode
from sandbox.ids import Ids
from sandbox.live import Live
from sandbox.log import WireLog
from sandbox.pace import Pace
from sandbox.response_urls import ResponseUrls
from sandbox.state import Change, Channel, Installation, Json, Observer, User, World
from sandbox.story import Story
from sandbox.triggers import Triggers


class Slack:
    """What every handler works with. `base_url` is known once the server is bound, no slash at its end.

    manifest: the app's, as its file has it; a reset keeps it. Raises BadSetting if Slack would refuse it.
    """

    def __init__(self, story: str | None = None, seed: int | None = None, manifest: Json | None = None) -> None:
        self.base_url = ""
        self.ids = Ids(seed)
        self.installation = _install(self.ids)
        self.clock = Clock(story)
        self.config = Config()
        self.faults = Faults(self.clock)
        self.log = WireLog(self.clock)
        self.sockets = Connections(self.installation, self.config, self.ids, self.faults)
        self.http = HttpMode(self.installation, self.config, self.ids)
        self.envelopes = Envelopes(self.sockets, self.http, self.config, self.ids, self.faults, self.log)
        self.live = Live()
        self.story = Story()
        self.clock.heard = partial(self.live.note, "clock")
        self.log.heard = partial(self.live.note, "wire")
        self._observers: list[Observer] = [self.live]
        self._tasks: set[asyncio.Task[Any]] = set()
        self._manifest = manifest
        self._empty()

    def background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something without anybody waiting for it; stop() ends it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End everything that runs by itself and close the sockets."""
        self.clock.end()
        self.live.end()
        self.story.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.http.close()
        await self.sockets.close()

    def reset(self) -> None:
        """Forget people, channels, messages, views, settings and the log; credentials, sockets and clock stay."""
        for task in self._tasks:
            task.cancel()
        self.faults.set([])
        self.log.clear()
        self._empty()
        self.world.tell(Change("reset"))

    def configure(self, settings: Mapping[str, Any]) -> None:
        """Change settings. With a manifest the bot has its name. Raises BadSetting."""
        self.config.change(settings)
        registered = self.config.registered
        if registered is not None:
            bot = self.world.users[self.installation.bot_user_id]
            bot.name = registered.bot_name.lower().replace(" ", "_")
            bot.flags["real_name"] = registered.bot_name

    def _empty(self) -> None:
        self.world = World(self.installation, self._observers)
        self.triggers = Triggers(self.ids)
        self.pace = Pace(self.clock, self.config)
        self.response_urls = ResponseUrls(self.ids, self.clock)
        self.suggestions: dict[tuple[str, str, str], list[Json]] = {}
        self._last_ts = 0
        bot = self.installation
        self.world.users[bot.bot_user_id] = User(bot.bot_user_id, bot.bot_name, "Europe/London", is_bot=True)
        self.config.restore()
        if self._manifest is not None:
            self.configure({"manifest": self._manifest})

    def next_ts(self) -> str:
        """The moment as a message's id, `seconds.micros`, later than any given before."""
        self._last_ts = max(self._last_ts + 1, round(self.clock.epoch() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def open_dm(self, user: str, other: str) -> Channel:
        """The two people's direct conversation, made if it does not exist."""
        found = self.world.dm(user, other)
        if found is not None:
            return found
        channel = Channel(self.ids.new("D"), "", "im", user, int(self.clock.epoch()), dict.fromkeys((user, other)))
        self.world.channels[channel.id] = channel
        return channel


def _install(ids: Ids) -> Installation:
    app_id = ids.new("A")
    return Installation(
        team_id=ids.new("T"),
        domain="sandbox",
        app_id=app_id,
        bot_id=ids.new("B"),
        bot_user_id=ids.new("U"),
        bot_name="app",
        bot_token=f"xoxb-{ids.number(12)}-{ids.number(13)}-{ids.hex(24)}",
        app_token=f"xapp-1-{app_id}-{ids.number(13)}-{ids.hex(64)}",
        signing_secret=ids.hex(),
        verification_token=ids.hex(24),
    )
