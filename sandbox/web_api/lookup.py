"""Finding what a call names, as the app may see it; Slack hides what the bot can't see."""

from __future__ import annotations

from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Channel, Json, User
from sandbox.web_api.methods import Args
from sandbox.web_api.server import need_scope

FAMILIES = ("channels", "groups", "mpim", "im")
"""The first half of the scopes for each kind of conversation."""
MANAGE = {"channels": "channels:manage", "groups": "groups:write", "im": "im:write"}
"""The scope for changing a conversation, by family."""
WRITE = ("channels:manage", "groups:write", "mpim:write", "im:write")


def seen_channel(slack: Slack, channel_id: str) -> Channel:
    """A conversation that the bot may know of: public, or one it is in. Raises channel_not_found."""
    channel = slack.world.channels.get(channel_id)
    hidden = channel is None or (channel.kind != "public" and not bot_is_in(slack, channel))
    if channel is None or hidden:
        raise SlackError("channel_not_found")
    return channel


def scoped_channel(slack: Slack, args: Args, verb: str) -> Channel:
    """The conversation of a `read` or `history` call, with the scope that its kind needs. Raises channel_not_found."""
    channel_id = args.need("channel", "channel_not_found")
    channel = slack.world.channels.get(channel_id)
    families = (channel.family,) if channel else FAMILIES
    need_scope(slack, *(f"{family}:{verb}" for family in families))
    return seen_channel(slack, channel_id)


def managed_channel(slack: Slack, args: Args, narrower: str = "") -> Channel:
    """The channel of a call that changes it, with the scope for its kind, or that kind's `write.<narrower>`.

    Raises channel_not_found, and method_not_supported_for_channel_type for a DM.
    """
    channel_id = args.need("channel", "channel_not_found")
    channel = slack.world.channels.get(channel_id)
    if channel is not None:
        narrow = (f"{channel.family}:write.{narrower}",) if narrower else ()
        need_scope(slack, MANAGE[channel.family], *narrow)
    found = seen_channel(slack, channel_id)
    if found.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    return found


def inside(slack: Slack, channel: Channel) -> Channel:
    """The same, if the bot is in it. Raises not_in_channel."""
    if not bot_is_in(slack, channel):
        raise SlackError("not_in_channel")
    return channel


def alive(channel: Channel) -> Channel:
    """The same, if it is not archived. Raises is_archived."""
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def bot_is_in(slack: Slack, channel: Channel) -> bool:
    """Whether the bot is a member."""
    return slack.installation.bot_user_id in channel.members


def known_user(slack: Slack, user_id: str | None) -> User:
    """A person by id. Raises user_not_found."""
    user = slack.world.users.get(user_id or "")
    if user is None:
        raise SlackError("user_not_found")
    return user


def page(slack: Slack, args: Args, ids: list[str], default: int, most: int) -> tuple[list[str], Json]:
    """One page of a list and its response_metadata. Raises invalid_limit, invalid_cursor."""
    limit = args.whole("limit", default, "invalid_limit")
    if not 0 <= limit <= most:
        raise SlackError("invalid_limit")
    start = args.whole("cursor", 0, "invalid_cursor")
    if start < 0:
        raise SlackError("invalid_cursor")
    end = start + (limit or default)
    return ids[start:end], {"next_cursor": str(end) if end < len(ids) else ""}
