"""Where a person acts: an element in a modal, a home tab or a message that they see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

from sandbox.blocks.values import carried_over
from sandbox.blocks.walk import Found, interactive
from sandbox.slack import Slack
from sandbox.state import Json, Message, Values, View

BUTTONS = ("button", "icon_button")


class CannotAct(Exception):
    """The person can't do this: it is not there, or not offered. The argument says why."""


@dataclass
class Surface:
    """Blocks on the person's screen and what they have chosen in them so far."""

    user: str
    blocks: list[Json]
    values: Values
    view: View | None = None
    message: Message | None = None

    def find(self, action_id: str, block_id: str | None = None, value: object = None) -> Found | None:
        """The element; of several alike the one with this block_id, or the button with this value."""
        alike = [
            found
            for found in interactive(self.blocks)
            if found.element["action_id"] == action_id and block_id in (None, found.block["block_id"])
        ]
        if value is not None:
            alike = [one for one in alike if one.element["type"] not in BUTTONS or one.element.get("value") == value]
        if len(alike) > 1:
            raise CannotAct(f"{action_id} is there {len(alike)} times; say which by block_id or value")
        return alike[0] if alike else None


def of_view(view: View) -> Surface:
    """A modal or a home tab."""
    return Surface(view.user, view.blocks, view.values, view=view)


def of_message(message: Message, user: str) -> Surface:
    """A message; every viewer has their own choices in it."""
    values = message.values.setdefault(user, carried_over(message.blocks, {}))
    return Surface(user, message.blocks, values, message=message)


def open_view(slack: Slack, user: str, view_id: str | None) -> View:
    """The modal the person looks at. Raises CannotAct if it is another than `view_id`, or none."""
    top = slack.world.top(user)
    if top is None:
        raise CannotAct("no modal is open")
    if view_id is not None and view_id != top.id:
        raise CannotAct("that modal is not the one on top")
    return top


def surfaces(
    slack: Slack, user: str, view: str | None, channel: str | None, ts: str | None, home: bool
) -> Iterator[Surface]:
    """What may be meant, the likeliest first: a named place only, else the modal, newest messages, the home tab."""
    top = slack.world.top(user)
    shown_home = slack.world.homes.get(user)
    if view is not None:
        same_home = shown_home is not None and shown_home.id == view
        yield of_view(shown_home if same_home and shown_home is not None else open_view(slack, user, view))
        return
    if not home and channel is None and ts is None and top is not None:
        yield of_view(top)
    if not home:
        yield from (of_message(message, user) for message in visible(slack, user, channel, ts))
    if channel is None and ts is None and shown_home is not None:
        yield of_view(shown_home)


def visible(slack: Slack, user: str, channel: str | None, ts: str | None) -> Iterator[Message]:
    """Messages that the person sees, newest first; `channel` may be a person's id for their DM with the app."""
    if channel is not None and channel in slack.world.users:
        dm = slack.world.dm(channel, slack.installation.bot_user_id)
        channel = dm.id if dm is not None else channel
    places = [one for one in slack.world.channels_of(user) if channel in (None, one.id)]
    newest_first = (reversed(place.messages.values()) for place in places)
    for message in merge(*newest_first, key=lambda one: one.ts, reverse=True):
        if slack.world.channels[message.channel].shows(message, user) and ts in (None, message.ts):
            yield message
