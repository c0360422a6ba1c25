"""conversations.open and conversations.invite: bringing people together."""

from __future__ import annotations

from sandbox import channels
from sandbox.errors import SlackError, invalid_arguments
from sandbox.slack import Slack
from sandbox.state import Channel, Json
from sandbox.web_api.conversations import show
from sandbox.web_api.lookup import WRITE, alive, inside, managed_channel, seen_channel
from sandbox.web_api.methods import Args, method
from sandbox.web_api.server import need_scope

MOST_INVITED = 100
MOST_OPENED = 8
REFUSED = ("already_in_channel", "cant_invite", "cant_invite_self", "ura_max_channels", "user_not_found")
"""Why one person can't be invited."""


@method(
    "conversations.open", *WRITE,
    errors=(
        "channel_not_found", "method_not_supported_for_channel_type", "too_many_users", "user_disabled",
        "user_not_found", "users_list_not_supplied",
    ),
)  # fmt: skip
def open_(slack: Slack, args: Args) -> Json:
    """The DM with one person. (Group DMs are not kept by the sandbox.)"""
    if args.text("channel"):
        channel = seen_channel(slack, args.need("channel"))
        if channel.kind != "im":
            raise SlackError("method_not_supported_for_channel_type")
        return {"channel": show(slack, channel), "no_op": True, "already_open": True}
    user = _only_user(slack, args.several("users"))
    known = slack.world.dm(user, slack.installation.bot_user_id) is not None
    channel = slack.open_dm(user, slack.installation.bot_user_id)
    already: Json = {"no_op": True, "already_open": True} if known else {}
    return {"channel": show(slack, channel) if args.flag("return_im") else {"id": channel.id}, **already}


@method(
    "conversations.invite", *WRITE, "channels:write.invites", "groups:write.invites",
    errors=(
        *REFUSED, "channel_not_found", "is_archived", "method_not_supported_for_channel_type", "no_user",
        "not_in_channel",
    ),
)  # fmt: skip
def invite(slack: Slack, args: Args) -> Json:
    """Add people to a channel the bot is in; one bad id fails all unless `force`."""
    channel = inside(slack, alive(managed_channel(slack, args, "invites")))
    users = args.several("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > MOST_INVITED:
        raise invalid_arguments(f"no more than {MOST_INVITED} items allowed [json-pointer:/users]")
    errors = [_refusal(user, refused) for user in users if (refused := _not_invitable(slack, channel, user))]
    if errors and not (args.flag("force") and len(errors) < len(users)):
        raise SlackError(errors[0]["error"], errors=errors)
    for user in users:
        if not any(one["user"] == user for one in errors):
            channels.join(slack, channel, user, slack.installation.bot_user_id)
    return {"channel": show(slack, channel), **({"errors": errors} if errors else {})}


def _only_user(slack: Slack, users: list[str]) -> str:
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
    need_scope(slack, "im:write")
    return users[0]


def _not_invitable(slack: Slack, channel: Channel, user_id: str) -> str | None:
    user = slack.world.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user_id == slack.installation.bot_user_id:
        return "cant_invite_self"
    if user_id in channel.members:
        return "already_in_channel"
    if user.flags.get("is_ultra_restricted") and any(one.kind != "im" for one in slack.world.channels_of(user_id)):
        return "ura_max_channels"
    return "cant_invite" if user.deleted or user.is_bot else None


def _refusal(user: str, error: str) -> Json:
    return {"user": user, "ok": False, "error": error}
