"""users.*: people."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Json, User
from sandbox.web_api.lookup import known_user, page
from sandbox.web_api.methods import Args, method
from sandbox.web_api.server import need_scope

FLAGS = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_app_user")


@method("users.info", "users:read", errors=("user_not_found",))
def info(slack: Slack, args: Args) -> Json:
    """One person."""
    return {"user": show(slack, known_user(slack, args.text("user")))}


@method("users.list", "users:read", errors=("invalid_limit",))
def list_(slack: Slack, args: Args) -> Json:
    """Everybody, the bot included."""
    ids, metadata = page(slack, args, list(slack.world.users), 1000, 1000)
    members = [show(slack, slack.world.users[one]) for one in ids]
    return {"members": members, "cache_ts": int(slack.clock.epoch()), "response_metadata": metadata}


@method("users.lookupByEmail", "users:read.email", errors=("users_not_found",))
def lookup_by_email(slack: Slack, args: Args) -> Json:
    """The person with this address; deactivated ones are not found."""
    need_scope(slack, "users:read")
    email = args.need("email")
    for user in slack.world.users.values():
        if user.flags.get("email") == email and not user.deleted:
            return {"user": show(slack, user)}
    raise SlackError("users_not_found")


@method("users.profile.get", "users.profile:read", errors=("user_not_found",))
def profile(slack: Slack, args: Args) -> Json:
    """A person's profile; the bot's own without `user`."""
    return {"profile": show(slack, known_user(slack, args.text("user") or slack.installation.bot_user_id))["profile"]}


def show(slack: Slack, user: User) -> Json:
    """A person as Slack shows them; the zone is missing for deactivated people."""
    team = slack.installation.team_id
    shown: Json = {"id": user.id, "team_id": team, "name": user.name, "deleted": user.deleted, "color": "9f69e7"}
    real_name = str(user.flags.get("real_name", user.name))
    shown |= {"real_name": real_name, "profile": _profile(slack, user, real_name)}
    if not user.deleted:
        shown |= _zone(slack, user)
    shown |= {flag: bool(user.flags.get(flag, False)) for flag in FLAGS}
    return shown | {"is_bot": user.is_bot, "updated": 0, "who_can_share_contact_card": "EVERYONE"}


def _profile(slack: Slack, user: User, real_name: str) -> Json:
    profile: Json = dict.fromkeys(("real_name", "real_name_normalized"), real_name)
    profile |= {name: user.flags.get("display_name", user.name) for name in ("display_name", "display_name_normalized")}
    profile |= {"status_text": "", "status_emoji": "", "status_expiration": 0, "team": slack.installation.team_id}
    if "users:read.email" in slack.config.scopes and "email" in user.flags:
        profile["email"] = user.flags["email"]
    return profile


def _zone(slack: Slack, user: User) -> Json:
    moment = slack.clock.now().astimezone(ZoneInfo(user.tz))
    offset = moment.utcoffset() or timedelta()
    return {"tz": user.tz, "tz_label": moment.tzname(), "tz_offset": int(offset.total_seconds())}
