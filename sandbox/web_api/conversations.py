"""conversations.*: channels, their members, what was said."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.people.events import later, membership_event
from sandbox.slack import Slack
from sandbox.state import Channel, Json, Message
from sandbox.web_api.lookup import FAMILIES, bot_is_in, page, scoped_channel, seen_channel
from sandbox.web_api.methods import Args, method
from sandbox.web_api.server import need_scope

READ = tuple(f"{family}:read" for family in FAMILIES)
HISTORY = tuple(f"{family}:history" for family in FAMILIES)
WRITE = ("channels:manage", "groups:write", "im:write", "channels:write.invites", "groups:write.invites")
TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
"""Slack's word for a type in listings → family of scopes."""
MOST_INVITED = 100
MOST_OPENED = 8


@method("conversations.info", *READ)
def info(slack: Slack, args: Args) -> Json:
    """One conversation."""
    channel = scoped_channel(slack, args, "read")
    shown = show(slack, channel)
    if args.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


@method("conversations.list", *READ)
def list_(slack: Slack, args: Args) -> Json:
    """The conversations the bot may know of, by types."""
    seen = [one for one in slack.world.channels.values() if one.kind == "public" or bot_is_in(slack, one)]
    return _listing(slack, args, seen)


@method("users.conversations", *READ)
def of_user(slack: Slack, args: Args) -> Json:
    """The conversations of a person (or the bot) that the bot may know of."""
    user = args.text("user") or slack.installation.bot_user_id
    shared = [c for c in slack.world.channels_of(user) if c.kind == "public" or bot_is_in(slack, c)]
    return _listing(slack, args, shared)


@method("conversations.members", *READ)
def members(slack: Slack, args: Args) -> Json:
    """Ids of a conversation's members."""
    channel = scoped_channel(slack, args, "read")
    ids, metadata = page(slack, args, list(channel.members), 100, 1000)
    return {"members": ids, "response_metadata": metadata}


@method("conversations.history", *HISTORY)
def history(slack: Slack, args: Args) -> Json:
    """Messages outside threads, newest first."""
    channel = scoped_channel(slack, args, "history")
    if not bot_is_in(slack, channel):
        raise SlackError("not_in_channel")
    roots = [m for m in channel.messages.values() if m.thread_ts in (None, m.ts)]
    return _messages(slack, args, list(reversed(_between(args, roots))))


@method("conversations.replies", *HISTORY)
def replies(slack: Slack, args: Args) -> Json:
    """A thread, its parent first."""
    channel = scoped_channel(slack, args, "history")
    parent = args.need("ts", "thread_not_found")
    if parent not in channel.messages:
        raise SlackError("thread_not_found")
    thread = [m for m in channel.messages.values() if parent in (m.ts, m.thread_ts)]
    return _messages(slack, args, _between(args, thread))


@method("conversations.open", *WRITE)
def open_(slack: Slack, args: Args) -> Json:
    """The DM with one person. (Group DMs are not kept by the sandbox.)"""
    if args.text("channel"):
        return {"channel": show(slack, seen_channel(slack, args.need("channel")))}
    users = args.several("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_OPENED:
        raise SlackError("too_many_users")
    found = [slack.world.users.get(user) for user in users]
    if any(user is None for user in found):
        raise SlackError("user_not_found")
    if any(user is not None and user.deleted for user in found):
        raise SlackError("user_disabled")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    known = slack.world.dm(users[0], slack.installation.bot_user_id) is not None
    channel = slack.open_dm(users[0], slack.installation.bot_user_id)
    already: Json = {"no_op": True, "already_open": True} if known else {}
    return {"channel": show(slack, channel) if args.flag("return_im") else {"id": channel.id}, **already}


@method("conversations.invite", *WRITE)
def invite(slack: Slack, args: Args) -> Json:
    """Add people to a channel the bot is in; one bad id fails all unless `force`."""
    channel = seen_channel(slack, args.need("channel", "channel_not_found"))
    scopes = ("channels:manage", "channels:write.invites") if channel.kind == "public" else ()
    need_scope(slack, *(scopes or ("groups:write", "groups:write.invites")))
    users = args.several("users")
    _can_invite(slack, channel, users)
    errors = [_invite_error(user, refused) for user in users if (refused := _not_invitable(slack, channel, user))]
    if errors and not (args.flag("force") and len(errors) < len(users)):
        raise SlackError(errors[0]["error"], errors=errors)
    for user in users:
        if not any(one["user"] == user for one in errors):
            channel.members[user] = None
            later(slack, membership_event(slack, channel, user, "joined", slack.installation.bot_user_id))
    return {"channel": show(slack, channel), **({"errors": errors} if errors else {})}


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


def _can_invite(slack: Slack, channel: Channel, users: list[str]) -> None:
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if not bot_is_in(slack, channel):
        raise SlackError("not_in_channel")
    if not users:
        raise SlackError("no_user")
    if len(users) > MOST_INVITED:
        raise SlackError("too_many_users")


def _not_invitable(slack: Slack, channel: Channel, user_id: str) -> str | None:
    user = slack.world.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user_id == slack.installation.bot_user_id:
        return "cant_invite_self"
    if user_id in channel.members:
        return "already_in_channel"
    return "cant_invite" if user.deleted or user.is_bot else None


def _invite_error(user: str, error: str) -> Json:
    return {"user": user, "ok": False, "error": error}
