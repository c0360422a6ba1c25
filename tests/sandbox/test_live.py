"""The live feed: whoever follows it from a screen on knows what a fresh look would show, and nothing of others."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox import channels, messages, views
from sandbox.control.setup import add_channel, add_user, change_user
from sandbox.page import feed, screen
from sandbox.slack import Slack
from sandbox.state import Channel, Message
from tests.sandbox.conftest import ask, modal, plain

Json = dict[str, Any]
ALL = 10_000


class Page:
    """What a page keeps, as its script does: it looks once, then only listens."""

    def __init__(self, slack: Slack, user: str) -> None:
        self.slack, self.user = slack, user
        self.loaded = slack.live.last
        self.talk: dict[str, dict[str, Json]] = {}
        self.told: list[Json] = []
        self.look()
        self.after = self.seen["n"]

    def look(self) -> None:
        self.seen = screen.screen(self.slack, self.user, self.loaded)
        here = {place["id"] for place in self.seen["places"]}
        self.talk = {place: self.talk.get(place) or whole(self.slack, self.user, place, self.loaded) for place in here}

    def listen(self) -> Iterator[None]:
        """Take in what is new; gives way after each event, as a line does."""
        notes = self.slack.live.since(self.after)
        last = self.slack.live.last
        if notes is None:
            self.talk.clear()
            self.look()
            last = self.seen["n"]
        for event in feed.events(self.slack, notes or [], self.user, self.loaded):
            self.told.append(event)
            self._hear(event)
            yield
        self.after = last

    def _hear(self, event: Json) -> None:
        kind, place = event["kind"], self.talk.get(event.get("channel", ""))
        if kind == "places":
            self.look()
        elif kind in ("message", "message_changed") and place is not None:
            place[event["message"]["ts"]] = event["message"]
        elif kind == "message_deleted" and place is not None:
            place.pop(event["ts"], None)
        elif kind in self.seen:
            self.seen[kind] = event[kind]


def whole(slack: Slack, user: str, place: str, loaded: int) -> dict[str, Json]:
    """A conversation with its threads, looked at page by page."""
    found: dict[str, Json] = {}
    before = None
    while True:
        some = screen.messages(slack, user, place, loaded, before=before, thread=None, limit=3)
        found |= {one["ts"]: one for one in some["messages"]}
        if not some["more"]:
            break
        before = some["messages"][0]["ts"]
    for ts in {m.thread_ts for m in slack.world.channels[place].messages.values() if m.thread_ts}:
        thread = screen.messages(slack, user, place, loaded, before=None, thread=ts, limit=ALL)
        found |= {one["ts"]: one for one in thread["messages"]}
    return found


class World:
    """Random changes to a small workspace."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.whispers: dict[str, str] = {}  # by time stamp, to whom
        self.slack = Slack("2026-09-01T09:00:00+01:00", seed)
        self.slack.configure({"events": []})
        self.people = [add_user(self.slack, name) for name in ("A.A.", "B.B.", "C.C.")]
        self.places = [add_channel(self.slack, f"p{n}", self.people[: n + 1]) for n in range(3)]

    def change(self) -> None:
        """One of all that can happen."""
        changes: list[Callable[[], object]] = [
            self.say, self.say, self.say, self.whisper, self.reply, self.edit, self.delete, self.come, self.go,
            self.open, self.close, self.publish, self.move, self.tell, self.retire, self.topic,
        ]  # fmt: skip
        self.random.choice(changes)()

    def place(self) -> Channel:
        return self.slack.world.channels[self.random.choice(self.places)]

    def person(self) -> str:
        return self.random.choice(self.people)

    def some(self) -> Message | None:
        return self.random.choice(list(self.place().messages.values()) or [None])

    def say(self) -> None:
        messages.post(self.slack, self.place(), messages.Content(f"all {self.random.random()}"), user=self.person())

    def whisper(self) -> None:
        to = self.person()
        one = messages.post(self.slack, self.place(), messages.Content(f"only {to}"), ephemeral_to=to)
        self.whispers[one.ts] = to

    def reply(self) -> None:
        to = self.some()
        if to is not None and to.thread_ts is None and to.ephemeral_to is None:
            place, broad = self.slack.world.channels[to.channel], self.random.choice((None, "thread_broadcast"))
            messages.post(self.slack, place, messages.Content("reply"), thread_ts=to.ts, subtype=broad)

    def edit(self) -> None:
        one = self.some()
        if one is not None:
            messages.change(self.slack, one, messages.Content(f"{one.text} edited"))

    def delete(self) -> None:
        one = self.some()
        if one is not None:
            messages.remove(self.slack, one)

    def come(self) -> None:
        place, who = self.place(), self.person()
        if who not in place.members:
            channels.join(self.slack, place, who)

    def go(self) -> None:
        place, who = self.place(), self.person()
        if who in place.members:
            channels.leave(self.slack, place, who)

    def open(self) -> None:
        who = self.person()
        act = views.push if 0 < len(self.slack.world.stack(who)) < 3 else views.open_modal
        act(self.slack, who, modal(ask("name")))

    def close(self) -> None:
        views.clear(self.slack, self.person())

    def publish(self) -> None:
        text = plain(str(self.random.random()))
        views.publish(self.slack, self.person(), {"type": "home", "blocks": [{"type": "section", "text": text}]})

    def move(self) -> None:
        self.slack.clock.sleep(self.random.random() * 100)

    def tell(self) -> None:
        self.slack.story.tell({"state": "paused", "scenes": [], "says": str(self.random.random()), "can": {}})
        self.slack.live.note("story")

    def retire(self) -> None:
        change_user(self.slack, self.people[2], deleted=self.random.choice((True, False)))

    def topic(self) -> None:
        channels.set_topic(self.slack, self.place(), self.person(), "topic")


@pytest.mark.parametrize("seed", range(60))
def test_who_listens_knows_what_a_look_would_show(seed: int) -> None:
    world = World(seed)
    slack = world.slack
    for _ in range(30):
        world.change()
    pages = [Page(slack, user) for user in world.people]
    for _ in range(40):
        for _ in range(world.random.randrange(6)):
            world.change()
        for page in pages:
            for _ in page.listen():
                if world.random.random() < 0.2:
                    world.change()
    for page in pages:
        for _ in page.listen():
            pass
        compare(page)
        others = [ts for ts, to in world.whispers.items() if to != page.user]
        assert not any(ts in json.dumps(page.told) for ts in others), "not even that there was one"


def compare(page: Page) -> None:
    fresh = screen.screen(page.slack, page.user, page.loaded)
    for name in ("stack", "home", "clock", "story"):
        assert page.seen[name] == fresh[name], name
    assert set(page.talk) == {place["id"] for place in fresh["places"]}
    for place, known in page.talk.items():
        now = whole(page.slack, page.user, place, page.loaded)
        assert {ts: _apart(one) for ts, one in known.items()} == {ts: _apart(one) for ts, one in now.items()}


def _apart(shown: Json) -> Json:
    """A message without what a page counts for itself."""
    counted = ("reply_count", "reply_users", "latest_reply")
    return {name: value for name, value in shown.items() if name not in counted}


def test_a_beginning_in_the_middle_is_told_and_nothing_of_before() -> None:
    world = World(1)
    page = Page(world.slack, world.people[0])
    world.say()
    world.slack.reset()
    told = list(feed.events(world.slack, world.slack.live.since(page.after) or [], page.user, page.loaded))
    assert [event["kind"] for event in told if event["kind"].startswith("message")] == []
    assert "reset" in [event["kind"] for event in told]


def test_a_number_that_never_was_is_told_as_missed() -> None:
    world = World(1)
    assert world.slack.live.since(world.slack.live.last + 1) is None
    assert world.slack.live.since(world.slack.live.last) == []
