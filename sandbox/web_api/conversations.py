"""conversations.*: looking at channels, their members, what was said."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Channel, Json, Message
from sandbox.web_api.lookup import FAMILIES, bot_is_in, inside, page, scoped_channel
from sandbox.web_api.methods import Args, method
from sandbox.web_api.server import need_scope

READ = tuple(f"{family}:read" for family in FAMILIES)
HISTORY = tuple(f"{family}:history" for family in FAMILIES)
TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
"""Slack's word for a type in listings → family of scopes."""
LISTED = ("invalid_limit", "invalid_types")
TOLD = ("channel_not_found", "invalid_limit", "invalid_ts_latest", "invalid_ts_oldest", "not_in_channel")


@method("conversations.info", *READ, errors=("channel_not_found",))
def info(slack: Slack, args: Args) -> Json:
    """One conversation."""
    channel = scoped_channel(slack, args, "read")
    shown = show(slack, channel)
    if args.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


@method("conversations.list", *READ, errors=LISTED)
def list_(slack: Slack, args: Args) -> Json:
    """The conversations the bot may know of, by types."""
    seen = [one for one in slack.world.channels.values() if one.kind == "public" or bot_is_in(slack, one)]
    return _listing(slack, args, seen)


@method("users.conversations", *READ, errors=LISTED)
def of_user(slack: Slack, args: Args) -> Json:
    """The conversations of a person (or the bot) that the bot may know of."""
    user = args.text("user") or slack.installation.bot_user_id
    shared = [c for c in slack.world.channels_of(user) if c.kind == "public" or bot_is_in(slack, c)]
    return _listing(slack, args, shared)


@method("conversations.members", *READ, errors=("channel_not_found", "invalid_limit"))
def members(slack: Slack, args: Args) -> Json:
    """Ids of a conversation's members."""
    channel = scoped_channel(slack, args, "read")
    ids, metadata = page(slack, args, list(channel.members), 100, 1000)
    return {"members": ids, "response_metadata": metadata}


@method("conversations.history", *HISTORY, errors=TOLD)
def history(slack: Slack, args: Args) -> Json:
    """Messages outside threads, newest first."""
    channel = inside(slack, scoped_channel(slack, args, "history"))
    roots = [m for m in channel.messages.values() if m.thread_ts in (None, m.ts) or m.subtype == "thread_broadcast"]
    return _messages(slack, args, list(reversed(_between(args, roots))))


@method("conversations.replies", *HISTORY, errors=(*TOLD, "thread_not_found"))
def replies(slack: Slack, args: Args) -> Json:
    """A thread, its parent first."""
    channel = inside(slack, scoped_channel(slack, args, "history"))
    parent = args.need("ts", "thread_not_found")
    if parent not in channel.messages or channel.messages[parent].ephemeral_to is not None:
        raise SlackError("thread_not_found")
    thread = [m for m in channel.messages.values() if parent in (m.ts, m.thread_ts)]
    return _messages(slack, args, _between(args, thread))


def show(slack: Slack, channel: Channel) -> Json:
    """A conversation as Slack shows it to the bot."""
    common: Json = {"id": channel.id, "created": channel.created, "is_archived": channel.archived}
    common |= {"is_im": channel.kind == "im", "is_mpim": False, "is_org_shared": False}
    common |= {"context_team_id": slack.installation.team_id, "updated": channel.created * 1000}
    if channel.kind == "im":
        other = next((one for one in channel.members if one != slack.installation.bot_user_id), "")
        return common | {"user": other, "is_user_deleted": False, "priority": 0}
    about = {"creator": channel.creator, "last_set": channel.created}
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_private": channel.kind == "private",
        "creator": channel.creator,
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "pending_shared": [],
        "is_pending_ext_shared": False,
        "unlinked": 0,
        "is_member": bot_is_in(slack, channel),
        "topic": {"value": channel.topic, **about},
        "purpose": {"value": channel.purpose, **about},
        "previous_names": [],
    }


def _listing(slack: Slack, args: Args, channels: list[Channel]) -> Json:
    types = args.several("types") or ["public_channel"]
    if not set(types) <= set(TYPES):
        raise SlackError("invalid_types")
    families = [TYPES[one] for one in types]
    for family in families:
        need_scope(slack, f"{family}:read")
    chosen = {c.id: c for c in channels if c.family in families and not (c.archived and args.flag("exclude_archived"))}
    ids, metadata = page(slack, args, list(chosen), 100, 999)
    shown = [{**show(slack, chosen[one]), "num_members": len(chosen[one].members)} for one in ids]
    return {"channels": shown, "response_metadata": metadata}


def _between(args: Args, given: list[Message]) -> list[Message]:
    oldest, latest = args.text("oldest") or "0", args.text("latest") or "9999999999.999999"
    for name, moment in (("invalid_ts_oldest", oldest), ("invalid_ts_latest", latest)):
        if not moment.replace(".", "", 1).isdigit():
            raise SlackError(name)
    inclusive = args.flag("inclusive")
    first, last = _micros(oldest), _micros(latest)
    stored = [m for m in given if m.ephemeral_to is None]
    return [m for m in stored if first < _micros(m.ts) < last or (inclusive and _micros(m.ts) in (first, last))]


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds or "0") * 1_000_000 + int(fraction[:6].ljust(6, "0"))


def _messages(slack: Slack, args: Args, found: list[Message]) -> Json:
    ids, metadata = page(slack, args, [m.ts for m in found], 100, 999)
    by_ts = {m.ts: m for m in found}
    full = args.flag("include_all_metadata")
    shown = [messages.show(slack, by_ts[ts], metadata=full) for ts in ids]
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}
